"""The manifest of shipping."""

from app.extensions.module import Handler, Module
from app.modules.orders.events import OrderPaid, OrderRefunded
from app.modules.shipping.events import ShipmentCreated, ShipmentMoved
from app.modules.shipping.handlers import drop_refunded, ship_paid
from app.modules.shipping.permissions import PERMISSIONS
from app.modules.shipping.routes import shipment_router, shipping_router
from app.modules.shipping.tasks import BOOK_TASK, FOLLOW_TASK, LOOK_AFTER

MODULE = Module(
    name="shipping",
    routers=(shipment_router, shipping_router),
    permissions=PERMISSIONS,
    events=(ShipmentCreated, ShipmentMoved),
    handlers=(
        Handler(OrderPaid, ship_paid),
        Handler(OrderRefunded, drop_refunded),
    ),
    tasks=(BOOK_TASK, FOLLOW_TASK),
    schedules=(LOOK_AFTER,),
    needs=("orders",),
)
