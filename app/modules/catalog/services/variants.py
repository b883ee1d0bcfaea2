"""Use cases of a product's further variants."""

from typing import Any
from uuid import UUID

from app.auth.commons import Commons, Service
from app.exceptions import NotFound
from app.modules.catalog.events import VariantCreated, VariantStatusChanged
from app.modules.catalog.exceptions import ProductArchived, VariantArchived
from app.modules.catalog.models import Product
from app.modules.catalog.repository import ProductRepository, VariantRepository
from app.modules.catalog.schemas import VariantCreate, VariantOut, VariantUpdate
from app.modules.catalog.services.altering import Alteration, changes_of
from app.modules.catalog.services.products import ARCHIVED
from app.modules.catalog.views import VariantQuery, variant_page
from app.utils.records import record_from
from app.utils.schemas import Page


class VariantService(Service):
    """Variants of the chosen tenant's products."""

    def __init__(self, commons: Commons) -> None:
        """Bound to the tenant."""
        super().__init__(commons)
        self.products = ProductRepository(self.uow)
        self.variants = VariantRepository(self.uow)

    async def page(self, product_id: UUID, query: VariantQuery) -> Page[VariantOut]:
        """The product's further variants.

        Raises:
            NotFound: there is no such product; InvalidCursor.
        """
        page = await variant_page(self.commons, product_id, query)
        if not page.data:
            await self._product(product_id)
        return page

    async def get(self, product_id: UUID, variant_id: UUID) -> VariantOut:
        """One variant.

        Raises:
            NotFound: the tenant's product has none such.
        """
        return record_from(VariantOut, await self._find(product_id, variant_id))

    async def create(self, product_id: UUID, body: VariantCreate) -> VariantOut:
        """A further variant of a product.

        Raises:
            NotFound, ProductArchived, ProductSkuTaken.
        """
        product = await self._product(product_id)
        _demand_open(product)
        values = body.model_dump()
        variant = Product(**values, product_id=product.id)
        await self.variants.create(variant)
        self.record(VariantCreated(product.id, variant.id, variant.sku, variant.status))
        self.track("catalog.variant.created", f"variant:{variant.id}", after={**values, "product_id": product.id})
        return record_from(VariantOut, variant)

    async def update(self, product_id: UUID, variant_id: UUID, body: VariantUpdate) -> VariantOut:
        """Change what the patch names.

        Raises:
            NotFound, PreconditionRequired, PreconditionFailed, ProductArchived, VariantArchived, ProductSkuTaken, StockReserved.
        """
        variant = await self._find_open(product_id, variant_id)
        return await self._change(variant, changes_of(variant, body), "catalog.variant.changed")

    async def archive(self, product_id: UUID, variant_id: UUID) -> VariantOut:
        """Take it out for good; its sku stays taken.

        Raises:
            NotFound, PreconditionRequired, PreconditionFailed, ProductArchived, VariantArchived.
        """
        variant = await self._find_open(product_id, variant_id)
        return await self._change(variant, {"status": ARCHIVED}, "catalog.variant.archived")

    async def _change(self, variant: Product, changes: dict[str, Any], action: str) -> VariantOut:
        if not changes:
            return record_from(VariantOut, variant)
        before = await Alteration(self.commons).alter(variant, changes)
        if "status" in changes and variant.product_id is not None:
            self.record(VariantStatusChanged(variant.product_id, variant.id, before["status"], variant.status))
        self.track(action, f"variant:{variant.id}", before=before, after=changes)
        return record_from(VariantOut, variant)

    async def _find(self, product_id: UUID, variant_id: UUID) -> Product:
        variant = await self.variants.of(product_id, variant_id)
        if variant is None:
            raise NotFound("There is no such variant.")
        return variant

    async def _find_open(self, product_id: UUID, variant_id: UUID) -> Product:
        variant = await self._find(product_id, variant_id)
        self.commons.if_match.require(variant.version)
        _demand_open(await self._product(product_id))
        if variant.status == ARCHIVED:
            raise VariantArchived("An archived variant does not change any more.")
        return variant

    async def _product(self, product_id: UUID) -> Product:
        product = await self.products.get(product_id)
        if product is None:
            raise NotFound("There is no such product.")
        return product


def _demand_open(product: Product) -> None:
    if product.status == ARCHIVED:
        raise ProductArchived("An archived product does not change any more.")
