"""Other prices for many products, a step at a time."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from app.auth.commons import Commons, Service
from app.modules.catalog.repository import PriceChanged, Priced, PriceRepository, ProductRepository
from app.modules.catalog.schemas import ProductsReprice
from app.utils.schemas import SAFE_INTEGER

REPRICE = "catalog.reprice"
HALF = 50


@dataclass(frozen=True, slots=True)
class Repriced:
    """What one step did."""

    seen: int
    changed: int
    refused: int
    last: UUID


class Repricing(Service):
    """One step of the task that changes prices."""

    def __init__(self, commons: Commons, body: ProductsReprice) -> None:
        """`body` says which prices change, and how."""
        super().__init__(commons)
        self.products = ProductRepository(self.uow)
        self.prices = PriceRepository(self.uow)
        self._percent = body.percent
        self._statuses = ("draft", "active") if body.status is None else (body.status,)

    async def count(self, before: UUID) -> int:
        """How many products and variants it concerns: those made before the id was."""
        return await self.products.count_priced(self._statuses, before=before)

    async def change(self, *, after: UUID, before: UUID, limit: int, actor: str) -> Repriced:
        """Change the next ones in the name of `actor`; a price that would be no number of ours stays, and is counted."""
        held = await self.products.prices(self._statuses, after=after, before=before, limit=limit)
        wanted = [(item, changed_price(item.price, self._percent)) for item in held]
        refused = sum(price > SAFE_INTEGER for _, price in wanted)
        changed = [_changed(item, price) for item, price in wanted if price <= SAFE_INTEGER and price != item.price]
        if changed:
            at = self.commons.clock.now()
            await self.products.set_prices(changed, at=at)
            await self.prices.note(changed, by=actor, at=at)
        return Repriced(len(held), len(changed), refused, held[-1].id if held else after)

    def finish(self, task_id: UUID, actor: str, counts: Mapping[str, int]) -> None:
        """One entry for the whole run, in the name of who started it."""
        self.track("catalog.repricing.finished", f"task:{task_id}", after=counts, actor=actor)


def _changed(item: Priced, price: int) -> PriceChanged:
    return PriceChanged(item.product_id, item.id, item.price, item.currency, price, item.currency)


def changed_price(price: int, percent: int) -> int:
    """The price changed by so many percent, in whole minor units; a half goes to the even one, so that halves even out."""
    whole, rest = divmod(price * (100 + percent), 100)
    return whole + (1 if rest > HALF or (rest == HALF and whole % 2) else 0)
