"""The tree of categories over REST; what is the same for every resource is tried in `tests/api/`."""

import asyncio
from typing import Any
from uuid import uuid4

import httpx
import pytest

from app.modules.catalog.services.categories import MOST_LEVELS
from tests.support.shops import Shop, Shops, product

pytestmark = pytest.mark.anyio


async def made(shop: Shop, name: str, parent_id: str | None = None) -> str:
    """A category; its id."""
    answer = await shop.member.post("/categories", json={"name": name, "parent_id": parent_id})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


async def changed(shop: Shop, key: str, **values: Any) -> httpx.Response:
    """A patch of it."""
    return await shop.member.patch(f"/categories/{key}", json=values, headers={"If-Match": "*"})


def code(answer: httpx.Response) -> tuple[int, str]:
    """Status and code of a refusal."""
    return answer.status_code, answer.json()["details"]["code"]


class TestCreate:
    """POST /categories"""

    async def test_anonymous(self, shops: Shops) -> None:
        """Nobody creates a category without signing in."""
        shop = await shops.shop()
        answer = await shop.member.post("/categories", json={"name": "x"}, headers={"Authorization": None})
        assert answer.status_code == 401

    async def test_other_tenant(self, shops: Shops) -> None:
        """Another tenant's category is no parent, as little as one that nobody has."""
        shop, other = await shops.shop(), await shops.shop()
        for key in (await made(other, "Theirs"), str(uuid4())):
            answer = await shop.member.post("/categories", json={"name": "Mine", "parent_id": key})
            assert code(answer) == (422, "category_unknown")
            assert answer.json()["details"]["errors"][0]["pointer"] == "/parent_id"

    async def test_name(self, shops: Shops) -> None:
        """A name comes once below one parent, and once at the top, also where two come at the same moment."""
        shop = await shops.shop()
        top = await made(shop, "Drinks")
        for parent in (None, top):
            body = {"name": "Tea", "parent_id": parent}
            answers = await asyncio.gather(*(shop.member.post("/categories", json=body) for _ in range(2)))
            assert sorted(answer.status_code for answer in answers) == [201, 409]
            assert code(max(answers, key=lambda each: each.status_code)) == (409, "category_name_taken")

    async def test_levels(self, shops: Shops) -> None:
        """The tree has a bound, for what is made and for what is moved with all that is below it."""
        shop = await shops.shop()
        key = top = await made(shop, "1")
        for level in range(2, MOST_LEVELS + 1):
            key = await made(shop, str(level), key)
        answer = await shop.member.post("/categories", json={"name": "x", "parent_id": key})
        assert code(answer) == (409, "category_too_deep")
        assert code(await changed(shop, top, parent_id=await made(shop, "0"))) == (409, "category_too_deep")


class TestMove:
    """PATCH /categories/{category_id}"""

    async def test_move(self, shops: Shops) -> None:
        """It moves with what is below it, to the top with null; a patch that changes nothing makes no version."""
        shop = await shops.shop()
        one, other = await made(shop, "One"), await made(shop, "Other")
        below = await made(shop, "Below", one)
        assert (await changed(shop, one, parent_id=other)).json()["parent_id"] == other
        assert (await changed(shop, one, parent_id=other, name="One")).json()["version"] == 2
        assert (await changed(shop, one, parent_id=None)).json()["parent_id"] is None
        rows = (await shop.viewer.get("/categories", params={"parent": one})).json()["data"]
        assert [row["id"] for row in rows] == [below]

    async def test_circle(self, shops: Shops) -> None:
        """It is not moved below itself."""
        shop = await shops.shop()
        one = await made(shop, "One")
        below = await made(shop, "Below", await made(shop, "Between", one))
        for parent in (one, below):
            assert code(await changed(shop, one, parent_id=parent)) == (409, "category_circle")

    async def test_circle_of_two(self, shops: Shops) -> None:
        """Of two moves at once, each below the other, one wins: the tree stays a tree."""
        shop = await shops.shop()
        for number in range(5):
            one, other = await made(shop, f"One {number}"), await made(shop, f"Other {number}")
            answers = await asyncio.gather(changed(shop, one, parent_id=other), changed(shop, other, parent_id=one))
            assert sorted(answer.status_code for answer in answers) == [200, 409]
            assert code(max(answers, key=lambda each: each.status_code)) == (409, "category_circle")


class TestDelete:
    """DELETE /categories/{category_id}"""

    async def test_empty_alone(self, shops: Shops) -> None:
        """What holds categories or products stays; what is empty goes."""
        shop, headers = await shops.shop(), {"If-Match": "*"}
        top = await made(shop, "Top")
        below = await made(shop, "Below", top)
        made_product = (await shop.member.post("/products", json=product(category_id=below))).json()["id"]
        for key in (top, below):
            answer = await shop.member.delete(f"/categories/{key}", headers=headers)
            assert code(answer) == (409, "category_not_empty")
        await shop.member.patch(f"/products/{made_product}", json={"category_id": None}, headers=headers)
        for key in (below, top):
            assert (await shop.member.delete(f"/categories/{key}", headers=headers)).status_code == 200
        assert (await shop.viewer.get("/categories")).json()["data"] == []

    async def test_while_filled(self, shops: Shops) -> None:
        """Whoever puts something in at that moment comes before, or is told that it is gone; nothing hangs in the air."""
        shop, headers = await shops.shop(), {"If-Match": "*"}
        for number in range(5):
            key = await made(shop, f"C{number}")
            removed, product_in, below = await asyncio.gather(
                shop.member.delete(f"/categories/{key}", headers=headers),
                shop.member.post("/products", json=product(category_id=key)),
                shop.member.post("/categories", json={"name": "Below", "parent_id": key}),
            )
            put = {product_in.status_code, below.status_code}
            assert (removed.status_code, put) == (200, {422}) or (removed.status_code == 409 and 201 in put)


class TestFilter:
    """GET /products?category="""

    async def test_branch(self, shops: Shops) -> None:
        """Products of the category and of all below it, and no others; counted too."""
        shop = await shops.shop()
        top = await made(shop, "Top")
        between, beside = await made(shop, "Between", top), await made(shop, "Beside", top)
        below = await made(shop, "Below", between)
        for sku, key in (("a", top), ("b", below), ("c", beside), ("d", None)):
            assert (await shop.member.post("/products", json=product(sku=sku, category_id=key))).status_code == 201
        for key, skus in ((top, "abc"), (between, "b"), (below, "b"), (beside, "c"), (str(uuid4()), "")):
            asked = {"category": key, "include": "total", "sort": "created_at"}
            page = (await shop.viewer.get("/products", params=asked)).json()
            assert ("".join(row["sku"] for row in page["data"]), page["total"]) == (skus, len(skus))

    async def test_unknown(self, shops: Shops) -> None:
        """A product is put into no category that the tenant does not have."""
        shop, other = await shops.shop(), await shops.shop()
        answer = await shop.member.post("/products", json=product(category_id=await made(other, "Theirs")))
        assert code(answer) == (422, "category_unknown")
        assert answer.json()["details"]["errors"][0]["pointer"] == "/category_id"
