"""Claiming deliveries: the relay's side of their life, statement by statement. The worker's is in `deliveries.py`.

Every statement names the tenant. Times are the database's: leases are compared by one clock.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from app.db.lone import lone_transaction
from app.db.pool import Pool
from app.db.uow import UnitOfWork

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
# `attempt` is the fence and counts leases; only `tries`, the starts that are known of, lead to death, and of that the worker
# decides, who knows the handler and how often it may be tried.
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
  state = 'leased',
  attempt = d.attempt + 1,
  lease_until = now() + make_interval(secs => $3),
  unique_key = NULL
FROM due WHERE d.tenant_id = $1 AND d.id = due.id
RETURNING d.id, d.attempt, d.queue
"""
# One relay at a time claims of a tenant, in a statement after this one: in the same, the count would be as old as the
# snapshot, and each relay would fill the cap. Who comes second passes on: a relay that hangs shall hold up no other.
TURN = "SELECT pg_try_advisory_xact_lock($1)"
CLAIM_IDS = """
UPDATE deliveries SET state = 'leased', attempt = attempt + 1, lease_until = now() + make_interval(secs => $3),
  unique_key = NULL
WHERE tenant_id = $1 AND id = ANY($2::bigint[]) AND state = 'pending'
RETURNING id, attempt, queue
"""
RETURN_IDS = """
UPDATE deliveries SET state = 'pending', lease_until = NULL, error = $3
WHERE tenant_id = $1 AND id = ANY($2::bigint[]) AND state = 'leased'
"""


@dataclass(frozen=True, slots=True)
class Claimed:
    """A delivery that was leased for one attempt."""

    id: int
    attempt: int
    queue: str


async def due_tenants(pool: Pool) -> dict[UUID, float]:
    """The tenants with due deliveries, and for how many seconds the oldest has been: the sweep behind the hints. Takes no lock."""
    return {row[0]: row[1] for row in await _alone(pool, DUE_TENANTS)}


async def claim(pool: Pool, tenant_id: UUID, *, cap: int, lease_seconds: float) -> list[Claimed]:
    """Lease due deliveries of one tenant, oldest first, so that at most `cap` of it are in flight.

    None where another relay is claiming of the tenant at this moment.
    """
    async with lone_transaction(pool) as connection:
        ours = await connection.fetchval(TURN, tenant_id.int % 2**63)
        rows: list[Any] = await connection.fetch(CLAIM, tenant_id, cap, lease_seconds) if ours else []
    return _claimed(rows)


async def give_back(pool: Pool, tenant_id: UUID, ids: Sequence[int]) -> None:
    """End leases whose jobs did not reach Redis; should they have, the fence stops them."""
    await _alone(pool, RETURN_IDS, tenant_id, list(ids), RETURNED)


async def claim_these(uow: UnitOfWork, ids: Sequence[int], *, lease_seconds: float) -> list[Claimed]:
    """Lease deliveries that were just written, for the inline queue mode."""
    return _claimed(await uow.connection.fetch(CLAIM_IDS, uow.tenant_id, list(ids), lease_seconds))


async def _alone(pool: Pool, statement: str, *arguments: Any) -> list[Any]:
    async with lone_transaction(pool) as connection:
        rows: list[Any] = await connection.fetch(statement, *arguments)
    return rows


def _claimed(rows: list[Any]) -> list[Claimed]:
    return [Claimed(*row) for row in rows]
