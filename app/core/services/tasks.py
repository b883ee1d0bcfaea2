"""Use cases of tasks: what somebody started, how far it is, and that it is no longer wanted."""

from uuid import UUID

from app.auth.commons import Commons, Service
from app.core import views
from app.core.exceptions import TaskFinished
from app.core.schemas import TaskOut, TaskQuery
from app.db import task_runs
from app.exceptions import InvalidCursor, NotFound
from app.utils.ids import parse_uuid
from app.utils.schemas import Page

LAST = UUID(int=2**128 - 1)
PATH = "/api/v1/tasks"


class TaskService(Service):
    """The tasks of the chosen tenant."""

    async def page(self, query: TaskQuery) -> Page[TaskOut]:
        """Newest first.

        Raises:
            InvalidCursor.
        """
        state, kind = query.state or "", query.kind or ""
        bound = ("tasks", str(self.commons.tenant_id), state, kind)
        before = LAST if query.cursor is None else self._position(query.cursor, bound)
        rows = await views.tasks(self.uow, before=before, state=state, kind=kind, limit=query.limit + 1)
        has_more = len(rows) > query.limit
        rows = rows[: query.limit]
        following = self.commons.cursors.encode([str(rows[-1].id)], bound_to=bound) if has_more else None
        return Page(data=rows, has_more=has_more, next_cursor=following)

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

    def _position(self, cursor: str, bound: tuple[str, ...]) -> UUID:
        try:
            (text,) = self.commons.cursors.decode(cursor, bound_to=bound)
        except (ValueError, TypeError) as error:
            raise InvalidCursor from error
        found = parse_uuid(text) if isinstance(text, str) else None
        if found is None:
            raise InvalidCursor
        return found


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
