"""Use cases of the endpoint to which the gateway sends a tenant messages."""

from app.auth.commons import Commons, Service
from app.core.services import IncomingService
from app.modules.orders.orm import PaymentEndpoint
from app.modules.orders.repository import EndpointRepository
from app.modules.orders.schemas import EndpointOut, EndpointPut
from app.modules.orders.services.hearing import CONSUMER

WEBHOOKS = "/api/v1/payments/webhooks"


class EndpointService(Service):
    """One for each tenant, kept by the platform; its secret does not come out again."""

    def __init__(self, commons: Commons) -> None:
        """Bound to the tenant."""
        super().__init__(commons)
        self._endpoints = EndpointRepository(self.uow)

    async def get(self) -> EndpointOut:
        """The endpoint, be there one or not."""
        return self._shown(await self._endpoints.own())

    async def put(self, body: EndpointPut) -> EndpointOut:
        """Give the secret, in the place of the one before.

        Raises:
            PreconditionRequired, PreconditionFailed.
        """
        await self._endpoints.lock()
        endpoint = await self._endpoints.own()
        before = self._shown(endpoint)
        self.commons.if_match.require(before.version)
        now = self.commons.clock.now()
        incoming = IncomingService(self.commons, CONSUMER)
        if endpoint is None:
            endpoint = PaymentEndpoint(endpoint_id=await incoming.open(body.webhook_secret), created_at=now)
        else:
            await incoming.change(endpoint.endpoint_id, body.webhook_secret)
        endpoint.updated_at = now
        await self._endpoints.add(endpoint)
        # That it has changed is noted, and not what it is.
        told, key = {"is_configured": before.is_configured}, endpoint.endpoint_id
        self.track("orders.endpoint.changed", f"endpoint:{key}", before=told, after={"is_configured": True})
        return self._shown(endpoint)

    def _shown(self, endpoint: PaymentEndpoint | None) -> EndpointOut:
        if endpoint is None:
            return EndpointOut(False, None, None, 0)
        path = f"{WEBHOOKS}/{self.commons.tenant_id}/{endpoint.endpoint_id}"
        return EndpointOut(True, path, endpoint.updated_at, endpoint.version)
