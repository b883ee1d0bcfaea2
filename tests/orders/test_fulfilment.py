"""How far an order has come, told by others: in any order, as often as they like."""

from dataclasses import dataclass
from uuid import UUID

import pytest

from app.modules.orders.events import OrderDelivered, OrderShipped
from app.modules.orders.exceptions import PaymentPending
from app.modules.orders.models import OrderState
from app.modules.orders.services import FulfilmentService
from tests.orders.goods import AT, order_in
from tests.orders.test_use_cases import Desk

pytestmark = pytest.mark.anyio
SHIPPED, DELIVERED = OrderState.SHIPPED, OrderState.DELIVERED


@dataclass
class Counter(Desk):
    """A desk at which somebody tells of orders."""

    actor: str = "webhook:x"

    async def told(self, key: UUID, *states: OrderState) -> tuple[str, list[bool]]:
        """What becomes of an order that is told to have come as far as each of these, and what each was answered."""
        answers = []
        for state in states:
            async with self.store.unit(self.tenant) as orders:
                service = FulfilmentService(self, **self.ports(orders))  # type: ignore[arg-type]  # as much of Commons as is asked for
                answers.append(await service.advance(key, state))
        async with self.store.unit(self.tenant) as orders:
            found = await orders.get(key)
        return ("none" if found is None else found.state), answers


@pytest.mark.parametrize(
    ("begins", "told", "ends", "events"),
    [
        ("paid", (SHIPPED, DELIVERED), "delivered", [OrderShipped, OrderDelivered]),
        ("paid", (DELIVERED, SHIPPED), "delivered", [OrderShipped, OrderDelivered]),
        ("paid", (SHIPPED, SHIPPED), "shipped", [OrderShipped]),
        ("delivered", (DELIVERED, SHIPPED), "delivered", []),
        ("refunded", (SHIPPED, DELIVERED), "refunded", []),
        ("placed", (SHIPPED,), "placed", []),
        ("draft", (DELIVERED,), "draft", []),
    ],
)
async def test_told(begins: str, told: tuple[OrderState, ...], ends: str, events: list[type]) -> None:
    """Each step happens once, those between too; what is not on its way stays what it is."""
    desk, order = Counter(), order_in(begins)
    async with desk.store.unit(desk.tenant) as orders:
        await orders.add(order)
    state, answers = await desk.told(order.id, *told)
    assert (state, [type(event) for event in desk.events]) == (ends, events)
    assert desk.actions == [f"orders.order.{event.name.rpartition('_')[2]}" for event in desk.events]
    assert set(answers) == {ends in {"shipped", "delivered"}}


async def test_refund_under_way() -> None:
    """While the gateway is asked for a refund nobody knows where the order goes; of an order that there is not, nothing is told."""
    desk, order = Counter(), order_in("paid")
    order.begin("refund", "ch_1", AT)
    async with desk.store.unit(desk.tenant) as orders:
        await orders.add(order)
    with pytest.raises(PaymentPending):
        await desk.told(order.id, SHIPPED)
    assert desk.events == []
    assert await desk.told(desk.tenant, SHIPPED) == ("none", [False])
