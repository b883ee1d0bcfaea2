"""How far shipments have come, product by product."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from app.db.uow import UnitOfWork
from app.modules.analytics.facts import Standing
from app.modules.analytics.models import ProductShipment

# Rows are taken in the order of their keys by all, so that no two wait for each other.
NOTE = """
INSERT INTO product_shipments AS p (tenant_id, copy, product_id, shipment_id, status, revision)
SELECT $1, c.copy, s.product_id, s.shipment_id, s.status, s.revision
FROM unnest($3::uuid[], $4::uuid[], $5::text[], $6::int[]) AS s (product_id, shipment_id, status, revision)
CROSS JOIN unnest($2::int[]) AS c (copy) ORDER BY 2, 4, 3
ON CONFLICT (tenant_id, copy, product_id, shipment_id) DO UPDATE SET status = excluded.status, revision = excluded.revision
WHERE p.tenant_id = $1 AND p.revision < excluded.revision
"""
COUNT = f"""
SELECT status, count(*) FROM {ProductShipment.__tablename__}
WHERE tenant_id = $1 AND copy = (SELECT live FROM sales_copies WHERE tenant_id = $1) AND product_id = $2 GROUP BY status
"""
REMOVE = """
WITH old AS (
  SELECT copy, product_id, shipment_id FROM product_shipments WHERE tenant_id = $1 AND copy < $2
  ORDER BY copy, product_id, shipment_id LIMIT $3
)
DELETE FROM product_shipments AS p USING old
WHERE p.tenant_id = $1 AND (p.copy, p.product_id, p.shipment_id) = (old.copy, old.product_id, old.shipment_id)
"""


class ShippingRepository:
    """Where the bound tenant's shipments stand. Of two that tell of one shipment the later one counts."""

    def __init__(self, uow: UnitOfWork) -> None:
        """`uow` has begun and is bound."""
        self.uow = uow

    async def note(self, standings: Sequence[Standing], copies: Sequence[int]) -> None:
        """Write what is later than what is there."""
        latest: dict[UUID, Standing] = {}
        for each in sorted(standings, key=lambda each: each.revision):
            latest[each.shipment_id] = each
        rows = [(product_id, each) for each in latest.values() for product_id in each.product_ids]
        await self.uow.connection.execute(
            NOTE,
            self.uow.tenant_id,
            list(copies),
            [product_id for product_id, _ in rows],
            [each.shipment_id for _, each in rows],
            [each.status for _, each in rows],
            [each.revision for _, each in rows],
        )

    async def count(self, product_id: UUID) -> Mapping[str, int]:
        """How many shipments with the product there are, by status; where there is none it is absent."""
        return dict(await self.uow.connection.fetch(COUNT, self.uow.tenant_id, product_id))

    async def remove(self, before: int, limit: int) -> int:
        """Remove rows of older copies, at most so many; returns how many there were."""
        tag = await self.uow.connection.execute(REMOVE, self.uow.tenant_id, before, limit)
        return int(tag.removeprefix("DELETE "))
