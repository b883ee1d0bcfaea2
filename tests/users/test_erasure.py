"""A person takes what is kept of them, and goes."""

import asyncio
from typing import Any
from uuid import UUID

import asyncpg
import httpx
import pytest

from app.extensions.routing import API, ModularApp
from tests.support.shops import Person, Shops

pytestmark = pytest.mark.anyio  # at collection already: marked later, parametrised coroutines lose their parameters

Owner = asyncpg.Connection
TEXT_COLUMNS = """
SELECT c.table_name, c.column_name FROM information_schema.columns AS c
JOIN information_schema.tables AS t USING (table_schema, table_name)
WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE'
  AND c.data_type IN ('character varying', 'text', 'jsonb', 'ARRAY')
"""


async def mentions(owner: Owner, text: str) -> set[str]:
    """Every column of every table that holds the text somewhere."""
    found = set()
    for table, column in await owner.fetch(TEXT_COLUMNS):
        if await owner.fetchval(f'SELECT true FROM "{table}" WHERE position($1 IN "{column}"::text) > 0 LIMIT 1', text):
            found.add(f"{table}.{column}")
    return found


async def erase(person: Person, confirm: str | None = None) -> httpx.Response:
    """DELETE /me"""
    return await person.delete("/me", json={"confirm": confirm or person.email})


def code(answer: httpx.Response) -> str:
    """The code of a refusal."""
    return str(answer.json()["details"]["code"])


class TestExport:
    """GET /me/export"""

    async def test_anonymous(self, client: httpx.AsyncClient) -> None:
        """Nobody without signing in."""
        assert (await client.get(f"{API}/me/export")).status_code == 401

    async def test_everything(self, shops: Shops) -> None:
        """Profile, memberships, sessions, keys and acts of the person, and nothing of anybody else; no secret."""
        shop, other = await shops.shop(), await shops.shop()
        await shops.password(shop.admin, "seven brave otters")
        await shops.join(shop.admin.user_id, other.id, "viewer")
        made = await shop.admin.post("/api-keys", json={"name": "mine", "scopes": ["catalog.products:read"]})
        await shop.owner.post("/api-keys", json={"name": "theirs", "scopes": ["catalog.products:read"]})
        await shop.admin.patch("/me", json={"name": "Nora"})
        answer = await shop.admin.get("/me/export")
        data = answer.json()
        assert (data["user"]["email"], data["user"]["name"]) == (shop.admin.email, "Nora")
        assert {item["tenant"]["id"] for item in data["memberships"]} == {str(shop.id), str(other.id)}
        assert [item["id"] for item in data["sessions"]] == [str(shop.admin.session_id)]
        assert [item["name"] for item in data["api_keys"]] == ["mine"]
        assert {"users.profile.changed", "auth.api_key.created"} <= {item["action"] for item in data["acts"]}
        assert data["sign_in"]["password_changed_at"] is not None
        assert made.json()["secret"] not in answer.text
        assert shop.owner.email not in answer.text

    async def test_stale(self, shops: Shops, owner: Owner) -> None:
        """Requirement 8: whoever finds an open session does not get it: the password is proved first."""
        person = await shops.person()
        await owner.execute(
            "UPDATE sessions SET authenticated_at = now() - interval '1 hour' WHERE id = $1", person.session_id
        )
        assert code(await person.get("/me/export")) == "step_up_required"
        assert code(await erase(person)) == "step_up_required"


class TestErasure:
    """DELETE /me"""

    async def test_anonymous(self, client: httpx.AsyncClient) -> None:
        """Nobody without signing in."""
        assert (await client.request("DELETE", f"{API}/me", json={"confirm": "a@b.example"})).status_code == 401

    async def test_confirm(self, shops: Shops) -> None:
        """The address is typed out, or nothing happens."""
        person = await shops.person()
        for body in ({"confirm": "another@shop.example"}, {}, {"confirm": 1}):
            assert (await person.delete("/me", json=body)).status_code == 422
        assert (await person.get("/me")).status_code == 200

    async def test_erased(self, app: ModularApp, shops: Shops, owner: Owner) -> None:
        """No table says the address or the name any more; nothing signs in; keys have no owner; others stay as they were."""
        shop, other = await shops.shop(), await shops.shop()
        person = shop.admin
        name = f"Nora {person.user_id.hex}"
        await shops.password(person, "seven brave otters")
        await shops.join(person.user_id, other.id, "viewer")
        await person.patch("/me", json={"name": name})
        made = await person.post("/api-keys", json={"name": "k", "scopes": ["catalog.products:read"]})
        await owner.execute(
            "INSERT INTO invitations (tenant_id, id, email, roles, state, invited_by, expires_at, accepted_by)"
            " VALUES ($1, $2, $3, '{admin}', 'accepted', $4, now(), $5)",
            shop.id,
            person.session_id,
            person.email,
            shop.owner.user_id,
            person.user_id,
        )
        assert await mentions(owner, person.email) == {"users.email", "memberships.email", "invitations.email"}
        assert (await erase(person)).status_code == 200
        assert await mentions(owner, person.email) == set()
        assert await mentions(owner, name) == set()
        assert code(await person.get("/me")) == "session_ended"
        # From an address of its own: a failed sign-in counts against those of the tests that come from everybody's.
        transport = httpx.ASGITransport(app, client=("198.51.100.7", 40000))
        async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as http:
            body = {"email": person.email, "password": "seven brave otters"}
            assert (await http.post(f"{API}/auth/login", json=body)).status_code == 401
        key = {"Authorization": f"Bearer {made.json()['secret']}"}
        assert code(await shop.owner.get("/products", headers=key)) == "key_owner_gone"
        row = await owner.fetchrow("SELECT email, state FROM users WHERE id = $1", person.user_id)
        assert row is not None
        assert tuple(row) == (f"erased-{person.user_id}@invalid", "disabled")
        for table in ("credentials", "sessions", "memberships"):
            assert await owner.fetchval(f"SELECT count(*) FROM {table} WHERE user_id = $1", person.user_id) == 0
        entries = await owner.fetch("SELECT action FROM audit_entries WHERE actor = $1", f"user:{person.user_id}")
        assert {"users.user.erased", "tenants.member.left"} <= {row[0] for row in entries}
        assert len((await shop.owner.get("/members")).json()["data"]) == 3

    async def test_last_owner(self, shops: Shops) -> None:
        """Requirement 19: refused while somebody is the last owner of a tenant, naming it; nothing is done then."""
        shop, other = await shops.shop(), await shops.shop()
        await shops.join(shop.owner.user_id, other.id, "viewer")
        answer = await erase(shop.owner)
        assert (answer.status_code, code(answer)) == (409, "last_owner")
        assert [item["slug"] for item in answer.json()["details"]["tenants"]] == [shop.slug]
        assert len((await shop.owner.get("/me")).json()["memberships"]) == 2

    async def test_last_two_at_once(self, shops: Shops, owner: Owner) -> None:
        """Two last owners who go at the same moment: one stays."""
        shop = await shops.shop()
        await owner.execute(
            "UPDATE memberships SET roles = '{owner}' WHERE tenant_id = $1 AND user_id = $2",
            shop.id,
            shop.admin.user_id,
        )
        answers = await asyncio.gather(erase(shop.owner), erase(shop.admin))
        assert sorted(answer.status_code for answer in answers) == [200, 409]
        left: list[Any] = await owner.fetch(
            "SELECT user_id FROM memberships WHERE tenant_id = $1 AND 'owner' = ANY(roles)", shop.id
        )
        assert len(left) == 1
        assert isinstance(left[0][0], UUID)
