"""Having a carrier take a shipment: what is to be asked is read, the carrier is asked, and its answer is written."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from app.db.errors import storable
from app.modules.orders.api import PaymentPending
from app.modules.shipping.interfaces import Booked, Carrier, Parcel, ParcelLine
from app.modules.shipping.limits import MAX_REASON, MAX_TRIES
from app.modules.shipping.models import Shipment, ShipmentStatus
from app.modules.shipping.repository import CarrierRepository
from app.modules.shipping.services.accounts import carrier_of
from app.modules.shipping.services.moving import ShippingUseCases

BOOK = "shipping.book"
NOT_OFFERED = "its carrier is not offered any more"
NOT_PAID = "its order is not paid any more"
TOO_OFTEN = "its carrier was asked too often"
SAME_REFERENCE = "its carrier calls it as it calls another"


@dataclass(frozen=True, slots=True)
class Wish:
    """What the carrier is to be asked, and who is asked."""

    name: str
    carrier: Carrier
    parcel: Parcel


class BookingService(ShippingUseCases):
    """The steps of the task."""

    async def wish(self, shipment_id: UUID) -> Wish | None:
        """What is to be asked, counted as a try; None where nothing is any more.

        What cannot be asked for at all has failed, with the reason.

        Raises:
            PaymentPending: a refund of its order is under way: what comes of that decides.
            CarrierError: the tenant's credential cannot be read.
        """
        shipment = await self._open(shipment_id)
        if shipment is None:
            return None
        order = await self.orders.look_up(shipment.order_id)
        if order is None or not order.may_be_shipped:
            await self._fail(shipment, NOT_PAID)
            return None
        if order.is_refunding:
            raise PaymentPending("A refund of the order is under way.")
        if shipment.tries >= MAX_TRIES:
            await self._fail(shipment, TOO_OFTEN)
            return None
        name = shipment.carrier or ""
        account = await CarrierRepository(self.uow).named(name)
        carrier = None if account is None else carrier_of(account, self.commons)
        if carrier is None:
            await self._fail(shipment, NOT_OFFERED)
            return None
        shipment.tries += 1
        shipment.heard_at = self.commons.clock.now()
        await self.shipments.add(shipment)
        lines = [ParcelLine(line.sku, line.name, line.quantity) for line in order.lines]
        return Wish(name, carrier, Parcel(shipment.id, order.number, lines))

    async def booked(self, shipment_id: UUID, carrier: str, told: Booked) -> None:
        """That carrier takes it; in the name of whoever wanted it. It is kept of what has failed meanwhile, too.

        Where another has it, or is to have it by now, it is noted only: somebody has to call that parcel back.
        """
        shipment = await self.shipments.hold(shipment_id)
        if shipment is None or (shipment.carrier, shipment.reference) == (carrier, told.reference):
            return
        if shipment.carrier != carrier or shipment.reference is not None:
            astray = {"carrier": carrier, "reference": told.reference}
            self.track("shipping.booking.astray", f"shipment:{shipment.id}", after=astray, actor=self.uow.actor)
            return
        if await self.shipments.called(carrier, told.reference) is not None:
            if shipment.status == ShipmentStatus.PENDING:
                await self._fail(shipment, SAME_REFERENCE)
            return
        shipment.book(told.reference, told.tracking_number, self.commons.clock.now())
        await self.shipments.add(shipment)
        after = {"carrier": shipment.carrier, "reference": shipment.reference}
        self.track("shipping.shipment.booked", f"shipment:{shipment.id}", after=after, actor=self.uow.actor)

    async def refused(self, shipment_id: UUID, carrier: str, reason: str, *, for_good: bool) -> bool:
        """That carrier will not, or did not answer; returns whether that is the end of it.

        It is where the carrier has refused, where it was asked too often, and where another is asked by now.
        """
        shipment = await self._open(shipment_id)
        if shipment is None or shipment.carrier != carrier:
            return True
        if not for_good and shipment.tries < MAX_TRIES:
            return False
        await self._fail(shipment, storable(reason, MAX_REASON))
        return True

    async def result(self, shipment_id: UUID) -> Mapping[str, Any]:
        """What the task tells at its end."""
        shipment = await self.shipments.get(shipment_id)
        if shipment is None:
            return {}
        return {"status": shipment.status, "reference": shipment.reference, "reason": shipment.reason}

    async def _open(self, shipment_id: UUID) -> Shipment | None:
        """The shipment, held, if it still has to be booked."""
        shipment = await self.shipments.hold(shipment_id)
        is_open = shipment is not None and shipment.status == ShipmentStatus.PENDING and shipment.reference is None
        return shipment if is_open else None

    async def _fail(self, shipment: Shipment, reason: str) -> None:
        before = shipment.status
        shipment.fail(reason, self.commons.clock.now())
        await self.moved(shipment, before)
