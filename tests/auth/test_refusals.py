"""Refusals are written although their requests roll back (requirement 37)."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import httpx
import pytest

from app.auth import refusals as module
from app.auth.refusals import ACTION, Refusals
from app.exceptions import NotFound, PermissionDenied, Unavailable
from app.extensions.clock import SystemClock
from app.extensions.context import RequestContext
from app.extensions.routing import ModularApp
from app.utils.ids import PLATFORM_TENANT
from tests.support.shops import API, Shops, product

pytestmark = pytest.mark.anyio

Owner = asyncpg.Connection


async def entries(owner: Owner, tenant: UUID) -> list[Any]:
    """The refusals in a tenant's log, oldest first."""
    return list(
        await owner.fetch(
            "SELECT actor, after::text, address, user_agent, request_id, at FROM audit_entries"
            " WHERE tenant_id = $1 AND action = $2 ORDER BY id",
            tenant,
            ACTION,
        )
    )


class TestMembers:
    """Who belongs to the tenant"""

    async def test_first_at_once_then_counted(self, app: ModularApp, shops: Shops, owner: Owner) -> None:
        """The first refusal is an entry of its own, its repeats are one with their number; the answer is the same 403."""
        shop = await shops.shop()
        answers = [await shop.viewer.post("/products", json=product(), headers={"User-Agent": "tests"})]
        await app.state.runtime.refusals.flush(everything=False)
        answers += [await shop.viewer.post("/products", json=product()) for _ in range(3)]
        await app.state.runtime.refusals.flush(everything=False)
        assert [answer.status_code for answer in answers] == [403] * 4
        [first] = await entries(owner, shop.id)
        assert first["actor"] == f"user:{shop.viewer.user_id}"
        assert (first["user_agent"], first["address"]) == ("tests", "127.0.0.1")
        assert str(first["request_id"]) == answers[0].headers["X-Request-ID"]
        assert httpx.Response(200, text=first["after"]).json() == {
            "rule": "permission",
            "error": "permission_denied",
            "reason": "your roles here do not hold catalog.products:write",
            "missing": ["catalog.products:write"],
            "route": f"POST {API}/products",
            "count": 1,
        }
        await app.state.runtime.refusals.flush()
        _, second = await entries(owner, shop.id)
        assert httpx.Response(200, text=second["after"]).json()["count"] == 3

    async def test_by_rule_and_route(self, app: ModularApp, shops: Shops, owner: Owner) -> None:
        """Another person, another rule or another route is an entry of its own; other errors are none."""
        shop = await shops.shop()
        for person in (shop.viewer, shop.member):
            await person.get("/audit-log")
            await person.get("/deliveries")
            await person.get(f"/products/{uuid4()}")
        await shop.admin.patch(f"/members/{shop.member.user_id}", json={"roles": ["owner"]}, headers={"If-Match": "*"})
        await app.state.runtime.refusals.flush()
        found = [httpx.Response(200, text=entry["after"]).json()["rule"] for entry in await entries(owner, shop.id)]
        assert sorted(found) == ["grant", *["permission"] * 4]

    async def test_searchable(self, app: ModularApp, shops: Shops) -> None:
        """Requirement 22: an admin finds them in the tenant's log, and another tenant's admin does not."""
        shop, other = await shops.shop(), await shops.shop()
        await shop.viewer.get("/audit-log")
        await app.state.runtime.refusals.flush()
        mine = (await shop.admin.get(f"/audit-log?action={ACTION}")).json()["data"]
        assert [entry["after"]["missing"] for entry in mine] == [["core.audit:read"]]
        assert (await other.admin.get(f"/audit-log?action={ACTION}")).json()["data"] == []


class TestStrangers:
    """Everybody else"""

    async def test_counted_for_the_platform(
        self, app: ModularApp, shops: Shops, owner: Owner, client: httpx.AsyncClient
    ) -> None:
        """Who proves nothing leaves a number in the platform's log, and nothing in the tenant's."""
        shop, stranger = await shops.shop(), await shops.person()
        await app.state.runtime.refusals.flush()
        before = len(await entries(owner, PLATFORM_TENANT))
        for _ in range(3):
            await client.get(f"{API}/products", headers={"X-Tenant-ID": str(shop.id)})
        await stranger.get("/products", headers={"X-Tenant-ID": str(shop.id)})
        await app.state.runtime.refusals.flush(everything=False)
        assert len(await entries(owner, PLATFORM_TENANT)) == before
        await app.state.runtime.refusals.flush()
        new = [httpx.Response(200, text=row["after"]).json() for row in await entries(owner, PLATFORM_TENANT)][before:]
        counts = {item["error"]: item["count"] for item in new if item["route"] == f"GET {API}/products"}
        assert counts == {"unauthenticated": 3, "tenant_not_found": 1}
        assert await entries(owner, shop.id) == []


class Away:
    """A database that is away, and counts how often it was asked."""

    def __init__(self) -> None:
        self.asked = 0

    @asynccontextmanager
    async def unit(self, _tenant: UUID) -> AsyncIterator[Any]:
        """Never comes to it."""
        self.asked += 1
        if self.asked:
            raise Unavailable
        yield None


def context(actor: str) -> RequestContext:
    """A request of a member."""
    now = SystemClock().now()
    return RequestContext(uuid4(), "127.0.0.1", None, now, route="/x", actor=actor, tenant_id=UUID(int=1))


class TestBounds:
    """Memory and faults"""

    async def test_failure_is_nobodys_trouble(self) -> None:
        """A database that is away costs the entry; noting raises nothing, and what comes later is tried again."""
        away = Away()
        book = Refusals(away.unit, SystemClock())
        book.note(context("user:a"), "GET", PermissionDenied())
        await book.flush()
        book.note(context("user:a"), "GET", PermissionDenied())
        await book.aclose()
        assert away.asked == 2

    async def test_memory_is_bounded(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Beyond the bound, however many principals there are, refusals are only counted."""
        monkeypatch.setattr(module, "MAX_REMEMBERED", 5)
        away = Away()
        book = Refusals(away.unit, SystemClock())
        for number in range(100):
            book.note(context(f"user:{number}"), "GET", PermissionDenied())
            book.note(context(f"user:{number}"), "GET", NotFound())
        await book.aclose()
        assert away.asked == 6
