"""An installation with handlers of a test's own, whose deliveries are leased and run one turn at a time."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any, ClassVar
from uuid import UUID

import asyncpg

from app.config import Settings
from app.db import claims
from app.db.pool import Pool
from app.db.uow import UnitOfWork
from app.extensions.context import RequestContext, current_context
from app.extensions.events import Event
from app.extensions.module import Handler, Module
from app.extensions.tickets import Ticket
from app.installed import INSTALLED
from app.runtime import Runtime
from app.utils.ids import uuid7
from tests.faults.processes import until
from tests.support.statements import look_at

LEASE_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Happened(Event):
    """Something did."""

    name: ClassVar[str] = "lives.happened"
    what: str = "it"


@dataclass(frozen=True, slots=True)
class Followed(Event):
    """Something came of it."""

    name: ClassVar[str] = "lives.followed"
    what: str = "that"


@dataclass
class Life:
    """One tenant's deliveries. What the relay does is a call here, and so is what becomes of a worker."""

    runtime: Runtime
    system: Pool
    owner: asyncpg.Connection
    tenant_id: UUID
    woken: list[UUID] = field(default_factory=list)

    async def record(
        self,
        *events: Event,
        actor: str = "system",
        context: RequestContext | None = None,
        tenant_id: UUID | None = None,
    ) -> UUID:
        """Let events happen, in one transaction; returns its request."""
        request_id = uuid7() if context is None else context.request_id
        runtime = self.runtime
        uow = UnitOfWork(
            runtime.app_pool,
            clock=runtime.clock,
            request_id=request_id,
            hub=runtime.hub,
            after_commit=runtime.after_commit,
        )
        token = current_context.set(context)
        try:
            await uow.begin(tenant_id=tenant_id or self.tenant_id)
            uow.actor = actor
            for event in events:
                uow.record(event)
            await uow.commit()
        finally:
            current_context.reset(token)
            await uow.rollback()
        return request_id

    async def lease(self, seconds: float = LEASE_SECONDS) -> list[Ticket]:
        """What is due, as the relay leases it, whenever it was to be due."""
        await self.owner.execute(
            "UPDATE deliveries SET due_at = now() WHERE tenant_id = $1 AND state = 'pending'", self.tenant_id
        )
        claimed = await claims.claim(self.system, self.tenant_id, cap=100, lease_seconds=seconds)
        return [Ticket(self.tenant_id, item.id, item.attempt) for item in sorted(claimed, key=lambda item: item.id)]

    async def turn(self) -> None:
        """Run what is due, one after the other."""
        for ticket in await self.lease():
            await self.runtime.runner.run(ticket)

    async def lose(self, began: asyncio.Event) -> None:
        """Run what is due on a worker that is lost as soon as the handler has begun, and let its lease end."""
        (ticket,) = await self.lease()
        began.clear()
        running = asyncio.create_task(self.runtime.runner.run(ticket))
        begun = asyncio.create_task(began.wait())
        await asyncio.wait({running, begun}, return_when=asyncio.FIRST_COMPLETED)
        assert began.is_set()
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running
        await self.lapse()

    def unit(self) -> UnitOfWork:
        """A unit of work of a worker's own."""
        runtime = self.runtime
        return UnitOfWork(runtime.app_pool, clock=runtime.clock, request_id=uuid7(), hub=runtime.hub)

    async def settled(self) -> None:
        """Wait until the rollbacks of what was cancelled have reached the database: no row is locked any more."""

        async def free() -> bool:
            rows = await self.owner.fetch(
                "SELECT id FROM deliveries WHERE tenant_id = $1 FOR UPDATE SKIP LOCKED", self.tenant_id
            )
            return len(rows) == len(await self.rows())

        await until(free, "no delivery is locked")

    async def lapse(self) -> None:
        """Let all leases end."""
        await self.owner.execute(
            "UPDATE deliveries SET lease_until = now() - interval '1 s' WHERE tenant_id = $1 AND state = 'leased'",
            self.tenant_id,
        )

    async def rows(self, handler: str | None = None) -> list[Any]:
        """The deliveries, the oldest first."""
        found: list[Any] = await self.owner.fetch(
            "SELECT *, failures::text AS failed FROM deliveries WHERE tenant_id = $1 AND ($2::text IS NULL OR handler = $2)"
            " ORDER BY id",
            self.tenant_id,
            handler,
        )
        return found

    async def row(self, handler: str | None = None) -> Any:
        """The one delivery."""
        (found,) = await self.rows(handler)
        return found

    async def effect(self, commons: Any, what: str) -> None:
        """What a handler leaves in the database, once for each time that it commits."""
        await commons.uow.connection.execute(EFFECT, commons.tenant_id, what, commons.request_id)

    async def effects(self) -> list[str]:
        """All of them."""
        rows = await self.owner.fetch(
            "SELECT target FROM audit_entries WHERE tenant_id = $1 AND action = 'lives.effect' ORDER BY id",
            self.tenant_id,
        )
        return [row[0] for row in rows]


EFFECT = """
INSERT INTO audit_entries (tenant_id, at, actor, action, target, request_id) VALUES ($1, now(), 'system', 'lives.effect', $2, $3)
"""


@asynccontextmanager
async def living(
    settings: Settings,
    owner: asyncpg.Connection,
    tenant_id: UUID,
    *handlers: Handler,
    events: Sequence[type[Event]] = (Happened, Followed),
    queue_mode: str = "rq",
    max_attempts: int = 3,
    backoff_seconds: float = 0.01,
) -> AsyncIterator[Life]:
    """An installation with those handlers, for as long as the block lasts."""
    changes = {"queue_mode": queue_mode, "max_attempts": max_attempts, "backoff_seconds": backoff_seconds}
    quick = settings.model_copy(update={"events": settings.events.model_copy(update=changes)})
    module = Module("lives", events=tuple(events), handlers=handlers)
    runtime = Runtime(quick, modules=(*INSTALLED, module), connections=4, on_query=look_at)
    system = runtime.pool(settings.database.system_url, 2, role="system")
    await runtime.open()
    await system.open()
    made = Life(runtime, system, owner, tenant_id)
    runtime.runner.wake = made.woken.append
    try:
        yield made
    finally:
        await system.close()
        await runtime.close()
