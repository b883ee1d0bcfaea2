"""Facts about orders, kept for ever: projections are sums over them. Amounts are in minor units of the currency.

Each says by itself what a projection needs, down to the lines, so that nobody has to have seen another one before it.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, ClassVar
from uuid import UUID

from app.extensions.events import FOR_EVER, Event

UNTOLD = datetime(1970, 1, 1, tzinfo=UTC)
"""The moment of what was recorded by version 1, which told neither when it happened nor the lines."""


SoldLine = dict[str, Any]
"""`{product_id, variant_id, sku, quantity, total}`: so many pieces of a variant, and what they cost together once the order's
discount is taken off, so that the lines' totals are the order's. Ids are text, as in every payload."""


@dataclass(frozen=True, slots=True)
class OrderFact(Event):
    """What all of them have in common."""

    version: ClassVar[int] = 2
    retention_days: ClassVar[int | None] = FOR_EVER

    @classmethod
    def upgrade(cls, payload: dict[str, Any], version: int) -> dict[str, Any]:
        """Version 1 told no moment and no lines, and of what was cancelled no money."""
        if version < cls.version:
            return {"total": 0, "currency": "", "at": UNTOLD.isoformat(), "lines": [], **payload}
        return payload


@dataclass(frozen=True, slots=True)
class OrderPlaced(OrderFact):
    """A cart became an order, and its pieces are held."""

    name: ClassVar[str] = "orders.order_placed"
    order_id: UUID
    number: int
    total: int
    currency: str
    at: datetime
    lines: list[SoldLine]


@dataclass(frozen=True, slots=True)
class OrderCancelled(OrderFact):
    """An order was cancelled before it was paid, and its pieces were let go."""

    name: ClassVar[str] = "orders.order_cancelled"
    order_id: UUID
    number: int
    total: int
    currency: str
    at: datetime
    lines: list[SoldLine]
    reason: str = "asked"
    """"asked" by somebody, or "unpaid" for too long."""


@dataclass(frozen=True, slots=True)
class OrderPaid(OrderFact):
    """The gateway has taken the total, and the pieces have left the stock."""

    name: ClassVar[str] = "orders.order_paid"
    order_id: UUID
    number: int
    payment_id: UUID
    amount: int
    currency: str
    at: datetime
    lines: list[SoldLine]


@dataclass(frozen=True, slots=True)
class OrderRefunded(OrderFact):
    """The gateway has given the total back, and the pieces are in stock again."""

    name: ClassVar[str] = "orders.order_refunded"
    order_id: UUID
    number: int
    payment_id: UUID
    amount: int
    currency: str
    at: datetime
    lines: list[SoldLine]


@dataclass(frozen=True, slots=True)
class OrderShipped(Event):
    """What was ordered has left the tenant."""

    name: ClassVar[str] = "orders.order_shipped"
    order_id: UUID
    number: int


@dataclass(frozen=True, slots=True)
class OrderDelivered(Event):
    """The buyer has what was ordered."""

    name: ClassVar[str] = "orders.order_delivered"
    order_id: UUID
    number: int
