"""Products as aggregates."""

from app.db.errors import mapped
from app.db.repository import Repository
from app.modules.catalog.exceptions import ProductSkuTaken
from app.modules.catalog.models import Product


class ProductRepository(Repository[Product]):
    """Reads and writes products of the bound tenant."""

    model = Product

    async def save(self, product: Product) -> None:
        """Insert or update it now.

        Raises:
            ProductSkuTaken.
        """
        sku = product.sku  # after a failed flush the aggregate can no longer be read
        with mapped({"uq_products_sku": lambda: ProductSkuTaken(f"The sku {sku} is taken.")}):
            await self.add(product)
