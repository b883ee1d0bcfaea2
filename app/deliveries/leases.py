"""Keeping the leases of what a worker holds, and giving them back where it stops."""

import asyncio
import logging
from collections import Counter
from collections.abc import AsyncIterator, Callable, Collection, Sequence
from contextlib import asynccontextmanager
from uuid import UUID

from app.db import leases
from app.db.errors import DATABASE_FAULTS
from app.db.uow import UnitOfWork
from app.exceptions import Unavailable
from app.extensions.held import HeldTickets
from app.extensions.loops import Window
from app.extensions.tickets import Ticket
from app.utils.endings import is_cancelled

logger = logging.getLogger(__name__)

RENEWALS_A_LEASE = 3
HAND_BACK_SECONDS = 2.0
"""For each handing back: what is not back by then comes back when its lease ends."""
LOCKED_SECONDS = 0.02
"""Before what was locked is asked for again: the server undoes a lost worker's transactions as soon as it sees the end."""


class LeaseKeeper:
    """Renews every third of a lease what the window holds, whether it runs or waits; drops what another has taken."""

    def __init__(
        self,
        window: Window,
        unit: Callable[[], UnitOfWork],
        wake: Callable[[UUID], None],
        seconds: float,
        *,
        unbegun: Collection[Ticket] = (),
        pause_seconds: float = 0.0,
        notes: HeldTickets | None = None,
    ) -> None:
        """`unit` makes units of work of the app role; `wake` hints the relay that a tenant has due deliveries.

        `unbegun` is what has a place in the window and waits for its turn: its handler has not begun, and no try is counted.
        `pause_seconds` is the first pause of what a lost worker had begun; it doubles with each try.
        `notes` forget what was given back.
        """
        self._window = window
        self._unit = unit
        self._wake = wake
        self._seconds = seconds
        self._unbegun = unbegun
        self._pause_seconds = pause_seconds
        self._notes = notes or HeldTickets(bytearray())
        self._left: list[Ticket] = []
        self._excused: Collection[Ticket] = ()
        self.counts: Counter[str] = Counter()
        """`renewed`, `lost` (waiting tickets that were dropped), `handed_back`, and `ended` for a worker that was lost."""

    async def run(self) -> None:
        """Renew until cancelled; a database that is away is waited out, and what is lost meanwhile is found out behind it."""
        while not is_cancelled():
            await asyncio.sleep(self._seconds / RENEWALS_A_LEASE)
            try:
                await self.renew()
                await self._end_what_is_free()
            except (Unavailable, *DATABASE_FAULTS) as error:
                logger.warning("leases were not renewed", extra={"error": type(error).__name__})

    async def renew(self) -> None:
        """One round: a transaction a tenant."""
        for tenant_id, tickets in leases.by_tenant(self._window.held).items():
            async with self._transaction(tenant_id) as uow:
                renewed, lost = await leases.renew(uow, tickets, seconds=self._seconds)
            self.counts["renewed"] += renewed
            dropped = self._window.drop(frozenset(lost)) if lost else 0
            self.counts["lost"] += dropped
            if dropped:
                logger.warning("leases were lost", extra={"tenant": str(tenant_id), "dropped": dropped})

    async def hand_back(self, tickets: Sequence[Ticket], *, begun: bool) -> int:
        """End the leases, so that another worker has them at once; returns how many. Never longer than two seconds.

        `begun`: their handlers were cancelled, and their transactions are undone; but for those that waited for their turn.
        """
        count = 0
        try:
            async with asyncio.timeout(HAND_BACK_SECONDS):
                for tenant_id, own in leases.by_tenant(tickets).items():
                    async with self._transaction(tenant_id) as uow:
                        waited = [ticket for ticket in own if ticket in self._unbegun]
                        if waited:
                            count += await leases.hand_back(uow, waited, begun=False)
                        rest = [ticket for ticket in own if ticket not in waited]
                        count += await leases.hand_back(uow, rest, begun=begun)
                    self._forget(own)
                    self._wake(tenant_id)
        except (Unavailable, *DATABASE_FAULTS) as error:
            logger.warning("leases were not handed back", extra={"error": type(error).__name__})
        self.counts["handed_back"] += count
        return count

    async def end(self, tickets: Sequence[Ticket], *, excused: Collection[Ticket] = ()) -> int:
        """End the leases of what a lost worker held, as if they had run out: the relay sends it again; returns how many.

        What is another's by now is not touched; the starts of the `excused` are not counted. Never longer than two seconds:
        what is left by then, locked or behind a database that is away, is asked for again by `run`.
        """
        self._left, self._excused, before = list(tickets), excused, self.counts["ended"]
        try:
            async with asyncio.timeout(HAND_BACK_SECONDS):
                while self._left:
                    await self._end_what_is_free()
                    await asyncio.sleep(LOCKED_SECONDS if self._left else 0)
        except (Unavailable, *DATABASE_FAULTS) as error:
            logger.warning("leases were not ended", extra={"error": type(error).__name__, "left": len(self._left)})
        return self.counts["ended"] - before

    async def _end_what_is_free(self) -> None:
        for tenant_id, own in leases.by_tenant(self._left).items():
            async with self._transaction(tenant_id) as uow:
                ended, locked = await leases.end(uow, own, excused=self._excused, pause_seconds=self._pause_seconds)
            over = set(own) - set(locked)
            self._left = [ticket for ticket in self._left if ticket not in over]
            self._forget(over)
            self.counts["ended"] += ended
            if ended:
                self._wake(tenant_id)

    def _forget(self, tickets: Collection[Ticket]) -> None:
        for ticket in tickets:
            self._notes.forget(ticket)

    @asynccontextmanager
    async def _transaction(self, tenant_id: UUID) -> AsyncIterator[UnitOfWork]:
        uow = self._unit()
        try:
            await uow.begin(tenant_id=tenant_id)
            yield uow
            await uow.commit()
        finally:
            await uow.rollback()
