"""/products."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query

from app.auth.commons import Commons
from app.auth.deps import commons_deps
from app.auth.permissions import access_control
from app.core.schemas import TaskOut
from app.core.services import accepted
from app.exceptions import TooManyTasks
from app.extensions.access import RouteClass
from app.extensions.batch import Batch, BatchOut, run_batch
from app.extensions.declared import declares
from app.extensions.tasks import TaskQueued
from app.extensions.views import cbv
from app.modules.catalog.events import ProductCreated, ProductStatusChanged
from app.modules.catalog.exceptions import CategoryUnknown, ProductArchived, ProductSkuTaken, StockReserved
from app.modules.catalog.permissions import CatalogPermission
from app.modules.catalog.routes.router import router
from app.modules.catalog.schemas import (
    PriceChangeOut,
    ProductCreate,
    ProductOut,
    ProductsReprice,
    ProductSummaryOut,
    ProductUpdate,
    StockOut,
)
from app.modules.catalog.services import ProductService
from app.modules.catalog.views import PriceQuery, ProductQuery, StockQuery, product_summary
from app.utils.schemas import Page


@cbv(router)
class ProductViews:
    """Products of the chosen tenant."""

    commons: Commons = Depends(commons_deps)

    @router.get("", summary="List products")
    @access_control(permission=CatalogPermission.PRODUCTS_READ, module="catalog")
    async def list_products(self, query: Annotated[ProductQuery, Query()]) -> Page[ProductOut]:
        """By keyset; `status`, `category`, `q`, prices and times filter, `sort` orders."""
        return await ProductService(self.commons).page(query)

    @router.post("", status_code=201, summary="Create a product")
    @access_control(permission=CatalogPermission.PRODUCTS_WRITE, module="catalog")
    @declares(raises=(CategoryUnknown, ProductSkuTaken), emits=(ProductCreated,))
    async def create_product(self, body: ProductCreate) -> ProductOut:
        """The sku is unique within the tenant."""
        return await ProductService(self.commons).create(body)

    @router.post("/batch", summary="Create many products")
    @access_control(permission=CatalogPermission.PRODUCTS_WRITE, module="catalog")
    @declares(raises=(CategoryUnknown, ProductSkuTaken), emits=(ProductCreated,))
    async def create_products(self, body: Batch[ProductCreate]) -> BatchOut[ProductOut]:
        """Up to 100, each as if it came alone, with a result for each; with `atomic` all or none. Counts as so many writes."""
        return await run_batch(self.commons, body, ProductService(self.commons).create)

    @router.get("/summary", summary="Count products by status")
    @access_control(permission=CatalogPermission.PRODUCTS_READ, module="catalog")
    async def get_summary(self) -> ProductSummaryOut:
        """A projection fed by events: it follows a change within moments."""
        return await product_summary(self.commons)

    @router.post("/reprice", status_code=202, summary="Change many prices")
    @access_control(permission=CatalogPermission.PRODUCTS_WRITE, module="catalog", rate=RouteClass.HEAVY)
    @declares(raises=(TooManyTasks,), emits=(TaskQueued,), headers=("Location",))
    async def reprice_products(self, body: ProductsReprice) -> TaskOut:
        """A task: all products and variants that are there now, or those of one status; one at a time. A half of a minor unit goes to the even one.

        A price that would exceed the largest number stays as it is; the result counts what was seen, changed and refused.
        """
        return accepted(self.commons, ProductService(self.commons).reprice(body))

    @router.get("/{product_id}", summary="Get a product")
    @access_control(permission=CatalogPermission.PRODUCTS_READ, module="catalog")
    async def get_product(self, product_id: UUID) -> ProductOut:
        """With its ETag."""
        return await ProductService(self.commons).get(product_id)

    @router.patch("/{product_id}", summary="Change a product")
    @access_control(permission=CatalogPermission.PRODUCTS_WRITE, module="catalog")
    @declares(raises=(CategoryUnknown, ProductArchived, ProductSkuTaken, StockReserved), emits=(ProductStatusChanged,))
    async def update_product(self, product_id: UUID, body: ProductUpdate) -> ProductOut:
        """A merge patch; needs If-Match."""
        return await ProductService(self.commons).update(product_id, body)

    @router.post("/{product_id}/archive", summary="Archive a product")
    @access_control(permission=CatalogPermission.PRODUCTS_WRITE, module="catalog", if_match=True)
    @declares(raises=(ProductArchived,), emits=(ProductStatusChanged,))
    async def archive_product(self, product_id: UUID) -> ProductOut:
        """Final; needs If-Match. The sku stays taken."""
        return await ProductService(self.commons).archive(product_id)

    @router.get("/{product_id}/stock", summary="List a product's stock")
    @access_control(permission=CatalogPermission.PRODUCTS_READ, module="catalog")
    async def list_stock(self, product_id: UUID, query: Annotated[StockQuery, Query()]) -> Page[StockOut]:
        """Its own and that of its further variants: pieces at hand, those that orders hold, those that nobody does."""
        return await ProductService(self.commons).stock(product_id, query)

    @router.get("/{product_id}/prices", summary="List the changes of a product's prices")
    @access_control(permission=CatalogPermission.PRODUCTS_READ, module="catalog")
    async def list_prices(self, product_id: UUID, query: Annotated[PriceQuery, Query()]) -> Page[PriceChangeOut]:
        """Its own and those of its further variants, the newest first: who changed which price, and when."""
        return await ProductService(self.commons).prices(product_id, query)
