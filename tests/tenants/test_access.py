"""Explain: why somebody is allowed or refused, and which grant would change it."""

from typing import Any
from uuid import uuid4

import asyncpg
import pytest

from app.auth.explaining import ACCESS_READ
from app.tenants.permissions import TenantPermission
from tests.support.shops import Person, Shops, product

pytestmark = pytest.mark.anyio

Owner = asyncpg.Connection
WRITE = "catalog.products:write"


async def explain(actor: Person, permission: str = WRITE, **parameters: Any) -> Any:
    """The body of GET /access/explain."""
    answer = await actor.get("/access/explain", params={"permission": permission, **parameters})
    assert answer.status_code == 200, answer.text
    return answer.json()


async def role(owner: Person, key: str, *permissions: str) -> None:
    """A custom role."""
    answer = await owner.post("/roles", json={"key": key, "name": key, "permissions": list(permissions)})
    assert answer.status_code == 201, answer.text


async def give(owner: Person, target: Person, *roles: str) -> None:
    """Other roles."""
    answer = await owner.patch(f"/members/{target.user_id}", json={"roles": list(roles)}, headers={"If-Match": "*"})
    assert answer.status_code == 200, answer.text


class TestRefusals:
    """The decision in a 403"""

    async def test_caller_sees_what_is_missing(self, shops: Shops) -> None:
        """Rule, reason and what is missing, and nothing of who holds it."""
        shop = await shops.shop()
        decision = (await shop.viewer.post("/products", json=product())).json()["details"]["decision"]
        assert decision == {
            "allowed": False,
            "rule": "permission",
            "reason": f"your roles here do not hold {WRITE}",
            "missing": [WRITE],
        }

    async def test_grants(self, shops: Shops) -> None:
        """Who holds tenants.access:read also sees the roles that hold what is missing: system ones, then the tenant's own."""
        shop, other = await shops.shop(), await shops.shop()
        await role(shop.owner, "buyer", WRITE, "catalog.products:read")
        await role(other.owner, "foreign", WRITE)
        await role(shop.owner, "auditor", ACCESS_READ)
        await give(shop.owner, shop.viewer, "auditor")
        decision = (await shop.viewer.post("/products", json=product())).json()["details"]["decision"]
        assert (decision["missing"], decision["granted_by"]) == ([WRITE], ["member", "admin", "owner", "buyer"])

    async def test_refused_grants(self, shops: Shops) -> None:
        """So does who may not give away what they lack: all that is missing, or the role owner itself."""
        shop = await shops.shop()
        body = {"key": "heir", "name": "Heir", "permissions": ["tenants.tenant:transfer", WRITE]}
        decision = (await shop.admin.post("/roles", json=body)).json()["details"]["decision"]
        assert (decision["rule"], decision["granted_by"]) == ("grant", ["owner"])
        path = f"/members/{shop.member.user_id}"
        answer = await shop.admin.patch(path, json={"roles": ["owner"]}, headers={"If-Match": "*"})
        decision = answer.json()["details"]["decision"]
        assert (decision["missing"], decision["granted_by"]) == (["owner"], ["owner"])

    async def test_suspended(self, shops: Shops, owner: Owner) -> None:
        """A tenant's state is a rule too."""
        shop = await shops.shop()
        await owner.execute("UPDATE tenants SET state = 'suspended' WHERE id = $1", shop.id)
        assert (await shop.owner.get("/products")).json()["details"]["decision"]["rule"] == "tenant"

    def test_one_name(self) -> None:
        """What auth asks for is what tenants declares."""
        assert TenantPermission.ACCESS_READ == ACCESS_READ


class TestExplain:
    """GET /access/explain"""

    async def test_anonymous_and_stranger(self, shops: Shops, client: Any) -> None:
        """401 without a session, 404 in another's tenant, 400 without one."""
        shop, stranger = await shops.shop(), await shops.person()
        path = f"/access/explain?permission={WRITE}"
        assert (await client.get(f"/api/v1{path}")).status_code == 401
        assert (await stranger.get(path, headers={"X-Tenant-ID": str(shop.id)})).status_code == 404
        assert (await stranger.get(path)).json()["details"]["code"] == "tenant_required"

    async def test_oneself(self, shops: Shops) -> None:
        """Any member learns why, role by role; which grant would change it is for those who may read it."""
        shop = await shops.shop()
        body = await explain(shop.viewer)
        assert body["decision"] == {
            "allowed": False,
            "rule": "permission",
            "reason": f"none of the roles viewer holds {WRITE}",
            "missing": [WRITE],
            "granted_by": None,
        }
        assert [(item["key"], item["system"], item["holds"]) for item in body["roles"]] == [("viewer", True, False)]
        assert body["tenant"] == {"state": "active", "plan": "standard", "module": "catalog", "included": True}
        assert (body["member_state"], body["mfa"]) == ("active", {"required": False, "proved": False})
        assert (await explain(shop.member))["decision"]["allowed"]

    async def test_without_any_permission(self, shops: Shops) -> None:
        """Who holds next to nothing may ask too."""
        shop = await shops.shop()
        await role(shop.owner, "nobody", "tenants.settings:read")
        await give(shop.owner, shop.viewer, "nobody")
        assert not (await explain(shop.viewer))["decision"]["allowed"]

    async def test_others(self, shops: Shops) -> None:
        """An admin asks about anybody here, a member about nobody else; who is no member is not found."""
        shop, other = await shops.shop(), await shops.shop()
        await role(shop.owner, "buyer", WRITE)
        body = await explain(shop.admin, user_id=str(shop.viewer.user_id))
        assert body["decision"]["granted_by"] == ["member", "admin", "owner", "buyer"]
        assert body["mfa"]["proved"] is None
        await give(shop.owner, shop.viewer, "viewer", "buyer")
        body = await explain(shop.admin, user_id=str(shop.viewer.user_id))
        assert (body["decision"]["allowed"], body["decision"]["reason"]) == (True, f"{WRITE} is held by buyer")
        assert {item["key"]: item["permissions"] for item in body["roles"]}["buyer"] == [WRITE]
        path = f"/access/explain?permission={WRITE}&user_id="
        refused = await shop.member.get(path + str(shop.viewer.user_id))
        assert (refused.status_code, refused.json()["details"]["decision"]["missing"]) == (403, [ACCESS_READ])
        for foreign in (other.viewer.user_id, uuid4()):
            assert (await shop.admin.get(path + str(foreign))).status_code == 404

    async def test_plan(self, shops: Shops, owner: Owner) -> None:
        """What the plan lacks is told with the plans that have it; the platform's own modules are in every plan."""
        shop = await shops.shop()
        await owner.execute("UPDATE tenants SET plan = 'none' WHERE id = $1", shop.id)
        decision = (await explain(shop.owner))["decision"]
        assert (decision["rule"], decision["missing"], decision["granted_by"]) == (
            "plan",
            ["catalog"],
            ["standard", "tight"],
        )
        assert (await explain(shop.owner, "core.audit:read"))["decision"]["allowed"]

    async def test_disabled_member(self, shops: Shops, owner: Owner) -> None:
        """A membership that is disabled is the reason, whatever the roles."""
        shop = await shops.shop()
        await owner.execute("UPDATE memberships SET state = 'disabled' WHERE user_id = $1", shop.member.user_id)
        decision = (await explain(shop.admin, user_id=str(shop.member.user_id)))["decision"]
        assert (decision["allowed"], decision["rule"]) == (False, "member")

    async def test_says_what_requests_say(self, shops: Shops) -> None:
        """For every system role, what is explained is what a request is answered."""
        shop = await shops.shop()
        for person in (shop.owner, shop.admin, shop.member, shop.viewer):
            for permission, path in (("core.audit:read", "/audit-log"), ("tenants.roles:read", "/roles")):
                allowed = (await explain(person, permission))["decision"]["allowed"]
                assert (await person.get(path)).status_code == (200 if allowed else 403)

    @pytest.mark.parametrize(
        "query", ["permission=catalog.products:fly", "permission=x", "", "permission=a.b:c&user_id=1"]
    )
    async def test_bad_input(self, shops: Shops, query: str) -> None:
        """An unknown permission, none, or a malformed id: 422."""
        shop = await shops.shop()
        assert (await shop.owner.get(f"/access/explain?{query}")).status_code == 422
