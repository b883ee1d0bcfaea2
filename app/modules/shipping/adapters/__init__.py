"""What stands behind the port: the carriers that the settings offer."""

from collections.abc import Mapping

from app.config import Shipping
from app.modules.shipping.adapters.http_carrier import HttpCarrier
from app.modules.shipping.adapters.local_carrier import LocalCarrier
from app.modules.shipping.interfaces import Carrier
from app.services.http import HttpClients

__all__ = ["HttpCarrier", "LocalCarrier", "make_carrier", "offered"]


def offered(settings: Shipping) -> Mapping[str, bool]:
    """Every carrier there is, and whether this installation offers it."""
    return {"local": settings.local, "http": bool(settings.url)}


def make_carrier(name: str, credential: str, lane: str, settings: Shipping, http: HttpClients) -> Carrier | None:
    """The carrier of that name for one tenant, or None where it is not offered; connects to nothing yet.

    `lane` is the tenant: breakers and budgets are kept for each.
    """
    if not offered(settings).get(name):
        return None
    return LocalCarrier(settings, credential) if name == "local" else HttpCarrier(settings, credential, lane, http)
