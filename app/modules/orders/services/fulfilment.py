"""What becomes of an order that is paid: others tell how far it has come."""

from uuid import UUID

from app.extensions.events import Event
from app.modules.orders.events import OrderDelivered, OrderShipped
from app.modules.orders.models import Order, OrderState
from app.modules.orders.services.base import OrderUseCases

WAY = (OrderState.PAID, OrderState.SHIPPED, OrderState.DELIVERED)
TELLS: dict[str, type[OrderShipped | OrderDelivered]] = {
    OrderState.SHIPPED: OrderShipped,
    OrderState.DELIVERED: OrderDelivered,
}


class FulfilmentService(OrderUseCases):
    """The way of an order from the tenant to the buyer."""

    async def get(self, order_id: UUID, *, hold: bool = False) -> Order | None:
        """The order, or None where there is none that was placed; kept from changes until the end where asked."""
        order = await (self.orders.hold if hold else self.orders.get)(order_id)
        return None if order is None or order.state == OrderState.DRAFT else order

    async def advance(self, order_id: UUID, state: OrderState) -> bool:
        """Bring the order as far as that on its way, by every step between; returns whether it is there, or further.

        Told twice, or late, it changes nothing. An order that is not on its way, as one that was refunded, stays what it is.

        Raises:
            PaymentPending: a refund is under way: who tells it again learns what came of that.
        """
        order = await self.orders.hold(order_id)
        if order is None or order.state not in WAY:
            return False
        steps = WAY[WAY.index(OrderState(order.state)) + 1 : WAY.index(state) + 1]
        for step in steps:
            before = order.state
            order.move(step, self.commons.clock.now())
            self._tell(TELLS[step](order.id, order.number), order, before)
        if steps:
            await self.orders.save(order)
        return True

    def _tell(self, event: Event, order: Order, before: str) -> None:
        self.record(event)
        self.track(
            f"orders.order.{order.state}", f"order:{order.id}", before={"state": before}, after={"state": order.state},
            actor=self.uow.actor,
        )  # fmt: skip
