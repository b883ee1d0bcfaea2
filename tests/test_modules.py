"""Modules and plans over HTTP: a disabled module leaves nothing behind, a plan's features gate routes and menus."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import asyncpg
import httpx
import pytest

from app.config import Settings
from app.db import claims
from app.demo import seed
from app.doctor import examine
from app.extensions.routing import ModularApp
from app.extensions.tickets import Ticket
from app.main import build_app
from app.runtime import Runtime
from app.tenants.entitlements import PlanEntitlements
from tests.support.scratch import scratch_database
from tests.support.shops import Person, Shops, product

pytestmark = pytest.mark.anyio

PERMISSIONS = {"catalog.products:read", "catalog.products:write"}
MEMBERS = "tenants.members:read"


GONE = tuple(
    f"/api/v1/{noun}"
    for noun in ("analytics", "carts", "categories", "orders", "payments", "products", "shipments", "shipping")
)
"""What the catalog and what needs it serve."""


def without_catalog(settings: Settings) -> Settings:
    """Settings of an installation that does not use the catalog, nor what needs it."""
    return settings.model_copy(
        update={
            "modules": settings.modules.model_copy(update={"disabled": ("catalog", "orders", "shipping", "analytics")})
        }
    )


@asynccontextmanager
async def serving(settings: Settings) -> AsyncIterator[tuple[ModularApp, httpx.AsyncClient]]:
    """Another app on the same servers, with a client."""
    app = build_app(settings)
    async with app.router.lifespan_context(app):
        transport = httpx.ASGITransport(app, raise_app_exceptions=False, client=("127.0.0.1", 40000))
        async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as client:
            yield app, client


@pytest.fixture(scope="module")
async def smaller(settings: Settings, owner: "asyncpg.Connection") -> AsyncIterator[tuple[ModularApp, Shops]]:
    """An app without the catalog, and its factory of tenants."""
    async with serving(without_catalog(settings)) as (app, client):
        yield app, Shops(app, owner, client)


async def give(actor: Person, target: Person, *roles: str) -> httpx.Response:
    """PATCH /members/{user_id}"""
    return await actor.patch(f"/members/{target.user_id}", json={"roles": list(roles)}, headers={"If-Match": "*"})


def without_examples(value: Any) -> Any:
    """What a document promises, without what it shows of it."""
    if isinstance(value, dict):
        return {key: without_examples(inner) for key, inner in value.items() if key not in {"example", "examples"}}
    return [without_examples(item) for item in value] if isinstance(value, list) else value


class TestDisabled:
    """modules.disabled"""

    @pytest.mark.parametrize(
        ("method", "path"),
        [("GET", "/products"), ("POST", "/products"), ("GET", "/products/summary"), ("PUT", "/products")],
    )
    async def test_no_route(self, smaller: tuple[ModularApp, Shops], method: str, path: str) -> None:
        """Its paths are answered as any unknown path, signed in or not."""
        shop = await smaller[1].shop()
        for headers in ({}, {"Authorization": None}):
            answers = [await shop.owner.call(method, name, headers=headers) for name in (path, "/nothing-here")]
            codes = [(answer.status_code, answer.json()["details"]["code"]) for answer in answers]
            assert codes == [(404, "not_found")] * 2
            assert answers[0].headers.keys() == answers[1].headers.keys()

    async def test_not_documented(self, smaller: tuple[ModularApp, Shops], app: ModularApp) -> None:
        """It is absent from OpenAPI but for its codes of errors: their catalogue is one for all installations. Else nothing changes."""
        less, whole = smaller[0].openapi(), app.openapi()
        gone = {path for path in whole["paths"] if path.startswith(GONE)}
        assert gone
        assert set(less["paths"]) == set(whole["paths"]) - gone
        assert re.search(r"catalog(?!ue)", str(without_examples(less)).lower()) is None
        assert "Product" not in str(without_examples(less))

    async def test_no_permission(self, smaller: tuple[ModularApp, Shops]) -> None:
        """GET /me names none of its permissions and no feature of that name, whatever the plan says."""
        shop = await smaller[1].shop()
        me = (await shop.owner.get("/me")).json()
        assert me["features"] == []
        assert me["permissions"]
        assert not PERMISSIONS & set(me["permissions"])

    async def test_custom_role(self, smaller: tuple[ModularApp, Shops], shops: Shops) -> None:
        """A role that holds its permissions holds and shows none of them, is changed and given as any other, and keeps them."""
        shop, body = await shops.shop(), {"permissions": [*PERMISSIONS, MEMBERS]}
        await shop.owner.post("/roles", json={"key": "buyer", "name": "Buyer", **body})
        owner, viewer = (smaller[1].known(person) for person in (shop.owner, shop.viewer))
        given = await give(owner, viewer, "buyer")
        assert (given.status_code, given.json()["roles"]) == (200, ["buyer"])
        assert (await viewer.get("/me")).json()["permissions"] == [MEMBERS]
        renamed = await owner.patch("/roles/buyer", json={"name": "Purchaser"}, headers={"If-Match": "*"})
        assert (renamed.status_code, renamed.json()["permissions"]) == (200, [MEMBERS])
        assert "catalog" not in (await owner.get("/roles")).text
        explained = await owner.get("/access/explain", params={"permission": MEMBERS, "user_id": str(viewer.user_id)})
        assert explained.json()["decision"]["allowed"]
        assert "catalog" not in explained.text
        assert (await shop.viewer.get("/me")).json()["permissions"] == sorted(body["permissions"])

    async def test_api_key(self, smaller: tuple[ModularApp, Shops], shops: Shops) -> None:
        """A key whose scopes were its permissions shows none of them, may be rotated, and does nothing with them."""
        shop = await shops.shop()
        made = (await shop.owner.post("/api-keys", json={"name": "import", "scopes": [*PERMISSIONS, MEMBERS]})).json()
        owner = smaller[1].known(shop.owner)
        rotated = await owner.post(f"/api-keys/{made['id']}/rotate", json={})
        assert (rotated.status_code, rotated.json()["scopes"]) == (200, [MEMBERS])
        key = {"Authorization": f"Bearer {rotated.json()['secret']}"}
        assert [(await owner.get(path, headers=key)).status_code for path in ("/members", "/products")] == [200, 404]
        assert (await shop.owner.get("/products", headers=key)).status_code == 200

    async def test_deliveries_wait(self, settings: Settings, shops: Shops, owner: "asyncpg.Connection") -> None:
        """What is due to its handlers is set aside however often it is tried, and done once the module is back."""
        shop = await shops.shop()
        less, whole = Runtime(without_catalog(settings)), Runtime(settings)
        relay = whole.pool(settings.database.system_url, 1, role="system")
        for opened in (less, whole, relay):
            await opened.open()
        try:
            await shop.owner.post("/products", json=product())
            await owner.execute(
                "UPDATE deliveries SET state = 'pending', attempt = 0, finished_at = NULL WHERE tenant_id = $1", shop.id
            )
            await owner.execute("DELETE FROM product_summaries WHERE tenant_id = $1", shop.id)
            for _ in range(settings.events.max_attempts + 2):
                assert await tried(less, relay, shop.id, owner) == ("parked", 0)
            assert await tried(whole, relay, shop.id, owner) == ("done", 1)
            assert (
                await owner.fetchval("SELECT draft + active FROM product_summaries WHERE tenant_id = $1", shop.id) == 1
            )
        finally:
            for opened in (relay, less, whole):
                await opened.close()

    async def test_tables_stay(self, smaller: tuple[ModularApp, Shops], shops: Shops) -> None:
        """Its tables and rows stay: what was there is there again when the module is back."""
        shop = await shops.shop()
        created = (await shop.owner.post("/products", json=product())).json()
        answer = await smaller[1].known(shop.owner).get(f"/products/{created['id']}")
        assert answer.status_code == 404
        assert (await shop.owner.get(f"/products/{created['id']}")).json() == created

    async def test_doctor(self, settings: Settings) -> None:
        """`manage doctor` says which modules are in use and which are not."""
        found = next(finding for finding in await examine(without_catalog(settings)) if finding.name == "modules")
        assert (found.well, found.found) == (
            True,
            "auth, tenants, users, core, operators; disabled: catalog, orders, shipping, analytics",
        )


async def tried(runtime: Runtime, relay: Any, tenant_id: Any, owner: "asyncpg.Connection") -> tuple[str, int]:
    """One turn of relay and worker, a parked delivery's pause left out; the state, and the starts counted beyond one."""
    await owner.execute("UPDATE deliveries SET due_at = now() WHERE tenant_id = $1", tenant_id)
    for item in await claims.claim(relay, tenant_id, cap=10, lease_seconds=30):
        await runtime.runner.run(Ticket(tenant_id, item.id, item.attempt))
    row = await owner.fetchrow("SELECT state, tries FROM deliveries WHERE tenant_id = $1", tenant_id)
    assert row is not None
    return row["state"], row["tries"]


class TestPlans:
    """Features of plans"""

    async def test_not_in_plan(self, shops: Shops, owner: "asyncpg.Connection") -> None:
        """403 with the decision: rule, reason and what is missing; GET /me says the same. The change works at once."""
        shop = await shops.shop()
        assert (await shop.owner.get("/products")).status_code == 200
        await owner.execute("UPDATE tenants SET plan = 'none' WHERE id = $1", shop.id)
        for answer in (await shop.owner.get("/products"), await shop.member.post("/products", json=product())):
            details = answer.json()["details"]
            assert (answer.status_code, details["code"]) == (403, "feature_not_in_plan")
            decision = {
                "allowed": False,
                "rule": "plan",
                "reason": "the plan none does not include catalog",
                "missing": ["catalog"],
            }
            grants = (
                {"granted_by": ["standard", "tight"]} if answer.request.method == "GET" else {}
            )  # the owner reads more
            assert details["decision"] == {**decision, **grants}
        await owner.execute("UPDATE tenants SET plan = 'standard' WHERE id = $1", shop.id)
        assert (await shop.owner.get("/products")).status_code == 200

    async def test_me(self, shops: Shops, owner: "asyncpg.Connection") -> None:
        """GET /me names features and limits of the chosen tenant's plan; of an unknown plan none, and no error."""
        shop = await shops.shop()
        me = (await shop.viewer.get("/me")).json()
        features = ["analytics", "catalog", "orders", "shipping"]
        assert (me["features"], me["limits"]) == (features, {"products": 100000})
        await owner.execute("UPDATE tenants SET plan = 'unheard-of' WHERE id = $1", shop.id)
        me = (await shop.viewer.get("/me")).json()
        assert (me["features"], me["limits"]) == ([], {})
        me = (await shop.viewer.get("/me", headers={"X-Tenant-ID": None})).json()
        assert (me["features"], me["limits"]) == (None, None)

    async def test_permission_first(self, shops: Shops, owner: "asyncpg.Connection") -> None:
        """Who lacks the permission is told that, whatever the plan."""
        shop = await shops.shop()
        await owner.execute("UPDATE tenants SET plan = 'none' WHERE id = $1", shop.id)
        answer = await shop.viewer.post("/products", json=product())
        assert answer.json()["details"]["code"] == "permission_denied"

    async def test_other_routes(self, shops: Shops, owner: "asyncpg.Connection") -> None:
        """An unknown plan takes no part of the platform away."""
        shop = await shops.shop()
        await owner.execute("UPDATE tenants SET plan = 'unheard-of' WHERE id = $1", shop.id)
        assert [(await shop.owner.get(path)).status_code for path in ("/members", "/tenants/current")] == [200, 200]

    async def test_disabled_is_in_no_plan(self, settings: Settings) -> None:
        """A feature is what the plan names and the installation uses."""
        plans = {"both": settings.plans["standard"].model_copy(update={"features": ("catalog", "core")})}
        assert PlanEntitlements(plans, ["auth", "core"]).features("both") == {"core"}
        assert PlanEntitlements(plans, ["auth", "core"]).features("other") == frozenset()

    async def test_doctor(self, settings: Settings) -> None:
        """`manage doctor` names plans that tenants have and the settings do not."""
        async with scratch_database(settings) as own:
            connection = await asyncpg.connect(own.database.owner_url)
            for slug, plan in (("one", "gone"), ("two", "gone"), ("three", "standard")):
                await connection.execute(
                    "INSERT INTO tenants (id, slug, name, plan, version) VALUES (gen_random_uuid(), $1, $1, $2, 1)",
                    slug,
                    plan,
                )
            await connection.close()
            found = next(finding for finding in await examine(own) if finding.name == "plans")
        assert not found.well
        assert "gone of 2 tenants" in found.found


async def test_demo(settings: Settings) -> None:
    """The demo is written without the catalog too: its tables stay, and its rows wait for it."""
    async with scratch_database(without_catalog(settings)) as own:
        connection = await asyncpg.connect(own.database.owner_url)
        try:
            assert await asyncio.to_thread(seed, own)
            assert await connection.fetchval("SELECT count(*) FROM products") > 0
        finally:
            await connection.close()
