"""Use cases of products."""

from typing import Any
from uuid import UUID

from app.auth.commons import Commons, Service
from app.exceptions import NotFound
from app.modules.catalog.events import ProductCreated, ProductStatusChanged
from app.modules.catalog.exceptions import ProductArchived
from app.modules.catalog.models import Product
from app.modules.catalog.repository import ProductRepository, WordRepository
from app.modules.catalog.schemas import (
    PriceChangeOut,
    ProductCreate,
    ProductOut,
    ProductsReprice,
    ProductUpdate,
    StockOut,
)
from app.modules.catalog.services.altering import Alteration, changes_of
from app.modules.catalog.services.repricing import REPRICE
from app.modules.catalog.views import PriceQuery, ProductQuery, StockQuery, price_page, product_page, stock_page
from app.utils.records import record_from
from app.utils.schemas import Page

ARCHIVED = "archived"
MANY = 10_000
"""Products. So many that a search has found are looked up by their ids; where it finds more, the list is walked in its order, and soon full."""


class ProductService(Service):
    """Products of the chosen tenant."""

    def __init__(self, commons: Commons) -> None:
        """Bound to the tenant."""
        super().__init__(commons)
        self.products = ProductRepository(self.uow)

    async def page(self, query: ProductQuery) -> Page[ProductOut]:
        """One page of products; a text without a word finds none.

        Raises:
            InvalidCursor.
        """
        if query.q is None:
            return await product_page(self.commons, query)
        searched = await WordRepository(self.uow).search(query.q, most=MANY)
        return await product_page(self.commons, query, searched)

    async def get(self, product_id: UUID) -> ProductOut:
        """One product.

        Raises:
            NotFound: another tenant's is not there.
        """
        return record_from(ProductOut, await self._find(product_id))

    async def stock(self, product_id: UUID, query: StockQuery) -> Page[StockOut]:
        """What there is of it and of its further variants.

        Raises:
            NotFound, InvalidCursor.
        """
        page = await stock_page(self.commons, product_id, query)
        if not page.data:
            raise NotFound("There is no such product.")
        return page

    async def prices(self, product_id: UUID, query: PriceQuery) -> Page[PriceChangeOut]:
        """What it and its further variants have cost, the newest change first.

        Raises:
            NotFound, InvalidCursor.
        """
        page = await price_page(self.commons, product_id, query)
        if not page.data:
            await self._find(product_id)
        return page

    async def create(self, body: ProductCreate) -> ProductOut:
        """A new product.

        Raises:
            ProductSkuTaken, CategoryUnknown.
        """
        values = body.model_dump()
        product = Product(**values)
        await self.products.create(product)
        self.record(ProductCreated(product_id=product.id, sku=product.sku, status=product.status))
        self.track("catalog.product.created", f"product:{product.id}", after=values)
        return record_from(ProductOut, product)

    async def update(self, product_id: UUID, body: ProductUpdate) -> ProductOut:
        """Change what the patch names.

        Raises:
            NotFound, PreconditionRequired, PreconditionFailed, ProductArchived, ProductSkuTaken, StockReserved, CategoryUnknown.
        """
        product = await self._find_open(product_id)
        return await self._change(product, changes_of(product, body), "catalog.product.changed")

    async def archive(self, product_id: UUID) -> ProductOut:
        """Take it out for good; its sku stays taken.

        Raises:
            NotFound, PreconditionRequired, PreconditionFailed, ProductArchived.
        """
        return await self._change(await self._find_open(product_id), {"status": ARCHIVED}, "catalog.product.archived")

    def reprice(self, body: ProductsReprice) -> UUID:
        """Start the task that changes the prices of all products that are there now; returns its id."""
        key = self.start(REPRICE, body)
        self.track("catalog.repricing.started", f"task:{key}", after=body.model_dump(exclude_none=True))
        return key

    async def _change(self, product: Product, changes: dict[str, Any], action: str) -> ProductOut:
        if not changes:
            return record_from(ProductOut, product)
        before = await Alteration(self.commons).alter(product, changes)
        if "status" in changes:
            self.record(ProductStatusChanged(product_id=product.id, before=before["status"], after=product.status))
        self.track(action, f"product:{product.id}", before=before, after=changes)
        return record_from(ProductOut, product)

    async def _find(self, product_id: UUID) -> Product:
        product = await self.products.get(product_id)
        if product is None:
            raise NotFound("There is no such product.")
        return product

    async def _find_open(self, product_id: UUID) -> Product:
        product = await self._find(product_id)
        self.commons.if_match.require(product.version)
        if product.status == ARCHIVED:
            raise ProductArchived("An archived product does not change any more.")
        return product
