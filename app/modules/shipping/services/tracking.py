"""How far shipments have come, by what their carriers tell: in signed messages, and when they are asked."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from app.core.services import IncomingService
from app.db.errors import storable
from app.extensions.incoming import SignedMessage
from app.modules.shipping.exceptions import ShipmentUnknown
from app.modules.shipping.interfaces import Carrier, Heard
from app.modules.shipping.limits import MAX_REASON
from app.modules.shipping.models import MOVES, Shipment, ShipmentStatus
from app.modules.shipping.repository import CarrierRepository
from app.modules.shipping.schemas import Booking, CarrierMessage, Following
from app.modules.shipping.services.accounts import carrier_of
from app.modules.shipping.services.booking import BOOK
from app.modules.shipping.services.moving import ShippingUseCases

FOLLOW = "shipping.follow"
CONSUMER = "shipping"
SILENT_FOR = timedelta(hours=1)
"""After so long without a word the carrier is asked."""
MOST_AT_ONCE = 100
TOLD: frozenset[str] = frozenset(MOVES) - {ShipmentStatus.PENDING}


@dataclass(frozen=True, slots=True)
class Question:
    """Whom to ask for which shipment."""

    carrier: Carrier
    reference: str


class TrackingService(ShippingUseCases):
    """What carriers tell, told once."""

    async def receive(self, tenant_id: UUID, endpoint_id: UUID, signed: SignedMessage, body: CarrierMessage) -> bool:
        """A message of a carrier's; returns whether it has brought a shipment further.

        Raises:
            WebhookRefused: it is not signed as the tenant's carrier signs.
            ShipmentUnknown: there is no such shipment yet; nothing is kept of the message, so that it may come again.
            PaymentPending: a refund of its order is under way; likewise.
        """
        is_new = await IncomingService(self.commons, CONSUMER).admit(tenant_id, endpoint_id, signed)
        if not is_new or body.status not in TOLD:
            return False
        account = await CarrierRepository(self.uow).behind(endpoint_id)
        carrier = "" if account is None else account.carrier
        shipment = await self.shipments.called(carrier, body.reference)
        if shipment is None:
            raise ShipmentUnknown("No shipment of this carrier has that reference. Send it again later.")
        return await self._hear(shipment, Heard(body.status, body.occurred_at, body.reason))

    async def look_after(self) -> int:
        """Have the carriers asked for what nothing was heard of for an hour; returns for how many shipments.

        What is not booked by then is taken up: whoever was at it was cancelled, or is dead. By then its tries are over.
        """
        before = self.commons.clock.now() - SILENT_FOR
        found = await self.shipments.silent(before, MOST_AT_ONCE)
        followed = [key for key, is_booked in found if is_booked]
        if followed:
            self.start(FOLLOW, Following(shipment_ids=followed))
        for key, is_booked in found:
            if not is_booked:
                self.start(BOOK, Booking(shipment_id=key))
        return len(found)

    async def question(self, shipment_id: UUID) -> Question | None:
        """Whom to ask for a shipment, noted as asked; None where nothing is to be asked.

        Raises:
            CarrierError: the tenant's credential cannot be read.
        """
        shipment = await self.shipments.hold(shipment_id)
        if shipment is None or shipment.reference is None or shipment.status == ShipmentStatus.DELIVERED:
            return None
        account = await CarrierRepository(self.uow).named(shipment.carrier or "")
        carrier = None if account is None else carrier_of(account, self.commons)
        shipment.heard_at = self.commons.clock.now()
        await self.shipments.add(shipment)
        return None if carrier is None else Question(carrier, shipment.reference)

    async def answered(self, shipment_id: UUID, heard: Heard) -> bool:
        """What the carrier answered; returns whether it has brought the shipment further.

        Raises:
            PaymentPending: a refund of its order is under way.
        """
        shipment = await self.shipments.hold(shipment_id)
        if shipment is None or heard.status not in TOLD:
            return False
        return await self._hear(shipment, heard)

    async def _hear(self, shipment: Shipment, heard: Heard) -> bool:
        before = shipment.status
        reason = None if heard.reason is None else storable(heard.reason, MAX_REASON)
        if not shipment.hear(heard.status, heard.at, reason, self.commons.clock.now()):
            await self.shipments.add(shipment)
            return False
        await self.moved(shipment, before)
        return True
