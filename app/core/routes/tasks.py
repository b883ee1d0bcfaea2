"""/tasks."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Query
from starlette.responses import StreamingResponse

from app.auth.commons import Commons
from app.auth.deps import commons_deps, reader_deps
from app.auth.permissions import access_control
from app.auth.streaming import JudgedStream, Reader
from app.core.deps import bells_deps, last_event_deps, readiness_deps
from app.core.exceptions import TaskFinished
from app.core.permissions import CorePermission
from app.core.readiness import Readiness
from app.core.schemas import TaskOut, TaskQuery
from app.core.services import TaskService
from app.core.task_events import TaskEvents
from app.extensions.bells import TaskBells
from app.extensions.declared import declares
from app.extensions.routing import ModuleRouter
from app.extensions.views import cbv
from app.utils.schemas import Page

EVENT_STREAM = "text/event-stream"
STREAMED: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "Events named `progress`, each with the task as data and its revision as id.",
        "content": {EVENT_STREAM: {"schema": {"type": "string"}, "example": "id: 7\nevent: progress\ndata: {...}\n\n"}},
    }
}
LAST_EVENT_ID: dict[str, Any] = {
    "parameters": [
        {
            "name": "Last-Event-ID",
            "in": "header",
            "required": False,
            "description": "The id of the last event that was seen; what came after it is sent at once.",
            "schema": {"type": "string", "pattern": "^[0-9]{1,18}$", "examples": ["7"]},
        }
    ]
}
tasks_router = ModuleRouter(prefix="/tasks", tag="tasks")


@cbv(tasks_router)
class TaskEventViews:
    """Where a task stands, as it happens."""

    reader: Reader = Depends(reader_deps)
    commons: Commons = Depends(commons_deps)
    bells: TaskBells = Depends(bells_deps)
    readiness: Readiness = Depends(readiness_deps)
    last_event: int = Depends(last_event_deps)

    @tasks_router.get(
        "/{task_id}/events",
        summary="Watch a task",
        response_class=StreamingResponse,
        responses=STREAMED,
        openapi_extra=LAST_EVENT_ID,
    )
    @access_control(permission=CorePermission.TASKS_READ, stream=True)
    async def watch_task(self, task_id: UUID) -> StreamingResponse:
        """Server-sent events until the task has ended, at most five streams a caller; a comment every 15 s keeps it open."""
        await TaskService(self.commons).get(task_id)
        events = TaskEvents(
            self.reader, self.bells, task_id, after=self.last_event, is_over=lambda: self.readiness.is_draining
        )
        return JudgedStream(self.reader, events.parts(), media_type=EVENT_STREAM, filename=None)


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
