"""Reactions: what is paid is shipped, and what is refunded before it has left is not."""

from app.auth.commons import Commons
from app.modules.orders.events import OrderPaid, OrderRefunded
from app.modules.shipping.services import ShipmentService


async def ship_paid(event: OrderPaid, commons: Commons) -> None:
    """Make the order's shipment."""
    await ShipmentService(commons).create(event.order_id)


async def drop_refunded(event: OrderRefunded, commons: Commons) -> None:
    """Take back what nobody carries yet."""
    await ShipmentService(commons).drop(event.order_id)
