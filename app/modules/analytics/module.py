"""The manifest of analytics."""

from app.extensions.module import Handler, Module
from app.extensions.priorities import Priority
from app.modules.analytics.handlers import (
    count_cancelled,
    count_paid,
    count_placed,
    count_refunded,
    count_shipment,
    count_shipment_moved,
)
from app.modules.analytics.permissions import PERMISSIONS
from app.modules.analytics.routes import router
from app.modules.analytics.schemas import AnalyticsRules
from app.modules.analytics.tasks import REBUILD_TASK
from app.modules.orders.events import OrderCancelled, OrderPaid, OrderPlaced, OrderRefunded
from app.modules.shipping.events import ShipmentCreated, ShipmentMoved

MODULE = Module(
    name="analytics",
    routers=(router,),
    permissions=PERMISSIONS,
    handlers=(
        Handler(OrderPlaced, count_placed, priority=Priority.BULK),
        Handler(OrderCancelled, count_cancelled, priority=Priority.BULK),
        Handler(OrderPaid, count_paid, priority=Priority.BULK),
        Handler(OrderRefunded, count_refunded, priority=Priority.BULK),
        Handler(ShipmentCreated, count_shipment, priority=Priority.BULK),
        Handler(ShipmentMoved, count_shipment_moved, priority=Priority.BULK),
    ),
    tasks=(REBUILD_TASK,),
    settings=AnalyticsRules,
    needs=("catalog", "orders", "shipping"),
)
