"""Reading the audit log."""

from typing import Any
from urllib.parse import quote
from uuid import uuid4

import asyncpg
import httpx
import pytest

from tests.support.shops import API, Person, Shop, Shops, product

pytestmark = pytest.mark.anyio

Owner = asyncpg.Connection


async def actions(person: Person, query: str = "") -> list[str]:
    """The actions of the entries that a filter lets through, newest first."""
    answer = await person.get(f"/audit-log?{query}")
    assert answer.status_code == 200, answer.text
    return [entry["action"] for entry in answer.json()["data"]]


@pytest.fixture
async def shop(shops: Shops) -> Shop:
    """Two products made by two people, and a role by one of them."""
    made = await shops.shop()
    await made.owner.post("/products", json=product())
    await made.member.post("/products", json=product())
    await made.owner.post("/roles", json={"key": "buyer", "name": "Buyer", "permissions": ["catalog.products:read"]})
    return made


class TestFilters:
    """GET /audit-log"""

    async def test_anonymous_and_others(self, shop: Shop, shops: Shops, client: httpx.AsyncClient) -> None:
        """401, 403 and 404: the log is its tenant's, and an admin's."""
        stranger = await shops.person()
        assert (await client.get(f"{API}/audit-log")).status_code == 401
        assert (await shop.member.get("/audit-log")).status_code == 403
        assert (await stranger.get("/audit-log", headers={"X-Tenant-ID": str(shop.id)})).status_code == 404

    async def test_action(self, shop: Shop) -> None:
        """One action, or all that begin so; what begins alike without the dot does not."""
        assert await actions(shop.admin) == ["tenants.role.created", *["catalog.product.created"] * 2]
        assert await actions(shop.admin, "action=tenants.role.created") == ["tenants.role.created"]
        assert await actions(shop.admin, "action=catalog.*") == ["catalog.product.created"] * 2
        assert await actions(shop.admin, "action=catalog.prod.*") == []
        assert await actions(shop.admin, "action=catalog") == []

    async def test_actor_target_request(self, shop: Shop) -> None:
        """Who, what and by which request; filters narrow each other."""
        assert len(await actions(shop.admin, f"actor=user:{shop.owner.user_id}")) == 2
        assert await actions(shop.admin, "target=role:buyer") == ["tenants.role.created"]
        assert await actions(shop.admin, f"actor=user:{shop.member.user_id}&target=role:buyer") == []
        answer = await shop.member.post("/products", json=product())
        assert await actions(shop.admin, f"request_id={answer.headers['X-Request-ID']}") == ["catalog.product.created"]

    async def test_time(self, shop: Shop) -> None:
        """From a moment on, and until before one, in whatever offset."""
        entries = (await shop.admin.get("/audit-log")).json()["data"]
        moment = entries[1]["at"]
        later = await actions(shop.admin, f"at[gte]={quote(moment)}")
        earlier = await actions(shop.admin, f"at[lt]={quote(moment)}")
        assert (len(later), len(earlier)) == (2, 1)
        for query in ("at[gte]=9999-12-31T23:59:59-14:00", "at[lt]=2026-01-01T00:00:00", "at[lt]=soon"):
            assert (await shop.admin.get(f"/audit-log?{query}")).status_code == 422

    async def test_pages(self, shop: Shop) -> None:
        """A cursor goes on where it stopped, and is good for its own filters alone."""
        first = (await shop.admin.get("/audit-log?limit=1&action=catalog.*")).json()
        query = f"limit=5&action=catalog.*&cursor={quote(first['next_cursor'])}"
        assert await actions(shop.admin, query) == ["catalog.product.created"]
        other = await shop.admin.get(f"/audit-log?action=tenants.*&cursor={quote(first['next_cursor'])}")
        assert (other.status_code, other.json()["details"]["code"]) == (400, "invalid_cursor")

    @pytest.mark.parametrize(
        "query", ["action=*", "action=auth*", "action=%25", "action=A", "request_id=1", "at=1", "actor="]
    )
    async def test_bad_input(self, shop: Shop, query: str) -> None:
        """What is no filter is 422, never ignored."""
        assert (await shop.admin.get(f"/audit-log?{query}")).status_code == 422


class TestEntry:
    """GET /audit-log/{id}"""

    async def test_one(self, shop: Shop, shops: Shops) -> None:
        """As the list has it, for the tenant's admins alone."""
        other = await shops.shop()
        [entry, *_] = (await shop.admin.get("/audit-log")).json()["data"]
        path = f"/audit-log/{entry['id']}"
        found = await shop.admin.get(path)
        assert (found.status_code, found.json()) == (200, entry)
        assert (await shop.member.get(path)).status_code == 403
        foreign, random = await other.admin.get(path), await other.admin.get("/audit-log/12345")
        assert _comparable(foreign) == _comparable(random)
        assert foreign.status_code == 404

    @pytest.mark.parametrize(
        ("key", "status"), [("9223372036854775808", 404), ("9" * 20, 422), ("x", 422), ("-1", 422)]
    )
    async def test_bad_ids(self, shop: Shop, key: str, status: int) -> None:
        """No id is too large to be answered."""
        assert (await shop.admin.get(f"/audit-log/{key}")).status_code == status

    async def test_unchangeable(self, shop: Shop) -> None:
        """No method changes or removes an entry."""
        for method in ("PUT", "PATCH", "DELETE", "POST"):
            assert (await shop.owner.call(method, f"/audit-log/{uuid4().int % 10**9}")).status_code == 405


def _comparable(answer: httpx.Response) -> Any:
    """An answer but for its request id."""
    return answer.status_code, answer.text.replace(answer.headers["X-Request-ID"], "-")
