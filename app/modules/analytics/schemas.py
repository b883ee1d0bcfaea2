"""Bodies and parameters of analytics. Money is in minor units of its currency; sums end at 2^53 - 1 in either direction."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Final, Literal
from uuid import UUID

from pydantic import BeforeValidator, Field

from app.extensions.pages import MAX_LIMIT, several
from app.modules.analytics.periods import MOST_PERIODS
from app.utils.schemas import BaseSchema, Digits
from app.utils.zones import ZoneName

WRITTEN_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
StepName = Literal["day", "week", "month"]
Ranking = Literal["revenue", "pieces", "orders"]
STATUSES = ("pending", "inProgress", "delivered", "failed")
EARLIEST, LATEST = date(2000, 1, 1), date(2100, 12, 31)


def _written(value: Any) -> Any:
    if not isinstance(value, date) and not (isinstance(value, str) and WRITTEN_DAY.fullmatch(value)):
        raise ValueError("is not a day as ISO 8601 writes it: 2026-01-31")
    return value


Day = Annotated[date, BeforeValidator(_written), Field(ge=EARLIEST, le=LATEST)]
"""A day of these two centuries, by its date alone."""


class AnalyticsRules(BaseSchema):
    """What a tenant decides for analytics."""

    time_zone: ZoneName = "UTC"


class Rebuild(BaseSchema):
    """The task that counts anew takes nothing."""


class RangeQuery(BaseSchema):
    """From which day to which, in the tenant's time zone; the last 30 days where neither is said."""

    first_day: Annotated[Day | None, Field(description="the first day; 29 before the last one by default")] = None
    last_day: Annotated[Day | None, Field(description="the last day, included; today by default")] = None
    currency: Annotated[str | None, Field(pattern="^[A-Z]{3}$", description="what was sold in it alone")] = None


By = Annotated[StepName, Field(description=f"how long a period is; at most {MOST_PERIODS} of them")]


class SalesQuery(RangeQuery):
    """Which periods."""

    by: By = "day"


class SalesExportQuery(RangeQuery):
    """Which periods go into the file."""

    by: By = "day"
    product_id: Annotated[UUID | None, Field(description="of orders with this product alone")] = None


class TopQuery(RangeQuery):
    """Which products."""

    sort: Annotated[Ranking, Field(description="what they are ranked by, the most first")] = "revenue"
    limit: Annotated[int, Field(ge=1, le=MAX_LIMIT, description="products of each currency, 1-100"), Digits] = 10


class ShippingQuery(BaseSchema):
    """Which shipments."""

    status: Annotated[str | None, several(*STATUSES)] = None


@dataclass(slots=True)
class StatusCount:
    """Shipments that stand there."""

    status: Annotated[str, Field(description=", ".join(STATUSES), examples=["inProgress"])]
    shipments: Annotated[int, Field(description="how many, each with the product in it")]


@dataclass(slots=True)
class ProductShippingOut:
    """How far the shipments with a product have come."""

    product_id: Annotated[UUID, Field(description="the product")]
    total: Annotated[int, Field(description="of all that are asked for")]
    statuses: Annotated[list[StatusCount], Field(description="each that is asked for, zeros too")]


@dataclass(slots=True)
class SalesSums:
    """What happened in a time, each on the day on which it did: a refund of June of what was paid in May counts in June."""

    orders: Annotated[int, Field(description="orders that were placed")]
    cancelled: Annotated[int, Field(description="orders that were cancelled")]
    paid: Annotated[int, Field(description="orders that were paid")]
    refunded: Annotated[int, Field(description="orders whose money was given back")]
    pieces: Annotated[int, Field(description="pieces that were paid for, less those whose money was given back")]
    gross: Annotated[int, Field(description="money that was paid")]
    refunds: Annotated[int, Field(description="money that was given back")]
    revenue: Annotated[int, Field(description="`gross` less `refunds`")]


@dataclass(slots=True)
class SalesPoint(SalesSums):
    """One period; nothing happened: zeros."""

    start: Annotated[date, Field(description="its first day")]


@dataclass(slots=True)
class SalesSeries:
    """What was sold in one currency."""

    currency: Annotated[str, Field(description="ISO 4217")]
    totals: Annotated[SalesSums, Field(description="of all periods together")]
    points: Annotated[list[SalesPoint], Field(description="every period, the first one first")]


@dataclass(slots=True)
class SalesOut:
    """What was sold, ready to be plotted."""

    time_zone: Annotated[str, Field(description="whose days they are: the tenant's setting")]
    by: Annotated[str, Field(description="day, week or month", examples=["day"])]
    first_day: Annotated[date, Field(description="of the first period: periods are always whole")]
    last_day: Annotated[date, Field(description="of the last period")]
    series: Annotated[list[SalesSeries], Field(description="one for each currency, at most 10; none: nothing happened")]


@dataclass(slots=True)
class ProductSalesOut(SalesOut):
    """What was sold of a product, all its variants together."""

    product_id: Annotated[UUID, Field(description="the product")]


@dataclass(slots=True)
class TopProduct:
    """A product that sold."""

    product_id: Annotated[UUID, Field(description="the product")]
    sku: Annotated[str | None, Field(description="as the catalog has it now; null: it has it no more")]
    name: Annotated[str | None, Field(description="as well", examples=["Green tea"])]
    orders: Annotated[int, Field(description="orders with it that were paid")]
    pieces: Annotated[int, Field(description="pieces that were paid for, less those whose money was given back")]
    revenue: Annotated[int, Field(description="money that was paid, less what was given back")]


@dataclass(slots=True)
class TopSeries:
    """The best of one currency."""

    currency: Annotated[str, Field(description="ISO 4217")]
    products: Annotated[list[TopProduct], Field(description="the first is the best")]


@dataclass(slots=True)
class TopOut:
    """The products that sold best."""

    time_zone: Annotated[str, Field(description="whose days they are: the tenant's setting")]
    first_day: Annotated[date, Field(description="the first day")]
    last_day: Annotated[date, Field(description="the last day, included")]
    series: Annotated[list[TopSeries], Field(description="one for each currency, at most 10")]
