"""Routes of shipping."""

from app.modules.shipping.routes.shipments import router as shipment_router
from app.modules.shipping.routes.shipping import router as shipping_router

__all__ = ["shipment_router", "shipping_router"]
