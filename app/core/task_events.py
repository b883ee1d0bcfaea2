"""A task as a stream of events shows it."""

from uuid import UUID

from app.auth.streaming import Reader
from app.core import views
from app.extensions.event_stream import Look, State
from app.extensions.responses import encode


def look_at_task(reader: Reader, task_id: UUID) -> Look:
    """Reads the task; its revision is the event's id."""

    async def look() -> State | None:
        async with reader.look() as commons:
            task = await views.task(commons.uow, task_id)
        if task is None:
            return None  # swept meanwhile
        return State(task.revision, encode(task), is_final=task.finished_at is not None)

    return look
