"""Use cases of the tenant's accounts with carriers."""

from app.auth.commons import Commons, Service
from app.core.services import IncomingService
from app.exceptions import NotFound
from app.modules.shipping.adapters import offered
from app.modules.shipping.models import CarrierAccount
from app.modules.shipping.repository import CarrierRepository
from app.modules.shipping.schemas import CarrierOut, CarrierPut
from app.modules.shipping.services.accounts import place_of, sealed_of
from app.modules.shipping.services.tracking import CONSUMER

WEBHOOKS = "/api/v1/shipping/webhooks"


class CarrierService(Service):
    """What the tenant entrusts us with, so that we may act for it. No secret comes out again."""

    def __init__(self, commons: Commons) -> None:
        """Bound to the tenant."""
        super().__init__(commons)
        self.accounts = CarrierRepository(self.uow)

    async def get(self, carrier: str) -> CarrierOut:
        """The account with that carrier, be there one or not.

        Raises:
            NotFound: the installation offers no such carrier.
        """
        self._demand_offered(carrier)
        return self._shown(carrier, await self.accounts.named(carrier))

    async def put(self, carrier: str, body: CarrierPut) -> CarrierOut:
        """Entrust credentials, in the place of those before.

        Raises:
            NotFound, PreconditionRequired, PreconditionFailed.
        """
        self._demand_offered(carrier)
        await self.accounts.lock()
        account = await self.accounts.named(carrier)
        before = self._shown(carrier, account)
        self.commons.if_match.require(before.version)
        now = self.commons.clock.now()
        if body.is_chosen and not before.is_chosen:
            await self.accounts.choose_none(now)
        incoming = IncomingService(self.commons, CONSUMER)
        if account is None:
            endpoint_id = await incoming.open(body.webhook_secret)
            account = CarrierAccount(carrier=carrier, endpoint_id=endpoint_id, created_at=now)
        else:
            await incoming.change(account.endpoint_id, body.webhook_secret)
        place = place_of(carrier, self.commons)
        account.credential = sealed_of(self.commons.settings.secrets).close(body.credential.encode(), place)
        account.is_chosen, account.updated_at = body.is_chosen, now
        await self.accounts.add(account)
        # That they have changed is noted, and neither of the secrets.
        noted = {"is_configured": before.is_configured, "is_chosen": before.is_chosen}
        after = {"is_configured": True, "is_chosen": body.is_chosen}
        self.track("shipping.carrier.entrusted", f"carrier:{carrier}", before=noted, after=after)
        return self._shown(carrier, account)

    def _demand_offered(self, carrier: str) -> None:
        if not offered(self.commons.settings.shipping).get(carrier):
            raise NotFound("There is no such carrier here.")

    def _shown(self, carrier: str, account: CarrierAccount | None) -> CarrierOut:
        if account is None:
            return CarrierOut(carrier, False, False, None, None, 0)
        path = f"{WEBHOOKS}/{self.commons.tenant_id}/{account.endpoint_id}"
        return CarrierOut(carrier, True, account.is_chosen, path, account.updated_at, account.version)
