"""Use cases of orders, one class a file."""

from app.modules.orders.services.carts import CartService
from app.modules.orders.services.endpoints import EndpointService
from app.modules.orders.services.fulfilment import FulfilmentService
from app.modules.orders.services.hearing import HearingService
from app.modules.orders.services.invoices import INVOICE, LINK_SECONDS, InvoiceService
from app.modules.orders.services.orders import CANCEL_UNPAID, OrderService
from app.modules.orders.services.payments import SETTLE, PaymentService, Settling

__all__ = [
    "CANCEL_UNPAID",
    "INVOICE",
    "LINK_SECONDS",
    "SETTLE",
    "CartService",
    "EndpointService",
    "FulfilmentService",
    "HearingService",
    "InvoiceService",
    "OrderService",
    "PaymentService",
    "Settling",
]
