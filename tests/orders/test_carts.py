"""Carts over REST."""

import asyncio
from typing import Any
from uuid import uuid4

import pytest

from app.modules.orders.limits import MAX_LINES, MAX_QUANTITY
from app.utils.schemas import SAFE_INTEGER
from tests.support.shops import Person, Shops, cart, goods, order
from tests.support.statements import counted

pytestmark = pytest.mark.anyio  # at collection already: marked later, parametrised coroutines lose their parameters

ANY = {"If-Match": "*"}


async def read(person: Person, key: str) -> dict[str, Any]:
    """A cart."""
    answer = await person.get(f"/carts/{key}")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def code(answer: Any) -> tuple[int, str]:
    """How a request was refused."""
    return answer.status_code, answer.json()["details"]["code"]


class TestCreate:
    """POST /carts"""

    async def test_anonymous(self, shops: Shops) -> None:
        """Nobody makes a cart without signing in."""
        shop = await shops.shop()
        answer = await shop.member.post("/carts", json={"currency": "EUR"}, headers={"Authorization": None})
        assert answer.status_code == 401

    async def test_other_tenant(self, shops: Shops) -> None:
        """A member of another tenant gets the answer of a tenant that does not exist."""
        shop, other = await shops.shop(), await shops.shop()
        answer = await shop.member.post("/carts", json={"currency": "EUR"}, headers={"X-Tenant-ID": str(other.id)})
        assert code(answer) == (404, "tenant_not_found")

    async def test_created(self, shops: Shops) -> None:
        """201 with Location, ETag and the empty cart, which can be read back."""
        shop = await shops.shop()
        answer = await shop.member.post("/carts", json={"currency": "EUR"})
        made = answer.json()
        assert (answer.status_code, answer.headers["ETag"]) == (201, f'"{made["version"]}"')
        assert answer.headers["Location"] == f"/api/v1/carts/{made['id']}"
        assert (made["lines"], made["total"], made["currency"]) == ([], 0, "EUR")
        assert await read(shop.member, made["id"]) == made

    async def test_viewer(self, shops: Shops) -> None:
        """A viewer may look at carts and fill none."""
        shop = await shops.shop()
        answer = await shop.viewer.post("/carts", json={"currency": "EUR"})
        assert answer.json()["details"]["decision"]["missing"] == ["orders.carts:write"]

    @pytest.mark.parametrize("body", [{}, {"currency": "eur"}, {"currency": "EUR", "buyer_id": str(uuid4())}])
    async def test_refused(self, shops: Shops, body: dict[str, Any]) -> None:
        """No currency, none that there is, and somebody else's name on it."""
        shop = await shops.shop()
        assert (await shop.member.post("/carts", json=body)).status_code == 422

    async def test_once(self, shops: Shops) -> None:
        """Sent twice with one key it is one cart."""
        shop = await shops.shop()
        sent = {"json": {"currency": "EUR"}, "headers": {"Idempotency-Key": "k"}}
        first, second = [await shop.member.post("/carts", **sent) for _ in range(2)]
        assert (second.headers["Idempotent-Replayed"], second.json()) == ("true", first.json())
        assert len((await shop.member.get("/carts")).json()["data"]) == 1


class TestOwn:
    """GET /carts and GET /carts/{cart_id}"""

    async def test_own_alone(self, shops: Shops) -> None:
        """A colleague's cart is not there, whatever their role: neither in the list nor by its id, to read or to change."""
        shop = await shops.shop()
        tea = await goods(shop)
        key = await cart(shop.member, (tea, 1))
        line = (await read(shop.member, key))["lines"][0]["id"]
        assert [row["id"] for row in (await shop.member.get("/carts")).json()["data"]] == [key]
        assert (await shop.owner.get("/carts")).json()["data"] == []
        more = {"variant_id": tea, "quantity": 1}
        for method, path, body in (
            ("GET", "", None),
            ("PATCH", "", {"discount_percent": 100}),
            ("DELETE", "", None),
            ("POST", "/lines", more),
            ("PATCH", f"/lines/{line}", {"quantity": 9}),
            ("DELETE", f"/lines/{line}", None),
            ("POST", "/prices", None),
            ("POST", "/place", None),
        ):
            answer = await shop.owner.call(method, f"/carts/{key}{path}", json=body, headers=ANY)
            assert code(answer) == (404, "not_found"), (method, path)
        assert (await read(shop.member, key))["lines"][0]["quantity"] == 1

    async def test_cost(self, shops: Shops) -> None:
        """A cart of many lines costs the statements of one of few."""
        shop = await shops.shop()
        few = await cart(shop.member, (await goods(shop), 1))
        many = await cart(shop.member, *[(await goods(shop), 1) for _ in range(5)])
        costs = [await counted(shop.member.get(f"/carts/{key}")) for key in (few, many)]
        assert costs[0] == costs[1] <= 5

    async def test_other_tenant(self, shops: Shops) -> None:
        """Another tenant's cart is not there."""
        shop, other = await shops.shop(), await shops.shop()
        key = await cart(shop.owner)
        assert (await other.owner.get(f"/carts/{key}")).status_code == 404

    async def test_left(self, shops: Shops, owner: Any) -> None:
        """The carts of who leaves the tenant are deleted; their orders and a colleague's cart stay."""
        shop = await shops.shop()
        key, others = await order(shop, shop.member), await cart(shop.admin)
        await cart(shop.member, (await goods(shop), 1))
        assert (await shop.member.post("/tenants/current/leave")).status_code == 200
        left = await owner.fetch("SELECT id FROM orders WHERE tenant_id = $1", shop.id)
        assert {str(row["id"]) for row in left} == {key, others}


class TestLines:
    """What is put in, changed and taken out"""

    async def test_anonymous(self, shops: Shops) -> None:
        """Nobody fills a cart without signing in."""
        shop = await shops.shop()
        answer = await shop.member.post(f"/carts/{uuid4()}/lines", json={}, headers={"Authorization": None})
        assert answer.status_code == 401

    async def test_filled(self, shops: Shops) -> None:
        """A line has what was known of the product, the cart its sum; the same again is more of it."""
        shop = await shops.shop()
        tea, rice = await goods(shop, sku="TEA", name="Tea", price=450), await goods(shop, price=100)
        key = await cart(shop.member, (tea, 2), (rice, 3), (tea, 1))
        found = await read(shop.member, key)
        first = found["lines"][0]
        assert {
            name: first[name] for name in ("variant_id", "product_id", "sku", "name", "price", "quantity", "total")
        } == {
            "variant_id": tea,
            "product_id": tea,
            "sku": "TEA",
            "name": "Tea",
            "price": 450,
            "quantity": 3,
            "total": 1350,
        }
        assert (len(found["lines"]), found["subtotal"], found["total"]) == (2, 1650, 1650)

    async def test_at_once(self, shops: Shops) -> None:
        """What two put in at once is both in it, without a version."""
        shop = await shops.shop()
        tea = await goods(shop)
        key = await cart(shop.member)
        body = {"variant_id": tea, "quantity": 1}
        answers = await asyncio.gather(*(shop.member.post(f"/carts/{key}/lines", json=body) for _ in range(6)))
        assert {answer.status_code for answer in answers} == {200}
        assert [line["quantity"] for line in (await read(shop.member, key))["lines"]] == [6]

    async def test_not_for_sale(self, shops: Shops) -> None:
        """A draft, what is archived, another tenant's and what nobody has: the same answer."""
        shop, other = await shops.shop(), await shops.shop()
        key = await cart(shop.member)
        gone = await goods(shop)
        await shop.member.post(f"/products/{gone}/archive", headers=ANY)
        for variant in (await goods(shop, status="draft"), gone, await goods(other), str(uuid4())):
            answer = await shop.member.post(f"/carts/{key}/lines", json={"variant_id": variant, "quantity": 1})
            assert code(answer) == (409, "product_not_for_sale")
            assert [fault["pointer"] for fault in answer.json()["details"]["errors"]] == ["/variant_id"]
        assert (await read(shop.member, key))["lines"] == []

    async def test_refused(self, shops: Shops) -> None:
        """Another currency, more than a line holds, and more than any number of ours."""
        shop = await shops.shop()
        key = await cart(shop.member, (tea := await goods(shop, price=1), MAX_QUANTITY))
        dear = await goods(shop, price=SAFE_INTEGER)
        for variant, quantity, expected in (
            (await goods(shop, currency="USD"), 1, (409, "currency_mixed")),
            (tea, 1, (422, "quantity_refused")),
            (dear, 2, (409, "amount_too_large")),
        ):
            body = {"variant_id": variant, "quantity": quantity}
            assert code(await shop.member.post(f"/carts/{key}/lines", json=body)) == expected
        assert (await read(shop.member, key))["total"] == MAX_QUANTITY

    @pytest.mark.parametrize("quantity", [0, -1, MAX_QUANTITY + 1, 2**63, 1.0, "1", True, None])
    async def test_quantity(self, shops: Shops, quantity: object) -> None:
        """What is no number of pieces is 422, put in or changed."""
        shop = await shops.shop()
        key = await cart(shop.member, (tea := await goods(shop), 1))
        line = (await read(shop.member, key))["lines"][0]["id"]
        body = {"variant_id": tea, "quantity": quantity}
        assert (await shop.member.post(f"/carts/{key}/lines", json=body)).status_code == 422
        path = f"/carts/{key}/lines/{line}"
        assert (await shop.member.patch(path, json={"quantity": quantity}, headers=ANY)).status_code == 422

    async def test_full(self, shops: Shops, owner: Any) -> None:
        """A cart has so many lines and no more."""
        shop = await shops.shop()
        key = await cart(shop.member)
        await owner.execute(
            "INSERT INTO order_lines (tenant_id, id, order_id, position, variant_id, product_id, sku, name, price, currency,"
            " quantity) SELECT $1, gen_random_uuid(), $2, i, gen_random_uuid(), gen_random_uuid(), 's', 'n', 1, 'EUR', 1"
            " FROM generate_series(1, $3::int) AS i",
            shop.id,
            key,
            MAX_LINES,
        )
        body = {"variant_id": await goods(shop), "quantity": 1}
        assert code(await shop.member.post(f"/carts/{key}/lines", json=body)) == (409, "cart_full")

    async def test_changed(self, shops: Shops) -> None:
        """Another quantity and a line less are in the answer, with the ETag of now; the same quantity is no change."""
        shop = await shops.shop()
        key = await cart(shop.member, (await goods(shop, price=450), 1), (await goods(shop, price=100), 1))
        first, second = [line["id"] for line in (await read(shop.member, key))["lines"]]
        answer = await shop.member.patch(f"/carts/{key}/lines/{first}", json={"quantity": 4}, headers=ANY)
        assert (answer.status_code, answer.json()["total"]) == (200, 1900)
        assert await read(shop.member, key) == answer.json()
        same = await shop.member.patch(f"/carts/{key}/lines/{first}", json={"quantity": 4}, headers=ANY)
        assert same.json() == answer.json()
        assert (await shop.member.patch(f"/carts/{key}/lines/{first}", json={}, headers=ANY)).json() == answer.json()
        answer = await shop.member.delete(f"/carts/{key}/lines/{second}", headers={"If-Match": answer.headers["ETag"]})
        assert [line["id"] for line in answer.json()["lines"]] == [first]
        assert code(await shop.member.delete(f"/carts/{key}/lines/{second}", headers=ANY)) == (404, "not_found")

    async def test_too_dear(self, shops: Shops) -> None:
        """A quantity whose sum is larger than any number of ours is refused."""
        shop = await shops.shop()
        key = await cart(shop.member, (await goods(shop, price=SAFE_INTEGER), 1))
        line = (await read(shop.member, key))["lines"][0]["id"]
        answer = await shop.member.patch(f"/carts/{key}/lines/{line}", json={"quantity": 2}, headers=ANY)
        assert code(answer) == (409, "amount_too_large")

    async def test_versions(self, shops: Shops) -> None:
        """Whoever has not seen the cart of now changes nothing of it: missing 428, stale 412."""
        shop = await shops.shop()
        key = await cart(shop.member, (tea := await goods(shop), 1))
        before = await read(shop.member, key)
        path, old = f"/carts/{key}/lines/{before['lines'][0]['id']}", {"If-Match": f'"{before["version"]}"'}
        await shop.member.post(f"/carts/{key}/lines", json={"variant_id": tea, "quantity": 1})
        assert (await shop.member.patch(path, json={"quantity": 9}, headers=old)).status_code == 412
        assert (await shop.member.patch(path, json={"quantity": 9})).status_code == 428
        assert (await shop.member.delete(path, headers=old)).status_code == 412
        assert (await shop.member.delete(f"/carts/{key}", headers=old)).status_code == 412
        assert (await shop.member.post(f"/carts/{key}/place", headers=old)).status_code == 412
        assert (await read(shop.member, key))["lines"][0]["quantity"] == 2


class TestDiscount:
    """PATCH /carts/{cart_id}"""

    async def test_given(self, shops: Shops) -> None:
        """Per cent off the whole, a half to the even; whoever may not give discounts is told."""
        shop = await shops.shop()
        key = await cart(shop.admin, (await goods(shop, price=333), 3))
        answer = await shop.admin.patch(f"/carts/{key}", json={"discount_percent": 50}, headers=ANY)
        assert {name: answer.json()[name] for name in ("subtotal", "discount", "total")} == {
            "subtotal": 999,
            "discount": 500,
            "total": 499,
        }
        assert (await shop.admin.patch(f"/carts/{key}", json={}, headers=ANY)).json() == answer.json()
        refused = await shop.member.patch(f"/carts/{key}", json={"discount_percent": 50}, headers=ANY)
        assert refused.json()["details"]["decision"]["missing"] == ["orders.discounts:write"]

    @pytest.mark.parametrize("percent", [-1, 101, 1.5, "5", None])
    async def test_refused(self, shops: Shops, percent: object) -> None:
        """What is no part of the whole."""
        shop = await shops.shop()
        key = await cart(shop.admin)
        answer = await shop.admin.patch(f"/carts/{key}", json={"discount_percent": percent}, headers=ANY)
        assert answer.status_code == 422


class TestDelete:
    """DELETE /carts/{cart_id}"""

    async def test_gone(self, shops: Shops) -> None:
        """With its lines, once."""
        shop = await shops.shop()
        key = await cart(shop.member, (await goods(shop), 1))
        assert (await shop.member.delete(f"/carts/{key}")).status_code == 428
        assert (await shop.member.delete(f"/carts/{key}", headers=ANY)).status_code == 200
        assert (await shop.member.delete(f"/carts/{key}", headers=ANY)).status_code == 404
        assert (await shop.member.get("/carts")).json()["data"] == []


class TestPrices:
    """POST /carts/{cart_id}/prices"""

    async def test_taken(self, shops: Shops) -> None:
        """The lines have the prices of now; where nothing has changed it is no change."""
        shop = await shops.shop()
        tea = await goods(shop, price=450)
        key = await cart(shop.member, (tea, 2))
        await shop.member.patch(f"/products/{tea}", json={"price": 500}, headers=ANY)
        assert (await read(shop.member, key))["total"] == 900
        answer = await shop.member.post(f"/carts/{key}/prices", headers=ANY)
        assert (answer.status_code, answer.json()["total"], answer.json()["lines"][0]["price"]) == (200, 1000, 500)
        assert (await shop.member.post(f"/carts/{key}/prices", headers=ANY)).json() == answer.json()

    async def test_refused(self, shops: Shops) -> None:
        """What is gone, and a sum that is too large, leave the cart as it is."""
        shop = await shops.shop()
        gone, dear = await goods(shop), await goods(shop)
        with_gone, with_dear = await cart(shop.member, (gone, 1)), await cart(shop.member, (dear, 2))
        await shop.member.post(f"/products/{gone}/archive", headers=ANY)
        await shop.member.patch(f"/products/{dear}", json={"price": SAFE_INTEGER}, headers=ANY)
        for key, expected in ((with_gone, "product_not_for_sale"), (with_dear, "amount_too_large")):
            before = await read(shop.member, key)
            assert code(await shop.member.post(f"/carts/{key}/prices", headers=ANY)) == (409, expected)
            assert await read(shop.member, key) == before
