"""The manifest of orders."""

from app.extensions.module import Module
from app.modules.orders.events import (
    OrderCancelled,
    OrderDelivered,
    OrderPaid,
    OrderPlaced,
    OrderRefunded,
    OrderShipped,
)
from app.modules.orders.permissions import PERMISSIONS
from app.modules.orders.routes import cart_router, order_router, payment_router
from app.modules.orders.schemas import OrderRules
from app.modules.orders.tasks import CANCEL_UNPAID_TASK, INVOICE_TASK, LOOK_AFTER_UNPAID, SETTLE_TASK, TAKE_UP

MODULE = Module(
    name="orders",
    routers=(cart_router, order_router, payment_router),
    permissions=PERMISSIONS,
    events=(OrderPlaced, OrderCancelled, OrderPaid, OrderRefunded, OrderShipped, OrderDelivered),
    tasks=(SETTLE_TASK, CANCEL_UNPAID_TASK, INVOICE_TASK),
    schedules=(TAKE_UP, LOOK_AFTER_UNPAID),
    settings=OrderRules,
    needs=("catalog",),
)
