"""Leases that are held: renewed while their worker lives, handed back where it stops. Fenced by the attempt.

Every statement names the tenant. Times are the database's: leases are compared by one clock.
"""

from collections.abc import Collection, Sequence
from uuid import UUID

from app.db.deliveries import lost
from app.db.uow import UnitOfWork
from app.extensions.tickets import Ticket

HANDED_BACK = "handed back: its worker stopped"
MOST_UNCOUNTED = 20
"""How many attempts of a delivery may be uncounted before another one is taken back."""

# SKIP LOCKED: a running handler's own transaction holds its row, so nobody can take it and nothing needs renewing. What is
# read without a lock says what is still ours; a lease that has run out and that nobody took is ours, and lives again.
RENEW = """
WITH asked AS (
  SELECT DISTINCT u.id, u.attempt FROM unnest($2::bigint[], $3::int[]) AS u (id, attempt)
), ours AS (
  SELECT d.id, d.attempt FROM deliveries AS d JOIN asked AS a ON a.id = d.id AND a.attempt = d.attempt
  WHERE d.tenant_id = $1 AND d.state = 'leased'
), free AS (
  SELECT d.id FROM deliveries AS d JOIN asked AS a ON a.id = d.id AND a.attempt = d.attempt
  WHERE d.tenant_id = $1 AND d.state = 'leased'
  FOR UPDATE OF d SKIP LOCKED
), renewed AS (
  UPDATE deliveries AS d SET lease_until = greatest(d.lease_until, now() + make_interval(secs => $4))
  FROM free AS f WHERE d.tenant_id = $1 AND d.id = f.id
  RETURNING d.id
)
SELECT o.id, o.attempt, r.id IS NOT NULL FROM ours AS o LEFT JOIN renewed AS r ON r.id = o.id
"""
# A stop is no failure, so no try is counted: a start that was noted beforehand (of every attempt but the first) is taken
# back. What never began again keeps what is written of it: whether its last worker was lost by it.
_HAND_BACK = """
WITH free AS (
  SELECT d.id FROM deliveries AS d
  JOIN unnest($2::bigint[], $3::int[]) AS a (id, attempt) ON a.id = d.id AND a.attempt = d.attempt
  WHERE d.tenant_id = $1 AND d.state = 'leased'
  FOR UPDATE OF d {locked}
)
UPDATE deliveries AS d SET state = 'pending', lease_until = NULL,
  error = CASE WHEN $4 OR d.attempt = 1 THEN $5 ELSE d.error END,
  tries = d.tries - CASE WHEN $4 AND d.attempt > 1 AND d.tries > 0 THEN 1 ELSE 0 END
FROM free AS f WHERE d.tenant_id = $1 AND d.id = f.id
RETURNING d.id
"""
# Of what was cancelled the handler's transaction may be undone at this very moment, behind the one who cancelled: that is
# waited for. What never began here is locked by nobody; should it be, it runs somewhere, and nobody waits for that.
HAND_BACK = {begun: _HAND_BACK.format(locked="" if begun else "SKIP LOCKED") for begun in (True, False)}
# What a lost worker held, as if the leases had run out by themselves: all else that is written of it stays. What is known to have
# begun may be what ended the worker: its lease ends after the pause that a failure is followed by, or it would end one worker
# after another within moments. Of those that are excused the start is taken back: what begins after them is charged. Not for ever,
# or what ends its worker late would never be dead beside others: $7 is how many attempts may stay uncounted. SKIP LOCKED: of a worker that has just ended the server may not know yet; what is locked and
# still of this attempt is told, to be asked for again.
END = """
WITH ours AS (
  SELECT d.id, d.attempt, a.begun, a.excused FROM deliveries AS d JOIN (
    SELECT DISTINCT u.id, u.attempt, u.begun, u.excused
    FROM unnest($2::bigint[], $3::int[], $4::text[], $6::boolean[]) AS u (id, attempt, begun, excused)
  ) AS a ON a.id = d.id AND a.attempt = d.attempt
  WHERE d.tenant_id = $1 AND d.state = 'leased'
), free AS (
  SELECT d.id, o.begun, d.tries - CASE
    WHEN o.excused AND d.error = o.begun AND d.tries > 0 AND d.attempt - d.tries < $7 THEN 1 ELSE 0 END AS tries
  FROM deliveries AS d JOIN ours AS o ON o.id = d.id AND o.attempt = d.attempt
  WHERE d.tenant_id = $1 AND d.state = 'leased'
  FOR UPDATE OF d SKIP LOCKED
), ended AS (
  UPDATE deliveries AS d SET tries = f.tries, lease_until = least(d.lease_until, now() + make_interval(secs =>
    CASE WHEN d.error = f.begun THEN $5 * power(2, least(greatest(f.tries, 1) - 1, 30)) ELSE 0 END))
  FROM free AS f WHERE d.tenant_id = $1 AND d.id = f.id
  RETURNING d.id
)
SELECT o.id, o.attempt, e.id IS NOT NULL FROM ours AS o LEFT JOIN ended AS e ON e.id = o.id
"""


async def renew(uow: UnitOfWork, tickets: Sequence[Ticket], *, seconds: float) -> tuple[int, list[Ticket]]:
    """Let the leases of one tenant's tickets begin afresh; returns how many, and the tickets that are another's by now."""
    rows = await uow.connection.fetch(RENEW, uow.tenant_id, *_columns(tickets), seconds)
    ours = {(row[0], row[1]) for row in rows}
    lost = [ticket for ticket in tickets if (ticket.delivery_id, ticket.attempt) not in ours]
    return sum(row[2] for row in rows), lost


async def hand_back(uow: UnitOfWork, tickets: Sequence[Ticket], *, begun: bool) -> int:
    """End the leases of one tenant's tickets, so that they are due at once; `begun` where their handlers were cancelled.

    With `begun` it waits until the handlers' transactions are undone, however long that takes.
    """
    return len(await uow.connection.fetch(HAND_BACK[begun], uow.tenant_id, *_columns(tickets), begun, HANDED_BACK))


async def end(
    uow: UnitOfWork, tickets: Sequence[Ticket], *, excused: Collection[Ticket], pause_seconds: float
) -> tuple[int, list[Ticket]]:
    """Let the leases of one tenant's tickets end now, of a worker that was lost; returns how many, and what was locked.

    Of what is known to have begun they end after a pause, which doubles with each try. The starts of the `excused` are not counted.
    """
    begun = [lost(ticket.attempt) for ticket in tickets]
    free = [ticket in excused for ticket in tickets]
    rows = await uow.connection.fetch(
        END, uow.tenant_id, *_columns(tickets), begun, pause_seconds, free, MOST_UNCOUNTED
    )
    locked = {(row[0], row[1]) for row in rows if not row[2]}
    return sum(row[2] for row in rows), [item for item in tickets if (item.delivery_id, item.attempt) in locked]


def by_tenant(tickets: Sequence[Ticket]) -> dict[UUID, list[Ticket]]:
    """The tickets, tenant by tenant: a transaction serves one."""
    found: dict[UUID, list[Ticket]] = {}
    for ticket in tickets:
        found.setdefault(ticket.tenant_id, []).append(ticket)
    return found


def _columns(tickets: Sequence[Ticket]) -> tuple[list[int], list[int]]:
    return [ticket.delivery_id for ticket in tickets], [ticket.attempt for ticket in tickets]
