"""A sliding window of running deliveries, and the thread whose event loop they run in."""

import asyncio
import concurrent.futures
import logging
import threading
from collections import Counter, deque
from collections.abc import Awaitable, Callable, Collection, Coroutine, Sequence
from types import TracebackType
from typing import Any, Final, Self, TypeVar
from uuid import UUID

from app.extensions.held import HeldTickets
from app.extensions.tickets import Ticket

COLD_SECONDS: Final = 2.0
BACKLOG: Final = 200
"""Two jobs: the next is on its way before the window runs dry."""

SPARE: Final = 8
"""One place of so many is kept from whoever has all others."""

T = TypeVar("T")
log = logging.getLogger(__name__)


class Window:
    """At most `width` deliveries run at once. The next starts when any of them ends: none waits for the slowest.

    What waits stands in one line per tenant, and a free place goes to the tenants in turn: however many a loud tenant has
    waiting, a quiet one's starts after at most one of each other's. No tenant has more than seven eighths of the places, so
    that the first of a quiet one seldom waits at all. What waits is bounded: `backlog`, and one taking more.
    """

    def __init__(
        self,
        width: int,
        run: Callable[[Ticket], Awaitable[None]],
        *,
        backlog: int = BACKLOG,
        notes: HeldTickets | None = None,
    ) -> None:
        """`run` does one delivery and keeps its failures to itself; what escapes it is logged. What is in here stands in `notes`."""
        self._width = width
        self._run = run
        self._notes = notes or HeldTickets(bytearray())
        self.backlog = backlog
        """While fewer than so many wait the next job is let in; 0: while a place is free. What waits here waits for this process alone."""
        self._lines: dict[UUID, deque[Ticket]] = {}
        self._turn: deque[UUID] = deque()
        self._running: dict[asyncio.Task[None], Ticket] = {}
        self._runs: Counter[UUID] = Counter()
        self._room = asyncio.Event()
        self._open = True
        self.waiting = 0
        """How many wait in this process for a place."""
        self.ended = 0
        """How many have run, however they ended."""

    @property
    def running(self) -> int:
        """How many run now."""
        return len(self._running)

    @property
    def held(self) -> list[Ticket]:
        """All that run and all that wait, at this moment: what has a lease to be renewed."""
        return [*self._running.values(), *(ticket for line in self._lines.values() for ticket in line)]

    @property
    def _has_room(self) -> bool:
        return len(self._running) + self.waiting < self._width + self.backlog

    @property
    def _share(self) -> int:
        """Places of one tenant: all of them where there are few, or where nothing may wait here that another process would run."""
        return self._width - self._width // SPARE if self.backlog else self._width

    async def admit(self, tickets: Sequence[Ticket]) -> None:
        """Take the tickets in; returns when there is room for the next job. The tickets stay, also where this is cancelled."""
        for ticket in tickets:
            self._notes.note(ticket)
            line = self._lines.get(ticket.tenant_id)
            if line is None:
                line = self._lines[ticket.tenant_id] = deque()
                self._turn.append(ticket.tenant_id)
            line.append(ticket)
        self.waiting += len(tickets)
        self._fill()
        while self._open and not self._has_room:
            self._room.clear()
            await self._room.wait()

    def drop(self, lost: Collection[Ticket]) -> int:
        """Forget those of the tickets that wait: they are another's by now. Returns how many; what runs goes on."""
        before = self.waiting
        for tenant_id in {ticket.tenant_id for ticket in lost} & self._lines.keys():
            line = deque(ticket for ticket in self._lines[tenant_id] if ticket not in lost)
            self.waiting -= len(self._lines[tenant_id]) - len(line)
            self._lines[tenant_id] = line
            if not line:
                del self._lines[tenant_id]
                self._turn.remove(tenant_id)
        for ticket in lost:
            self._notes.forget(ticket)
        self._room.set()
        return before - self.waiting

    def stop(self) -> None:
        """Start nothing any more. What waits stays, and so does what is still let in, until `close`."""
        self._open = False
        self._room.set()

    def close(self) -> list[Ticket]:
        """Start nothing any more; returns what waited, which is the caller's to hand back."""
        self.stop()
        left = [ticket for line in self._lines.values() for ticket in line]
        self._lines.clear()
        self._turn.clear()
        self.waiting = 0
        return left

    async def drain(self, seconds: float) -> list[Ticket]:
        """Wait for what runs, then cancel the rest; returns those that have ended by it.

        What a handler does that will not be cancelled is left to its lease.
        """
        if not self._running:
            return []
        _, late = await asyncio.wait(self._running, timeout=seconds)
        tickets = {task: self._running[task] for task in late}
        for task in late:
            task.cancel()
        if late:
            await asyncio.wait(late, timeout=COLD_SECONDS)
        return [ticket for task, ticket in tickets.items() if task.cancelled()]

    def _fill(self) -> None:
        passed = 0
        while self._open and passed < len(self._turn) and len(self._running) < self._width:
            tenant_id = self._turn.popleft()
            if self._runs[tenant_id] >= self._share:
                self._turn.append(tenant_id)
                passed += 1
                continue
            passed = 0
            self._start(tenant_id)
        if self._has_room:
            self._room.set()

    def _start(self, tenant_id: UUID) -> None:
        line = self._lines[tenant_id]
        ticket = line.popleft()
        if line:
            self._turn.append(tenant_id)
        else:
            del self._lines[tenant_id]
        self.waiting -= 1
        self._runs[tenant_id] += 1
        task = asyncio.create_task(self._one(ticket))
        self._running[task] = ticket
        task.add_done_callback(self._free)

    async def _one(self, ticket: Ticket) -> None:
        try:
            await self._run(ticket)
        except Exception:  # a process boundary: nothing awaits this task, and its lease brings the delivery back
            log.exception("delivery %d of tenant %s escaped its runner", ticket.delivery_id, ticket.tenant_id)

    def _free(self, task: asyncio.Task[None]) -> None:
        ticket = self._running.pop(task)
        self._runs[ticket.tenant_id] -= 1
        if not self._runs[ticket.tenant_id]:
            del self._runs[ticket.tenant_id]
        if not task.cancelled():  # that one is still to be handed back
            self._notes.forget(ticket)
        self.ended += 1
        self._fill()


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
        self._thread.join(COLD_SECONDS)  # what will not be cancelled does not hold up the end of the process

    def submit(self, coroutine: Coroutine[Any, Any, T]) -> concurrent.futures.Future[T]:
        """Start a coroutine in the loop, from any other thread; its outcome comes from the future."""
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop)

    def _live(self) -> None:
        with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
            runner.run(self._until_over())

    async def _until_over(self) -> None:
        await self._over
