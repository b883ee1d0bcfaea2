"""Labels of shipments that are booked: whom to ask for one, that it has come, where it is to be had."""

from dataclasses import dataclass
from uuid import UUID

from app.exceptions import NotFound
from app.modules.shipping.exceptions import LabelMissing
from app.modules.shipping.interfaces import Carrier
from app.modules.shipping.labels import ENDINGS, Label
from app.modules.shipping.models import Shipment
from app.modules.shipping.repository import CarrierRepository
from app.modules.shipping.schemas import LabelOut
from app.modules.shipping.services.accounts import carrier_of
from app.modules.shipping.services.moving import ShippingUseCases
from app.services.filesystem import FileKey

FILES = "shipping"
LINK_SECONDS = 900


@dataclass(frozen=True, slots=True)
class Unlabelled:
    """Whom to ask for a label, and where it is to lie."""

    carrier: Carrier
    reference: str
    key: FileKey


class LabelService(ShippingUseCases):
    """A shipment has one label: that of the carrier that has booked it."""

    async def wanted(self, shipment_id: UUID) -> Unlabelled | None:
        """Whom to ask; None where it has its label, is not booked, or its carrier is not offered any more.

        Raises:
            CarrierError: the tenant's credential cannot be read.
        """
        shipment = await self.shipments.get(shipment_id)
        if shipment is None or shipment.reference is None or shipment.label_type is not None:
            return None
        account = await CarrierRepository(self.uow).named(shipment.carrier or "")
        carrier = None if account is None else carrier_of(account, self.commons)
        return None if carrier is None else Unlabelled(carrier, shipment.reference, self._key(shipment))

    async def came(self, shipment_id: UUID, label: Label) -> None:
        """Its file lies in the store."""
        shipment = await self.shipments.hold(shipment_id)
        if shipment is None or shipment.label_type is not None:
            return
        shipment.label_type, shipment.updated_at = label.media_type, self.commons.clock.now()
        await self.shipments.add(shipment)
        after = {"media_type": label.media_type}
        self.track("shipping.shipment.labelled", f"shipment:{shipment.id}", after=after, actor=self.uow.actor)

    async def get(self, shipment_id: UUID) -> LabelOut:
        """Where the label is to be had, for a quarter of an hour.

        Raises:
            NotFound, LabelMissing.
        """
        shipment = await self.shipments.get(shipment_id)
        if shipment is None:
            raise NotFound("There is no such shipment.")
        if shipment.label_type is None:
            booked = "its carrier has not sent it yet" if shipment.reference else "no carrier has booked it"
            raise LabelMissing(f"The shipment has no label: {booked}.")
        name = f"label-{shipment.order_number}.{ENDINGS[shipment.label_type]}"
        link = await self.commons.files.download_link(
            self._key(shipment), name=name, media_type=shipment.label_type, seconds=LINK_SECONDS
        )
        return LabelOut(shipment.label_type, link.url, link.expires_at)

    def _key(self, shipment: Shipment) -> FileKey:
        return FileKey(self.commons.tenant_id, FILES, shipment.id)
