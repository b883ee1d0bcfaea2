"""Use cases of orders that are placed."""

from datetime import timedelta
from uuid import UUID

from app.exceptions import NotFound
from app.modules.orders.events import OrderCancelled
from app.modules.orders.models import Order, OrderState
from app.modules.orders.schemas import OrderOut, Unpaid
from app.modules.orders.services.base import OrderUseCases, order_out, sold_lines

CANCEL_UNPAID = "orders.cancel_unpaid"
MOST_AT_ONCE = 100
ASKED, UNPAID = "asked", "unpaid"
"""Why an order is cancelled: somebody wants it, or nobody has paid for it."""


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
        return await self._end(order, ASKED)

    async def look_after_unpaid(self) -> int:
        """Have what nobody has paid for so long as the settings let it wait cancelled; returns how many orders."""
        hours = self.commons.settings.orders.unpaid_hours
        if not hours:
            return 0
        before = self.commons.clock.now() - timedelta(hours=hours)
        found = await self.orders.unpaid(before, MOST_AT_ONCE)
        if found:
            self.start(CANCEL_UNPAID, Unpaid(order_ids=list(found)))
        return len(found)

    async def cancel_unpaid(self, order_id: UUID) -> bool:
        """End an order that is still not paid; returns whether it was.

        Not while a payment is under way: whether money has moved is not known then.
        """
        order = await self.orders.hold(order_id)
        if order is None or order.state != OrderState.PLACED or order.pending is not None:
            return False
        await self._end(order, UNPAID)
        return True

    async def _end(self, order: Order, reason: str) -> OrderOut:
        at = self.commons.clock.now()
        order.move(OrderState.CANCELLED, at)
        await self.orders.save(order)
        await self.catalog.release(order.id)
        self.record(OrderCancelled(order.id, order.number, order.total, order.currency, at, sold_lines(order), reason))
        before, after = {"state": OrderState.PLACED.value}, {"state": order.state, "reason": reason}
        self.track("orders.order.cancelled", f"order:{order.id}", before=before, after=after)
        return order_out(order)


def placed(order: Order | None) -> Order:
    """The order, which is no cart any more.

    Raises:
        NotFound.
    """
    if order is None or order.state == OrderState.DRAFT:
        raise NotFound("There is no such order.")
    return order
