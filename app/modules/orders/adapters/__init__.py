"""What stands behind the ports: the catalog of this platform, and the gateway that the settings choose."""

from app.config import Payments
from app.modules.orders.adapters.catalog import PlatformCatalog
from app.modules.orders.adapters.local_gateway import LocalGateway
from app.modules.orders.adapters.memory_catalog import MemoryCatalog
from app.modules.orders.interfaces import PaymentGateway

__all__ = ["LocalGateway", "MemoryCatalog", "PlatformCatalog", "make_gateway"]


def make_gateway(settings: Payments) -> PaymentGateway | None:
    """The gateway that the settings choose, or None; connects to nothing yet."""
    return LocalGateway(settings) if settings.adapter == "local" else None
