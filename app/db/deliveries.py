"""The life of a delivery after its claim, statement by statement: fenced by the worker, done, retried, parked or dead.

Every statement names the tenant. Times are the database's: leases are compared by one clock.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from app.db.errors import storable
from app.db.uow import UnitOfWork
from app.extensions.priorities import Policy

MAX_ERROR = 2000
MAX_FAILURES = 20
"""How many of the last failures a delivery remembers."""
MAX_FAILURE = 500
"""Characters of each."""

PARKED_SECONDS = 300.0
"""How long a delivery that no installed code knew is set aside before it is tried again: a newer worker may know it."""
GIVEN_UP = "given up: its worker was lost again and again"
LOST = re.compile(r"attempt (\d+) was started, and its worker was lost")


def lost(attempt: int) -> str:
    """What stands as the error of an attempt from its start on, until it ends otherwise."""
    return f"attempt {attempt} was started, and its worker was lost"


# `failures` with one more, the oldest of too many left out.
APPENDED = f"""CASE WHEN jsonb_array_length(failures) >= {MAX_FAILURES} THEN failures - 0 ELSE failures END
    || jsonb_build_array(jsonb_build_object('attempt', {{attempt}}, 'at', {{at}}, 'error', {{error}}))"""
STANDING = """
SELECT handler, tries, error, ordering_key IS NOT NULL FROM deliveries
WHERE tenant_id = $1 AND id = $2 AND attempt = $3 AND state = 'leased'
"""
# $6 is the attempt that was lost before this one, where it is known that it had begun. Where nothing is known at all, this
# start is noted and not counted: of many that a lost worker held one may have ended it, and the others shall not be charged.
START = f"""
UPDATE deliveries SET tries = tries + CASE WHEN error IS NULL THEN 0 ELSE 1 END, error = $4, lease_until = now() + make_interval(secs => $5), started_at = now(),
  failures = CASE WHEN $6::int IS NULL THEN failures ELSE {APPENDED.format(attempt="$6", at="started_at", error="error")} END
WHERE tenant_id = $1 AND id = $2 AND attempt = $3 AND state = 'leased'
RETURNING id
"""
GIVE_UP = f"""
UPDATE deliveries SET state = 'dead', error = $4, finished_at = now(), lease_until = NULL,
  failures = CASE WHEN $5::int IS NULL THEN failures ELSE {APPENDED.format(attempt="$5", at="started_at", error="error")} END
WHERE tenant_id = $1 AND id = $2 AND attempt = $3 AND state = 'leased'
RETURNING id
"""
# For a handler that runs without a transaction: no lock of it keeps others away, so its lease must outlast it. Since this
# is a transaction of its own, also the first start is counted before it happens. Again, it only prolongs the lease.
HOLD = """
UPDATE deliveries SET lease_until = now() + make_interval(secs => $4), error = $5,
  started_at = CASE WHEN error IS DISTINCT FROM $5 THEN now() ELSE started_at END,
  tries = greatest(tries, 1)
WHERE tenant_id = $1 AND id = $2 AND attempt = $3 AND state = 'leased'
RETURNING id
"""
# The fence: no row, no handler. It is the first statement of the handler's own transaction, so that `finished_at` is the
# time at which that began; and the end of what ran without one.
FENCE = """
WITH fenced AS (
  UPDATE deliveries SET state = 'done', started_at = coalesce(started_at, now()), finished_at = now(), lease_until = NULL,
    error = NULL
  WHERE tenant_id = $1 AND id = $2 AND attempt = $3 AND state = 'leased'
  RETURNING event_id, handler, ordering_key
)
SELECT f.handler, e.id, e.name, e.version, e.payload, e.actor, e.request_id, e.at, e.traceparent, f.ordering_key IS NOT NULL,
  e.generation
FROM fenced AS f JOIN events AS e ON e.tenant_id = $1 AND e.id = f.event_id
"""
# Parking is no failure: a start that was noted before it (every attempt but the first) is not counted after all, or a module
# that stays away long enough would find its deliveries dead.
PARK = """
UPDATE deliveries SET state = 'parked', error = $3, finished_at = NULL, due_at = now() + make_interval(secs => $4),
  tries = tries - CASE WHEN attempt > 1 AND tries > 0 THEN 1 ELSE 0 END
WHERE tenant_id = $1 AND id = $2
"""
# The first start within a transaction is not noted before it happens (that would cost every delivery a second one), and one
# of which nothing was known is not counted: its failure counts it. The exponent is bounded, or a handler with very many attempts could not
# fail any more.
FAIL = f"""
WITH counted AS (
  SELECT id, greatest(tries, 1) AS tries FROM deliveries
  WHERE tenant_id = $1 AND id = $2 AND attempt = $3 AND state = 'leased'
)
UPDATE deliveries AS d SET
  tries = c.tries,
  state = CASE WHEN c.tries >= $4 THEN 'dead' ELSE 'pending' END,
  finished_at = CASE WHEN c.tries >= $4 THEN now() END,
  due_at = now() + make_interval(secs => least($5 * power(2, least(greatest(c.tries, 1) - 1, 30)), $6) * $7),
  lease_until = NULL,
  error = $8,
  failures = {APPENDED.format(attempt="$3::int", at="now()", error=f"left($8, {MAX_FAILURE})")}
FROM counted AS c WHERE d.tenant_id = $1 AND d.id = c.id AND d.attempt = $3 AND d.state = 'leased'
RETURNING d.state
"""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a leased delivery stands before this attempt of it begins, or after it failed."""

    handler: str
    tries: int
    """Starts that are known of."""
    error: str | None
    ordered: bool
    """Whether others wait for its end."""

    @property
    def suspect(self) -> bool:
        """Whether it was begun and never ended: it may be what ended its worker. What only waited there is none."""
        return self.lost_attempt is not None

    @property
    def lost_attempt(self) -> int | None:
        """The attempt that began and never ended, where it was noted before it began."""
        found = None if self.error is None else LOST.fullmatch(self.error)
        return None if found is None else int(found[1])


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
    traceparent: str | None
    ordered: bool
    """Whether others wait for its end."""
    generation: int
    """How many handlers stand between the event and a request."""


async def fence(uow: UnitOfWork, delivery_id: int, attempt: int) -> Fenced | None:
    """Mark the delivery done in the handler's own transaction; None where it is not this attempt's any more."""
    row = await uow.connection.fetchrow(FENCE, uow.tenant_id, delivery_id, attempt)
    return None if row is None else Fenced(*row)


async def hold(uow: UnitOfWork, delivery_id: int, attempt: int, *, seconds: float) -> bool:
    """Count the start and make the lease last so long; False where the delivery is not this attempt's any more."""
    row = await uow.connection.fetchrow(HOLD, uow.tenant_id, delivery_id, attempt, seconds, lost(attempt))
    return row is not None


async def standing(uow: UnitOfWork, delivery_id: int, attempt: int) -> Standing | None:
    """Where the delivery stands; None where it is not this attempt's any more."""
    row = await uow.connection.fetchrow(STANDING, uow.tenant_id, delivery_id, attempt)
    return None if row is None else Standing(*row)


async def note_start(
    uow: UnitOfWork, delivery_id: int, attempt: int, *, lease_seconds: float, lost_attempt: int | None
) -> bool:
    """Note a start before it happens, in a transaction that outlives what the handler may do to its process.

    It is counted, unless nothing is known of the attempts before: of those no worker is known to have begun one.
    The lease begins afresh, so that what was counted is also started. `lost_attempt` is put on the list of failures. False
    where the delivery is not this attempt's any more.
    """
    row = await uow.connection.fetchrow(
        START, uow.tenant_id, delivery_id, attempt, lost(attempt), lease_seconds, lost_attempt
    )
    return row is not None


async def give_up(uow: UnitOfWork, delivery_id: int, attempt: int, *, reason: str, lost_attempt: int | None) -> bool:
    """Make it dead without a further start; False where the delivery is not this attempt's any more."""
    row = await uow.connection.fetchrow(GIVE_UP, uow.tenant_id, delivery_id, attempt, reason, lost_attempt)
    return row is not None


async def park(uow: UnitOfWork, delivery_id: int, reason: str) -> None:
    """Set aside what no installed code can handle; it is looked at again from time to time."""
    await uow.connection.execute(PARK, uow.tenant_id, delivery_id, reason, PARKED_SECONDS)


async def fail(
    uow: UnitOfWork, delivery_id: int, attempt: int, *, policy: Policy, jitter: float, error: str
) -> str | None:
    """Note a failure: due again after the back-off times `jitter`, or dead. Returns the new state, None where fenced off.

    What no text of PostgreSQL can hold is left out of the error.
    """
    row = await uow.connection.fetchrow(
        FAIL,
        uow.tenant_id,
        delivery_id,
        attempt,
        policy.max_attempts,
        policy.backoff_seconds,
        policy.longest_seconds,
        jitter,
        storable(error, MAX_ERROR),
    )
    return None if row is None else str(row[0])
