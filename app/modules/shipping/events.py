"""Facts about shipments. Kept for ever: projections are rebuilt from them.

`revision` is the shipment's version by then: of two facts of one shipment the larger is the later, however they arrive.
"""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from app.extensions.events import FOR_EVER, Event


@dataclass(frozen=True, slots=True)
class ShipmentCreated(Event):
    """An order was paid, and is to be shipped. `product_ids` are of its lines, each once."""

    name: ClassVar[str] = "shipping.shipment_created"
    retention_days: ClassVar[int | None] = FOR_EVER
    shipment_id: UUID
    order_id: UUID
    status: str
    product_ids: list[str]
    revision: int


@dataclass(frozen=True, slots=True)
class ShipmentMoved(Event):
    """A shipment went from one status to another. `product_ids` are of the order's lines, each once."""

    name: ClassVar[str] = "shipping.shipment_moved"
    retention_days: ClassVar[int | None] = FOR_EVER
    shipment_id: UUID
    order_id: UUID
    before: str
    after: str
    product_ids: list[str]
    revision: int
