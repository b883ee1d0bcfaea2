"""Use cases of orders, one class a file."""

from app.modules.orders.services.carts import CartService
from app.modules.orders.services.fulfilment import FulfilmentService
from app.modules.orders.services.orders import OrderService
from app.modules.orders.services.payments import SETTLE, PaymentService, Settling

__all__ = ["SETTLE", "CartService", "FulfilmentService", "OrderService", "PaymentService", "Settling"]
