"""Requirement 23: API keys are scoped, bound to a tenant, revocable, and hold at most what their maker holds."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import asyncpg
import httpx
import pytest

from app.extensions.routing import API, ModularApp
from tests.support.clock import MovableClock
from tests.support.shops import Person, Shop, Shops, product

READ, WRITE = "catalog.products:read", "catalog.products:write"


@pytest.fixture
async def shop(shops: Shops) -> Shop:
    """A tenant."""
    return await shops.shop()


async def make(actor: Person, *scopes: str, **more: Any) -> dict[str, Any]:
    """POST /api-keys"""
    answer = await actor.post("/api-keys", json={"name": "import", "scopes": list(scopes or (READ,)), **more})
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


async def call(
    client: httpx.AsyncClient, key: str, method: str = "GET", path: str = "/products", **more: Any
) -> httpx.Response:
    """A request with the key."""
    headers = {"Authorization": f"Bearer {key}", **more.pop("headers", {})}
    return await client.request(method, API + path, headers=headers, **more)


def code(answer: httpx.Response) -> str:
    """The code of a problem."""
    return str(answer.json()["details"]["code"])


class TestUse:
    """A request with a key"""

    async def test_scopes(self, client: httpx.AsyncClient, shop: Shop) -> None:
        """It does what its scopes say, and nothing else; its tenant needs no header."""
        key = (await make(shop.admin, READ))["secret"]
        assert (await call(client, key)).status_code == 200
        refused = await call(client, key, "POST", json=product())
        assert (refused.status_code, refused.json()["details"]["decision"]["missing"]) == (403, [WRITE])

    async def test_tenant(self, client: httpx.AsyncClient, shops: Shops, shop: Shop) -> None:
        """Requirement 17: X-Tenant-ID may name its own tenant, by id or slug; another's is not there, malformed is refused."""
        key, other = (await make(shop.admin))["secret"], await shops.shop()
        headers = [str(shop.id), shop.slug, str(other.id), other.slug, "No Slug"]
        answers = [await call(client, key, headers={"X-Tenant-ID": value}) for value in headers]
        assert [answer.status_code for answer in answers] == [200, 200, 404, 404, 400]

    async def test_actor(self, client: httpx.AsyncClient, shop: Shop) -> None:
        """What it does is written down as its own doing."""
        made = await make(shop.admin, WRITE)
        await call(client, made["secret"], "POST", json=product())
        entry = (await shop.admin.get("/audit-log?limit=1")).json()["data"][0]
        assert entry["actor"] == f"api_key:{made['id']}"

    async def test_no_person(self, client: httpx.AsyncClient, shop: Shop) -> None:
        """Requirement 23: it is no person: what is a person's, or an operator's, is refused; it opens no session and makes no key."""
        scopes = ("auth.api_keys:write", "auth.api_keys:read", "tenants.tenant:transfer", "tenants.settings:write")
        key, any_version = (await make(shop.owner, *scopes))["secret"], {"If-Match": "*"}
        person = [
            await call(client, key, path="/me"),
            await call(client, key, path="/tenants"),
            await call(client, key, "POST", "/api-keys", json={"name": "x", "scopes": [READ]}),
            await call(client, key, "POST", "/tenants/current/ownership", json={"user_id": str(shop.admin.user_id)}),
            await call(client, key, "PATCH", "/tenants/current", json={"mfa_required": True}, headers=any_version),
            await call(
                client, key, "POST", "/auth/password/change", json={"current_password": "x", "password": "x" * 9}
            ),
        ]
        assert [(answer.status_code, code(answer)) for answer in person] == [(403, "person_required")] * 6
        assert (await client.post(f"{API}/auth/refresh", json={"refresh_token": key})).status_code == 401
        assert (await call(client, key, path="/api-keys")).status_code == 200

    async def test_wrong(self, client: httpx.AsyncClient, shop: Shop) -> None:
        """A key of another secret, or of another id, is one and the same 401, with no word of why."""
        first, second = (await make(shop.admin))["secret"], (await make(shop.admin))["secret"]
        left, right = first.rsplit("_", 1)[0], second.rsplit("_", 1)[1]
        answers = [await call(client, key) for key in (f"{left}_{right}", first[:-1], "atr_test_x_y", "atr_")]
        assert {(answer.status_code, answer.json()["msg"]) for answer in answers} == {
            (401, "The API key is not valid.")
        }

    async def test_revoked_and_expired(self, client: httpx.AsyncClient, shop: Shop, owner: asyncpg.Connection) -> None:
        """Refused from the very next request on."""
        soon = datetime.now(UTC) + timedelta(hours=1)
        revoked, expired = await make(shop.admin), await make(shop.admin, expires_at=soon.isoformat())
        assert (await call(client, expired["secret"])).status_code == 200
        await shop.admin.delete(f"/api-keys/{revoked['id']}")
        await owner.execute("UPDATE api_keys SET expires_at = now() WHERE id = $1", expired["id"])
        assert [(await call(client, key["secret"])).status_code for key in (revoked, expired)] == [401, 401]
        states = {item["id"]: item["state"] for item in (await shop.admin.get("/api-keys")).json()["data"]}
        assert states == {revoked["id"]: "revoked", expired["id"]: "expired"}

    async def test_maker_loses_a_role(self, client: httpx.AsyncClient, shop: Shop) -> None:
        """Requirement 20: a scope that its maker lost since is lost to the key, on the next request; it comes back with the role."""
        key = (await make(shop.admin, READ, WRITE))["secret"]
        for role, status in (("viewer", 403), ("admin", 201)):
            body = {"roles": [role]}
            await shop.owner.patch(f"/members/{shop.admin.user_id}", json=body, headers={"If-Match": "*"})
            assert (await call(client, key, "POST", json=product())).status_code == status

    async def test_maker_gone(self, client: httpx.AsyncClient, shop: Shop) -> None:
        """The maker leaves: 401 key_owner_gone, listed as orphaned, until somebody who may adopts it."""
        made = await make(shop.admin, READ)
        await shop.owner.delete(f"/members/{shop.admin.user_id}", headers={"If-Match": "*"})
        gone = await call(client, made["secret"])
        assert (gone.status_code, code(gone)) == (401, "key_owner_gone")
        assert (await shop.owner.get(f"/api-keys/{made['id']}")).json()["state"] == "orphaned"
        assert (await shop.owner.post(f"/api-keys/{made['id']}/adopt")).json()["created_by"] == str(shop.owner.user_id)
        assert (await call(client, made["secret"])).status_code == 200

    async def test_maker_disabled(self, client: httpx.AsyncClient, shop: Shop, owner: asyncpg.Connection) -> None:
        """A disabled membership ends the key's access, and the person's own."""
        key = (await make(shop.admin))["secret"]
        await owner.execute("UPDATE memberships SET state = 'disabled' WHERE user_id = $1", shop.admin.user_id)
        assert code(await call(client, key)) == "key_owner_gone"
        assert (await shop.admin.get("/products")).status_code == 404

    async def test_suspended(self, client: httpx.AsyncClient, shop: Shop, owner: asyncpg.Connection) -> None:
        """A suspended tenant's keys are refused as its members are."""
        key = (await make(shop.admin))["secret"]
        await owner.execute("UPDATE tenants SET state = 'suspended' WHERE id = $1", shop.id)
        assert code(await call(client, key)) == "tenant_suspended"


class TestManage:
    """/api-keys"""

    async def test_anonymous_and_low(self, shop: Shop) -> None:
        """Nobody without the permission sees or makes keys."""
        assert (await shop.owner.get("/api-keys", headers={"Authorization": None})).status_code == 401
        assert (await shop.member.get("/api-keys")).status_code == 403

    async def test_other_tenant(self, shops: Shops, shop: Shop) -> None:
        """Another tenant's key is not there."""
        key_id = (await make((await shops.shop()).owner))["id"]
        answers = [
            await shop.owner.get(f"/api-keys/{key_id}"),
            await shop.owner.delete(f"/api-keys/{key_id}"),
            await shop.owner.post(f"/api-keys/{key_id}/adopt"),
            await shop.owner.post(f"/api-keys/{key_id}/rotate", json={}),
        ]
        assert [answer.status_code for answer in answers] == [404] * 4

    async def test_shown_once(self, shop: Shop, owner: asyncpg.Connection) -> None:
        """Requirement 7: the secret is in the first answer alone; the database holds a hash."""
        made = await make(shop.admin)
        assert made["secret"].startswith("atr_test_")
        later = (await shop.admin.get(f"/api-keys/{made['id']}")).json()
        assert "secret" not in later
        row = await owner.fetchval("SELECT k::text FROM api_keys AS k WHERE id = $1", made["id"])
        assert made["secret"].rsplit("_", 1)[1][:32] not in row

    async def test_escalation(self, shop: Shop) -> None:
        """Requirement 19: no key holds more than its maker; an unknown scope and a past expiry are refused."""
        bodies: list[dict[str, Any]] = [
            {"name": "x", "scopes": ["tenants.tenant:transfer"]},
            {"name": "x", "scopes": ["catalog.products:fly"]},
            {"name": "x", "scopes": [READ], "expires_at": "2020-01-01T00:00:00Z"},
            {"name": "x", "scopes": []},
        ]
        answers = [await shop.admin.post("/api-keys", json=body) for body in bodies]
        assert [answer.status_code for answer in answers] == [403, 422, 422, 422]

    async def test_adopting_more(self, shop: Shop) -> None:
        """Nobody adopts a key that holds more than they do."""
        made = await make(shop.owner, "tenants.tenant:transfer")
        assert (await shop.admin.post(f"/api-keys/{made['id']}/adopt")).status_code == 403

    async def test_rotating_more(self, shop: Shop) -> None:
        """Nobody gets the secret of a key that holds more than they do."""
        made = await make(shop.owner, "tenants.tenant:transfer")
        assert (await shop.admin.post(f"/api-keys/{made['id']}/rotate", json={})).status_code == 403

    async def test_rotation(self, client: httpx.AsyncClient, shop: Shop, clock: MovableClock) -> None:
        """The secret before works on for the overlap, then no more; without an overlap it is dead at once."""
        old = await make(shop.admin)
        new = (await shop.admin.post(f"/api-keys/{old['id']}/rotate", json={"overlap_seconds": 600})).json()
        assert [(await call(client, key["secret"])).status_code for key in (old, new)] == [200, 200]
        clock.advance(seconds=600)
        assert [(await call(client, key["secret"])).status_code for key in (old, new)] == [401, 200]
        newest = (await shop.admin.post(f"/api-keys/{old['id']}/rotate", json={"overlap_seconds": 0})).json()
        assert [(await call(client, key["secret"])).status_code for key in (new, newest)] == [401, 200]
        await shop.admin.delete(f"/api-keys/{old['id']}")
        assert code(await shop.admin.post(f"/api-keys/{old['id']}/rotate", json={})) == "api_key_revoked"

    async def test_over(self, shop: Shop) -> None:
        """What is revoked stays revoked: nobody answers for it again, and it is not revoked twice."""
        made = await make(shop.admin)
        assert (await shop.admin.delete(f"/api-keys/{made['id']}")).status_code == 200
        assert code(await shop.admin.post(f"/api-keys/{made['id']}/adopt")) == "api_key_revoked"
        assert code(await shop.admin.delete(f"/api-keys/{made['id']}")) == "api_key_revoked"
        shown = (await shop.admin.get(f"/api-keys/{made['id']}")).json()
        assert (shown["state"], shown["created_by"]) == ("revoked", str(shop.admin.user_id))


async def test_last_use(client: httpx.AsyncClient, app: ModularApp, shop: Shop) -> None:
    """When and from where it was used is written behind the requests, which do not wait for it."""
    made = await make(shop.admin)
    await app.state.runtime.key_uses.aclose()  # what other tests have noted may be about to be written
    await asyncio.gather(*(call(client, made["secret"]) for _ in range(5)))
    assert (await shop.admin.get(f"/api-keys/{made['id']}")).json()["last_used_at"] is None
    await app.state.runtime.key_uses.flush()
    seen = (await shop.admin.get(f"/api-keys/{made['id']}")).json()
    assert seen["last_used_at"] is not None
    assert seen["last_used_address"] == "127.0.0.1"


async def test_limit(client: httpx.AsyncClient, shops: Shops) -> None:
    """Requirement 17: every answer tells what is left; beyond it 429, and another key is not touched."""
    shop = await shops.shop(plan="tight")
    first, second = await make(shop.admin), await make(shop.admin)
    answer = await call(client, first["secret"])
    assert answer.headers["RateLimit-Policy"] == '"api-key-read";q=24;w=60, "tenant-read";q=40;w=60'
    statuses = [(await call(client, first["secret"], path=f"/products/{uuid4()}")).status_code for _ in range(36)]
    assert (statuses[0], statuses[-1]) == (404, 429)
    assert (await call(client, second["secret"])).status_code == 200
