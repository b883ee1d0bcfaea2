"""The life of a delivery after its claim, statement by statement: fenced by the worker, done, retried, parked or dead.

Every statement names the tenant. Times are the database's: leases are compared by one clock.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from app.db.uow import UnitOfWork

MAX_ERROR = 2000
MAX_BACKOFF_SECONDS = 3600.0

PARKED_SECONDS = 300.0
"""How long a delivery that no installed code knew is set aside before it is tried again: a newer worker may know it."""
STARTED = "started, and its worker was lost"

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
