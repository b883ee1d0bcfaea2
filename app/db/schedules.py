"""When schedules were fired: one row a time, so that of any number of relays one fires it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import CheckConstraint, DateTime, String, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, Role, grant
from app.db.mixins import SECOND, TenantMixin
from app.db.turns import hold_turn
from app.utils.ids import PLATFORM_TENANT

OUTCOMES = ("begun", "fired", "skipped")
RELAYS = "system"
"""The actor of what relays wrote: only these rows say how far a schedule has come."""

NOW = "SELECT now()"
# Who comes second passes on: the primary key forbids a second firing, the lock only spares two relays the same work.
TURN = "SELECT pg_try_advisory_xact_lock(hashtext('schedules'), hashtext($1))"
BEGUN = """
SELECT min(due_at) FROM schedule_runs WHERE tenant_id = $1 AND name = $2 AND outcome = 'begun' AND rule = $3
"""
BEGIN = """
INSERT INTO schedule_runs (tenant_id, name, due_at, outcome, actor, at, rule) VALUES ($1, $2, $3, 'begun', $4, now(), $5)
ON CONFLICT DO NOTHING
"""
TENANTS = "SELECT id, state, created_at FROM tenants WHERE id > $1 AND id <> $2 ORDER BY id LIMIT $3"
PLATFORM = "SELECT id, state, created_at FROM tenants WHERE id > $1 AND id = $2 LIMIT $3"
LAST = "SELECT max(due_at) FROM schedule_runs WHERE tenant_id = $1 AND name = $2 AND actor = $3"
LAST_OF_ALL = "SELECT max(due_at) FROM schedule_runs WHERE tenant_id = $1 AND name = $2"
INSERT = """
INSERT INTO schedule_runs (tenant_id, name, due_at, outcome, actor, at, event_id)
SELECT $1, $2, $3, $4, $5, now(), $6 FROM tenants WHERE id = $1
ON CONFLICT DO NOTHING RETURNING event_id
"""
PRUNE = """
DELETE FROM schedule_runs AS r WHERE r.tenant_id = $1 AND r.outcome <> 'begun' AND r.at < $2
  AND r.due_at < coalesce(
    (SELECT max(l.due_at) FROM schedule_runs AS l WHERE l.tenant_id = $1 AND l.name = r.name AND l.actor = $3), 'infinity')
"""
# The newest first, and no further than the first that is done: where all is well that is one row or two.
DONE = """
SELECT d.finished_at FROM schedule_runs AS r
JOIN deliveries AS d ON d.tenant_id = $1 AND d.event_id = r.event_id AND d.handler = $3 AND d.state = 'done'
WHERE r.tenant_id = $1 AND r.name = $2 ORDER BY r.due_at DESC LIMIT 1
"""
HEARD = f"""
SELECT extract(epoch FROM now() - coalesce(({DONE}), first.at))::float8, extract(epoch FROM now() - last.at)::float8
FROM (SELECT at FROM schedule_runs WHERE tenant_id = $1 AND name = $2 ORDER BY due_at LIMIT 1) AS first,
  (SELECT at FROM schedule_runs WHERE tenant_id = $1 AND name = $2 ORDER BY due_at DESC LIMIT 1) AS last
"""
# Of each schedule its latest time, found at the end of the key: however many times are kept, one row is read.
LATEST = """
SELECT r.name, r.due_at, r.outcome, r.actor, r.event_id, d.state
FROM unnest($2::text[], $3::text[]) AS asked (name, handler)
JOIN schedule_runs AS r ON r.tenant_id = $1 AND r.name = asked.name AND r.due_at = (
  SELECT max(l.due_at) FROM schedule_runs AS l WHERE l.tenant_id = $1 AND l.name = asked.name AND l.outcome <> 'begun')
LEFT JOIN deliveries AS d ON d.tenant_id = $1 AND d.event_id = r.event_id AND d.handler = asked.handler
"""
MICROSECOND = timedelta(microseconds=1)


class ScheduleRun(TenantMixin, Base):
    """One time of one schedule in one tenant; the platform's own tenant has those of the installation."""

    __tablename__ = "schedule_runs"
    __table_args__ = (CheckConstraint(f"outcome IN {OUTCOMES}", name="outcome"),)
    __grants__ = (grant(Role.APP, "SELECT"), grant(Role.SYSTEM, "SELECT", "INSERT", "DELETE"))

    name: Mapped[str] = mapped_column(String(120), primary_key=True, sort_order=SECOND)
    due_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), primary_key=True, sort_order=SECOND + 1)
    outcome: Mapped[str] = mapped_column(String(10))
    """begun: from here on it is counted, and nothing was fired; skipped: its time had passed."""
    actor: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    event_id: Mapped[UUID | None] = mapped_column(Uuid)
    rule: Mapped[str | None] = mapped_column(String(250))
    """Of what was begun: when it comes and for whom. Another rule is begun anew, so that no time of it lies before."""


@dataclass(frozen=True, slots=True)
class Whose:
    """A tenant whose schedules are looked at."""

    id: UUID
    state: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Due:
    """A time to be written; with an event where it is fired, without where it is passed over."""

    tenant_id: UUID
    due_at: datetime
    event_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class LastRun:
    """The latest time of a schedule in a tenant; the state of its delivery where there still is one."""

    due_at: datetime
    outcome: str
    actor: str
    event_id: UUID | None
    state: Literal["pending", "leased", "done", "dead", "parked"] | None


async def database_time(connection: Any) -> datetime:
    """What the database's clock says: relays on machines whose clocks differ agree by it."""
    now: datetime = await connection.fetchval(NOW)
    return now


async def take_turn(connection: Any, name: str) -> bool:
    """Whether no other relay is at the schedule; if so none will be, until this transaction ends."""
    ours: bool = await connection.fetchval(TURN, name)
    return ours


async def begun_at(connection: Any, name: str, rule: str, now: datetime) -> datetime:
    """From when on the schedule's times are counted under its rule: at first sight from now on."""
    found: datetime | None = await connection.fetchval(BEGUN, PLATFORM_TENANT, name, rule)
    if found is None:
        await connection.execute(BEGIN, PLATFORM_TENANT, name, now, RELAYS, rule)
    return found or now


async def whose(connection: Any, *, per_tenant: bool, after: UUID, limit: int) -> list[Whose]:
    """The next tenants by their ids; of an installation-wide schedule the platform's own."""
    rows = await connection.fetch(TENANTS if per_tenant else PLATFORM, after, PLATFORM_TENANT, limit)
    return [Whose(*row) for row in rows]


async def last_times(connection: Any, name: str, tenant_ids: Sequence[UUID]) -> list[datetime | None]:
    """How far relays have come with the schedule, tenant by tenant, in one round trip."""
    rows = await connection.fetchmany(LAST, [(tenant_id, name, RELAYS) for tenant_id in tenant_ids])
    return [row[0] for row in rows]


async def take(connection: Any, name: str, times: Iterable[Due]) -> set[UUID]:
    """Write times that nobody has written, in one round trip; returns the events of those that are ours to fire."""
    rows = await connection.fetchmany(
        INSERT,
        [
            (time.tenant_id, name, time.due_at, "fired" if time.event_id else "skipped", RELAYS, time.event_id)
            for time in times
        ],
    )
    return {row[0] for row in rows if row[0] is not None}


async def free_moment(connection: Any, tenant_id: UUID, name: str, at: datetime) -> datetime:
    """The first moment from `at` on that no run of the schedule has, and that cron never has: no whole minute.

    Who asks holds the schedule's turn in the tenant until the end of the transaction: of two at once each gets its own.
    """
    await hold_turn(connection, f"schedule:{tenant_id} {name}")
    latest: datetime | None = await connection.fetchval(LAST_OF_ALL, tenant_id, name)
    due = at if latest is None or latest < at else latest + MICROSECOND
    return due if due.microsecond else due + MICROSECOND


async def write_by_hand(connection: Any, tenant_id: UUID, name: str, due: datetime, actor: str, event_id: UUID) -> None:
    """Write a run of somebody's own."""
    await connection.execute(INSERT, tenant_id, name, due, "fired", actor, event_id)


async def prune(connection: Any, tenant_ids: Sequence[UUID], before: datetime) -> None:
    """Remove what was written before that moment, but the latest time of each schedule: by it the next are counted."""
    await connection.executemany(PRUNE, [(tenant_id, before, RELAYS) for tenant_id in tenant_ids])


async def heard(connection: Any, name: str, handler: str) -> tuple[float | None, float | None]:
    """For how many seconds no run of an installation-wide schedule was done, and none was fired; None: it never began."""
    row = await connection.fetchrow(HEARD, PLATFORM_TENANT, name, handler)
    return (None, None) if row is None else (row[0], row[1])


async def last_runs(connection: Any, tenant_id: UUID, handlers: Mapping[str, str]) -> dict[str, LastRun]:
    """The latest times, also by hand, of schedules in the tenant, by their names; `handlers` has the handler of each name."""
    rows = await connection.fetch(LATEST, tenant_id, [*handlers], [*handlers.values()])
    return {name: LastRun(*last) for name, *last in rows}
