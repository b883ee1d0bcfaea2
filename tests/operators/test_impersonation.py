"""An operator acts as somebody: in one tenant, for a while, before the eyes of the tenant."""

import asyncio
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest

from app.auth.identity import IdentityUnits
from app.extensions.routing import ModularApp
from app.operators.services import PeopleDesk, by_command
from tests.operators.desk import operator
from tests.support.clock import MovableClock
from tests.support.shops import Person, Shop, Shops, product

pytestmark = pytest.mark.anyio  # at collection already: marked later, parametrised coroutines lose their parameters

Owner = asyncpg.Connection
START = "/operator/impersonations"


async def act(staff: Person, shop: Shop, person: Person, **changes: Any) -> tuple[Person, str]:
    """The operator as the person, and the id of it."""
    body = {"tenant_id": str(shop.id), "user_id": str(person.user_id), "reason": "ticket 7", **changes}
    answer = await staff.post(START, json=body)
    assert answer.status_code == 201, answer.text
    started = answer.json()
    return replace(person, token=started["access_token"], tenant_id=shop.id), started["id"]


async def entries(owner: Owner, tenant_id: UUID) -> list[tuple[str, str]]:
    """Action and actor of what stands in the tenant's log."""
    rows = await owner.fetch("SELECT action, actor FROM audit_entries WHERE tenant_id = $1 ORDER BY id", tenant_id)
    return [tuple(row) for row in rows]


class TestActing:
    """What acting as somebody is"""

    async def test_seen(self, shops: Shops, owner: Owner) -> None:
        """Requirement 37: beginning, every act and end stand in the tenant's log and name the operator."""
        staff, shop = await operator(shops, owner), await shops.shop()
        acting, key = await act(staff, shop, shop.member)
        assert (await acting.post("/products", json=product())).status_code == 201
        assert (await staff.delete(f"{START}/{key}")).status_code == 200
        both = f"operator:{staff.user_id} as user:{shop.member.user_id}"
        by = f"operator:{staff.user_id}"
        found = await entries(owner, shop.id)
        assert found[0] == ("operators.impersonation.started", by)
        assert ("catalog.product.created", both) in found
        assert found[-1] == ("operators.impersonation.ended", by)
        assert (await acting.get("/products")).json()["details"]["code"] == "session_ended"
        assert (await staff.delete(f"{START}/{key}")).status_code == 404

    async def test_me(self, shops: Shops, owner: Owner) -> None:
        """GET /me says who acts and shows the one tenant, and so do the other lists of tenants."""
        staff, shop, other = await operator(shops, owner), await shops.shop(), await shops.shop()
        await shops.join(shop.member.user_id, other.id, "owner")
        acting, _ = await act(staff, shop, shop.member)
        me = (await acting.get("/me")).json()
        assert me["impersonation"]["operator_id"] == str(staff.user_id)
        assert [item["tenant"]["id"] for item in me["memberships"]] == [str(shop.id)]
        assert [item["id"] for item in (await acting.get("/tenants")).json()["data"]] == [str(shop.id)]
        assert (await acting.get(f"/tenants/{other.id}")).status_code == 404
        unchosen = await acting.get("/products", headers={"X-Tenant-ID": None})
        assert [item["id"] for item in unchosen.json()["details"]["tenants"]] == [str(shop.id)]
        assert (await acting.get("/products", headers={"X-Tenant-ID": str(other.id)})).status_code == 404
        assert (await shop.member.get("/me")).json()["impersonation"] is None

    async def test_ends(self, shops: Shops, owner: Owner, clock: MovableClock) -> None:
        """It ends by its time, by signing out, and with the operator's rights."""
        staff, shop = await operator(shops, owner), await shops.shop()
        acting, _ = await act(staff, shop, shop.member, minutes=20)
        clock.advance(minutes=19)
        assert (await acting.get("/products")).status_code == 200
        clock.advance(minutes=2)
        assert (await acting.get("/products")).status_code == 401
        clock.reset()
        acting, _ = await act(staff, shop, shop.viewer)
        assert (await acting.post("/auth/logout")).status_code == 200
        assert (await acting.get("/products")).status_code == 401
        assert (await entries(owner, shop.id))[-1][0] == "operators.impersonation.ended"

    async def test_revoked(self, app: ModularApp, shops: Shops, owner: Owner) -> None:
        """Revoking the operator ends it, also where both happen at once."""
        staff, shop = await operator(shops, owner), await shops.shop()
        identity: IdentityUnits = app.state.identity
        desk = PeopleDesk(app.state.system, identity, by_command(), app.state.runtime.settings)
        acting, _ = await act(staff, shop, shop.member)
        body = {"tenant_id": str(shop.id), "user_id": str(shop.viewer.user_id), "reason": "ticket 7"}
        answer, _ = await asyncio.gather(staff.post(START, json=body), desk.revoke(staff.user_id))
        assert (await acting.get("/products")).status_code == 401
        if answer.status_code == 201:
            late = replace(shop.viewer, token=answer.json()["access_token"])
            assert (await late.get("/products")).status_code == 401
        alive = "SELECT count(*) FROM sessions WHERE operator_id = $1 AND ended_at IS NULL"
        assert await owner.fetchval(alive, staff.user_id) == 0
        assert (await staff.get("/operator/tenants")).status_code == 403


async def test_known_here(app: ModularApp, shops: Shops, owner: Owner) -> None:
    """Where an operator acted from is no place that the person signs in from."""
    staff, shop = await operator(shops, owner), await shops.shop()
    await act(staff, shop, shop.member)
    identity: IdentityUnits = app.state.identity
    await owner.execute("UPDATE sessions SET address = '192.0.2.9' WHERE operator_id = $1", staff.user_id)
    await owner.execute(
        "INSERT INTO credentials (user_id, password_hash) VALUES ($1, 'x') ON CONFLICT DO NOTHING", shop.member.user_id
    )
    email = await owner.fetchval("SELECT email FROM users WHERE id = $1", shop.member.user_id)
    async with identity.unit(UUID(int=1), read_only=True) as uow:
        person = await identity.directory.person_by_email(uow, email.lower(), "192.0.2.9")
    assert person is not None
    assert not person.known_here


class TestList:
    """GET /operator/impersonations"""

    async def test_shown(self, shops: Shops, owner: Owner) -> None:
        """Operators see who acts as whom, where, and why; what has ended stands there no more."""
        staff, shop = await operator(shops, owner), await shops.shop()
        _, key = await act(staff, shop, shop.member)
        shown = (await staff.get(START)).json()["data"]
        (found,) = [item for item in shown if item["id"] == key]
        told = tuple(found[name] for name in ("operator_id", "tenant_id", "user_id", "reason"))
        assert told == (str(staff.user_id), str(shop.id), str(shop.member.user_id), "ticket 7")
        assert (await staff.delete(f"{START}/{key}")).status_code == 200
        assert key not in [item["id"] for item in (await staff.get(START)).json()["data"]]


class TestRefused:
    """What it is not"""

    @pytest.mark.parametrize(
        ("method", "path", "body"),
        [
            ("POST", "/auth/password/change", {"current_password": "x", "password": "seven brave otters"}),
            ("POST", "/auth/email/change", {"email": "new@shop.example"}),
            ("POST", "/auth/step-up", {"password": "x"}),
            ("POST", "/api-keys", {"name": "k", "scopes": ["catalog.products:read"]}),
            ("POST", "/tenants/current/ownership", {"user_id": str(UUID(int=1))}),
            ("POST", "/tenants/current/leave", None),
            ("POST", "/tenants", {"name": "Mine", "slug": "mine-now"}),
            ("GET", "/operator/tenants", None),
            ("GET", "/auth/sessions", None),
            ("GET", f"/auth/sessions/{UUID(int=1)}", None),
            ("POST", "/invitations/accept", {"token": "x" * 40}),
            ("PATCH", "/tenants/current", {"mfa_required": True}),
        ],
    )
    async def test_own_hand(self, shops: Shops, owner: Owner, method: str, path: str, body: Any) -> None:
        """Passwords, addresses, sessions, keys, ownership, membership and operators' routes are for the person alone."""
        staff, shop = await operator(shops, owner), await shops.shop()
        acting, _ = await act(staff, shop, shop.owner)
        headers = {"If-Match": "*"} if method == "PATCH" else {}
        answer = await acting.call(method, path, headers=headers, **({} if body is None else {"json": body}))
        assert (answer.status_code, answer.json()["details"]["code"]) == (403, "impersonation_refused")

    async def test_owners(self, shops: Shops, owner: Owner) -> None:
        """Requirement 19: as an owner an operator makes nobody an owner, and removes none."""
        staff, shop = await operator(shops, owner), await shops.shop()
        acting, _ = await act(staff, shop, shop.owner)
        path = f"/members/{shop.viewer.user_id}"
        answer = await acting.patch(path, json={"roles": ["owner"]}, headers={"If-Match": "*"})
        assert answer.json()["details"]["code"] == "impersonation_refused"
        answer = await acting.delete(f"/members/{shop.owner.user_id}", headers={"If-Match": "*"})
        assert answer.json()["details"]["code"] == "impersonation_refused"

    async def test_invites_nobody(self, shops: Shops, owner: Owner) -> None:
        """Who is let in would stay after the hour: nobody is invited or asked again, though an invitation can be taken back."""
        staff, shop = await operator(shops, owner), await shops.shop()
        body = {"email": f"{uuid4().hex}@new.example", "roles": ["viewer"]}
        key = (await shop.admin.post("/invitations", json=body)).json()["id"]
        acting, _ = await act(staff, shop, shop.admin)
        another = {**body, "email": f"{uuid4().hex}@new.example"}
        for path, sent in (("/invitations", another), (f"/invitations/{key}/resend", None)):
            refused = (await acting.post(path, json=sent)).json()["details"]
            assert (refused["code"], refused["decision"]["rule"]) == ("impersonation_refused", "impersonation")
        assert (await acting.delete(f"/invitations/{key}")).status_code == 200

    async def test_whom(self, shops: Shops, owner: Owner) -> None:
        """Only an active member of an active tenant, with a reason, for at most an hour, freshly signed in."""
        staff, shop, other = await operator(shops, owner), await shops.shop(), await shops.shop()
        body = {"tenant_id": str(shop.id), "user_id": str(other.member.user_id), "reason": "ticket 7"}
        answer = await staff.post(START, json=body)
        assert answer.json()["details"]["errors"][0]["code"] == "not_a_member"
        mine = {**body, "user_id": str(shop.member.user_id)}
        for wrong in ({"minutes": 61}, {"minutes": 0}, {"reason": ""}):
            assert (await staff.post(START, json={**mine, **wrong})).status_code == 422
        assert (await staff.post(START, json={**mine, "tenant_id": str(UUID(int=5))})).status_code == 404
        await owner.execute("UPDATE tenants SET state = 'suspended' WHERE id = $1", shop.id)
        assert (await staff.post(START, json=mine)).json()["details"]["code"] == "tenant_suspended"
        await owner.execute(
            "UPDATE sessions SET authenticated_at = now() - interval '1 day' WHERE id = $1", staff.session_id
        )
        assert (await staff.post(START, json=mine)).json()["details"]["code"] == "step_up_required"
        assert (await shop.owner.post(START, json=mine)).status_code in {401, 403}
