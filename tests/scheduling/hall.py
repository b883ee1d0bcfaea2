"""An installation whose schedules a test fires, at times that the test says."""

from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import asyncpg

from app.config import Settings
from app.db.pool import Pool
from app.extensions.module import Module
from app.extensions.schedules import Schedule
from app.installed import INSTALLED
from app.runtime import Runtime
from app.scheduler import Scheduler
from app.utils.ids import PLATFORM_TENANT, uuid7
from tests.support.statements import look_at

START = datetime(2026, 5, 1, 11, 59, 30, tzinfo=UTC)
NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
HOUR, MINUTE, MOMENT = timedelta(hours=1), timedelta(minutes=1), timedelta(milliseconds=5)
Run = tuple[datetime, str]
CLEAN = (
    f"TRUNCATE schedule_runs, deliveries, events, audit_entries; DELETE FROM tenants WHERE id <> '{PLATFORM_TENANT}'"
)


async def react(event: Any, commons: Any) -> None:
    """Does nothing."""


def hourly(**changes: Any) -> Schedule:
    """A schedule of every full hour."""
    return Schedule(**{"name": "things.sweep", "cron": "0 * * * *", "react": react, **changes})


class Hall:
    """An installation whose time stands still unless a test moves it, with any number of relays' schedulers."""

    def __init__(self, settings: Settings, owner: "asyncpg.Connection") -> None:
        self.settings = settings
        self.owner = owner
        self.now = START
        self.woken: Counter[UUID] = Counter()
        self.pools: list[Pool] = []

    async def runtime(self, *declared: Schedule) -> Runtime:
        """What another process is made of, whose release has these schedules."""
        runtime = await self._runtime(*declared)
        await self._open(runtime.app_pool)
        return runtime

    async def relay(self, *declared: Schedule) -> Scheduler:
        """The scheduler of another relay, whose release has these schedules."""
        runtime = await self._runtime(*declared)
        return Scheduler(runtime.system.pool, runtime.hub, lambda tenant: self.woken.update([tenant]), now=self._tell)

    async def tenant(self, state: str = "active", created_at: datetime = START) -> UUID:
        """A new tenant."""
        tenant_id = uuid7()
        await self.owner.execute(
            "INSERT INTO tenants (id, slug, name, state, created_at, version) VALUES ($1, $2, 'Hall', $3, $4, 1)",
            tenant_id,
            f"h{uuid4().hex[:16]}",
            state,
            created_at,
        )
        return tenant_id

    async def runs(self, tenant_id: UUID = PLATFORM_TENANT, name: str = "things.sweep") -> list[Run]:
        """The schedule's times in the tenant, less what was begun."""
        rows = await self.owner.fetch(
            "SELECT due_at, outcome FROM schedule_runs WHERE tenant_id = $1 AND name = $2 AND outcome <> 'begun'"
            " ORDER BY due_at",
            tenant_id,
            name,
        )
        return [tuple(row) for row in rows]

    async def delivered(self, tenant_id: UUID = PLATFORM_TENANT, name: str = "things.sweep") -> list[datetime]:
        """Of which times there is a delivery, in the order in which they will be claimed."""
        rows = await self.owner.fetch(
            "SELECT e.payload->>'due_at' FROM deliveries AS d JOIN events AS e ON e.id = d.event_id"
            " AND e.tenant_id = d.tenant_id WHERE d.tenant_id = $1 AND d.handler = $2 ORDER BY d.id",
            tenant_id,
            f"schedule:{name}",
        )
        return [datetime.fromisoformat(row[0]) for row in rows]

    async def _runtime(self, *declared: Schedule) -> Runtime:
        things = Module(name="things", schedules=declared)
        runtime = Runtime(self.settings, modules=(*INSTALLED, things), on_query=look_at, connections=1)
        await self._open(runtime.system.pool)
        return runtime

    async def _open(self, pool: Pool) -> None:
        await pool.open()
        self.pools.append(pool)

    async def _tell(self, _: Any) -> datetime:
        return self.now


@asynccontextmanager
async def opened(settings: Settings, owner: "asyncpg.Connection") -> AsyncIterator[Hall]:
    """A hall in a database that only halls use: of earlier ones nothing is left that a scheduler looks at."""
    await owner.execute(CLEAN)
    hall = Hall(settings, owner)
    try:
        yield hall
    finally:
        for pool in hall.pools:
            await pool.close()
