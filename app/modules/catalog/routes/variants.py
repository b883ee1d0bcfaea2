"""/products/{product_id}/variants."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query

from app.auth.commons import Commons
from app.auth.deps import commons_deps
from app.auth.permissions import access_control
from app.extensions.declared import declares
from app.extensions.views import cbv
from app.modules.catalog.events import VariantCreated, VariantStatusChanged
from app.modules.catalog.exceptions import ProductArchived, ProductSkuTaken, StockReserved, VariantArchived
from app.modules.catalog.permissions import CatalogPermission
from app.modules.catalog.routes.router import router
from app.modules.catalog.schemas import VariantCreate, VariantOut, VariantUpdate
from app.modules.catalog.services import VariantService
from app.modules.catalog.views import VariantQuery
from app.utils.schemas import Page


@cbv(router)
class VariantViews:
    """What else a product of the chosen tenant is sold as: the product itself is its first variant, under its own id."""

    commons: Commons = Depends(commons_deps)

    @router.get("/{product_id}/variants", summary="List a product's further variants")
    @access_control(permission=CatalogPermission.PRODUCTS_READ, module="catalog")
    async def list_variants(self, product_id: UUID, query: Annotated[VariantQuery, Query()]) -> Page[VariantOut]:
        """Without the product itself, whose own sku, price and stock are its first variant."""
        return await VariantService(self.commons).page(product_id, query)

    @router.post("/{product_id}/variants", status_code=201, summary="Create a variant")
    @access_control(permission=CatalogPermission.PRODUCTS_WRITE, module="catalog")
    @declares(raises=(ProductArchived, ProductSkuTaken), emits=(VariantCreated,))
    async def create_variant(self, product_id: UUID, body: VariantCreate) -> VariantOut:
        """The sku is unique within the tenant, among products and variants."""
        return await VariantService(self.commons).create(product_id, body)

    @router.get("/{product_id}/variants/{variant_id}", summary="Get a variant")
    @access_control(permission=CatalogPermission.PRODUCTS_READ, module="catalog")
    async def get_variant(self, product_id: UUID, variant_id: UUID) -> VariantOut:
        """With its ETag."""
        return await VariantService(self.commons).get(product_id, variant_id)

    @router.patch("/{product_id}/variants/{variant_id}", summary="Change a variant")
    @access_control(permission=CatalogPermission.PRODUCTS_WRITE, module="catalog")
    @declares(
        raises=(ProductArchived, ProductSkuTaken, StockReserved, VariantArchived),
        emits=(VariantStatusChanged,),
    )
    async def update_variant(self, product_id: UUID, variant_id: UUID, body: VariantUpdate) -> VariantOut:
        """A merge patch; needs If-Match."""
        return await VariantService(self.commons).update(product_id, variant_id, body)

    @router.post("/{product_id}/variants/{variant_id}/archive", summary="Archive a variant")
    @access_control(permission=CatalogPermission.PRODUCTS_WRITE, module="catalog", if_match=True)
    @declares(raises=(ProductArchived, VariantArchived), emits=(VariantStatusChanged,))
    async def archive_variant(self, product_id: UUID, variant_id: UUID) -> VariantOut:
        """Final; needs If-Match. The sku stays taken; what orders hold of it stays theirs."""
        return await VariantService(self.commons).archive(product_id, variant_id)
