"""What the events of orders say of sales, and those of shipments of where they stand: plain values, whatever is stored already."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from app.modules.orders.events import UNTOLD, OrderCancelled, OrderFact, OrderPaid, OrderPlaced, OrderRefunded
from app.modules.shipping.events import ShipmentCreated, ShipmentMoved

Moved = ShipmentCreated | ShipmentMoved
Told = OrderPlaced | OrderCancelled | OrderPaid | OrderRefunded
KINDS: Final[Mapping[type[OrderFact], str]] = {
    OrderPlaced: "placed",
    OrderCancelled: "cancelled",
    OrderPaid: "paid",
    OrderRefunded: "refunded",
}
"""Everything that is counted; an order has each at most once."""


@dataclass(frozen=True, slots=True)
class Part:
    """A product's part in a fact, all its variants together."""

    product_id: UUID
    pieces: int
    amount: int


@dataclass(frozen=True, slots=True)
class Fact:
    """What happened to an order. Amounts are in minor units of the currency."""

    order_id: UUID
    kind: str
    at: datetime
    currency: str
    amount: int
    parts: tuple[Part, ...]

    @property
    def pieces(self) -> int:
        """Of all products together."""
        return sum(part.pieces for part in self.parts)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a shipment stood; the larger revision is the later one."""

    shipment_id: UUID
    product_ids: tuple[UUID, ...]
    status: str
    revision: int


def standing_of(event: Moved) -> Standing:
    """What the event says."""
    status = event.status if isinstance(event, ShipmentCreated) else event.after
    return Standing(event.shipment_id, tuple(map(UUID, event.product_ids)), status, event.revision)


def fact_of(event: Told, recorded_at: datetime | None = None) -> Fact | None:
    """What the event says. What is so old that it does not say when it happened did when it was recorded.

    None where nobody knows when that was, or where it tells no currency: that of an order that came to nothing, and as old.
    """
    at = recorded_at if event.at == UNTOLD else event.at
    if at is None or not event.currency:
        return None
    amount = event.total if isinstance(event, OrderPlaced | OrderCancelled) else event.amount
    pieces: Counter[UUID] = Counter()
    amounts: Counter[UUID] = Counter()
    for line in event.lines:
        product_id = UUID(line["product_id"])
        pieces[product_id] += line["quantity"]
        amounts[product_id] += line["total"]
    parts = tuple(Part(product_id, count, amounts[product_id]) for product_id, count in sorted(pieces.items()))
    return Fact(event.order_id, KINDS[type(event)], at, event.currency, amount, parts)
