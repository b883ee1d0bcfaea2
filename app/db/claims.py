"""Claiming deliveries: the relay's side of their life, statement by statement. The worker's is in `deliveries.py`.

Every statement names the tenant. Times are the database's: leases are compared by one clock.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from app.db.deliveries import lost
from app.db.lone import begun, lone_transaction
from app.db.owners import room
from app.db.pool import Pool
from app.db.uow import UnitOfWork
from app.extensions.tickets import Ticket

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
# The cap is the plan's where the plan says one, and each queue has it to itself: a queue full of long work holds up no other.
# It counts what is leased and alive, and what has outlived its lease and still runs: a handler's transaction has locked its
# row, so that nobody could lease it again. For the same reason SKIP LOCKED: an expired lease alone never starts a handler
# twice, and what another relay holds is passed over. `attempt` is the fence and counts leases; only `tries`, the starts that
# are known of, lead to death, and of that the worker decides, who knows the handler and how often it may be tried.
# Of an ordering key the oldest goes, and alone: a younger one that was committed before it may be under way. One that was
# leased is not held up by an older one: each would wait for the other. Both questions are sub-queries under an OR, which no
# plan turns into a join, so that a claim of a long backlog reads its beginning and no more.
# The queues are found by a step of the index for each. Who is in flight is read once, or for each queue it might be looked for
# in the backlog. The update names the ids by an array: a join with what was locked could be planned as a walk through the
# whole table. $8 and $9 are queues that the owners' other tenants use too, and what is left of them.
CLAIM = """
WITH RECURSIVE lapsed AS (
  SELECT id FROM deliveries WHERE tenant_id = $1 AND state = 'leased' AND lease_until < now() FOR UPDATE SKIP LOCKED
), flying AS MATERIALIZED (
  SELECT queue FROM deliveries
  WHERE tenant_id = $1 AND state = 'leased' AND (lease_until >= now() OR id <> ALL(ARRAY(SELECT id FROM lapsed)))
), queues AS (
  SELECT min(d.queue) AS queue FROM deliveries AS d WHERE d.tenant_id = $1 AND d.state IN ('pending', 'leased', 'parked')
  UNION ALL
  SELECT (
    SELECT min(d.queue) FROM deliveries AS d
    WHERE d.tenant_id = $1 AND d.state IN ('pending', 'leased', 'parked') AND d.queue > q.queue
  ) FROM queues AS q WHERE q.queue IS NOT NULL
), room AS MATERIALIZED (
  SELECT q.queue, greatest(0, least(
    $4,
    (SELECT l.places FROM unnest($8::text[], $9::int[]) AS l (queue, places) WHERE l.queue = q.queue),
    coalesce((SELECT p.cap FROM unnest($5::text[], $6::int[]) AS p (plan, cap) WHERE p.plan = t.plan), $2)
      - (SELECT count(*) FROM flying AS f WHERE f.queue = q.queue)
  )) AS places
  FROM queues AS q JOIN tenants AS t ON t.id = $1 AND t.state = 'active'
  WHERE q.queue <> ALL($7::text[])
), due AS MATERIALIZED (
  SELECT ARRAY(
    SELECT d.id FROM deliveries AS d
    WHERE d.tenant_id = $1 AND d.queue = r.queue AND d.state IN ('pending', 'leased', 'parked') AND (
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
    LIMIT r.places
    FOR UPDATE OF d SKIP LOCKED
  ) AS ids FROM room AS r
)
UPDATE deliveries AS d
SET state = 'leased', attempt = d.attempt + 1, lease_until = now() + make_interval(secs => $3), unique_key = NULL
WHERE d.tenant_id = $1 AND d.id = ANY(ARRAY(SELECT unnest(ids) FROM due))
RETURNING d.id, d.attempt, d.queue, d.priority, (SELECT r.places FROM room AS r WHERE r.queue = d.queue),
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
# What arrived all the same and has been begun is left alone: its row is locked, or says so. What an earlier attempt left as
# the error stays: whether its worker was lost.
RETURN = """
WITH free AS (
  SELECT d.id FROM deliveries AS d
  JOIN unnest($2::bigint[], $3::int[], $4::text[]) AS a (id, attempt, begun) ON a.id = d.id AND a.attempt = d.attempt
  WHERE d.tenant_id = $1 AND d.state = 'leased' AND d.error IS DISTINCT FROM a.begun
  FOR UPDATE OF d SKIP LOCKED
)
UPDATE deliveries AS d SET state = 'pending', lease_until = NULL, error = CASE WHEN d.attempt = 1 THEN $5 ELSE d.error END
FROM free AS f WHERE d.tenant_id = $1 AND d.id = f.id
"""


@dataclass(frozen=True, slots=True)
class Claimed:
    """A delivery that was leased for one attempt."""

    id: int
    attempt: int
    queue: str
    priority: int = 0
    places: int = 0
    """How many of its queue there was room for when it was claimed: as many as that were claimed where there may be more."""
    followed: bool = False
    """Whether another waits behind it for its ordering key."""


@dataclass(frozen=True, slots=True)
class Due:
    """What of a tenant waits for a queue: how many deliveries, and for how many seconds the oldest has been due."""

    count: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Caps:
    """How many deliveries of a tenant may be leased at once in each queue: of every tenant, or of those of a plan that says
    otherwise.
    """

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
    """Lease due deliveries of one tenant, of each queue in the order of priority and age.

    At most `cap` of each queue are in flight, at most `quantum` of each are leased at once, and none of the queues that are
    `held`. Of an ordering key at most one is in flight. None where another relay is claiming of the tenant, or of another of
    its `owners`, at this moment. Those are the people who own other tenants as well, with all of theirs: together these have
    no more of a queue in flight than one of them may.
    """
    caps = cap if isinstance(cap, Caps) else Caps(cap)
    keys = ",".join(str(key.int % 2**63) for key in (tenant_id, *owners))
    async with begun(pool, TURN.format(keys=keys)) as (connection, status):
        rows: list[Any] = []
        left: Mapping[str, int] = {}
        if status == OURS and owners:
            most, left = await room(connection, tenant_id, owners, caps.usual, caps.plans)
            quantum = min(quantum, most)
        if status == OURS:
            plans, used = (list(caps.plans), list(caps.plans.values())), (list(left), list(left.values()))
            terms = tenant_id, caps.usual, lease_seconds, quantum
            rows = await connection.fetch(CLAIM, *terms, *plans, list(held), *used)
    return sorted(_claimed(rows), key=_place)


async def give_back(pool: Pool, tenant_id: UUID, tickets: Sequence[Ticket]) -> None:
    """End the leases of one tenant's tickets, whose jobs did not reach Redis as far as anybody knows.

    Should they have, the fence stops them, and those that have been begun keep their leases.
    """
    ids, attempts = [item.delivery_id for item in tickets], [item.attempt for item in tickets]
    await _alone(pool, RETURN, tenant_id, ids, attempts, [lost(attempt) for attempt in attempts], RETURNED)


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
