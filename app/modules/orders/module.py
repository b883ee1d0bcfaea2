"""The manifest of orders."""

from app.extensions.module import Handler, Module
from app.modules.orders.events import (
    OrderCancelled,
    OrderDelivered,
    OrderPaid,
    OrderPlaced,
    OrderRefunded,
    OrderShipped,
)
from app.modules.orders.handlers import drop_carts
from app.modules.orders.permissions import PERMISSIONS
from app.modules.orders.routes import cart_router, order_router, payment_router
from app.modules.orders.schemas import OrderRules
from app.modules.orders.tasks import CANCEL_UNPAID_TASK, INVOICE_TASK, LOOK_AFTER_UNPAID, SETTLE_TASK, TAKE_UP
from app.tenants.events import MemberRemoved

MODULE = Module(
    name="orders",
    routers=(cart_router, order_router, payment_router),
    permissions=PERMISSIONS,
    events=(OrderPlaced, OrderCancelled, OrderPaid, OrderRefunded, OrderShipped, OrderDelivered),
    handlers=(Handler(MemberRemoved, drop_carts),),
    tasks=(SETTLE_TASK, CANCEL_UNPAID_TASK, INVOICE_TASK),
    schedules=(TAKE_UP, LOOK_AFTER_UNPAID),
    settings=OrderRules,
    needs=("catalog",),
)
