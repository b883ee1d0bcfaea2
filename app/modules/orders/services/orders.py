"""Use cases of orders that are placed."""

from uuid import UUID

from app.exceptions import NotFound
from app.modules.orders.events import OrderCancelled
from app.modules.orders.models import Order, OrderState
from app.modules.orders.schemas import OrderOut
from app.modules.orders.services.base import OrderUseCases, order_out, sold_lines


class OrderService(OrderUseCases):
    """The orders of the tenant."""

    async def get(self, order_id: UUID) -> OrderOut:
        """One order.

        Raises:
            NotFound.
        """
        return order_out(placed(await self.orders.get(order_id)))

    async def cancel(self, order_id: UUID) -> OrderOut:
        """End it before it is paid, and let its pieces go.

        Raises:
            NotFound, PreconditionRequired, PreconditionFailed, MoveRefused, PaymentPending.
        """
        order = placed(await self.orders.hold(order_id))
        self.commons.if_match.require(order.version)
        at = self.commons.clock.now()
        order.move(OrderState.CANCELLED, at)
        await self.orders.save(order)
        await self.catalog.release(order.id)
        cancelled = order_out(order)
        self.record(OrderCancelled(order.id, cancelled.number, order.total, order.currency, at, sold_lines(order)))
        before, after = {"state": OrderState.PLACED.value}, {"state": order.state}
        self.track("orders.order.cancelled", f"order:{order.id}", before=before, after=after)
        return cancelled


def placed(order: Order | None) -> Order:
    """The order, which is no cart any more.

    Raises:
        NotFound.
    """
    if order is None or order.state == OrderState.DRAFT:
        raise NotFound("There is no such order.")
    return order
