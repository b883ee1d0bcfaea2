"""The catalog of this platform, by what it lets other modules call."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from app.auth.commons import Commons
from app.modules.catalog.api import CatalogApi, Wanted
from app.modules.orders.models import Offer, OrderLine
from app.modules.orders.money import Money

FOR_SALE = "active"


class PlatformCatalog:
    """Works in the caller's unit of work."""

    def __init__(self, commons: Commons) -> None:
        """Bound to the tenant."""
        self._api = CatalogApi(commons)

    async def look_up(self, variant_ids: Sequence[UUID]) -> Mapping[UUID, Offer]:
        """What these variants are sold as now; unknown ones are absent."""
        found = await self._api.look_up(variant_ids)
        return {
            key: Offer(
                item.variant_id, item.product_id, item.sku, item.name, Money(item.price, item.currency),
                item.status == FOR_SALE,
            )
            for key, item in found.items()
        }  # fmt: skip

    async def reserve(self, order_id: UUID, lines: Sequence[OrderLine]) -> None:
        """Hold the pieces of all these lines for the order, or none.

        Raises:
            OutOfStock.
        """
        await self._api.reserve(order_id, [Wanted(line.variant_id, line.quantity) for line in lines])

    async def release(self, order_id: UUID) -> None:
        """Let what is held for the order go."""
        await self._api.release(order_id)

    async def hand_out(self, order_id: UUID) -> None:
        """Let what is held for the order leave the stock."""
        await self._api.commit(order_id)

    async def take_back(self, order_id: UUID) -> None:
        """Put what has left the stock for the order back."""
        await self._api.take_back(order_id)
