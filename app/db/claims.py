"""Claiming deliveries: the relay's side of their life, statement by statement. The worker's is in `deliveries.py`.

Every statement names the tenant. Times are the database's: leases are compared by one clock.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from app.db.lone import begun, lone_transaction
from app.db.owners import room
from app.db.pool import Pool
from app.db.uow import UnitOfWork

RETURNED = "the queue was away"
UNLIMITED = 2**31 - 1
NOBODY: Mapping[UUID, Sequence[UUID]] = {}

# What a suspended tenant has to do waits: it is neither found nor claimed until the tenant is resumed.
DUE_TENANTS = """
SELECT d.tenant_id, d.queue, count(*),
  extract(epoch FROM now() - min(CASE d.state WHEN 'leased' THEN d.lease_until ELSE d.due_at END))::float8
FROM deliveries AS d JOIN tenants AS t ON t.id = d.tenant_id AND t.state = 'active'
WHERE d.state IN ('pending', 'leased', 'parked')
  AND (d.state <> 'leased' AND d.due_at <= now() OR d.state = 'leased' AND d.lease_until < now())
GROUP BY d.tenant_id, d.queue
"""
DEAD = "SELECT count(*) FROM deliveries WHERE state = 'dead'"
# The cap is the plan's where the plan says one; it counts what is leased and alive. SKIP LOCKED passes over what another relay
# holds, and over a delivery whose handler still runs: its transaction has locked the row, so an expired lease alone never
# starts a handler twice. `attempt` is the fence and counts leases; only `tries`, the starts that are known of, lead to
# death, and of that the worker decides, who knows the handler and how often it may be tried.
# Of an ordering key the oldest goes, and alone: a younger one that was committed before it may be under way. One that was
# leased is not held up by an older one: each would wait for the other. Both questions are sub-queries under an OR, which no
# plan turns into a join, so that a claim of a long backlog reads its beginning and no more.
# The update names the ids by an array: a join with what was locked could be planned as a walk through the whole table.
CLAIM = """
WITH room AS (
  SELECT least($4, coalesce((SELECT p.cap FROM unnest($5::text[], $6::int[]) AS p (plan, cap) WHERE p.plan = t.plan), $2) - (
    SELECT count(*) FROM deliveries WHERE tenant_id = $1 AND state = 'leased' AND lease_until >= now()
  )) AS places
  FROM tenants AS t WHERE t.id = $1 AND t.state = 'active'
), due AS (
  SELECT d.id FROM deliveries AS d
  WHERE d.tenant_id = $1 AND d.state IN ('pending', 'leased', 'parked') AND d.queue <> ALL($7::text[]) AND (
    d.state = 'leased' AND d.lease_until < now()
    OR d.state <> 'leased' AND d.due_at <= now() AND (d.ordering_key IS NULL OR NOT EXISTS (
      SELECT FROM deliveries AS o
      WHERE o.tenant_id = $1 AND o.handler = d.handler AND o.ordering_key = d.ordering_key AND o.id < d.id
        AND o.state IN ('pending', 'leased', 'parked')
    ) AND NOT EXISTS (
      SELECT FROM deliveries AS o
      WHERE o.tenant_id = $1 AND o.handler = d.handler AND o.ordering_key = d.ordering_key AND o.state = 'leased'
    ))
  )
  ORDER BY d.priority, d.id
  LIMIT (SELECT greatest(0, coalesce(max(places), 0)) FROM room)
  FOR UPDATE OF d SKIP LOCKED
)
UPDATE deliveries AS d
SET state = 'leased', attempt = d.attempt + 1, lease_until = now() + make_interval(secs => $3), unique_key = NULL
WHERE d.tenant_id = $1 AND d.id = ANY(ARRAY(SELECT id FROM due))
RETURNING d.id, d.attempt, d.queue, d.priority, (SELECT places FROM room),
  d.ordering_key IS NOT NULL AND EXISTS (
    SELECT FROM deliveries AS o
    WHERE o.tenant_id = $1 AND o.handler = d.handler AND o.ordering_key = d.ordering_key AND o.id > d.id
      AND o.state IN ('pending', 'leased', 'parked')
  )
"""
# One relay at a time claims of a tenant, in a statement after this one: in the same, the count would be as old as the
# snapshot, and each relay would fill the cap. Who comes second passes on: a relay that hangs shall hold up no other.
# So it is with the tenants of one owner. Asked in the message that begins the transaction, whose tag then says how many rows
# there were: a round trip less.
TURN = """
BEGIN; SELECT FROM (SELECT bool_and(pg_try_advisory_xact_lock(key)) AS ours FROM unnest('{{{keys}}}'::bigint[]) AS k (key)) AS turn
WHERE ours
"""
OURS = "SELECT 1"
CLAIM_IDS = """
UPDATE deliveries
SET state = 'leased', attempt = attempt + 1, lease_until = now() + make_interval(secs => $3), unique_key = NULL
WHERE tenant_id = $1 AND id = ANY($2::bigint[]) AND state = 'pending'
RETURNING id, attempt, queue, priority
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
    priority: int = 0
    places: int = 0
    """How many there was room for when it was claimed: as many as that were claimed where there may be more."""
    followed: bool = False
    """Whether another waits behind it for its ordering key."""


@dataclass(frozen=True, slots=True)
class Due:
    """What of a tenant waits for a queue: how many deliveries, and for how many seconds the oldest has been due."""

    count: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Caps:
    """How many deliveries of a tenant may be leased at once: of every tenant, or of those of a plan that says otherwise."""

    usual: int
    plans: Mapping[str, int] = field(default_factory=dict)


async def due_tenants(pool: Pool) -> dict[UUID, dict[str, Due]]:
    """What is due, by tenant and queue: the sweep behind the hints. Takes no lock."""
    found: dict[UUID, dict[str, Due]] = defaultdict(dict)
    for tenant_id, queue, count, seconds in await _alone(pool, DUE_TENANTS):
        found[tenant_id][queue] = Due(count, seconds)
    return found


async def count_dead(pool: Pool) -> int:
    """How many deliveries of all tenants are dead."""
    return int((await _alone(pool, DEAD))[0][0])


async def claim(
    pool: Pool,
    tenant_id: UUID,
    *,
    cap: int | Caps,
    lease_seconds: float,
    quantum: int = UNLIMITED,
    held: Collection[str] = (),
    owners: Mapping[UUID, Sequence[UUID]] = NOBODY,
) -> list[Claimed]:
    """Lease due deliveries of one tenant in the order of priority and age, so that at most `cap` of it are in flight.

    At most `quantum` at once, and none of the queues that are `held`. Of an ordering key at most one is in flight. None
    where another relay is claiming of the tenant, or of another of its `owners`, at this moment. Those are the people who own
    other tenants as well, with all of theirs: together these have no more in flight than one of them may.
    """
    caps = cap if isinstance(cap, Caps) else Caps(cap)
    keys = ",".join(str(key.int % 2**63) for key in (tenant_id, *owners))
    async with begun(pool, TURN.format(keys=keys)) as (connection, status):
        rows: list[Any] = []
        if status == OURS and owners:
            quantum = min(quantum, await room(connection, tenant_id, owners, caps.usual, caps.plans))
        if status == OURS and quantum:
            plans = list(caps.plans), list(caps.plans.values())
            rows = await connection.fetch(CLAIM, tenant_id, caps.usual, lease_seconds, quantum, *plans, list(held))
    return sorted(_claimed(rows), key=_place)


async def give_back(pool: Pool, tenant_id: UUID, ids: Sequence[int]) -> None:
    """End leases whose jobs did not reach Redis; should they have, the fence stops them."""
    await _alone(pool, RETURN_IDS, tenant_id, list(ids), RETURNED)


async def claim_these(uow: UnitOfWork, ids: Sequence[int], *, lease_seconds: float) -> list[Claimed]:
    """Lease deliveries that were just written, for the inline queue mode: it runs them one after another, in this order."""
    return sorted(_claimed(await uow.connection.fetch(CLAIM_IDS, uow.tenant_id, list(ids), lease_seconds)), key=_place)


async def _alone(pool: Pool, statement: str, *arguments: Any) -> list[Any]:
    async with lone_transaction(pool) as connection:
        rows: list[Any] = await connection.fetch(statement, *arguments)
    return rows


def _claimed(rows: list[Any]) -> list[Claimed]:
    return [Claimed(*row) for row in rows]


def _place(claimed: Claimed) -> tuple[int, int]:
    return claimed.priority, claimed.id
