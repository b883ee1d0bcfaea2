"""/payments: what the gateway tells, and where it tells it."""

from uuid import UUID

from fastapi import Depends

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
from app.modules.orders.events import OrderPaid, OrderRefunded
from app.modules.orders.exceptions import PaymentMismatch, PaymentUnknown
from app.modules.orders.permissions import OrderPermission
from app.modules.orders.schemas import EndpointOut, EndpointPut, GatewayMessage
from app.modules.orders.services import EndpointService, HearingService
from app.utils.schemas import DefaultResponse

router = ModuleRouter(prefix="/payments", tag="payments")


@cbv(router)
class EndpointViews:
    """Where the gateway sends the tenant its messages."""

    commons: Commons = Depends(commons_deps)

    @router.get("/endpoint", summary="Get the endpoint of the gateway's messages")
    @access_control(permission=OrderPermission.ENDPOINT_READ, module="orders")
    async def get_endpoint(self) -> EndpointOut:
        """Whether there is one, and where the gateway sends its messages; not its secret."""
        return await EndpointService(self.commons).get()

    @router.put("/endpoint", summary="Give the secret of the gateway's messages")
    @access_control(permission=OrderPermission.ENDPOINT_WRITE, module="orders")
    async def set_endpoint(self, body: EndpointPut) -> EndpointOut:
        """In the place of the one before, which counts no more; kept encrypted. Needs If-Match, "0" for the first time."""
        return await EndpointService(self.commons).put(body)


@cbv(router)
class PaymentWebhookViews:
    """What the gateway tells."""

    commons: Commons = Depends(commons_deps)
    message: SignedMessage = Depends(signed_deps)

    @router.post("/webhooks/{tenant_id}/{endpoint_id}", summary="Tell what became of a payment")
    @access_control(open=True)
    @declares(raises=(PaymentMismatch, PaymentUnknown, WebhookRefused), emits=(OrderPaid, OrderRefunded))
    async def receive_payment(self, tenant_id: UUID, endpoint_id: UUID, body: GatewayMessage) -> DefaultResponse:
        """For gateways, signed as Standard Webhooks has it. A message that has come already is answered alike, and does nothing."""
        await HearingService(self.commons).receive(tenant_id, endpoint_id, self.message, body)
        return done("Heard.")
