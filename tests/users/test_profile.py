"""A person's own profile, and what tenants see of it."""

import asyncio
from datetime import timedelta
from typing import Any
from uuid import UUID

import asyncpg
import httpx
import pytest

from app.auth.repository import TokenRepository
from app.extensions.routing import API, ModularApp
from app.users.events import ProfileChanged
from app.users.handlers import mirror_profile
from app.utils.ids import PLATFORM_TENANT, uuid7
from tests.support.shops import Person, Shops

pytestmark = pytest.mark.anyio  # at collection already: marked later, parametrised coroutines lose their parameters

Owner = asyncpg.Connection


class TestUpdate:
    """PATCH /me"""

    async def test_anonymous(self, client: httpx.AsyncClient) -> None:
        """Nobody without signing in."""
        assert (await client.patch(f"{API}/me", json={"name": "X"})).status_code == 401

    async def test_changed(self, shops: Shops) -> None:
        """What is named changes, what is absent stays, null clears the picture."""
        person = await shops.person()
        body = {"name": "Nora", "picture": "https://x.example/n.png", "locale": "de-AT", "time_zone": "Europe/Vienna"}
        answer = await person.patch("/me", json=body)
        assert answer.status_code == 200
        assert {name: answer.json()["user"][name] for name in body} == body
        user = (await person.patch("/me", json={"picture": None})).json()["user"]
        assert (user["name"], user["picture"], user["locale"]) == ("Nora", None, "de-AT")

    @pytest.mark.parametrize(
        "body",
        [
            {"name": ""},
            {"name": None},
            {"name": "two\nlines"},
            {"picture": "http://x.example/n.png"},
            {"picture": "javascript:alert(1)"},
            {"picture": "https://"},
            {"picture": "https://" + "x" * 500},
            {"locale": "german"},
            {"locale": "de_AT"},
            {"locale": None},
            {"time_zone": "Mars/Olympus"},
            {"time_zone": "../etc/passwd"},
            {"email": "new@shop.example"},
            {"state": "active"},
            {"id": str(UUID(int=1))},
        ],
    )
    async def test_refused(self, shops: Shops, body: dict[str, Any]) -> None:
        """Requirement 18: what is no profile, or not the person's to change, is refused and changes nothing."""
        person = await shops.person()
        before = (await person.get("/me")).json()
        assert (await person.patch("/me", json=body)).status_code == 422
        assert (await person.get("/me")).json() == before


async def version(person: Person, path: str) -> int:
    """Of what stands there."""
    found: int = (await person.get(path)).json()["version"]
    return found


class TestMirror:
    """What tenants see of their people"""

    async def test_every_tenant(self, shops: Shops) -> None:
        """All tenants of the person see the change, and nobody else's membership changes."""
        shop, other = await shops.shop(), await shops.shop()
        await shops.join(shop.member.user_id, other.id, "member")
        changed = {"name": "Nora", "picture": "https://x.example/n.png"}
        path, untouched = f"/members/{shop.member.user_id}", f"/members/{shop.admin.user_id}"
        before = {viewer: await version(viewer, path) for viewer in (shop.viewer, other.viewer)}
        same = await version(shop.viewer, untouched)
        await shop.member.patch("/me", json=changed)
        for viewer in (shop.viewer, other.viewer):
            seen = (await viewer.get(path)).json()
            assert ({name: seen[name] for name in changed}, seen["version"]) == (changed, before[viewer] + 1)
        assert await version(shop.viewer, untouched) == same

    async def test_unseen_change(self, shops: Shops) -> None:
        """Language and time zone are nobody else's business: no membership is touched."""
        shop = await shops.shop()
        path = f"/members/{shop.member.user_id}"
        before = await version(shop.viewer, path)
        await shop.member.patch("/me", json={"time_zone": "Europe/Vienna"})
        assert await version(shop.viewer, path) == before

    async def test_again_and_late(self, app: ModularApp, shops: Shops, owner: Owner) -> None:
        """Run five times at once and after another change, the handler writes the person's present name, once."""
        shop = await shops.shop()
        before = await version(shop.viewer, f"/members/{shop.member.user_id}")
        errand = app.state.runtime.errand(PLATFORM_TENANT, 1, uuid7())
        await owner.execute("UPDATE users SET name = 'Newest' WHERE id = $1", shop.member.user_id)
        event = ProfileChanged(user_id=shop.member.user_id)
        await asyncio.gather(*(mirror_profile(event, errand) for _ in range(5)))
        seen = (await shop.viewer.get(f"/members/{shop.member.user_id}")).json()
        assert (seen["name"], seen["version"]) == ("Newest", before + 1)

    async def test_address(self, app: ModularApp, shops: Shops, owner: Owner) -> None:
        """A confirmed change of address reaches the memberships too."""
        shop = await shops.shop()
        new = f"{uuid7().hex}@shop.example"
        await owner.execute("UPDATE sessions SET authenticated_at = now() WHERE id = $1", shop.member.session_id)
        assert (await shop.member.post("/auth/email/change", json={"email": new})).status_code == 202
        change = await owner.fetchval("SELECT id FROM email_changes WHERE user_id = $1", shop.member.user_id)
        identity = app.state.identity
        async with identity.unit(uuid7()) as uow:
            token = await _token(uow, change, identity.clock.now())
        assert (await shop.member.post("/auth/email/confirm", json={"token": token})).status_code == 200
        assert (await shop.viewer.get(f"/members/{shop.member.user_id}")).json()["email"] == new


async def _token(uow: Any, change: UUID, now: Any) -> str:
    """A token that confirms the change, as the mail has one."""
    return await TokenRepository(uow).make("change_email", change, now, now + timedelta(hours=1))
