"""The scheduler: a step of the relay that fires schedules when their times come. Any number may run at once.

Each time is a row whose key is unique (`schedule_runs`), written in one transaction with the event and its delivery: whoever
writes it fires it. What time it is, the database's clock says.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import asyncpg

from app.db import outbox, schedules
from app.db.errors import DATABASE_FAULTS
from app.db.lone import lone_transaction
from app.db.pool import Pool
from app.db.schedules import Due, Whose, database_time
from app.exceptions import OutcomeUnknown, Unavailable
from app.extensions.cron import due_between, first_between, last_between, next_after
from app.extensions.events import Recorded
from app.extensions.metrics import Metrics
from app.extensions.schedules import HEARTBEAT, Schedule, ScheduleDue
from app.hub import MessageHub
from app.utils.endings import is_cancelled
from app.utils.ids import uuid7

logger = logging.getLogger(__name__)

GRACE = timedelta(minutes=1)
"""How late a time may be and still be fired by a schedule that skips what was missed."""
MISSED_AT_ONCE = 1000
"""Missed times of one tenant that are fired in one transaction; those that are left go in the next, the oldest first."""
TENANTS_AT_ONCE = 500
ROWS_AT_ONCE = 2000
"""Of one transaction: others wait for its rows no longer than it takes."""
LONGEST_SECONDS = 60.0
"""The longest pause: the database's clock is looked at again."""
RETRY_SECONDS = 1.0
KEPT = timedelta(days=30)
PRUNE_SECONDS = 3600.0
FIRST = UUID(int=0)
Now = Callable[[Any], Awaitable[datetime]]


class Scheduler:
    """Fires what the manifests' schedules owe. A schedule that is in no manifest any more owes nothing.

    A relay that dies loses nothing: what it had not committed is owed as before, and the next finds it.
    """

    def __init__(self, pool: Pool, hub: MessageHub, wake: Callable[[UUID], None], *, now: Now = database_time) -> None:
        """`pool` is the system role's; `wake` hints that a tenant has due deliveries; `now` is for tests."""
        self._pool = pool
        self._hub = hub
        self._wake = wake
        self._now = now
        self._next: dict[str, datetime | None] = {}
        self._pruned_at = float("-inf")
        self._heard: tuple[float | None, float] = (None, 0.0)
        self.fired = 0

    def measure(self, metrics: Metrics) -> None:
        """What is scraped of a relay's scheduler."""
        metrics.counter("atrium_schedules_fired", "times of schedules that were fired", lambda: {(): self.fired})
        metrics.gauge(
            "atrium_heartbeat_age_seconds",
            "for how long no heartbeat went through relay, queue and worker",
            lambda: {} if self._heard[0] is None else {(): self._heard[0] + time.monotonic() - self._heard[1]},
        )

    async def run(self) -> None:
        """Rounds until cancelled, each when the next time comes; a database that is away is waited out."""
        while not is_cancelled():
            try:
                seconds = await self.round()
            except (Unavailable, *DATABASE_FAULTS) as error:
                logger.warning("the scheduler waits", extra={"error": repr(error)})
                seconds = RETRY_SECONDS
            await asyncio.sleep(seconds)

    async def round(self) -> float:
        """Fire everything that is owed now; returns for how many seconds nothing more will be. One's trouble holds up no other."""
        async with lone_transaction(self._pool) as connection:
            now = await self._now(connection)
        whole = True
        for schedule in self._hub.schedules.values():
            due = self._next.get(schedule.name, now)
            if due is None or due > now:
                continue
            try:
                done = await self._settle(schedule, now)
            except (OutcomeUnknown, asyncpg.PostgresError) as error:
                logger.warning("a schedule waits", extra={"schedule": schedule.name, "error": repr(error)})
                done = False
            if done:
                self._next[schedule.name] = next_after(schedule, now)
            whole = whole and done
        await self._look_back(now)
        if not whole:
            return RETRY_SECONDS
        waits = [(due - now).total_seconds() for due in self._next.values() if due is not None]
        return min([LONGEST_SECONDS, *waits])

    async def _settle(self, schedule: Schedule, now: datetime) -> bool:
        """Bring the schedule up to date in all its tenants; False where another relay is at it.

        In small transactions: what a relay that dies has not come to, the next takes up.
        """
        after: UUID | None = FIRST
        while after is not None:
            async with lone_transaction(self._pool) as connection:
                if not await schedules.take_turn(connection, schedule.name):
                    return False
                begun = await schedules.begun_at(connection, schedule.name, schedule.rule, now)
                after, fired = await self._batch(connection, schedule, after, begun, now)
            self.fired += len(fired)
            for tenant_id in {item.tenant_id for item in fired}:
                self._wake(tenant_id)
        return True

    async def _batch(
        self, connection: Any, schedule: Schedule, after: UUID, begun: datetime, now: datetime
    ) -> tuple[UUID | None, Sequence[Recorded]]:
        """Settle the next tenants; returns after whom to go on, None at the end, and what was fired."""
        tenants = await schedules.whose(connection, per_tenant=schedule.per_tenant, after=after, limit=TENANTS_AT_ONCE)
        last_times = await schedules.last_times(connection, schedule.name, [tenant.id for tenant in tenants])
        times: list[Due] = []
        following, full = after, False
        for tenant, last in zip(tenants, last_times, strict=True):
            fire, skip = owed(schedule, max(begun, last or tenant.created_at), now, tenant)
            times += [Due(tenant.id, due) for due in skip] + [Due(tenant.id, due, uuid7()) for due in fire]
            more = len(fire) == MISSED_AT_ONCE
            following = following if more else tenant.id
            full = more or len(times) >= ROWS_AT_ONCE
            if full:
                break
        ours = await schedules.take(connection, schedule.name, times)
        fired = [_event(schedule, due, due.event_id, now) for due in times if due.event_id and due.event_id in ours]
        if fired:
            await outbox.write_each(connection, fired, self._hub.lanes(fired[0].event))
        return (following if full or len(tenants) == TENANTS_AT_ONCE else None), fired

    async def _look_back(self, now: datetime) -> None:
        """When the last heartbeat came through; each hour what is old is removed."""
        heartbeat = self._hub.schedules.get(HEARTBEAT)
        if heartbeat is not None:
            async with lone_transaction(self._pool) as connection:
                done, _ = await schedules.heard(connection, HEARTBEAT, heartbeat.handler)
            self._heard = done, time.monotonic()
        if time.monotonic() - self._pruned_at >= PRUNE_SECONDS:
            await self.prune(now - KEPT)
            self._pruned_at = time.monotonic()

    async def prune(self, before: datetime) -> None:
        """Remove what was fired before that moment; of each schedule in each tenant the latest time stays."""
        for per_tenant in (False, True):
            tenants = [Whose(FIRST, "", before)]
            while tenants:
                async with lone_transaction(self._pool) as connection:
                    tenants = await schedules.whose(
                        connection, per_tenant=per_tenant, after=tenants[-1].id, limit=TENANTS_AT_ONCE
                    )
                    await schedules.prune(connection, [tenant.id for tenant in tenants], before)


def owed(
    schedule: Schedule, since: datetime, now: datetime, tenant: Whose
) -> tuple[Sequence[datetime], Sequence[datetime]]:
    """Which times since then are to be fired, the oldest first, and which are written as passed over."""
    latest = last_between(schedule, since, now)
    if latest is None:
        return (), ()
    if tenant.state != "active":
        return (), (latest,)
    if schedule.missed == "all":
        return first_between(schedule, since, now, MISSED_AT_ONCE), ()
    if schedule.missed == "once":
        return (latest,), ()
    punctual = max(since, now - GRACE)
    late = last_between(schedule, since, punctual)
    return list(due_between(schedule, punctual, now)), () if late is None else (late,)


def _event(schedule: Schedule, due: Due, event_id: UUID, now: datetime) -> Recorded:
    return Recorded(
        event=ScheduleDue(schedule.name, due.due_at),
        tenant_id=due.tenant_id,
        actor=schedules.RELAYS,
        request_id=uuid7(),
        at=now,
        id=event_id,
    )
