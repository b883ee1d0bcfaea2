"""Products as aggregates."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from app.db.errors import mapped
from app.db.repository import Repository
from app.modules.catalog.exceptions import ProductSkuTaken, StockReserved
from app.modules.catalog.models import Product

COUNT_PRICED = "SELECT count(*) FROM products WHERE tenant_id = $1 AND status = ANY($2) AND id < $3"
# Locked, so that a price is computed from what it is and not from what it was when somebody else changed it.
PRICES = """
SELECT id, price FROM products WHERE tenant_id = $1 AND status = ANY($2) AND id > $3 AND id < $4
ORDER BY id LIMIT $5 FOR UPDATE
"""
SET_PRICES = """
UPDATE products AS p SET price = n.price, version = p.version + 1, updated_at = $4
FROM unnest($2::uuid[], $3::bigint[]) AS n (id, price) WHERE p.tenant_id = $1 AND p.id = n.id
"""


@dataclass(frozen=True, slots=True)
class Priced:
    """A product and its price."""

    id: UUID
    price: int


class ProductRepository(Repository[Product]):
    """Reads and writes products of the bound tenant."""

    model = Product

    async def create(self, product: Product) -> None:
        """Insert a new one.

        Raises:
            ProductSkuTaken.
        """
        with _refusals(product.sku):
            await self.insert(product)

    async def save(self, product: Product) -> None:
        """Update it now.

        Raises:
            ProductSkuTaken, StockReserved.
        """
        with _refusals(product.sku):  # read before: after a failed flush the aggregate can no longer be read
            await self.add(product)

    async def count_priced(self, statuses: Sequence[str], *, before: UUID) -> int:
        """How many products there are in these states, of those made before the id was."""
        rows: Any = await self.uow.connection.fetchrow(COUNT_PRICED, self.uow.tenant_id, list(statuses), before)
        return int(rows[0])

    async def prices(self, statuses: Sequence[str], *, after: UUID, before: UUID, limit: int) -> list[Priced]:
        """The next products in the order of their ids, held until the commit."""
        rows = await self.uow.connection.fetch(PRICES, self.uow.tenant_id, list(statuses), after, before, limit)
        return [Priced(*row) for row in rows]

    async def set_prices(self, prices: Sequence[Priced], *, at: datetime) -> None:
        """Give products that are held other prices."""
        await self.uow.connection.execute(
            SET_PRICES, self.uow.tenant_id, [item.id for item in prices], [item.price for item in prices], at
        )


def _refusals(sku: str) -> AbstractContextManager[None]:
    return mapped(
        {
            "uq_products_sku": lambda: ProductSkuTaken(f"The sku {sku} is taken."),
            "ck_products_reserved": lambda: StockReserved("Orders hold more pieces than the stock would have."),
        }
    )
