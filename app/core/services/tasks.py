"""Use cases of tasks: what somebody started, how far it is, and that it is no longer wanted."""

from uuid import UUID

from app.auth.commons import Commons, Service
from app.core import views
from app.core.exceptions import TaskFinished
from app.core.schemas import TaskOut, TaskQuery
from app.db import task_runs
from app.exceptions import NotFound
from app.utils.schemas import Page

PATH = "/api/v1/tasks"


class TaskService(Service):
    """The tasks of the chosen tenant."""

    async def page(self, query: TaskQuery) -> Page[TaskOut]:
        """Newest first.

        Raises:
            InvalidCursor.
        """
        return await views.task_page(self.uow, self.commons.cursors, query)

    async def get(self, task_id: UUID) -> TaskOut:
        """One task.

        Raises:
            NotFound: another tenant's is not there.
        """
        found = await views.task(self.uow, task_id)
        if found is None:
            raise NotFound("There is no such task.")
        return found

    async def cancel(self, task_id: UUID) -> TaskOut:
        """End it: at once where it waits, with what waits for it; before its next step where it runs.

        Who cancels what is cancelled already is told the same. A step that commits at that moment may be the last one, and
        the task succeeds.

        Raises:
            NotFound.
            TaskFinished: it has succeeded or failed.
        """
        state = await task_runs.cancel(self.uow, task_id)
        if state is None:
            raise NotFound("There is no such task.")
        if state in {"succeeded", "failed"}:
            raise TaskFinished(f"The task has {state} already.")
        if state != "cancelled":
            self.track("core.task.cancelled", f"task:{task_id}", before={"state": state})
        return await self.get(task_id)


def accepted(commons: Commons, task_id: UUID) -> TaskOut:
    """The answer of a view with status 202: the task that was just started in `commons.uow`, and where to look for it.

    Raises:
        LookupError: it was not started there.
    """
    for task in commons.uow.tasks:
        if task.id == task_id:
            commons.outgoing.append(("Location", f"{PATH}/{task_id}"))
            return views.new_task(task)
    raise LookupError(f"the task {task_id} was not started in this unit of work")
