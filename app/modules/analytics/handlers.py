"""Reactions: what happens to orders and shipments is counted. Each event says all that is needed, so that their order does not matter."""

from app.auth.commons import Commons
from app.modules.analytics.services import Counting
from app.modules.orders.events import OrderCancelled, OrderPaid, OrderPlaced, OrderRefunded
from app.modules.shipping.events import ShipmentCreated, ShipmentMoved


async def count_placed(event: OrderPlaced, commons: Commons) -> None:
    """An order more."""
    await Counting(commons).note(event)


async def count_cancelled(event: OrderCancelled, commons: Commons) -> None:
    """One that comes to nothing."""
    await Counting(commons).note(event)


async def count_paid(event: OrderPaid, commons: Commons) -> None:
    """Money that came in."""
    await Counting(commons).note(event)


async def count_refunded(event: OrderRefunded, commons: Commons) -> None:
    """Money that went back."""
    await Counting(commons).note(event)


async def count_shipment(event: ShipmentCreated, commons: Commons) -> None:
    """A shipment more."""
    await Counting(commons).note_shipment(event)


async def count_shipment_moved(event: ShipmentMoved, commons: Commons) -> None:
    """One that stands elsewhere."""
    await Counting(commons).note_shipment(event)
