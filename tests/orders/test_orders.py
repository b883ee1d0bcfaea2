"""Orders over REST: placed, listed, cancelled."""

import asyncio
from typing import Any
from uuid import uuid4

import asyncpg
import pytest

from tests.catalog.test_stock import WAITING
from tests.extensions.caching import within
from tests.orders.test_carts import ANY, code
from tests.support.shops import Person, Shops, cart, goods, order
from tests.support.statements import counted

pytestmark = pytest.mark.anyio  # at collection already: marked later, parametrised coroutines lose their parameters

Owner = asyncpg.Connection
STOCK = "SELECT stock, reserved FROM products WHERE id = $1"
EVENTS = "SELECT name, payload FROM events WHERE tenant_id = $1 AND name LIKE 'orders.%' ORDER BY id"
ACTS = "SELECT action, actor FROM audit_entries WHERE tenant_id = $1 AND target = $2 ORDER BY id"


async def place(person: Person, key: str, **headers: str) -> Any:
    """Place a cart."""
    return await person.post(f"/carts/{key}/place", headers={**ANY, **headers})


async def stock(rows: Owner, variant: str) -> tuple[int, int]:
    """Pieces at hand, and how many of them are held."""
    found = await rows.fetchrow(STOCK, variant)
    assert found is not None
    return found[0], found[1]


class TestPlace:
    """POST /carts/{cart_id}/place"""

    async def test_anonymous(self, shops: Shops) -> None:
        """Nobody orders without signing in."""
        shop = await shops.shop()
        answer = await shop.member.post(f"/carts/{uuid4()}/place", headers={"Authorization": None})
        assert answer.status_code == 401

    async def test_placed(self, shops: Shops, owner: Owner) -> None:
        """The cart is an order with a number, its pieces are held, and it is no cart any more; told and noted."""
        shop = await shops.shop()
        tea = await goods(shop, price=450)
        key = await cart(shop.member, (tea, 3))
        answer = await place(shop.member, key)
        made = answer.json()
        assert (answer.status_code, answer.headers["ETag"]) == (200, f'"{made["version"]}"')
        assert (made["id"], made["number"], made["state"], made["total"]) == (key, 1, "placed", 1350)
        assert (made["buyer_id"], made["payments"]) == (str(shop.member.user_id), [])
        assert await stock(owner, tea) == (20, 3)
        assert (await shop.viewer.get(f"/orders/{key}")).json() == made
        assert (await shop.member.get(f"/carts/{key}")).status_code == 404
        assert (await place(shop.member, key)).status_code == 404
        (event,) = await owner.fetch(EVENTS, shop.id)
        assert (event["name"], f'"order_id": "{key}"' in event["payload"]) == ("orders.order_placed", True)
        acts = await owner.fetch(ACTS, shop.id, f"order:{key}")
        assert [tuple(row) for row in acts] == [("orders.order.placed", f"user:{shop.member.user_id}")]

    async def test_once(self, shops: Shops, owner: Owner) -> None:
        """Sent twice with one key it is one order, answered twice."""
        shop = await shops.shop()
        key = await cart(shop.member, (tea := await goods(shop), 1))
        first, second = [await place(shop.member, key, **{"Idempotency-Key": "k"}) for _ in range(2)]
        assert (second.headers["Idempotent-Replayed"], second.json()) == ("true", first.json())
        assert await stock(owner, tea) == (20, 1)

    async def test_twins(self, shops: Shops, owner: Owner) -> None:
        """Of six that place one cart at once one does, and its pieces are held once."""
        shop = await shops.shop()
        key = await cart(shop.member, (tea := await goods(shop), 2))
        answers = await asyncio.gather(*(place(shop.member, key) for _ in range(6)))
        assert sorted(answer.status_code for answer in answers) == [200, 404, 404, 404, 404, 404]
        assert await stock(owner, tea) == (20, 2)

    async def test_prices_changed(self, shops: Shops, owner: Owner) -> None:
        """Another price is refused with what changed, and nothing is held; taken, the order has it."""
        shop = await shops.shop()
        tea, rice = await goods(shop, price=450), await goods(shop, price=100)
        key = await cart(shop.member, (tea, 2), (rice, 1))
        line = (await shop.member.get(f"/carts/{key}")).json()["lines"][0]["id"]
        await shop.member.patch(f"/products/{tea}", json={"price": 500}, headers=ANY)
        answer = await place(shop.member, key)
        assert code(answer) == (409, "prices_changed")
        told = {"line_id": line, "before": 450, "now": 500, "currency": "EUR"}
        assert answer.json()["details"]["changes"] == [told]
        assert await stock(owner, tea) == (20, 0)
        await shop.member.post(f"/carts/{key}/prices", headers=ANY)
        assert (await place(shop.member, key)).json()["total"] == 1100

    async def test_price_behind_a_lock(self, shops: Shops, owner: Owner) -> None:
        """Whoever waits for a price that is being changed is judged by the new one, and refused leaves nothing behind."""
        shop = await shops.shop()
        key = await cart(shop.member, (tea := await goods(shop, price=450), 2))

        async def queue() -> bool:
            return bool(await owner.fetchval(WAITING) == 1)

        async with owner.transaction():
            await owner.execute("UPDATE products SET price = 500 WHERE id = $1", tea)
            placing = asyncio.create_task(place(shop.member, key))
            await within(queue)
        assert code(await placing) == (409, "prices_changed")
        assert await stock(owner, tea) == (20, 0)
        assert await owner.fetchval("SELECT count(*) FROM reservations WHERE tenant_id = $1", shop.id) == 0

    async def test_discount_without_the_right(self, shops: Shops, owner: Owner) -> None:
        """A discount is judged where it takes effect: whoever may give none any more places no cart that has one."""
        shop = await shops.shop()
        tea = await goods(shop)
        key, plain = await cart(shop.admin, (tea, 2)), await cart(shop.admin, (tea, 1))
        await shop.admin.patch(f"/carts/{key}", json={"discount_percent": 50}, headers=ANY)
        await owner.execute("UPDATE memberships SET roles = '{member}' WHERE user_id = $1", shop.admin.user_id)
        answer = await place(shop.admin, key)
        assert code(answer) == (403, "permission_denied")
        assert answer.json()["details"]["decision"]["missing"] == ["orders.discounts:write"]
        assert await stock(owner, tea) == (20, 0)
        assert (await place(shop.admin, plain)).status_code == 200

    async def test_refused(self, shops: Shops, owner: Owner) -> None:
        """Nothing in it, what is archived, what is sold in another currency by now, and more than there is."""
        shop = await shops.shop()
        gone, moved, scarce, tea = [await goods(shop) for _ in range(4)]
        empty = await cart(shop.member)
        carts = [await cart(shop.member, (tea, 1), (each, 5)) for each in (gone, moved, scarce)]
        await shop.member.post(f"/products/{gone}/archive", headers=ANY)
        await shop.member.patch(f"/products/{moved}", json={"currency": "USD"}, headers=ANY)
        await shop.member.patch(f"/products/{scarce}", json={"stock": 4}, headers=ANY)
        assert code(await place(shop.member, empty)) == (409, "cart_empty")
        for key, expected in zip(carts, ("product_not_for_sale", "product_not_for_sale", "out_of_stock"), strict=True):
            answer = await place(shop.member, key)
            assert code(answer) == (409, expected)
            assert [fault["pointer"] for fault in answer.json()["details"]["errors"]] == ["/lines/1"]
        assert await stock(owner, tea) == (20, 0)
        assert (await shop.member.get("/orders")).json()["data"] == []

    async def test_numbers_have_no_gaps(self, shops: Shops) -> None:
        """Of ten that order at once, of which four cannot be had, six have the numbers one to six."""
        shop = await shops.shop()
        tea, scarce = await goods(shop), await goods(shop, stock=0)
        keys = [await cart(shop.member, (tea if number < 6 else scarce, 1)) for number in range(10)]
        answers = await asyncio.gather(*(place(shop.member, key) for key in keys))
        assert sorted(answer.status_code for answer in answers) == [200] * 6 + [409] * 4
        found = (await shop.viewer.get("/orders?limit=100")).json()["data"]
        assert sorted(item["number"] for item in found) == [1, 2, 3, 4, 5, 6]

    async def test_cost(self, shops: Shops) -> None:
        """An order of five lines costs what one of one line does."""
        shop = await shops.shop()
        keys = [await cart(shop.member, *[(await goods(shop), 1) for _ in range(count)]) for count in (1, 1, 5)]
        costs = [await counted(place(shop.member, key)) for key in keys]
        assert costs[1] == costs[2]  # the first of a tenant's opens what later ones find


class TestRead:
    """GET /orders and GET /orders/{order_id}"""

    async def test_anonymous(self, shops: Shops) -> None:
        """Nobody without signing in."""
        shop = await shops.shop()
        assert (await shop.member.get("/orders", headers={"Authorization": None})).status_code == 401

    async def test_other_tenant(self, shops: Shops) -> None:
        """Another tenant's order is not there; nor is a cart an order."""
        shop, other = await shops.shop(), await shops.shop()
        for key in (await order(shop), await cart(other.owner)):
            assert code(await other.owner.get(f"/orders/{key}")) == (404, "not_found")
            assert code(await other.owner.post(f"/orders/{key}/cancel", headers=ANY)) == (404, "not_found")
            assert code(await other.owner.post(f"/orders/{key}/refund")) == (404, "not_found")

    async def test_filters(self, shops: Shops) -> None:
        """By state, number, sum and time of placing; carts are none."""
        shop = await shops.shop()
        await cart(shop.member, (await goods(shop), 1))
        keys = [await order(shop, quantity=count) for count in (1, 2, 3)]
        await shop.owner.post(f"/orders/{keys[0]}/cancel", headers=ANY)
        placed_at = (await shop.viewer.get(f"/orders/{keys[1]}")).json()["placed_at"].replace("+", "%2B")
        for asked, expected in (
            ("", keys),
            ("state=cancelled", keys[:1]),
            ("state=cancelled,placed", keys),
            ("state=paid", []),
            ("number=2", keys[1:2]),
            ("total[gte]=900", keys[1:]),
            ("total[lte]=900", keys[:2]),
            (f"placed_at[gte]={placed_at}", keys[1:]),
            (f"placed_at[lt]={placed_at}", keys[:1]),
        ):
            found = (await shop.viewer.get(f"/orders?sort=number&{asked}")).json()["data"]
            assert [row["id"] for row in found] == expected, asked
        assert (await shop.viewer.get("/orders?state=draft")).status_code == 422

    async def test_as_alone(self, shops: Shops) -> None:
        """An order in a list says what it says alone, but for its lines and payments."""
        shop = await shops.shop()
        key = await order(shop)
        (row,) = (await shop.viewer.get("/orders")).json()["data"]
        alone = (await shop.viewer.get(f"/orders/{key}")).json()
        assert row == {name: value for name, value in alone.items() if name not in {"lines", "payments"}}


class TestCancel:
    """POST /orders/{order_id}/cancel"""

    async def test_anonymous(self, shops: Shops) -> None:
        """Nobody cancels without signing in."""
        shop = await shops.shop()
        answer = await shop.member.post(f"/orders/{uuid4()}/cancel", headers={"Authorization": None})
        assert answer.status_code == 401

    async def test_cancelled(self, shops: Shops, owner: Owner) -> None:
        """Its pieces are available again; it is told and noted, and cannot be done twice."""
        shop = await shops.shop()
        key = await cart(shop.member, (tea := await goods(shop), 3))
        made = await place(shop.member, key)
        answer = await shop.member.post(f"/orders/{key}/cancel", headers={"If-Match": made.headers["ETag"]})
        assert (answer.status_code, answer.json()["state"], answer.json()["number"]) == (200, "cancelled", 1)
        assert await stock(owner, tea) == (20, 0)
        assert [row["name"] for row in await owner.fetch(EVENTS, shop.id)] == [
            "orders.order_placed",
            "orders.order_cancelled",
        ]
        again = await shop.member.post(f"/orders/{key}/cancel", headers=ANY)
        assert code(again) == (409, "order_move_refused")

    async def test_versions(self, shops: Shops) -> None:
        """Missing 428, stale 412; of six at once one does it."""
        shop = await shops.shop()
        key = await order(shop)
        path = f"/orders/{key}/cancel"
        assert (await shop.owner.post(path)).status_code == 428
        assert (await shop.owner.post(path, headers={"If-Match": '"1"'})).status_code == 412
        answers = await asyncio.gather(*(shop.owner.post(path, headers=ANY) for _ in range(6)))
        assert sorted(answer.status_code for answer in answers) == [200, 409, 409, 409, 409, 409]

    async def test_viewer(self, shops: Shops) -> None:
        """A viewer sees orders and cancels none."""
        shop = await shops.shop()
        key = await order(shop)
        assert (await shop.viewer.get(f"/orders/{key}")).status_code == 200
        answer = await shop.viewer.post(f"/orders/{key}/cancel", headers=ANY)
        assert answer.json()["details"]["decision"]["missing"] == ["orders.orders:write"]
