"""What other modules may call: what is in an order, and telling how far it has come."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from app.auth.commons import Commons, Service
from app.modules.orders.exceptions import PaymentPending
from app.modules.orders.models import OrderState
from app.modules.orders.services import FulfilmentService

__all__ = ["Ordered", "OrderedLine", "OrdersApi", "PaymentPending"]


@dataclass(frozen=True, slots=True)
class OrderedLine:
    """So many pieces of one variant."""

    variant_id: UUID
    product_id: UUID
    sku: str
    name: str
    quantity: int


@dataclass(frozen=True, slots=True)
class Ordered:
    """An order that was placed."""

    id: UUID
    number: int
    state: str
    lines: Sequence[OrderedLine]
    is_refunding: bool
    """Whether a refund is under way: until that has ended nobody knows whether it is to be shipped."""

    @property
    def may_be_shipped(self) -> bool:
        """Whether it is paid, and neither on its way nor given back."""
        return self.state == OrderState.PAID


class OrdersApi(Service):
    """Works in the caller's unit of work. Events and audit entries of the order are recorded here."""

    def __init__(self, commons: Commons) -> None:
        """Bound to the tenant."""
        super().__init__(commons)
        self._fulfilment = FulfilmentService(commons)

    async def look_up(self, order_id: UUID, *, hold: bool = False) -> Ordered | None:
        """The order with its lines, or None where there is none that was placed.

        With `hold` nobody changes it until the caller commits: what follows from its state is true then.
        """
        order = await self._fulfilment.get(order_id, hold=hold)
        if order is None:
            return None
        lines = [
            OrderedLine(line.variant_id, line.product_id, line.sku, line.name, line.quantity) for line in order.lines
        ]
        pending = order.pending
        is_refunding = pending is not None and pending.kind == "refund"
        return Ordered(order.id, order.number, order.state, lines, is_refunding)

    async def mark_shipped(self, order_id: UUID) -> bool:
        """It has left the tenant; returns whether the order is shipped, or delivered, now.

        Told twice, or after `mark_delivered`, it changes nothing; nor does it where the order was refunded.

        Raises:
            PaymentPending: a refund is under way; tell it again.
        """
        return await self._fulfilment.advance(order_id, OrderState.SHIPPED)

    async def mark_delivered(self, order_id: UUID) -> bool:
        """The buyer has it; returns whether the order is delivered now. Where nobody told that it was shipped, it is both.

        Raises:
            PaymentPending: a refund is under way; tell it again.
        """
        return await self._fulfilment.advance(order_id, OrderState.DELIVERED)
