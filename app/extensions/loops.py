"""A sliding window of running deliveries, and the thread whose event loop they run in."""

import asyncio
import concurrent.futures
import logging
import threading
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from types import TracebackType
from typing import Any, Final, Self, TypeVar

from app.extensions.tickets import Ticket

COLD_SECONDS: Final = 2.0

T = TypeVar("T")
log = logging.getLogger(__name__)


class Window:
    """At most `width` deliveries run at once, and the next starts when any of them ends: none waits for the slowest."""

    def __init__(self, width: int, run: Callable[[Ticket], Awaitable[None]]) -> None:
        """`run` does one delivery and keeps its failures to itself; what escapes it is logged."""
        self._run = run
        self._room = asyncio.Semaphore(width)
        self._running: set[asyncio.Task[None]] = set()

    @property
    def running(self) -> int:
        """How many run now."""
        return len(self._running)

    async def admit(self, tickets: Sequence[Ticket]) -> None:
        """Start every ticket as room comes free; returns when the last has started. Cancelled, it starts no more."""
        for ticket in tickets:
            await self._room.acquire()
            task = asyncio.create_task(self._one(ticket))
            self._running.add(task)
            task.add_done_callback(self._ended)

    async def drain(self, seconds: float) -> int:
        """Wait for what runs, then cancel the rest, whose leases will expire; returns how many were cancelled."""
        if not self._running:
            return 0
        _, late = await asyncio.wait(self._running, timeout=seconds)
        for task in late:
            task.cancel()
        if late:
            await asyncio.wait(late)
        return len(late)

    async def _one(self, ticket: Ticket) -> None:
        try:
            await self._run(ticket)
        except Exception:  # a process boundary: nothing awaits this task, and its lease brings the delivery back
            log.exception("delivery %d of tenant %s escaped its runner", ticket.delivery_id, ticket.tenant_id)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._running.discard(task)
        self._room.release()


class LoopThread:
    """One event loop in a thread of its own, for as long as the `with` block lasts; what is left then is cancelled."""

    def __init__(self, loop_factory: Callable[[], asyncio.AbstractEventLoop] = asyncio.new_event_loop) -> None:
        self._loop = loop_factory()
        self._over: asyncio.Future[None] = self._loop.create_future()
        self._thread = threading.Thread(target=self._live, name="deliveries", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._loop.call_soon_threadsafe(self._over.set_result, None)
        self._thread.join(None if kind is None else COLD_SECONDS)

    def submit(self, coroutine: Coroutine[Any, Any, T]) -> concurrent.futures.Future[T]:
        """Start a coroutine in the loop, from any other thread; its outcome comes from the future."""
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop)

    def _live(self) -> None:
        with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
            runner.run(self._until_over())

    async def _until_over(self) -> None:
        await self._over
