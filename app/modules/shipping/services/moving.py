"""What follows from a shipment's move, whoever brought it about: it is kept, told and noted, and its order comes further."""

from app.auth.commons import Commons, Service
from app.modules.orders.api import OrdersApi
from app.modules.shipping.events import ShipmentMoved
from app.modules.shipping.models import Shipment, ShipmentStatus
from app.modules.shipping.repository import ShipmentRepository


class ShippingUseCases(Service):
    """The base of what changes shipments. A shipment's row is always held before its order's."""

    def __init__(self, commons: Commons) -> None:
        """Bound to the tenant."""
        super().__init__(commons)
        self.shipments = ShipmentRepository(self.uow)
        self.orders = OrdersApi(commons)

    async def moved(self, shipment: Shipment, before: str) -> None:
        """It has gone from that status to the one that it has.

        Raises:
            PaymentPending: a refund of its order is under way.
        """
        await self.shipments.add(shipment)
        if shipment.status == ShipmentStatus.IN_PROGRESS:
            await self.orders.mark_shipped(shipment.order_id)
        elif shipment.status == ShipmentStatus.DELIVERED:
            await self.orders.mark_delivered(shipment.order_id)
        products = [str(key) for key in shipment.product_ids]
        about = (shipment.id, shipment.order_id, before, shipment.status, products, shipment.version)
        self.record(ShipmentMoved(*about))
        self.track(
            "shipping.shipment.moved",
            f"shipment:{shipment.id}",
            before={"status": before},
            after={"status": shipment.status, "reason": shipment.reason},
            actor=self.uow.actor,
        )
