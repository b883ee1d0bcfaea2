"""A task's changes as they happen, as server-sent events."""

import asyncio
import time
from collections.abc import AsyncGenerator, Callable
from typing import Final
from uuid import UUID

from app.auth.streaming import Reader
from app.core import views
from app.core.schemas import TaskOut
from app.extensions.bells import TaskBells
from app.extensions.responses import encode

LOOK_SECONDS: Final = 1.0
"""How long a stream trusts that no ring was lost; while Redis is away it polls at this pace."""
HEARTBEAT_SECONDS: Final = 15.0
HEARTBEAT: Final = b": still here\n\n"


class TaskEvents:
    """The stream of one task, read in short units that are each judged afresh; no connection is held while it waits."""

    def __init__(
        self,
        reader: Reader,
        bells: TaskBells,
        task_id: UUID,
        *,
        after: int = 0,
        is_over: Callable[[], bool],
        heartbeat_seconds: float = HEARTBEAT_SECONDS,
    ) -> None:
        """`after` is the last revision that the client has seen; `is_over` tells that the process is about to end."""
        self._reader = reader
        self._bells = bells
        self._task_id = task_id
        self._seen = after
        self._is_over = is_over
        self._heartbeat_seconds = heartbeat_seconds

    async def parts(self) -> AsyncGenerator[bytes, None]:
        """Every change that is noticed, the newest only where several come together; ends after the state that is final.

        What has ended is always told, also to whom has seen it. Where the process is about to end the stream does, and the
        client comes back to another with the id of the last event.

        Raises:
            AppError: the caller may not look any more.
        """
        yield b"retry: 1000\n\n"  # the headers leave at once
        quiet_since = time.monotonic()
        with self._bells.listening(self._task_id) as rung:
            while not self._is_over():
                rung.clear()  # before the look: what changes after it rings again
                async with self._reader.unit() as commons:
                    task = await views.task(commons.uow, self._task_id)
                if task is None:
                    return  # swept meanwhile
                is_final = task.finished_at is not None
                if is_final or task.revision > self._seen:
                    self._seen, quiet_since = task.revision, time.monotonic()
                    yield event_of(task)
                if is_final:
                    return
                if time.monotonic() - quiet_since >= self._heartbeat_seconds:
                    quiet_since = time.monotonic()
                    yield HEARTBEAT
                await ring_or_pause(rung)


def event_of(task: TaskOut) -> bytes:
    """The task as one event; its JSON has no line ends."""
    return b"id: %d\nevent: progress\ndata: %s\n\n" % (task.revision, encode(task))


async def ring_or_pause(rung: asyncio.Event) -> None:
    """Wait until it rings, at most until the next look is due."""
    try:
        async with asyncio.timeout(LOOK_SECONDS):
            await rung.wait()
    except TimeoutError:
        return
