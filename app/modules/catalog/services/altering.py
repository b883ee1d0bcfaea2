"""What a change of a product means, whether it is a product or a further variant of one."""

from typing import Any

from app.auth.commons import Commons, Service
from app.modules.catalog.models import Product
from app.modules.catalog.repository import PriceChanged, PriceRepository, ProductRepository
from app.utils.schemas import BaseSchema

PRICING = ("price", "currency")
WORDED = ("sku", "name")


class Alteration(Service):
    """Saves changes, and keeps the price that was."""

    def __init__(self, commons: Commons) -> None:
        """Bound to the tenant."""
        super().__init__(commons)
        self._products = ProductRepository(self.uow)
        self._prices = PriceRepository(self.uow)

    async def alter(self, item: Product, changes: dict[str, Any]) -> dict[str, Any]:
        """Save these values; returns what was there before.

        Raises:
            ProductSkuTaken, StockReserved, CategoryUnknown.
        """
        before = {name: getattr(item, name) for name in changes}
        was = item.price, item.currency
        for name, value in changes.items():
            setattr(item, name, value)
        if changes.keys() & set(WORDED):
            self._products.unword(item)
        await self._products.save(item)
        if changes.keys() & set(PRICING):
            changed = PriceChanged(item.product_id or item.id, item.id, *was, item.price, item.currency)
            await self._prices.note([changed], by=self.commons.principal.actor, at=self.commons.clock.now())
        return before


def changes_of(item: Product, body: BaseSchema) -> dict[str, Any]:
    """What a patch names and is not so already."""
    named = body.model_dump(exclude_unset=True)
    return {name: value for name, value in named.items() if getattr(item, name) != value}
