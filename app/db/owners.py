"""Owners: what somebody's tenants may have in flight together, so that more tenants are no greater share.

Statements of the system role. Who owns what is read from time to time; what is in flight, at each claim that it concerns.
"""

import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from app.db.lone import lone_transaction
from app.db.pool import Pool

OWNERS_SECONDS: Final = 60.0
"""How old the look at who owns what may be."""

# Only those who own more than one.
OWNERS = """
SELECT user_id, array_agg(tenant_id ORDER BY tenant_id) FROM memberships WHERE 'owner' = ANY(roles) AND state = 'active'
GROUP BY user_id HAVING count(*) > 1
"""
# Together they have the largest cap that one of them has, in each queue. A tenant of which nothing is in flight in a queue may
# have one there all the same: a person's loud tenant holds up none of their quiet ones. Where none of them has anything in
# flight, all of the cap is left: the row without a queue.
ROOM = """
WITH best AS (
  SELECT max(coalesce(p.cap, $3)) AS cap
  FROM tenants AS t LEFT JOIN unnest($4::text[], $5::int[]) AS p (plan, cap) ON p.plan = t.plan
  WHERE t.id = ANY($2::uuid[])
)
SELECT NULL AS queue, cap AS places FROM best
UNION ALL
SELECT d.queue, greatest((SELECT cap FROM best) - count(*), 1 - count(*) FILTER (WHERE d.tenant_id = $1))
FROM deliveries AS d WHERE d.tenant_id = ANY($2::uuid[]) AND d.state = 'leased' AND d.lease_until >= now()
GROUP BY d.queue
"""


class Owners:
    """Who owns which tenants, where that is more than one."""

    def __init__(self, pool: Pool) -> None:
        """`pool` is the system role's."""
        self._pool = pool
        self._looked_at = float("-inf")
        self._by_tenant: Mapping[UUID, Mapping[UUID, Sequence[UUID]]] = {}

    async def look(self) -> None:
        """Read who owns what, where the last look is older than it may be."""
        if time.monotonic() - self._looked_at < OWNERS_SECONDS:
            return
        by_tenant: dict[UUID, dict[UUID, Sequence[UUID]]] = defaultdict(dict)
        async with lone_transaction(self._pool) as connection:
            for person, tenants in await connection.fetch(OWNERS):
                for tenant_id in tenants:
                    by_tenant[tenant_id][person] = tenants
        self._by_tenant, self._looked_at = dict(by_tenant), time.monotonic()

    def of(self, tenant_id: UUID) -> Mapping[UUID, Sequence[UUID]]:
        """The tenants of each person who owns this one and others; none where nobody does."""
        return self._by_tenant.get(tenant_id, {})


async def room(
    connection: Any, tenant_id: UUID, owners: Mapping[UUID, Sequence[UUID]], usual: int, plans: Mapping[str, int]
) -> tuple[int, dict[str, int]]:
    """How many more of the tenant may be leased so that none of its owners has too much in flight; one round trip.

    Of any queue, and of each of those that their tenants use now. `usual` and `plans` say how many deliveries of one tenant may be. Whoever asks claims alone of all tenants of these owners.
    """
    caps = list(plans), list(plans.values())
    rows = await connection.fetchmany(ROOM, [(tenant_id, list(tenants), usual, *caps) for tenants in owners.values()])
    most = min(int(places) for queue, places in rows if queue is None)
    left: dict[str, int] = {}
    for queue, places in rows:
        if queue is not None:
            left[queue] = max(0, min(int(places), left.get(queue, most)))
    return max(0, most), left
