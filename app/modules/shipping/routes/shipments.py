"""/shipments."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query

from app.auth.commons import Commons
from app.auth.deps import commons_deps
from app.auth.permissions import access_control
from app.core.schemas import TaskOut
from app.core.services import accepted
from app.exceptions import TooManyTasks
from app.extensions.declared import declares
from app.extensions.routing import ModuleRouter
from app.extensions.tasks import TaskQueued
from app.extensions.views import cbv
from app.modules.shipping.events import ShipmentMoved
from app.modules.shipping.exceptions import CarrierMissing, LabelMissing, ShipmentMoveRefused
from app.modules.shipping.permissions import ShippingPermission
from app.modules.shipping.schemas import LabelOut, ShipmentOut
from app.modules.shipping.services import LabelService, ShipmentService
from app.modules.shipping.views import ShipmentQuery, shipment_page
from app.utils.schemas import Page

router = ModuleRouter(prefix="/shipments", tag="shipping")


@cbv(router)
class ShipmentViews:
    """The tenant's shipments."""

    commons: Commons = Depends(commons_deps)

    @router.get("", summary="List shipments")
    @access_control(permission=ShippingPermission.SHIPMENTS_READ, module="shipping")
    async def list_shipments(self, query: Annotated[ShipmentQuery, Query()]) -> Page[ShipmentOut]:
        """One for each order that was paid."""
        return await shipment_page(self.commons, query)

    @router.get("/{shipment_id}", summary="Get a shipment")
    @access_control(permission=ShippingPermission.SHIPMENTS_READ, module="shipping")
    async def get_shipment(self, shipment_id: UUID) -> ShipmentOut:
        """How far it has come, by what its carrier told last."""
        return await ShipmentService(self.commons).get(shipment_id)

    @router.post("/{shipment_id}/dispatch", status_code=202, summary="Have a shipment booked")
    @access_control(permission=ShippingPermission.SHIPMENTS_WRITE, module="shipping")
    @declares(
        raises=(CarrierMissing, ShipmentMoveRefused, TooManyTasks),
        emits=(ShipmentMoved, TaskQueued),
        headers=("Location",),
    )
    async def dispatch_shipment(self, shipment_id: UUID) -> TaskOut:
        """A task that asks the chosen carrier to take it: where none was chosen when its order was paid, or where it failed."""
        return accepted(self.commons, await ShipmentService(self.commons).dispatch(shipment_id))

    @router.get("/{shipment_id}/label", summary="Get the label of a shipment")
    @access_control(permission=ShippingPermission.SHIPMENTS_READ, module="shipping")
    @declares(raises=(LabelMissing,))
    async def get_label(self, shipment_id: UUID) -> LabelOut:
        """A link to what its carrier wants on the parcel, for 15 minutes: a PDF, or ZPL for printers of labels."""
        return await LabelService(self.commons).get(shipment_id)
