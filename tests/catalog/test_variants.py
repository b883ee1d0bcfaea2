"""Further variants of a product over REST; what is the same for every resource is tried in `tests/api/`."""

import asyncio
from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.catalog.test_stock import Open, api
from tests.support.shops import Shop, Shops, product

__all__ = ["api"]
pytestmark = pytest.mark.anyio


async def made(shop: Shop, **values: Any) -> str:
    """The path of a product's variants."""
    answer = await shop.member.post("/products", json=product(status="active", **values))
    return f"/products/{answer.json()['id']}/variants"


class TestCreate:
    """POST /products/{product_id}/variants"""

    async def test_anonymous(self, shops: Shops) -> None:
        """Nobody creates a variant without signing in."""
        shop = await shops.shop()
        answer = await shop.member.post(await made(shop), json=product(), headers={"Authorization": None})
        assert answer.status_code == 401

    async def test_other_tenant(self, shops: Shops) -> None:
        """Another tenant's product is not there."""
        shop, other = await shops.shop(), await shops.shop()
        assert (await other.owner.post(await made(shop), json=product())).status_code == 404

    async def test_created(self, shops: Shops) -> None:
        """201 with Location, ETag and the variant, which is read back alone and in the list, and is no product."""
        shop = await shops.shop()
        path, body = await made(shop), product(stock=3)
        answer = await shop.member.post(path, json=body)
        created = answer.json()
        assert (answer.status_code, answer.headers["ETag"]) == (201, '"1"')
        assert {name: created[name] for name in body} == body
        assert path == f"/products/{created['product_id']}/variants"
        assert answer.headers["Location"] == f"/api/v1{path}/{created['id']}"
        assert (await shop.viewer.get(f"{path}/{created['id']}")).json() == created
        assert (await shop.viewer.get(path)).json()["data"] == [created]
        assert (await shop.viewer.get(f"/products/{created['id']}")).status_code == 404
        assert len((await shop.viewer.get("/products")).json()["data"]) == 1
        assert (await shop.viewer.get("/products/summary")).json()["total"] == 1

    async def test_sku(self, shops: Shops) -> None:
        """A sku is one product's or one variant's, also where both come at once."""
        shop = await shops.shop()
        path, body = await made(shop), product()
        answers = await asyncio.gather(*(shop.member.post(each, json=body) for each in (path, "/products", path)))
        assert sorted(answer.status_code for answer in answers) == [201, 409, 409]
        assert {answer.json()["details"]["code"] for answer in answers if answer.status_code == 409} == {
            "product_sku_taken"
        }

    async def test_of_a_variant(self, shops: Shops) -> None:
        """A variant has none itself."""
        shop = await shops.shop()
        key = (await shop.member.post(await made(shop), json=product())).json()["id"]
        assert (await shop.member.post(f"/products/{key}/variants", json=product())).status_code == 404


class TestChange:
    """PATCH and archive"""

    async def test_merge(self, shops: Shops) -> None:
        """What is named changes, the rest stays, and the product too; a patch that changes nothing makes no version."""
        shop = await shops.shop()
        path = await made(shop)
        before = (await shop.member.post(path, json=product())).json()
        where, headers = f"{path}/{before['id']}", {"If-Match": "*"}
        after = (await shop.member.patch(where, json={"stock": 7}, headers=headers)).json()
        assert after == {**before, "stock": 7, "version": 2, "updated_at": after["updated_at"]}
        assert (await shop.member.patch(where, json={"stock": 7}, headers=headers)).json() == after
        assert (await shop.viewer.get(path.removesuffix("/variants"))).json()["version"] == 1

    async def test_status(self, shops: Shops) -> None:
        """A draft comes on sale by a patch, which tells of it."""
        shop = await shops.shop()
        path = await made(shop)
        before = (await shop.member.post(path, json=product(status="draft"))).json()
        answer = await shop.member.patch(f"{path}/{before['id']}", json={"status": "active"}, headers={"If-Match": "*"})
        assert (before["status"], answer.json()["status"]) == ("draft", "active")

    async def test_archived(self, shops: Shops) -> None:
        """Archiving is final; nor does a variant of an archived product change."""
        shop = await shops.shop()
        path, headers = await made(shop), {"If-Match": "*"}
        one, other = [(await shop.member.post(path, json=product())).json()["id"] for _ in range(2)]
        assert (await shop.member.post(f"{path}/{one}/archive", headers=headers)).json()["status"] == "archived"
        again = await shop.member.patch(f"{path}/{one}", json={"price": 1}, headers=headers)
        assert again.json()["details"]["code"] == "variant_archived"
        await shop.member.post(f"{path.removesuffix('/variants')}/archive", headers=headers)
        late = [
            await shop.member.patch(f"{path}/{other}", json={"price": 1}, headers=headers),
            await shop.member.post(f"{path}/{other}/archive", headers=headers),
            await shop.member.post(path, json=product()),
        ]
        assert {answer.json()["details"]["code"] for answer in late} == {"product_archived"}


class TestOffer:
    """What orders see of a variant"""

    async def test_offer(self, shops: Shops, api: Open) -> None:
        """It is named behind its product, and is for sale while both are."""
        shop = await shops.shop()
        path = await made(shop, name="Tea")
        key = UUID((await shop.member.post(path, json={**product(name="500 g"), "stock": 4})).json()["id"])
        async with api(shop) as catalog:
            offer = (await catalog.look_up([key]))[key]
        assert (offer.name, offer.status, offer.available) == ("Tea, 500 g", "active", 4)
        assert path == f"/products/{offer.product_id}/variants"
        headers = {"If-Match": "*"}
        await shop.member.patch(path.removesuffix("/variants"), json={"status": "draft"}, headers=headers)
        async with api(shop) as catalog:
            assert (await catalog.look_up([key]))[key].status == "draft"


class TestPrices:
    """GET /products/{product_id}/prices"""

    async def test_history(self, shops: Shops) -> None:
        """Each change of a price, by whom, the newest first: of the product and of its variants, by hand and by the task."""
        shop = await shops.shop()
        path = await made(shop, price=100)
        where, headers = path.removesuffix("/variants"), {"If-Match": "*"}
        key = (await shop.member.post(path, json=product(price=200))).json()["id"]
        await shop.admin.patch(where, json={"price": 300, "stock": 1}, headers=headers)
        await shop.member.patch(f"{path}/{key}", json={"currency": "USD"}, headers=headers)
        await shop.member.patch(where, json={"stock": 2}, headers=headers)
        await shop.owner.post("/products/reprice", json={"percent": 10})
        rows = (await shop.viewer.get(f"{where}/prices")).json()["data"]
        told = [
            (row["previous_price"], row["previous_currency"], row["price"], row["currency"], row["changed_by"])
            for row in rows
        ]
        by = {name: f"user:{getattr(shop, name).user_id}" for name in ("owner", "admin", "member")}
        assert sorted(told[:2]) == [(200, "USD", 220, "USD", by["owner"]), (300, "EUR", 330, "EUR", by["owner"])]
        assert told[2:] == [(200, "EUR", 200, "USD", by["member"]), (100, "EUR", 300, "EUR", by["admin"])]
        assert [row["variant_id"] for row in rows[2:]] == [key, where.removeprefix("/products/")]

    async def test_refused(self, shops: Shops) -> None:
        """A change that did not happen is none; a product without changes has an empty history, and no product none."""
        shop = await shops.shop()
        where = (await made(shop, price=100)).removesuffix("/variants")
        assert (await shop.member.patch(where, json={"price": 1}, headers={"If-Match": '"9"'})).status_code == 412
        assert (await shop.viewer.get(f"{where}/prices")).json()["data"] == []
        assert (await shop.viewer.get(f"/products/{uuid4()}/prices")).status_code == 404
