"""The routers of carts, of orders and of payments."""

from app.modules.orders.routes.carts import router as cart_router
from app.modules.orders.routes.orders import router as order_router
from app.modules.orders.routes.payments import router as payment_router

__all__ = ["cart_router", "order_router", "payment_router"]
