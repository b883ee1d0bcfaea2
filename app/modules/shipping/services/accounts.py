"""The tenant's account with a carrier, opened."""

from app.auth.commons import Commons
from app.config import Secrets
from app.extensions.sealing import Sealed
from app.modules.shipping.adapters import make_carrier
from app.modules.shipping.interfaces import Carrier, CarrierError
from app.modules.shipping.models import CarrierAccount

PURPOSE = "shipping.carriers"


def carrier_of(account: CarrierAccount, commons: Commons) -> Carrier | None:
    """Who is asked, as the tenant, once the transaction is over; None where the installation does not offer it any more.

    Raises:
        RuntimeError: a request wants it, which waits for nobody outside.
        CarrierError: the credential was sealed with a key that the settings no longer name.
    """
    if commons.http is None:
        raise RuntimeError("carriers are asked by tasks, not by requests")
    sealed = sealed_of(commons.settings.secrets)
    try:
        credential = sealed.open(account.credential, place_of(account.carrier, commons)).decode()
    except ValueError as error:
        raise CarrierError("its credential cannot be read any more: entrust it anew") from error
    return make_carrier(account.carrier, credential, str(commons.tenant_id), commons.settings.shipping, commons.http)


def sealed_of(settings: Secrets) -> Sealed:
    """What credentials are sealed with."""
    return Sealed.of(settings, PURPOSE)


def place_of(carrier: str, commons: Commons) -> bytes:
    """Where a credential belongs: moved to another tenant or carrier it opens nothing."""
    return commons.tenant_id.bytes + carrier.encode()
