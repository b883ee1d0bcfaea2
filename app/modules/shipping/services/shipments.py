"""Use cases of shipments."""

from uuid import UUID

from app.exceptions import NotFound
from app.modules.shipping.adapters import offered
from app.modules.shipping.events import ShipmentCreated
from app.modules.shipping.exceptions import CarrierMissing
from app.modules.shipping.models import CarrierAccount, Shipment, ShipmentStatus
from app.modules.shipping.repository import CarrierRepository
from app.modules.shipping.schemas import Booking, ShipmentOut
from app.modules.shipping.services.booking import BOOK
from app.modules.shipping.services.moving import ShippingUseCases
from app.utils.records import record_from

REFUNDED = "its order was refunded"


class ShipmentService(ShippingUseCases):
    """The shipments of the tenant."""

    async def get(self, shipment_id: UUID) -> ShipmentOut:
        """One shipment.

        Raises:
            NotFound: another tenant's is not there.
        """
        shipment = await self.shipments.get(shipment_id)
        if shipment is None:
            raise NotFound("There is no such shipment.")
        return record_from(ShipmentOut, shipment)

    async def create(self, order_id: UUID) -> None:
        """The shipment of an order that is paid, once; it is booked where the tenant has chosen a carrier.

        Nothing happens where the order has been refunded meanwhile.
        """
        if await self.shipments.of_order(order_id) is not None:
            return
        # Held, so that a refund comes either before, and is seen here, or after, and finds the shipment.
        order = await self.orders.look_up(order_id, hold=True)
        if order is None or not order.may_be_shipped:
            return
        products = list(dict.fromkeys(line.product_id for line in order.lines))
        now = self.commons.clock.now()
        shipment = Shipment(
            order_id=order.id, order_number=order.number, product_ids=products, created_at=now, updated_at=now
        )
        account = await self._chosen()
        if account is not None:
            shipment.carrier, shipment.heard_at = account.carrier, now
        await self.shipments.add(shipment)
        told = [str(key) for key in products]
        self.record(ShipmentCreated(shipment.id, order.id, shipment.status, told, shipment.version))
        after = {"order_id": str(order.id), "carrier": shipment.carrier}
        self.track("shipping.shipment.created", f"shipment:{shipment.id}", after=after, actor=self.uow.actor)
        if account is not None:
            self.start(BOOK, Booking(shipment_id=shipment.id))

    async def dispatch(self, shipment_id: UUID) -> UUID:
        """Have a shipment booked at the chosen carrier, afresh where that has failed; returns the task that asks the carrier.

        Raises:
            NotFound, ShipmentMoveRefused, CarrierMissing.
        """
        shipment = await self.shipments.hold(shipment_id)
        if shipment is None:
            raise NotFound("There is no such shipment.")
        account = await self._chosen()
        if account is None:
            raise CarrierMissing("Entrust a carrier's credentials first: PUT /shipping/carriers/{carrier}.")
        before = shipment.status
        shipment.want(account.carrier, self.commons.clock.now())
        if shipment.status == before:
            await self.shipments.add(shipment)
        else:
            await self.moved(shipment, before)
        self.track("shipping.booking.started", f"shipment:{shipment.id}", after={"carrier": account.carrier})
        return self.start(BOOK, Booking(shipment_id=shipment.id))

    async def drop(self, order_id: UUID) -> None:
        """The order was refunded: what nobody has taken yet is not to be taken any more."""
        shipment = await self.shipments.of_order(order_id)
        if shipment is not None and shipment.status == ShipmentStatus.PENDING:
            shipment.fail(REFUNDED, self.commons.clock.now())
            await self.moved(shipment, ShipmentStatus.PENDING)

    async def _chosen(self) -> CarrierAccount | None:
        """The account to which new shipments go, if the installation still offers its carrier."""
        account = await CarrierRepository(self.uow).chosen()
        is_offered = account is not None and offered(self.commons.settings.shipping).get(account.carrier)
        return account if is_offered else None
