"""One contract over both stores of orders: in PostgreSQL and in memory."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Engine, event

from app.db.uow import UnitOfWork
from app.exceptions import PreconditionFailed
from app.extensions.routing import ModularApp
from app.modules.orders.interfaces import Orders
from app.modules.orders.models import Order
from app.modules.orders.repository import MemoryStore, SqlOrders
from app.utils.ids import uuid7
from tests.orders.goods import AT, DECLINED, TAKEN, cart, offer, order_in
from tests.support.shops import Shops

pytestmark = pytest.mark.anyio  # at collection already: marked later, parametrised coroutines lose their parameters

Unit = Callable[[UUID], AbstractAsyncContextManager[Orders]]


@pytest.fixture(params=["memory", "sql"])
def unit(request: pytest.FixtureRequest, app: ModularApp) -> Unit:
    """Makes a unit of work of a tenant; what it was given is kept at its end, or nothing where something is raised."""
    if request.param == "memory":
        return MemoryStore().unit
    runtime = app.state.runtime

    @asynccontextmanager
    async def unit(tenant_id: UUID) -> AsyncIterator[SqlOrders]:
        uow = UnitOfWork(runtime.app_pool, clock=runtime.clock, request_id=uuid7(), hub=runtime.hub)
        await uow.begin(tenant_id=tenant_id)
        try:
            yield SqlOrders(uow)
            await uow.commit()
        finally:
            await uow.rollback()

    return unit


@pytest.fixture
async def tenant(shops: Shops) -> UUID:
    """A tenant."""
    return (await shops.shop()).id


@pytest.fixture
def fetched() -> Iterator[list[int]]:
    """Of each statement of the mapper how many rows it brought."""
    counts: list[int] = []

    def note(_connection: object, cursor: Any, *_rest: object) -> None:
        counts.append(cursor.rowcount)

    event.listen(Engine, "after_cursor_execute", note)
    yield counts
    event.remove(Engine, "after_cursor_execute", note)


def said(order: Order | None) -> object:
    """All that an order says, to be compared."""
    assert order is not None
    lines = [(line.id, line.sku, line.name, line.price, line.quantity) for line in order.lines]
    payments = [(each.id, each.kind, each.amount, each.state, each.reference) for each in order.payments]
    return (
        order.id, order.buyer_id, order.state, order.number, order.currency, order.subtotal, order.discount, order.total,
        order.discount_percent, order.placed_at, order.created_at, order.updated_at, order.version, lines, payments,
    )  # fmt: skip


async def kept(unit: Unit, tenant: UUID, order: Order) -> UUID:
    """The id of an order that the store has."""
    async with unit(tenant) as orders:
        await orders.add(order)
    return order.id


async def test_pending(unit: Unit, tenant: UUID) -> None:
    """What has been pending since before then, the oldest first; what is settled or younger is not there."""
    keys = []
    for minutes in (3, 1, 2, 9):
        order = order_in("placed")
        order.number = 10 + minutes
        order.begin("charge", "card_accept", AT + timedelta(minutes=minutes))
        keys.append(await kept(unit, tenant, order))
    await kept(unit, tenant, order_in("paid"))
    before = AT + timedelta(minutes=5)
    async with unit(tenant) as orders:
        assert [order.id for order in await orders.pending(before, 9)] == [keys[1], keys[2], keys[0]]
        assert [order.id for order in await orders.pending(before, 1)] == [keys[1]]
    async with unit(tenant) as orders:
        assert [order.id for order in await orders.pending(AT + timedelta(minutes=1), 9)] == []


async def test_unpaid(unit: Unit, tenant: UUID) -> None:
    """What was placed before then, the oldest first; not what is paid, nor what a payment is under way for. And whose a payment is."""
    keys = []
    for number, hours in ((1, 3), (2, 1), (3, 9)):
        made = cart(offer())
        made.place(number, AT + timedelta(hours=hours))
        keys.append(await kept(unit, tenant, made))
    under_way, paid = order_in("placed"), order_in("paid")
    under_way.number, paid.number = 4, 5
    payment = under_way.begin("charge", "card_accept", AT)
    keys.append(await kept(unit, tenant, under_way))
    await kept(unit, tenant, paid)
    async with unit(tenant) as orders:
        assert await orders.unpaid(AT + timedelta(hours=5), 9) == [keys[1], keys[0]]
        assert await orders.unpaid(AT + timedelta(hours=5), 1) == [keys[1]]
        found = await orders.with_payment(payment.id)
        assert found is not None
        assert (found.id, await orders.with_payment(uuid4())) == (keys[3], None)


async def test_remove_carts(unit: Unit, tenant: UUID) -> None:
    """Carts of one person, and neither their orders nor a colleague's cart."""
    mine, theirs, placed = cart(offer()), cart(offer()), order_in("placed")
    placed.buyer_id = mine.buyer_id
    keys = [await kept(unit, tenant, each) for each in (mine, theirs, placed)]
    async with unit(tenant) as orders:
        assert await orders.remove_carts(mine.buyer_id) == 1
    async with unit(tenant) as orders:
        assert [await orders.get(key) is not None for key in keys] == [False, True, True]


async def test_kept(unit: Unit, tenant: UUID) -> None:
    """What was added is found in another unit, with lines in their order, payments and amounts."""
    order = order_in("refunded")
    expected = said(order)
    key = await kept(unit, tenant, order)
    async with unit(tenant) as orders:
        assert said(await orders.get(key)) == expected
        assert said(await orders.hold(key)) == expected
    many = cart(*(offer(price) for price in range(5)))
    prices = [line.price for line in many.lines]
    key = await kept(unit, tenant, many)
    async with unit(tenant) as orders:
        found = await orders.get(key)
    assert found is not None
    assert [line.price for line in found.lines] == prices


async def test_in_one_unit(unit: Unit, tenant: UUID) -> None:
    """What a unit adds, changes and removes it sees itself."""
    async with unit(tenant) as orders:
        await orders.add(order := cart(offer()))
        found = await orders.hold(order.id)
        assert found is not None
        found.set_quantity(found.lines[0], 7, AT)
        await orders.save(found)
        again = await orders.get(order.id)
        assert again is not None
        assert again.lines[0].quantity == 7
        await orders.remove(again)
        assert await orders.get(order.id) is None


async def test_not_there(unit: Unit, tenant: UUID, shops: Shops) -> None:
    """What was never added, and what another tenant has."""
    key = await kept(unit, tenant, cart())
    async with unit((await shops.shop()).id) as orders:
        assert await orders.get(key) is None
        assert await orders.hold(key) is None
        assert await orders.get(uuid4()) is None


async def test_changed(unit: Unit, tenant: UUID) -> None:
    """A line more, one less, one of another quantity and price, a payment: all is kept, and each change has its version."""
    goods = offer(450)
    key = await kept(unit, tenant, cart(goods, offer(100)))
    async with unit(tenant) as orders:
        order = await orders.hold(key)
        assert order is not None
        order.put(offer(7), 3, AT)
        order.put(offer(500, variant_id=goods.variant_id), 4, AT)
        order.drop(order.lines[1], AT)
        order.give_discount(10, AT)
        order.place(1, AT)
        order.settle(order.begin("charge", "card_accept", AT), TAKEN, AT)
        await orders.save(order)
        expected = said(order)
    async with unit(tenant) as orders:
        assert said(await orders.get(key)) == expected


async def test_held(unit: Unit, tenant: UUID) -> None:
    """What is held is as it is now, down to its lines, whatever was got before."""
    key = await kept(unit, tenant, cart(offer()))
    async with unit(tenant) as orders:
        before = said(await orders.get(key))
        async with unit(tenant) as others:
            changed = await others.hold(key)
            assert changed is not None
            changed.put(offer(), 2, AT)
            changed.set_quantity(changed.lines[0], 7, AT)
            await others.save(changed)
            after = said(changed)
        assert said(await orders.hold(key)) == after != before


async def test_declined_often(unit: Unit, tenant: UUID, fetched: list[int]) -> None:
    """Reading an order costs as many rows as it has parts, however often its card was declined: they do not multiply."""
    order = cart(*(offer() for _ in range(9)))
    order.place(1, AT)
    for minutes in range(9):
        order.settle(order.begin("charge", "card_decline", AT + timedelta(minutes=minutes)), DECLINED, AT)
    key, expected = await kept(unit, tenant, order), said(order)
    fetched.clear()
    async with unit(tenant) as orders:
        assert said(await orders.get(key)) == expected
        assert said(await orders.hold(key)) == expected
    assert sum(fetched) <= 2 * (1 + 9 + 9)


async def test_undone(unit: Unit, tenant: UUID) -> None:
    """Nothing of a unit that failed is kept."""
    key = await kept(unit, tenant, cart(offer()))

    async def fail() -> None:
        async with unit(tenant) as orders:
            order = await orders.get(key)
            assert order is not None
            order.drop(order.lines[0], AT)
            await orders.save(order)
            await orders.add(cart())
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    async with unit(tenant) as orders:
        found = await orders.get(key)
    assert found is not None
    assert len(found.lines) == 1


async def test_removed(unit: Unit, tenant: UUID) -> None:
    """What was removed is gone, with its lines."""
    key = await kept(unit, tenant, cart(offer()))
    async with unit(tenant) as orders:
        order = await orders.get(key)
        assert order is not None
        await orders.remove(order)
    async with unit(tenant) as orders:
        assert await orders.get(key) is None


@pytest.mark.parametrize("late", ["save", "remove"])
async def test_lost_race(unit: Unit, tenant: UUID, late: str) -> None:
    """Who changes or removes what another has changed meanwhile is refused, though that was but a line."""
    key = await kept(unit, tenant, cart(offer()))

    async def clash() -> None:
        async with unit(tenant) as first:
            order = await first.get(key)
            async with unit(tenant) as second:
                other = await second.get(key)
                assert order is not None
                assert other is not None
                other.set_quantity(other.lines[0], 7, AT)
                await second.save(other)
            order.give_discount(5, AT)
            await getattr(first, late)(order)

    with pytest.raises(PreconditionFailed):
        await clash()
    async with unit(tenant) as orders:
        found = await orders.get(key)
    assert found is not None
    assert (found.lines[0].quantity, found.discount_percent) == (7, 0)


async def test_numbers(unit: Unit, tenant: UUID, shops: Shops) -> None:
    """From 1, by tenant, and the number of a unit that failed is the next one's."""
    other = (await shops.shop()).id
    for whose, expected in ((tenant, 1), (tenant, 2), (other, 1)):
        async with unit(whose) as orders:
            assert await orders.next_number() == expected

    async def fail() -> None:
        async with unit(tenant) as orders:
            assert await orders.next_number() == 3
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    async with unit(tenant) as orders:
        assert [await orders.next_number(), await orders.next_number()] == [3, 4]
