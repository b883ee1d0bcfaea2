"""Products as aggregates."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm.attributes import flag_modified

from app.db.errors import mapped
from app.db.repository import Repository
from app.exceptions import FieldFault, pointer_to
from app.modules.catalog.exceptions import CategoryUnknown, ProductSkuTaken, StockReserved
from app.modules.catalog.models import Product
from app.modules.catalog.repository.prices import PriceChanged

# A further variant is as archived as its product, whatever its own status.
COUNT_PRICED = """
SELECT count(*) FROM products AS v JOIN products AS p ON p.tenant_id = $1 AND p.id = coalesce(v.product_id, v.id)
WHERE v.tenant_id = $1 AND v.status = ANY($2) AND v.id < $3 AND p.status <> 'archived'
"""
# Locked, so that a price is computed from what it is and not from what it was when somebody else changed it.
PRICES = """
SELECT v.id, v.price, p.id, v.currency
FROM products AS v JOIN products AS p ON p.tenant_id = $1 AND p.id = coalesce(v.product_id, v.id)
WHERE v.tenant_id = $1 AND v.status = ANY($2) AND v.id > $3 AND v.id < $4 AND p.status <> 'archived'
ORDER BY v.id LIMIT $5 FOR UPDATE OF v
"""
SET_PRICES = """
UPDATE products AS p SET price = n.price, version = p.version + 1, updated_at = $4
FROM unnest($2::uuid[], $3::bigint[]) AS n (id, price) WHERE p.tenant_id = $1 AND p.id = n.id
"""

UNKNOWN_CATEGORY = FieldFault("category_unknown", "is no category here", pointer_to("category_id"))


@dataclass(frozen=True, slots=True)
class Priced:
    """A product or a further variant, and its price."""

    id: UUID
    price: int
    product_id: UUID
    currency: str


class ProductRepository(Repository[Product]):
    """Reads and writes products of the bound tenant."""

    model = Product

    async def get(self, key: UUID) -> Product | None:
        """The product with that id, or None; a further variant is none."""
        return await self._first(Product.id == key, Product.product_id.is_(None))

    async def create(self, product: Product) -> None:
        """Insert a new one.

        Raises:
            ProductSkuTaken, CategoryUnknown.
        """
        with _refusals(product.sku):
            await self.insert(product)

    async def save(self, product: Product) -> None:
        """Update it now.

        Raises:
            ProductSkuTaken, StockReserved, CategoryUnknown.
        """
        # Read before: after a failed flush the aggregate can no longer be read.
        with _refusals(product.sku, product.reserved):
            await self.add(product)

    def unword(self, product: Product) -> None:
        """Let its words be due from its next save on: written too where they were due already, for they may be written by then."""
        product.words_of = None
        flag_modified(product, "words_of")

    async def count_priced(self, statuses: Sequence[str], *, before: UUID) -> int:
        """How many products and variants there are in these states, of those made before the id was."""
        rows: Any = await self.uow.connection.fetchrow(COUNT_PRICED, self.uow.tenant_id, list(statuses), before)
        return int(rows[0])

    async def prices(self, statuses: Sequence[str], *, after: UUID, before: UUID, limit: int) -> list[Priced]:
        """The next products and variants in the order of their ids, held until the commit."""
        rows = await self.uow.connection.fetch(PRICES, self.uow.tenant_id, list(statuses), after, before, limit)
        return [Priced(*row) for row in rows]

    async def set_prices(self, prices: Sequence[PriceChanged], *, at: datetime) -> None:
        """Give products and variants that are held other prices."""
        await self.uow.connection.execute(
            SET_PRICES, self.uow.tenant_id, [item.variant_id for item in prices], [item.price for item in prices], at
        )

    async def _first(self, *conditions: ColumnElement[bool]) -> Product | None:
        found: Product | None = await self.uow.session.scalar(select(Product).where(*conditions))
        return found


class VariantRepository(ProductRepository):
    """Reads and writes the further variants of the bound tenant's products."""

    async def of(self, product_id: UUID, variant_id: UUID) -> Product | None:
        """That variant of that product, or None."""
        return await self._first(Product.id == variant_id, Product.product_id == product_id)


def _refusals(sku: str, reserved: int = 0) -> AbstractContextManager[None]:
    return mapped(
        {
            "uq_products_sku": lambda: ProductSkuTaken(f"The sku {sku} is taken."),
            "fk_products_category_id": lambda: CategoryUnknown(errors=[UNKNOWN_CATEGORY]),
            "ck_products_reserved": lambda: StockReserved(errors=[_held(reserved)]),
        }
    )


def _held(reserved: int) -> FieldFault:
    return FieldFault("stock_reserved", f"is below the {reserved} pieces that orders hold", pointer_to("stock"))
