"""/tasks."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query
from starlette.responses import StreamingResponse

from app.auth.commons import Commons
from app.auth.deps import commons_deps
from app.auth.permissions import access_control
from app.core.event_streams import EventStreams, event_streams_deps
from app.core.exceptions import TaskFinished
from app.core.permissions import CorePermission
from app.core.schemas import TaskOut, TaskQuery
from app.core.services import TaskService
from app.core.task_events import look_at_task
from app.extensions.declared import declares
from app.extensions.event_stream import LAST_EVENT_ID, streamed
from app.extensions.routing import ModuleRouter
from app.extensions.views import cbv
from app.utils.schemas import Page

STREAMED = streamed(
    "Events named `progress`, each with the task as data and its revision as id.",
    "id: 7\nevent: progress\ndata: {...}\n\n",
)
tasks_router = ModuleRouter(prefix="/tasks", tag="tasks")


@cbv(tasks_router)
class TaskEventViews:
    """Where a task stands, as it happens."""

    commons: Commons = Depends(commons_deps)
    streams: EventStreams = Depends(event_streams_deps)

    @tasks_router.get(
        "/{task_id}/events",
        summary="Watch a task",
        response_class=StreamingResponse,
        responses=STREAMED,
        openapi_extra=LAST_EVENT_ID,
    )
    @access_control(permission=CorePermission.TASKS_READ, stream=True)
    async def watch_task(self, task_id: UUID) -> StreamingResponse:
        """Server-sent events until the task has ended, at most five streams a caller in each process. A comment every 15 s
        keeps it open.

        The stream ends with the access token or when the server does, and is opened again with the id of the last event.
        """
        await TaskService(self.commons).get(task_id)
        return self.streams.of(look_at_task(self.streams.reader, task_id), task_id, name="progress")


@cbv(tasks_router)
class TaskViews:
    """Long work that somebody started."""

    commons: Commons = Depends(commons_deps)

    @tasks_router.get("", summary="List tasks")
    @access_control(permission=CorePermission.TASKS_READ)
    async def list_tasks(self, query: Annotated[TaskQuery, Query()]) -> Page[TaskOut]:
        """Newest first; `state` and `kind` filter."""
        return await TaskService(self.commons).page(query)

    @tasks_router.get("/{task_id}", summary="Get a task")
    @access_control(permission=CorePermission.TASKS_READ)
    async def get_task(self, task_id: UUID) -> TaskOut:
        """Its progress and, at its end, what came of it."""
        return await TaskService(self.commons).get(task_id)

    @tasks_router.post("/{task_id}/cancel", summary="Cancel a task")
    @access_control(permission=CorePermission.TASKS_WRITE)
    @declares(raises=(TaskFinished,))
    async def cancel_task(self, task_id: UUID) -> TaskOut:
        """At once where it waits, with all that wait for it; where it runs it ends before its next step, unless that was the last."""
        return await TaskService(self.commons).cancel(task_id)
