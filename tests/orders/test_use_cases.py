"""Use cases of orders without a server: the store and the catalog in memory."""

from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

import pytest

from app.auth.commons import Principal
from app.exceptions import AppError, NotFound, PreconditionFailed
from app.extensions.conditional import IfMatch
from app.extensions.events import Event
from app.modules.catalog.api import OutOfStock
from app.modules.orders.adapters import MemoryCatalog
from app.modules.orders.events import OrderCancelled, OrderPaid, OrderPlaced, OrderRefunded
from app.modules.orders.exceptions import PricesChanged
from app.modules.orders.models import Receipt
from app.modules.orders.repository import MemoryOrders, MemoryStore
from app.modules.orders.schemas import CartCreate, LineCreate, Settlement
from app.modules.orders.services import CartService, OrderService, Settling
from tests.orders.goods import AT, DECLINED, TAKEN, offer
from tests.support.clock import MovableClock

pytestmark = pytest.mark.anyio


@dataclass
class Desk:
    """What a use case is given, and what it did: a person, a catalog with ten of one thing, and what was recorded."""

    store: MemoryStore = field(default_factory=MemoryStore)
    catalog: MemoryCatalog = field(default_factory=MemoryCatalog)
    tenant: UUID = field(default_factory=uuid4)
    principal: Principal = field(default_factory=lambda: Principal("user", user_id=uuid4()))
    events: list[Event] = field(default_factory=list)
    actions: list[str] = field(default_factory=list)
    clock: MovableClock = field(default_factory=MovableClock)
    if_match: IfMatch = field(default_factory=lambda: IfMatch("*"))
    request_id: UUID = field(default_factory=uuid4)
    address: None = None
    user_agent: None = None

    def __post_init__(self) -> None:
        tea = offer(450)
        self.catalog.offers[tea.variant_id], self.catalog.stock[tea.variant_id] = tea, 10
        self.tea = tea.variant_id

    @property
    def uow(self) -> "Desk":
        """It notes what is recorded itself."""
        return self

    def record(self, event: Event) -> None:
        """An event."""
        self.events.append(event)

    def track(self, entry: Any) -> None:
        """An audit entry."""
        self.actions.append(entry.action)

    def ports(self, orders: MemoryOrders) -> dict[str, Any]:
        """In the place of the platform's own."""
        return {"orders": orders, "catalog": self.catalog}

    async def cart(self, quantity: int) -> UUID:
        """A cart with so many pieces in it."""
        async with self.store.unit(self.tenant) as orders:
            carts = CartService(self, **self.ports(orders))  # type: ignore[arg-type]  # as much of Commons as is asked for
            made = await carts.create(CartCreate(currency="EUR"))
            await carts.put(made.id, LineCreate(variant_id=self.tea, quantity=quantity))
        return made.id

    async def place(self, cart_id: UUID) -> int:
        """Place it; its number. Refused, the catalog is as it was: the platform's is in the same transaction."""
        before = deepcopy(self.catalog)
        try:
            async with self.store.unit(self.tenant) as orders:
                return (await CartService(self, **self.ports(orders)).place(cart_id)).number  # type: ignore[arg-type]  # as above
        except AppError:
            self.catalog = before
            raise


@pytest.fixture
def desk() -> Desk:
    """A fresh one."""
    return Desk()


async def test_placed(desk: Desk) -> None:
    """Pieces are held, a number is given, and it is told; what cannot be had takes no number."""
    first, too_many, second = await desk.cart(4), await desk.cart(7), await desk.cart(6)
    assert await desk.place(first) == 1
    with pytest.raises(OutOfStock):
        await desk.place(too_many)
    assert await desk.place(second) == 2
    assert (desk.catalog.stock[desk.tea], set(desk.catalog.held)) == (0, {first, second})
    assert [type(event) for event in desk.events] == [OrderPlaced, OrderPlaced]
    with pytest.raises(NotFound):
        await desk.place(first)


async def test_prices(desk: Desk) -> None:
    """Another price is refused until it is taken."""
    key = await desk.cart(1)
    desk.catalog.offers[desk.tea] = offer(500, variant_id=desk.tea)
    with pytest.raises(PricesChanged):
        await desk.place(key)
    assert (desk.catalog.stock[desk.tea], desk.events) == (10, [])
    async with desk.store.unit(desk.tenant) as orders:
        taken = await CartService(desk, **desk.ports(orders)).take_prices(key)  # type: ignore[arg-type]  # as above
    assert (taken.total, await desk.place(key)) == (500, 1)


async def test_stale(desk: Desk) -> None:
    """Who has seen another version is refused."""
    key = await desk.cart(1)
    desk.if_match = IfMatch('"1"')
    with pytest.raises(PreconditionFailed):
        await desk.place(key)


async def test_cancelled(desk: Desk) -> None:
    """Pieces that were held are there again."""
    await desk.place(key := await desk.cart(4))
    async with desk.store.unit(desk.tenant) as orders:
        await OrderService(desk, **desk.ports(orders)).cancel(key)  # type: ignore[arg-type]  # as above
    assert (desk.catalog.stock[desk.tea], type(desk.events[-1])) == (10, OrderCancelled)


async def test_settled(desk: Desk) -> None:
    """Taken, the pieces are gone; given back, they are there again; each answer counts once, and a declined one moves nothing."""
    await desk.place(key := await desk.cart(4))
    given = Receipt(accepted=True, reference="re_1")
    for kind, receipt, stock, events in (
        ("charge", DECLINED, 6, []),
        ("charge", TAKEN, 6, [OrderPaid]),
        ("refund", given, 10, [OrderPaid, OrderRefunded]),
    ):
        async with desk.store.unit(desk.tenant) as orders:
            order = await orders.get(key)
            assert order is not None
            about = Settlement(order_id=key, payment_id=order.begin(kind, "x", AT).id)
            await orders.save(order)
        for _ in range(2):
            async with desk.store.unit(desk.tenant) as orders:
                settling = Settling(desk, **desk.ports(orders))  # type: ignore[arg-type]  # as above
                await settling.settle(about, receipt, "user:x")
                assert await settling.wish(about) is None
        assert (desk.catalog.stock[desk.tea], [type(event) for event in desk.events[1:]]) == (stock, events)
    assert desk.actions[-3:] == ["orders.charge.declined", "orders.charge.accepted", "orders.refund.accepted"]
