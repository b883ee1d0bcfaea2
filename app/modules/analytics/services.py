"""Use cases of analytics."""

from collections.abc import Mapping
from datetime import date
from itertools import groupby
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from app.auth.commons import Commons, Service
from app.db import history
from app.exceptions import FieldFault, NotFound, ValidationFailed
from app.extensions.events import Event
from app.modules.analytics.facts import KINDS, Moved, Told, fact_of, standing_of
from app.modules.analytics.periods import MOST_PERIODS, Periods, Step, TooManyPeriodsError, periods, usual_range
from app.modules.analytics.repository import Best, FactRepository, ShippingRepository, SumRepository
from app.modules.analytics.schemas import (
    STATUSES,
    AnalyticsRules,
    ProductSalesOut,
    ProductShippingOut,
    RangeQuery,
    Rebuild,
    SalesExportQuery,
    SalesOut,
    SalesQuery,
    SalesSeries,
    ShippingQuery,
    StatusCount,
    TopOut,
    TopProduct,
    TopQuery,
    TopSeries,
)
from app.modules.analytics.series import series_of, within
from app.modules.analytics.tables import Table, table_of_sales, table_of_top
from app.modules.catalog.api import CatalogApi, Offer
from app.modules.shipping.events import ShipmentCreated, ShipmentMoved
from app.tenants.services.settings import settings_of

REBUILD = "analytics.rebuild"
SALES = "analytics.sales"
"""The bell that rings when the sums may have changed."""
EVENTS: Final[tuple[type[Event], ...]] = (*KINDS, ShipmentCreated, ShipmentMoved)


class AnalyticsService(Service):
    """What was sold, by time and by product."""

    def __init__(self, commons: Commons) -> None:
        """Bound to the tenant."""
        super().__init__(commons)
        self.sums = SumRepository(self.uow)

    async def sales(self, query: SalesQuery | SalesExportQuery) -> SalesOut:
        """By period and currency.

        Raises:
            ValidationFailed: the range is none, or too long.
        """
        zone = await self._zone()
        asked = self._periods(query, Step(query.by), zone)
        return SalesOut(
            zone.key, query.by, asked.starts[0], asked.last_day, await self._series(asked, zone, query.currency)
        )

    async def today(self) -> SalesOut:
        """What `sales` says of the tenant's present day, in all currencies."""
        zone = await self._zone()
        day = self._today(zone)
        asked = periods(day, day, Step.DAY)
        return SalesOut(zone.key, Step.DAY.value, day, day, await self._series(asked, zone, None))

    async def product_sales(self, product_id: UUID, query: SalesQuery | SalesExportQuery) -> ProductSalesOut:
        """The same of one product.

        Raises:
            NotFound: the catalog has no such product.
            ValidationFailed: the range is none, or too long.
        """
        await self._demand_product(product_id)
        zone = await self._zone()
        asked = self._periods(query, Step(query.by), zone)
        series = await self._series(asked, zone, query.currency, product_id)
        return ProductSalesOut(zone.key, query.by, asked.starts[0], asked.last_day, series, product_id)

    async def product_shipping(self, product_id: UUID, query: ShippingQuery) -> ProductShippingOut:
        """How many shipments with the product stand where.

        Raises:
            NotFound: the catalog has no such product.
        """
        await self._demand_product(product_id)
        found = await ShippingRepository(self.uow).count(product_id)
        asked = STATUSES if query.status is None else tuple(query.status.split(","))
        counts = [StatusCount(status, found.get(status, 0)) for status in STATUSES if status in asked]
        return ProductShippingOut(product_id, sum(each.shipments for each in counts), counts)

    async def top(self, query: TopQuery) -> TopOut:
        """The products that sold best, with the names that the catalog has for them now.

        Raises:
            ValidationFailed: the range is none, or too long.
        """
        zone = await self._zone()
        asked = self._periods(query, Step.DAY, zone)
        edges = asked.edges(zone)
        best = await self.sums.best(edges[0], edges[-1], query.currency, query.sort, query.limit)
        offers = await CatalogApi(self.commons).look_up(list({each.product_id for each in best}))
        series = [
            TopSeries(currency, [_top(each, offers) for each in ranked])
            for currency, ranked in groupby(best, key=lambda each: each.currency)
        ]
        return TopOut(zone.key, asked.starts[0], asked.last_day, series)

    async def sales_table(self, query: SalesExportQuery) -> Table:
        """What `sales` says, or `product_sales`, as a file.

        Raises:
            NotFound: the catalog has no such product.
            ValidationFailed: the range is none, or too long.
        """
        found = await (self.sales(query) if query.product_id is None else self.product_sales(query.product_id, query))
        return table_of_sales(found)

    async def top_table(self, query: TopQuery) -> Table:
        """What `top` says, as a file.

        Raises:
            ValidationFailed: the range is none, or too long.
        """
        return table_of_top(await self.top(query))

    def rebuild(self) -> UUID:
        """Start the task that counts everything anew; returns its id."""
        key = self.start(REBUILD, Rebuild())
        self.track("analytics.rebuild.started", f"task:{key}")
        return key

    async def _demand_product(self, product_id: UUID) -> None:
        offer = (await CatalogApi(self.commons).look_up([product_id])).get(product_id)
        if offer is None or offer.product_id != product_id:
            raise NotFound("There is no such product.")

    async def _zone(self) -> ZoneInfo:
        return ZoneInfo((await settings_of(self.commons, "analytics", AnalyticsRules)).time_zone)

    def _periods(self, query: RangeQuery, step: Step, zone: ZoneInfo) -> Periods:
        first_day, last_day = usual_range(query.first_day, query.last_day, self._today(zone))
        try:
            return periods(first_day, last_day, step)
        except TooManyPeriodsError:
            fault = FieldFault("range_too_long", f"makes more than {MOST_PERIODS} periods", parameter="first_day")
        except ValueError:
            fault = FieldFault("range_reversed", "is before first_day", parameter="last_day")
        raise ValidationFailed(errors=[fault])

    async def _series(
        self, asked: Periods, zone: ZoneInfo, currency: str | None, product_id: UUID | None = None
    ) -> list[SalesSeries]:
        sums = await self.sums.sums(asked.edges(zone), currency, product_id)
        return series_of(asked.starts, sums)

    def _today(self, zone: ZoneInfo) -> date:
        return self.commons.clock.now().astimezone(zone).date()


class Counting(Service):
    """What the events of orders do to the facts: as they happen, and all of them anew."""

    def __init__(self, commons: Commons) -> None:
        """Bound to the tenant."""
        super().__init__(commons)
        self.facts = FactRepository(self.uow)
        self.shipping = ShippingRepository(self.uow)

    async def note(self, event: Told) -> None:
        """Count what has happened, in every copy. What is so old that it does not say when is left to a rebuild."""
        fact = fact_of(event)
        if fact is not None:
            await self.facts.note([fact], await self.facts.copies())
            self.ring(SALES)

    async def note_shipment(self, event: Moved) -> None:
        """Note where a shipment stands, in every copy."""
        await self.shipping.note([standing_of(event)], await self.facts.copies())

    async def begin(self) -> int:
        """Open a copy to be made anew; returns its number.

        Whoever begins to note something after the commit notes it in it too, and of what others note the events are committed
        before, and are read. What is both is there once.
        """
        return await self.facts.begin()

    async def replay(self, copy: int, last: UUID, limit: int) -> tuple[UUID, int]:
        """Note what the next stored events say in that copy; returns the last of them, and how many there were."""
        told = await history.after(self.uow, EVENTS, last, limit)
        moved = [
            standing_of(stored.event) for stored in told if isinstance(stored.event, ShipmentCreated | ShipmentMoved)
        ]
        facts = [fact_of(stored.event, stored.at) for stored in told if type(stored.event) in KINDS]
        await self.facts.note([fact for fact in facts if fact is not None], [copy])
        await self.shipping.note(moved, [copy])
        return (told[-1].id if told else last), len(told)

    async def swap(self, copy: int, task_id: UUID, actor: str) -> None:
        """Let that copy be read from now on.

        Raises:
            RuntimeError: another rebuild has begun meanwhile.
        """
        if not await self.facts.swap(copy):
            raise RuntimeError(f"the copy {copy} is not the one being made: another rebuild has begun")
        self.ring(SALES)
        self.track("analytics.rebuild.finished", f"task:{task_id}", actor=actor)

    async def remove(self, copy: int, limit: int) -> int:
        """Remove what older copies than that hold, at most so many of each kind; returns of which there were most."""
        return max(await self.facts.remove(copy, limit), await self.shipping.remove(copy, limit))


def _top(best: Best, offers: Mapping[UUID, Offer]) -> TopProduct:
    offer = offers.get(best.product_id)
    sku, name = (None, None) if offer is None else (offer.sku, offer.name)
    return TopProduct(best.product_id, sku, name, within(best.orders), within(best.pieces), within(best.revenue))
