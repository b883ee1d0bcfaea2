"""Products over REST."""

import asyncio
from dataclasses import fields
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from pydantic import TypeAdapter

from app.extensions.responses import encode
from app.modules.catalog.schemas import ProductOut
from app.utils.schemas import Page
from tests.support.shops import Person, Shop, Shops, product

pytestmark = pytest.mark.anyio  # at collection already: marked later, parametrised coroutines lose their parameters


class TestCreate:
    """POST /products"""

    async def test_anonymous(self, shops: Shops) -> None:
        """Nobody creates a product without signing in."""
        shop = await shops.shop()
        answer = await shop.owner.post("/products", json=product(), headers={"Authorization": None})
        assert answer.status_code == 401
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")

    async def test_other_tenant(self, shops: Shops) -> None:
        """A member of another tenant gets the answer of a tenant that does not exist."""
        shop, other = await shops.shop(), await shops.shop()
        answer = await shop.owner.post("/products", json=product(), headers={"X-Tenant-ID": str(other.id)})
        assert answer.status_code == 404
        assert answer.json()["details"]["code"] == "tenant_not_found"

    async def test_viewer(self, shops: Shops) -> None:
        """A viewer is told which permission is missing."""
        shop = await shops.shop()
        answer = await shop.viewer.post("/products", json=product())
        assert answer.status_code == 403
        assert answer.json()["details"]["decision"]["missing"] == ["catalog.products:write"]

    async def test_created(self, shops: Shops) -> None:
        """201 with Location, ETag and the resource, which can be read back."""
        shop = await shops.shop()
        body = product(description="dry")
        answer = await shop.member.post("/products", json=body)
        assert answer.status_code == 201
        assert answer.headers["ETag"] == '"1"'
        created = answer.json()
        assert {name: created[name] for name in body} == body
        assert answer.headers["Location"] == f"/api/v1/products/{created['id']}"
        again = await shop.viewer.get(f"/products/{created['id']}")
        assert again.json() == created

    async def test_sku_race(self, shops: Shops) -> None:
        """Of two creations of one sku at once, one wins and one is told."""
        shop = await shops.shop()
        body = product()
        answers = await asyncio.gather(*(shop.owner.post("/products", json=body) for _ in range(2)))
        assert sorted(answer.status_code for answer in answers) == [201, 409]
        loser = next(answer for answer in answers if answer.status_code == 409)
        assert loser.json()["details"]["code"] == "product_sku_taken"

    async def test_summary_follows(self, shops: Shops) -> None:
        """The event leaves with the commit and the handler counts it, once."""
        shop = await shops.shop()
        assert (await shop.viewer.get("/products/summary")).json()["total"] == 0
        await shop.owner.post("/products", json=product(status="active"))
        summary = (await shop.viewer.get("/products/summary")).json()
        assert summary["by_status"] == {"draft": 0, "active": 1, "archived": 0}


async def walk(person: Person, query: str) -> list[dict[str, Any]]:
    """All pages of a list."""
    found: list[dict[str, Any]] = []
    path: str | None = f"/products?{query}"
    while path is not None:
        answer = await person.get(path)
        page = answer.json()
        found += page["data"]
        assert page["has_more"] == (page["next_cursor"] is not None) == ("Link" in answer.headers)
        path = answer.headers["Link"][1:].split(">")[0].removeprefix("/api/v1") if page["has_more"] else None
    return found


async def filled(shops: Shops, *bodies: dict[str, Any]) -> Shop:
    """A tenant with these products."""
    shop = await shops.shop()
    for body in bodies:
        assert (await shop.member.post("/products", json=body)).status_code == 201
    return shop


class TestList:
    """GET /products"""

    async def test_anonymous(self, shops: Shops) -> None:
        """Nobody lists products without signing in."""
        shop = await shops.shop()
        assert (await shop.viewer.get("/products", headers={"Authorization": None})).status_code == 401

    async def test_other_tenant(self, shops: Shops) -> None:
        """Each tenant sees its own products and no other's."""
        shop, other = await filled(shops, product()), await filled(shops, product(), product())
        assert len(await walk(shop.viewer, "limit=1")) == 1
        assert len(await walk(other.viewer, "limit=1")) == 2

    async def test_empty(self, shops: Shops) -> None:
        """A tenant without products gets an empty list."""
        answer = await (await shops.shop()).viewer.get("/products")
        assert answer.json() == {"data": [], "has_more": False, "next_cursor": None}
        assert "Link" not in answer.headers

    @pytest.mark.parametrize("sort", ["created_at", "-created_at", "name", "-name", "price", "-price"])
    async def test_walk(self, shops: Shops, sort: str) -> None:
        """Page by page, in every order and by every size, each product comes once, equal values too."""
        shop = await filled(shops, *(product(price=number // 3, name=f"N{number // 2}") for number in range(7)))
        name = sort.removeprefix("-")
        for limit in (1, 2, 3, 7, 100):
            rows = await walk(shop.viewer, f"sort={sort}&limit={limit}")
            assert len({row["id"] for row in rows}) == len(rows) == 7
            keys = [(row[name], row["id"]) for row in rows]
            assert keys == sorted(keys, reverse=sort.startswith("-"))

    async def test_status(self, shops: Shops) -> None:
        """One status, or several by comma."""
        shop = await filled(shops, product(status="draft"), product(status="active"), product(status="active"))
        for query, count in (("draft", 1), ("active", 2), ("draft,active", 3), ("archived", 0), ("active,active", 2)):
            assert len(await walk(shop.viewer, f"limit=1&status={query}")) == count

    async def test_created_at(self, shops: Shops) -> None:
        """From a moment on, and before a moment: every product is on one side of it."""
        shop = await filled(shops, *(product() for _ in range(4)))
        rows = await walk(shop.viewer, "sort=created_at")
        moment = rows[2]["created_at"].replace("+", "%2B")
        assert await walk(shop.viewer, f"sort=created_at&limit=1&created_at[gte]={moment}") == rows[2:]
        assert await walk(shop.viewer, f"sort=created_at&limit=1&created_at[lt]={moment}") == rows[:2]

    async def test_as_alone(self, shops: Shops) -> None:
        """A product in a list is the same as alone."""
        shop = await filled(shops, product(description="dry"))
        (row,) = await walk(shop.viewer, "")
        assert (await shop.viewer.get(f"/products/{row['id']}")).json() == row


class TestUpdate:
    """PATCH /products/{product_id}"""

    async def test_anonymous(self, shops: Shops) -> None:
        """Nobody changes a product without signing in."""
        shop = await shops.shop()
        answer = await shop.member.patch(f"/products/{uuid4()}", json={}, headers={"Authorization": None})
        assert answer.status_code == 401

    async def test_other_tenant(self, shops: Shops) -> None:
        """Another tenant's product is not there, and stays as it is."""
        shop, other = await filled(shops, product()), await shops.shop()
        (before,) = await walk(shop.viewer, "")
        answer = await other.owner.patch(f"/products/{before['id']}", json={"price": 1}, headers={"If-Match": "*"})
        assert answer.status_code == 404
        assert await walk(shop.viewer, "") == [before]

    async def test_merge(self, shops: Shops) -> None:
        """What is named changes, null clears the description, the rest stays."""
        shop = await filled(shops, product(description="dry", stock=3))
        (before,) = await walk(shop.viewer, "")
        answer = await self._patch(shop, before["id"], price=1, description=None)
        changed = {"price": 1, "description": None, "version": 2, "updated_at": answer["updated_at"]}
        assert answer == {**before, **changed}
        assert await walk(shop.viewer, "") == [answer]

    async def test_nothing_changes(self, shops: Shops) -> None:
        """A patch that changes nothing makes no new version."""
        shop = await filled(shops, product())
        (before,) = await walk(shop.viewer, "")
        assert await self._patch(shop, before["id"]) == before
        assert await self._patch(shop, before["id"], price=before["price"]) == before

    async def test_two_at_once(self, shops: Shops) -> None:
        """Of two changes of one version one wins and the other is told."""
        shop = await filled(shops, product())
        (row,) = await walk(shop.viewer, "")
        path, headers = f"/products/{row['id']}", {"If-Match": '"1"'}
        answers = await asyncio.gather(*(shop.member.patch(path, json={"price": n}, headers=headers) for n in (1, 2)))
        assert sorted(answer.status_code for answer in answers) == [200, 412]

    async def test_sku_taken(self, shops: Shops) -> None:
        """A sku that another product has is refused."""
        shop = await filled(shops, product(sku="A"), product(sku="B"))
        (row,) = await walk(shop.viewer, "q=B")
        answer = await shop.member.patch(f"/products/{row['id']}", json={"sku": "A"}, headers={"If-Match": "*"})
        assert (answer.status_code, answer.json()["details"]["code"]) == (409, "product_sku_taken")

    async def test_summary_follows(self, shops: Shops) -> None:
        """A change of status moves the count."""
        shop = await filled(shops, product())
        (row,) = await walk(shop.viewer, "")
        await self._patch(shop, row["id"], status="active")
        assert (await shop.viewer.get("/products/summary")).json()["by_status"] == {
            "draft": 0,
            "active": 1,
            "archived": 0,
        }

    async def _patch(self, shop: Shop, key: str, **values: Any) -> dict[str, Any]:
        answer = await shop.member.patch(f"/products/{key}", json=values, headers={"If-Match": "*"})
        assert answer.status_code == 200
        changed: dict[str, Any] = answer.json()
        return changed


class TestArchive:
    """POST /products/{product_id}/archive"""

    async def test_anonymous(self, shops: Shops) -> None:
        """Nobody archives without signing in."""
        shop = await shops.shop()
        answer = await shop.member.post(f"/products/{uuid4()}/archive", headers={"Authorization": None})
        assert answer.status_code == 401

    async def test_other_tenant(self, shops: Shops) -> None:
        """Another tenant's product is not there."""
        shop, other = await filled(shops, product()), await shops.shop()
        (row,) = await walk(shop.viewer, "")
        answer = await other.owner.post(f"/products/{row['id']}/archive", headers={"If-Match": "*"})
        assert answer.status_code == 404

    async def test_final(self, shops: Shops) -> None:
        """It is final, it is counted, and the sku stays taken."""
        shop = await filled(shops, product(sku="ONCE"))
        (row,) = await walk(shop.viewer, "")
        path, headers = f"/products/{row['id']}", {"If-Match": "*"}
        answer = await shop.member.post(f"{path}/archive", headers=headers)
        assert (answer.status_code, answer.json()["status"], answer.headers["ETag"]) == (200, "archived", '"2"')
        again = [await shop.member.post(f"{path}/archive", headers=headers)]
        again += [await shop.member.patch(path, json={"price": 1}, headers=headers)]
        assert {item.json()["details"]["code"] for item in again} == {"product_archived"}
        assert (await shop.member.post("/products", json=product(sku="ONCE"))).status_code == 409
        assert (await shop.viewer.get("/products/summary")).json()["by_status"]["archived"] == 1

    async def test_needs_the_version(self, shops: Shops) -> None:
        """It needs If-Match."""
        shop = await filled(shops, product())
        (row,) = await walk(shop.viewer, "")
        assert (await shop.member.post(f"/products/{row['id']}/archive")).status_code == 428


class TestEncoding:
    """What leaves, byte by byte"""

    @pytest.mark.parametrize(
        "description", [None, "", 'quotes " and \\', "\u00e4\U0001f375", "\u2028\x7f\x01\n", "<script>"]
    )
    @pytest.mark.parametrize("microsecond", [0, 1, 120_000, 999_999])
    def test_as_pydantic(self, description: str | None, microsecond: int) -> None:
        """Records become the very bytes that pydantic would write, alone and in a page."""
        moment = datetime(2026, 1, 2, 3, 4, 5, microsecond, tzinfo=UTC)
        row = ProductOut(uuid4(), "S", "N", description, 2**53 - 1, "EUR", "draft", 0, uuid4(), 1, moment, moment)
        assert encode(row) == TypeAdapter(ProductOut).dump_json(row)
        for page in (Page([row, row], True, "abc"), Page[ProductOut]([], False, None)):
            assert encode(page) == TypeAdapter(Page[ProductOut]).dump_json(page)

    async def test_no_field_more(self, shops: Shops) -> None:
        """Requirement 32: a product has its fields and no other."""
        shop = await filled(shops, product())
        (row,) = await walk(shop.viewer, "")
        assert list(row) == [field.name for field in fields(ProductOut)]
