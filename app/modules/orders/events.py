"""Facts about orders. Amounts are in minor units of the currency."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from app.extensions.events import Event


@dataclass(frozen=True, slots=True)
class OrderPlaced(Event):
    """A cart became an order, and its pieces are held."""

    name: ClassVar[str] = "orders.order_placed"
    order_id: UUID
    number: int
    total: int
    currency: str


@dataclass(frozen=True, slots=True)
class OrderCancelled(Event):
    """An order was cancelled before it was paid, and its pieces were let go."""

    name: ClassVar[str] = "orders.order_cancelled"
    order_id: UUID
    number: int
    reason: str = "asked"
    """"asked" by somebody, or "unpaid" for too long."""


@dataclass(frozen=True, slots=True)
class OrderPaid(Event):
    """The gateway has taken the total, and the pieces have left the stock."""

    name: ClassVar[str] = "orders.order_paid"
    order_id: UUID
    number: int
    payment_id: UUID
    amount: int
    currency: str


@dataclass(frozen=True, slots=True)
class OrderRefunded(Event):
    """The gateway has given the total back, and the pieces are in stock again."""

    name: ClassVar[str] = "orders.order_refunded"
    order_id: UUID
    number: int
    payment_id: UUID
    amount: int
    currency: str


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
