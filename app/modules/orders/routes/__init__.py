"""The routers of carts and of orders."""

from app.modules.orders.routes.carts import router as cart_router
from app.modules.orders.routes.orders import router as order_router

__all__ = ["cart_router", "order_router"]
