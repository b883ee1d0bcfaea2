"""Products as aggregates."""

from contextlib import AbstractContextManager

from app.db.errors import mapped
from app.db.repository import Repository
from app.modules.catalog.exceptions import ProductSkuTaken
from app.modules.catalog.models import Product


class ProductRepository(Repository[Product]):
    """Reads and writes products of the bound tenant."""

    model = Product

    async def create(self, product: Product) -> None:
        """Insert a new one.

        Raises:
            ProductSkuTaken.
        """
        with _sku_taken(product.sku):
            await self.insert(product)

    async def save(self, product: Product) -> None:
        """Update it now.

        Raises:
            ProductSkuTaken.
        """
        with _sku_taken(product.sku):  # read before: after a failed flush the aggregate can no longer be read
            await self.add(product)


def _sku_taken(sku: str) -> AbstractContextManager[None]:
    return mapped({"uq_products_sku": lambda: ProductSkuTaken(f"The sku {sku} is taken.")})
