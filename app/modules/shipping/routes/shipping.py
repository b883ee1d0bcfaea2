"""/shipping: accounts with carriers, and what carriers tell."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Path

from app.auth.commons import Commons
from app.auth.deps import commons_deps
from app.auth.permissions import access_control
from app.core.deps import signed_deps
from app.core.exceptions import WebhookRefused
from app.extensions.declared import declares
from app.extensions.incoming import SignedMessage
from app.extensions.responses import done
from app.extensions.routing import ModuleRouter
from app.extensions.views import cbv
from app.modules.orders.api import PaymentPending
from app.modules.orders.events import OrderDelivered, OrderShipped
from app.modules.shipping.events import ShipmentMoved
from app.modules.shipping.exceptions import ShipmentUnknown
from app.modules.shipping.permissions import ShippingPermission
from app.modules.shipping.schemas import CarrierMessage, CarrierOut, CarrierPut
from app.modules.shipping.services import CarrierService, TrackingService
from app.utils.schemas import DefaultResponse

router = ModuleRouter(prefix="/shipping", tag="shipping")
CarrierName = Annotated[
    str, Path(pattern="^[a-z]{2,20}$", description="local or http, as far as they are offered here")
]


@cbv(router)
class CarrierViews:
    """The tenant's accounts with carriers."""

    commons: Commons = Depends(commons_deps)

    @router.get("/carriers/{carrier}", summary="Get the account with a carrier")
    @access_control(permission=ShippingPermission.CARRIERS_READ, module="shipping")
    async def get_carrier(self, carrier: CarrierName) -> CarrierOut:
        """Whether there is one, and where the carrier sends its messages; neither of its secrets."""
        return await CarrierService(self.commons).get(carrier)

    @router.put("/carriers/{carrier}", summary="Entrust a carrier's credentials")
    @access_control(permission=ShippingPermission.CARRIERS_WRITE, module="shipping")
    async def set_carrier(self, carrier: CarrierName, body: CarrierPut) -> CarrierOut:
        """Both secrets, in the place of those before; they are kept encrypted. Needs If-Match, "0" for the first time."""
        return await CarrierService(self.commons).put(carrier, body)


@cbv(router)
class WebhookViews:
    """What carriers tell."""

    commons: Commons = Depends(commons_deps)
    message: SignedMessage = Depends(signed_deps)

    @router.post("/webhooks/{tenant_id}/{endpoint_id}", summary="Tell how far a shipment has come")
    @access_control(open=True)
    @declares(
        raises=(PaymentPending, ShipmentUnknown, WebhookRefused), emits=(OrderDelivered, OrderShipped, ShipmentMoved)
    )
    async def receive_message(self, tenant_id: UUID, endpoint_id: UUID, body: CarrierMessage) -> DefaultResponse:
        """For carriers, signed as Standard Webhooks has it. A message that has come already is answered alike, and does nothing."""
        await TrackingService(self.commons).receive(tenant_id, endpoint_id, self.message, body)
        return done("Heard.")
