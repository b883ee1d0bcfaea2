"""The life of a delivery, statement by statement: claimed by the relay, fenced by the worker, done, retried or dead.

Every statement names the tenant. Times are the database's: leases are compared by one clock.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg

from app.db.lone import lone_transaction
from app.db.pool import Pool
from app.db.uow import UnitOfWork

MAX_ERROR = 2000
MAX_BACKOFF_SECONDS = 3600.0
DATABASE_FAULTS = (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError)

PARKED_SECONDS = 300.0
"""How long a delivery that no installed code knew is set aside before it is tried again: a newer worker may know it."""
STARTED = "started, and its worker was lost"
RETURNED = "the queue was away"

# What a suspended tenant has to do waits: it is neither found nor claimed until the tenant is resumed.
DUE_TENANTS = """
SELECT d.tenant_id, extract(epoch FROM now() - min(CASE d.state WHEN 'leased' THEN d.lease_until ELSE d.due_at END))::float8
FROM deliveries AS d JOIN tenants AS t ON t.id = d.tenant_id AND t.state = 'active'
WHERE d.state IN ('pending', 'parked') AND d.due_at <= now() OR d.state = 'leased' AND d.lease_until < now()
GROUP BY d.tenant_id
"""
# The cap counts what is leased and alive; SKIP LOCKED passes over what another relay holds, and over a delivery whose handler
# still runs: its transaction has locked the row, so an expired lease alone never starts a handler twice.
# `attempt` is the fence and counts leases; only `tries`, the starts that are known of, lead to death.
CLAIM = """
WITH due AS (
  SELECT id FROM deliveries
  WHERE tenant_id = $1
    AND (state IN ('pending', 'parked') AND due_at <= now() OR state = 'leased' AND lease_until < now())
    AND EXISTS (SELECT FROM tenants WHERE id = $1 AND state = 'active')
  ORDER BY id
  LIMIT greatest(0, $2 - (
    SELECT count(*) FROM deliveries WHERE tenant_id = $1 AND state = 'leased' AND lease_until >= now()
  ))
  FOR UPDATE SKIP LOCKED
)
UPDATE deliveries AS d SET
  state = CASE WHEN d.tries >= $4 THEN 'dead' ELSE 'leased' END,
  error = CASE WHEN d.tries >= $4 THEN 'given up: its worker was lost again and again' ELSE d.error END,
  finished_at = CASE WHEN d.tries >= $4 THEN now() END,
  attempt = d.attempt + 1,
  lease_until = now() + make_interval(secs => $3)
FROM due WHERE d.tenant_id = $1 AND d.id = due.id
RETURNING d.id, d.attempt, d.queue, d.state
"""
# One relay at a time claims of a tenant, in a statement after this one: in the same, the count would be as old as the
# snapshot, and each relay would fill the cap. Who comes second passes on: a relay that hangs shall hold up no other.
TURN = "SELECT pg_try_advisory_xact_lock($1)"
CLAIM_IDS = """
UPDATE deliveries SET state = 'leased', attempt = attempt + 1, lease_until = now() + make_interval(secs => $3)
WHERE tenant_id = $1 AND id = ANY($2::bigint[]) AND state = 'pending'
RETURNING id, attempt, queue, state
"""
RETURN_IDS = """
UPDATE deliveries SET state = 'pending', lease_until = NULL, error = $3
WHERE tenant_id = $1 AND id = ANY($2::bigint[]) AND state = 'leased'
"""
LAST_ERROR = "SELECT error FROM deliveries WHERE tenant_id = $1 AND id = $2 AND attempt = $3 AND state = 'leased'"
START = """
UPDATE deliveries SET tries = tries + 1, error = $4, lease_until = now() + make_interval(secs => $5)
WHERE tenant_id = $1 AND id = $2 AND attempt = $3 AND state = 'leased'
"""
# For a handler that runs without a transaction: no lock of it keeps others away, so its lease must outlast it.
HOLD = """
UPDATE deliveries SET lease_until = now() + make_interval(secs => $4)
WHERE tenant_id = $1 AND id = $2 AND attempt = $3 AND state = 'leased'
RETURNING id
"""
# The fence: no row, no handler. It is the first statement of the handler's own transaction.
FENCE = """
WITH fenced AS (
  UPDATE deliveries SET state = 'done', finished_at = now(), lease_until = NULL, error = NULL
  WHERE tenant_id = $1 AND id = $2 AND attempt = $3 AND state = 'leased'
  RETURNING event_id, handler
)
SELECT f.handler, e.id, e.name, e.version, e.payload, e.actor, e.request_id, e.at
FROM fenced AS f JOIN events AS e ON e.tenant_id = $1 AND e.id = f.event_id
"""
# Parking is no failure: a start that was noted before it (every attempt but the first) is not counted after all, or a module
# that stays away long enough would find its deliveries dead.
PARK = """
UPDATE deliveries SET state = 'parked', error = $3, finished_at = NULL, due_at = now() + make_interval(secs => $4),
  tries = tries - CASE WHEN attempt > 1 AND tries > 0 THEN 1 ELSE 0 END
WHERE tenant_id = $1 AND id = $2
"""
# The first start is not noted before it happens (that would cost every delivery a transaction): its failure counts it.
FAIL = """
WITH counted AS (
  SELECT id, tries + CASE WHEN attempt = 1 THEN 1 ELSE 0 END AS tries FROM deliveries
  WHERE tenant_id = $1 AND id = $2 AND attempt = $3 AND state = 'leased'
)
UPDATE deliveries AS d SET
  tries = c.tries,
  state = CASE WHEN c.tries >= $4 THEN 'dead' ELSE 'pending' END,
  finished_at = CASE WHEN c.tries >= $4 THEN now() END,
  due_at = now() + make_interval(secs => least($5 * power(2, greatest(c.tries, 1) - 1), $6) * $7),
  lease_until = NULL,
  error = $8
FROM counted AS c WHERE d.tenant_id = $1 AND d.id = c.id AND d.attempt = $3 AND d.state = 'leased'
RETURNING d.state
"""


@dataclass(frozen=True, slots=True)
class Claimed:
    """A delivery that was leased for one attempt."""

    id: int
    attempt: int
    queue: str


@dataclass(frozen=True, slots=True)
class Fenced:
    """What the worker is to do: the handler's name and the event, as they are stored."""

    handler: str
    event_id: UUID
    name: str
    version: int
    payload: dict[str, Any]
    actor: str
    request_id: UUID
    at: datetime


async def due_tenants(pool: Pool) -> dict[UUID, float]:
    """The tenants with due deliveries, and for how many seconds the oldest has been: the sweep behind the hints. Takes no lock."""
    return {row[0]: row[1] for row in await _alone(pool, DUE_TENANTS)}


async def claim(pool: Pool, tenant_id: UUID, *, cap: int, lease_seconds: float, max_attempts: int) -> list[Claimed]:
    """Lease due deliveries of one tenant, oldest first, so that at most `cap` of it are in flight.

    None where another relay is claiming of the tenant at this moment.
    """
    async with lone_transaction(pool) as connection:
        ours = await connection.fetchval(TURN, tenant_id.int % 2**63)
        rows: list[Any] = await connection.fetch(CLAIM, tenant_id, cap, lease_seconds, max_attempts) if ours else []
    return _claimed(rows)


async def give_back(pool: Pool, tenant_id: UUID, ids: Sequence[int]) -> None:
    """End leases whose jobs did not reach Redis; should they have, the fence stops them."""
    await _alone(pool, RETURN_IDS, tenant_id, list(ids), RETURNED)


async def claim_these(uow: UnitOfWork, ids: Sequence[int], *, lease_seconds: float) -> list[Claimed]:
    """Lease deliveries that were just written, for the inline queue mode."""
    return _claimed(await uow.connection.fetch(CLAIM_IDS, uow.tenant_id, list(ids), lease_seconds))


async def fence(uow: UnitOfWork, delivery_id: int, attempt: int) -> Fenced | None:
    """Mark the delivery done in the handler's own transaction; None where it is not this attempt's any more."""
    row = await uow.connection.fetchrow(FENCE, uow.tenant_id, delivery_id, attempt)
    return None if row is None else Fenced(*row)


async def hold(uow: UnitOfWork, delivery_id: int, attempt: int, *, seconds: float) -> bool:
    """Make the lease last so long; False where the delivery is not this attempt's any more."""
    return await uow.connection.fetchrow(HOLD, uow.tenant_id, delivery_id, attempt, seconds) is not None


async def was_lost(uow: UnitOfWork, delivery_id: int, attempt: int) -> bool:
    """Whether the delivery's last lease ended without a word: it may be what ended its worker."""
    row = await uow.connection.fetchrow(LAST_ERROR, uow.tenant_id, delivery_id, attempt)
    return row is not None and row[0] in {None, STARTED}


async def note_start(uow: UnitOfWork, delivery_id: int, attempt: int, *, lease_seconds: float) -> None:
    """Count a start before it happens, in a transaction that outlives what the handler may do to its process.

    The lease begins afresh, so that what was counted is also started.
    """
    await uow.connection.execute(START, uow.tenant_id, delivery_id, attempt, STARTED, lease_seconds)


async def park(uow: UnitOfWork, delivery_id: int, reason: str) -> None:
    """Set aside what no installed code can handle; it is looked at again from time to time."""
    await uow.connection.execute(PARK, uow.tenant_id, delivery_id, reason, PARKED_SECONDS)


async def fail(
    uow: UnitOfWork,
    delivery_id: int,
    attempt: int,
    *,
    max_attempts: int,
    backoff_seconds: float,
    jitter: float,
    error: str,
) -> str | None:
    """Note a failure: due again after the back-off times `jitter`, or dead. Returns the new state, None where fenced off."""
    text = error.replace("\x00", "")[:MAX_ERROR]
    row = await uow.connection.fetchrow(
        FAIL, uow.tenant_id, delivery_id, attempt, max_attempts, backoff_seconds, MAX_BACKOFF_SECONDS, jitter, text
    )
    return None if row is None else str(row[0])


async def _alone(pool: Pool, statement: str, *arguments: Any) -> list[Any]:
    async with lone_transaction(pool) as connection:
        rows: list[Any] = await connection.fetch(statement, *arguments)
    return rows


def _claimed(rows: list[Any]) -> list[Claimed]:
    return [Claimed(row[0], row[1], row[2]) for row in rows if row[3] == "leased"]
