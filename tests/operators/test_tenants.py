"""Operators keep tenants; each act stands in the tenant's own log."""

from uuid import UUID, uuid4

import asyncpg
import pytest

from app.config import Settings
from app.db import claims
from app.runtime import Runtime
from app.utils.ids import PLATFORM_TENANT, uuid7
from tests.operators.desk import operator
from tests.support.shops import Shops

pytestmark = pytest.mark.anyio  # at collection already: marked later, parametrised coroutines lose their parameters

Owner = asyncpg.Connection
NOBODY = UUID(int=1)


async def actions(owner: Owner, tenant_id: UUID) -> list[tuple[str, str]]:
    """What stands in the tenant's log: action and actor, oldest first."""
    rows = await owner.fetch("SELECT action, actor FROM audit_entries WHERE tenant_id = $1 ORDER BY id", tenant_id)
    return [tuple(row) for row in rows]


class TestAccess:
    """/operator/..."""

    @pytest.mark.parametrize(
        ("method", "path"),
        [
            ("GET", "/operator/tenants"),
            ("POST", "/operator/tenants"),
            ("GET", f"/operator/tenants/{NOBODY}"),
            ("POST", f"/operator/tenants/{NOBODY}/suspend"),
            ("POST", f"/operator/tenants/{NOBODY}/resume"),
            ("PUT", f"/operator/tenants/{NOBODY}/plan"),
            ("POST", f"/operator/users/{NOBODY}/disable"),
            ("POST", f"/operator/users/{NOBODY}/enable"),
            ("GET", "/operator/schedules"),
            ("POST", "/operator/schedules/core.heartbeat/run"),
            ("GET", "/operator/impersonations"),
            ("DELETE", f"/operator/impersonations/{NOBODY}"),
        ],
    )
    async def test_others(self, shops: Shops, method: str, path: str) -> None:
        """Nobody enters without a token, and an owner of a tenant does not either."""
        shop = await shops.shop()
        assert (await shop.owner.call(method, path, headers={"Authorization": None})).status_code == 401
        answer = await shop.owner.call(method, path)
        assert answer.json()["details"]["code"] == ("permission_denied")


async def test_hub(shops: Shops, owner: Owner) -> None:
    """GET /operator/hub: the events of the installed modules, and who reacts to each how."""
    staff = await operator(shops, owner)
    shown = (await staff.get("/operator/hub")).json()
    events = {event["name"]: event for event in shown["events"]}
    reactions = {handler["name"]: handler for handler in events["catalog.product_created"]["handlers"]}
    assert reactions.keys() == {"catalog.handlers.count_created"}
    assert events["core.schedule_due"]["public"] is False


class TestTenants:
    """/operator/tenants"""

    async def test_list(self, shops: Shops, owner: Owner) -> None:
        """Filters and cursor find a tenant; the platform's own is in no list."""
        staff, shop = await operator(shops, owner), await shops.shop()
        found = (await staff.get(f"/operator/tenants?q={shop.slug[2:]}&state=active&plan=standard")).json()
        assert [item["id"] for item in found["data"]] == [str(shop.id)]
        assert (await staff.get(f"/operator/tenants?q={shop.slug}&state=suspended")).json()["data"] == []
        seen: list[str] = []
        path: str | None = "/operator/tenants?limit=100"
        while path is not None:
            page = (await staff.get(path)).json()
            seen += [item["id"] for item in page["data"]]
            path = f"/operator/tenants?limit=100&cursor={page['next_cursor']}" if page["has_more"] else None
        assert str(shop.id) in seen
        assert len(seen) == len(set(seen))
        assert str(PLATFORM_TENANT) not in seen
        assert (await staff.get(f"/operator/tenants/{PLATFORM_TENANT}")).status_code == 404

    async def test_create(self, shops: Shops, owner: Owner) -> None:
        """A tenant is made for a person, who is its owner from then on."""
        staff, person = await operator(shops, owner), await shops.person()
        slug = f"o{uuid4().hex[:12]}"
        body = {"name": "Made", "slug": slug, "owner": person.email}
        made = await staff.post("/operator/tenants", json=body)
        assert made.status_code == 201
        tenant = made.json()
        me = (await person.get("/me", headers={"X-Tenant-ID": slug})).json()
        assert me["roles"] == ["owner"]
        assert await actions(owner, UUID(tenant["id"])) == [("operators.tenant.created", f"operator:{staff.user_id}")]
        again = await staff.post("/operator/tenants", json=body)
        assert (again.status_code, again.json()["details"]["code"]) == (409, "tenant_slug_taken")
        stranger = await staff.post("/operator/tenants", json={**body, "slug": slug + "x", "owner": "no@one.example"})
        assert (stranger.status_code, stranger.json()["details"]["errors"][0]["pointer"]) == (422, "/owner")

    async def test_suspend(self, shops: Shops, owner: Owner) -> None:
        """Requirement 37: suspended from the next request on, resumed likewise; both stand in the tenant's own log."""
        staff, shop = await operator(shops, owner), await shops.shop()
        answer = await staff.post(f"/operator/tenants/{shop.id}/suspend", json={"reason": "unpaid"})
        assert answer.json()["state"] == "suspended"
        refused = await shop.owner.get("/products")
        assert (refused.status_code, refused.json()["details"]["code"]) == (403, "tenant_suspended")
        assert (await staff.post(f"/operator/tenants/{shop.id}/resume")).json()["state"] == "active"
        assert (await shop.owner.get("/products")).status_code == 200
        by = f"operator:{staff.user_id}"
        assert await actions(owner, shop.id) == [("operators.tenant.suspended", by), ("operators.tenant.resumed", by)]

    @pytest.mark.parametrize(
        ("method", "act", "body"),
        [
            ("GET", "", None),
            ("POST", "/suspend", {"reason": "unpaid"}),
            ("POST", "/resume", None),
            ("PUT", "/plan", {"plan": "standard"}),
        ],
    )
    async def test_nobodys(
        self, shops: Shops, owner: Owner, method: str, act: str, body: dict[str, str] | None
    ) -> None:
        """A tenant that is none; the platform's own is as little to be had."""
        staff, sent = await operator(shops, owner), {} if body is None else {"json": body}
        headers = {"If-Match": "*"} if method == "PUT" else {}
        for tenant_id in (NOBODY, PLATFORM_TENANT):
            answer = await staff.call(method, f"/operator/tenants/{tenant_id}{act}", headers=headers, **sent)
            assert (answer.status_code, answer.json()["details"]["code"]) == (404, "tenant_not_found")

    async def test_shown(self, shops: Shops, owner: Owner) -> None:
        """One tenant as its list shows it, with the version that a change asks for."""
        staff, shop = await operator(shops, owner), await shops.shop()
        answer = await staff.get(f"/operator/tenants/{shop.id}")
        (listed,) = (await staff.get(f"/operator/tenants?q={shop.slug}")).json()["data"]
        assert (answer.status_code, answer.json(), answer.headers["ETag"]) == (200, listed, '"1"')

    async def test_plan(self, shops: Shops, owner: Owner) -> None:
        """Needs the version that was read; an unknown plan is refused."""
        staff, shop = await operator(shops, owner), await shops.shop()
        path = f"/operator/tenants/{shop.id}/plan"
        assert (await staff.call("PUT", path, json={"plan": "standard"})).status_code == 428
        old = await staff.call("PUT", path, json={"plan": "standard"}, headers={"If-Match": '"9"'})
        assert old.status_code == 412
        unknown = await staff.call("PUT", path, json={"plan": "nothing"}, headers={"If-Match": "*"})
        assert unknown.json()["details"]["errors"][0]["code"] == "unknown_plan"
        await owner.execute("UPDATE tenants SET plan = 'odd' WHERE id = $1", shop.id)
        same = await staff.call("PUT", path, json={"plan": "standard"}, headers={"If-Match": '"1"'})
        assert (same.json()["plan"], same.headers["ETag"]) == ("standard", '"2"')

    async def test_deliveries_wait(self, settings: Settings, shops: Shops, owner: Owner) -> None:
        """What a suspended tenant has to do is neither found nor claimed, and goes on when it is resumed."""
        shop, event = await shops.shop(), uuid7()
        await owner.execute(
            "INSERT INTO events (tenant_id, id, name, version, payload, actor, request_id, at)"
            " VALUES ($1, $2, 'tests.waits', 1, '{}', 'system', $2, now())",
            shop.id,
            event,
        )
        await owner.execute(
            "INSERT INTO deliveries (tenant_id, event_id, handler, queue) VALUES ($1, $2, 'tests.waits', 'default')",
            shop.id,
            event,
        )
        pool = Runtime(settings).pool(settings.database.system_url, 1, role="system")
        await pool.open()
        await owner.execute("UPDATE tenants SET state = 'suspended' WHERE id = $1", shop.id)
        assert shop.id not in await claims.due_tenants(pool)
        assert await claims.claim(pool, shop.id, cap=10, lease_seconds=1) == []
        await owner.execute("UPDATE tenants SET state = 'active' WHERE id = $1", shop.id)
        assert shop.id in await claims.due_tenants(pool)
        assert len(await claims.claim(pool, shop.id, cap=10, lease_seconds=1)) == 1
        await owner.execute("UPDATE deliveries SET state = 'done' WHERE tenant_id = $1", shop.id)
        await pool.close()


class TestPeople:
    """/operator/users"""

    async def test_disable(self, shops: Shops, owner: Owner) -> None:
        """Sessions end and memberships count no more, in every tenant; an API key of theirs says why; enabling undoes it."""
        staff, shop, other = await operator(shops, owner), await shops.shop(), await shops.shop()
        await shops.join(shop.admin.user_id, other.id, "member")
        made = await shop.admin.post("/api-keys", json={"name": "k", "scopes": ["catalog.products:read"]})
        key = {"Authorization": f"Bearer {made.json()['secret']}"}
        assert (await shop.admin.get("/products", headers=key)).status_code == 200
        assert (await staff.post(f"/operator/users/{shop.admin.user_id}/disable")).status_code == 200
        assert (await shop.admin.get("/me")).json()["details"]["code"] == "session_ended"
        assert (await shop.admin.get("/products", headers=key)).json()["details"]["code"] == "key_owner_gone"
        states = await owner.fetch("SELECT state FROM memberships WHERE user_id = $1", shop.admin.user_id)
        assert [row[0] for row in states] == ["disabled", "disabled"]
        assert (await staff.post(f"/operator/users/{shop.admin.user_id}/enable")).status_code == 200
        assert (await shop.admin.get("/products", headers=key)).status_code == 200
        assert (await shop.admin.get("/me")).json()["details"]["code"] == "session_ended"
        assert (await staff.post(f"/operator/users/{uuid4()}/disable")).status_code == 404
