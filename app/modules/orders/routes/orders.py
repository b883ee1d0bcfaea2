"""/orders."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query

from app.auth.commons import Commons
from app.auth.deps import commons_deps
from app.auth.permissions import access_control
from app.core.schemas import TaskOut
from app.core.services import accepted
from app.exceptions import TooManyTasks
from app.extensions.declared import declares
from app.extensions.routing import ModuleRouter
from app.extensions.tasks import TaskQueued
from app.extensions.views import cbv
from app.modules.orders.events import OrderCancelled
from app.modules.orders.exceptions import InvoiceMade, MoveRefused, PaymentPending, PaymentsOff
from app.modules.orders.permissions import OrderPermission
from app.modules.orders.schemas import InvoiceCreate, OrderListed, OrderOut, PaymentCreate
from app.modules.orders.services import InvoiceService, OrderService, PaymentService
from app.modules.orders.views import OrderQuery, order_page
from app.utils.schemas import Page

router = ModuleRouter(prefix="/orders", tag="orders")


@cbv(router)
class OrderViews:
    """The tenant's orders."""

    commons: Commons = Depends(commons_deps)

    @router.get("", summary="List orders")
    @access_control(permission=OrderPermission.ORDERS_READ, module="orders")
    async def list_orders(self, query: Annotated[OrderQuery, Query()]) -> Page[OrderListed]:
        """Of everybody in the tenant; carts are none yet."""
        return await order_page(self.commons, query)

    @router.get("/{order_id}", summary="Get an order")
    @access_control(permission=OrderPermission.ORDERS_READ, module="orders")
    async def get_order(self, order_id: UUID) -> OrderOut:
        """With its lines, its payments and its ETag."""
        return await OrderService(self.commons).get(order_id)

    @router.post("/{order_id}/cancel", summary="Cancel an order")
    @access_control(permission=OrderPermission.ORDERS_WRITE, module="orders", if_match=True)
    @declares(raises=(MoveRefused, PaymentPending), emits=(OrderCancelled,))
    async def cancel_order(self, order_id: UUID) -> OrderOut:
        """Before it is paid; its pieces are let go. Needs If-Match."""
        return await OrderService(self.commons).cancel(order_id)

    @router.post("/{order_id}/pay", status_code=202, summary="Pay for an order")
    @access_control(permission=OrderPermission.PAYMENTS_WRITE, module="orders")
    @declares(
        raises=(MoveRefused, PaymentPending, PaymentsOff, TooManyTasks), emits=(TaskQueued,), headers=("Location",)
    )
    async def pay_order(self, order_id: UUID, body: PaymentCreate) -> TaskOut:
        """A task that asks the gateway for the total. Sent again, it takes up the same payment: nothing is charged twice."""
        return accepted(self.commons, await PaymentService(self.commons).pay(order_id, body))

    @router.post("/{order_id}/refund", status_code=202, summary="Refund an order")
    @access_control(permission=OrderPermission.REFUNDS_WRITE, module="orders")
    @declares(raises=(MoveRefused, PaymentsOff, TooManyTasks), emits=(TaskQueued,), headers=("Location",))
    async def refund_order(self, order_id: UUID) -> TaskOut:
        """A task that asks the gateway to give the total back, whatever the discount was. The pieces are in stock again, but not those that are on their way: such a parcel is lost."""
        return accepted(self.commons, await PaymentService(self.commons).refund(order_id))

    @router.post("/{order_id}/invoice", status_code=202, summary="Have an invoice made")
    @access_control(permission=OrderPermission.ORDERS_WRITE, module="orders")
    @declares(raises=(InvoiceMade, MoveRefused, TooManyTasks), emits=(TaskQueued,), headers=("Location",))
    async def invoice_order(self, order_id: UUID, body: InvoiceCreate) -> TaskOut:
        """A task whose result has `href`, a link to the PDF for 15 minutes. Sent again, it answers a link to the same file."""
        return accepted(self.commons, await InvoiceService(self.commons).ask(order_id, body))
