"""What operators read of the deliveries of all tenants, by the system role: names, states and errors, no payload."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from app.db.uow import UnitOfWork
from app.operators.schemas import Backlog, OperatedDelivery

# Over all tenants the dead and the open ones are found by their indexes; what is done is read through where nothing narrows it.
PAGE: Final = """
SELECT d.tenant_id, t.slug, d.id::text, e.name, e.request_id, d.handler, d.queue, d.state, d.attempt, d.tries, d.replays,
  d.error, d.created_at, d.due_at, d.started_at, d.finished_at
FROM deliveries AS d JOIN events AS e ON e.tenant_id = d.tenant_id AND e.id = d.event_id
  JOIN tenants AS t ON t.id = d.tenant_id
WHERE {whose} AND (d.id, d.tenant_id) < ($2::bigint, $3::uuid)
  AND ($4::text IS NULL OR d.state = $4) AND ($5::text IS NULL OR d.handler = $5) AND ($6::text IS NULL OR e.name = $6)
  AND ($7::uuid IS NULL OR e.request_id = $7)
  AND ($8::timestamptz IS NULL OR d.created_at >= $8) AND ($9::timestamptz IS NULL OR d.created_at < $9)
ORDER BY d.id DESC, d.tenant_id DESC LIMIT $10
"""
OF_ALL: Final = PAGE.format(whose="$1::uuid IS NULL")
OF_ONE: Final = PAGE.format(whose="d.tenant_id = $1 AND e.tenant_id = $1")
BACKLOG: Final = """
SELECT d.tenant_id, t.slug, d.queue,
  count(*) FILTER (WHERE d.state = 'pending'), count(*) FILTER (WHERE d.state = 'leased'),
  count(*) FILTER (WHERE d.state = 'parked'), count(*) FILTER (WHERE d.state = 'dead'),
  greatest(0, coalesce(extract(epoch FROM now() - min(d.due_at) FILTER (WHERE d.state IN ('pending', 'parked'))), 0))::float8
FROM deliveries AS d JOIN tenants AS t ON t.id = d.tenant_id
WHERE (d.state IN ('pending', 'leased', 'parked') OR d.state = 'dead')
  AND ($1::uuid IS NULL OR d.tenant_id = $1) AND (d.tenant_id, d.queue) > ($2::uuid, $3::text)
GROUP BY d.tenant_id, t.slug, d.queue ORDER BY d.tenant_id, d.queue LIMIT $4
"""
WITH_DEAD: Final = """
SELECT DISTINCT d.tenant_id
FROM deliveries AS d JOIN events AS e ON e.tenant_id = d.tenant_id AND e.id = d.event_id
WHERE d.state = 'dead' AND ($1::text IS NULL OR d.handler = $1) AND ($2::text IS NULL OR e.name = $2)
  AND ($3::uuid IS NULL OR e.request_id = $3)
  AND ($4::timestamptz IS NULL OR d.created_at >= $4) AND ($5::timestamptz IS NULL OR d.created_at < $5)
ORDER BY d.tenant_id
"""
NAMES: Final = ("handler", "event", "request_id", "created_at_gte", "created_at_lt")
"""The filters, in the order of the statements' parameters."""
LAST: Final = UUID(int=2**128 - 1)
NEWEST: Final = 2**63 - 1


async def deliveries(
    uow: UnitOfWork,
    filters: Mapping[str, Any],
    *,
    tenant_id: UUID | None,
    state: str | None,
    before: tuple[int, UUID] = (NEWEST, LAST),
    limit: int,
) -> list[OperatedDelivery]:
    """Newest first: those older than `before` that pass the filters."""
    values = [filters.get(name) for name in NAMES]
    statement = OF_ALL if tenant_id is None else OF_ONE
    rows = await uow.connection.fetch(statement, tenant_id, *before, state, *values, limit)
    return [OperatedDelivery(*row) for row in rows]


async def backlog(uow: UnitOfWork, *, tenant_id: UUID | None, after: tuple[UUID, str], limit: int) -> list[Backlog]:
    """By tenant and queue; what has nothing open and nothing dead is not in it."""
    rows = await uow.connection.fetch(BACKLOG, tenant_id, *after, limit)
    return [Backlog(*row) for row in rows]


async def tenants_with_dead(uow: UnitOfWork, filters: Mapping[str, Any]) -> list[UUID]:
    """Whose dead deliveries pass the filters."""
    rows = await uow.connection.fetch(WITH_DEAD, *(filters.get(name) for name in NAMES))
    return [row[0] for row in rows]
