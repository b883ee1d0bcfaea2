"""A tenant is renamed, and asked to be deleted."""

import asyncio
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import asyncpg
import httpx
import pytest

from app.config import Settings
from app.extensions.routing import ModularApp
from tests.operators.test_impersonation_races import BY_ROW, held, waits
from tests.support.clock import MovableClock
from tests.support.shops import Person, Shops

pytestmark = pytest.mark.anyio  # at collection already: marked later, parametrised coroutines lose their parameters

Owner = asyncpg.Connection
GRACE = timedelta(days=30)


def fresh() -> str:
    """A slug that nobody has."""
    return f"n{uuid4().hex[:12]}"


async def change(person: Person, body: dict[str, Any], match: str | None = "*") -> httpx.Response:
    """PATCH /tenants/current"""
    return await person.patch("/tenants/current", json=body, headers={"If-Match": match})


def code(answer: httpx.Response) -> str:
    """The code of a refusal."""
    return str(answer.json()["details"]["code"])


class TestChange:
    """PATCH /tenants/current"""

    async def test_others(self, shops: Shops) -> None:
        """Nobody without signing in, nobody of another tenant, no member below admin."""
        shop, other = await shops.shop(), await shops.shop()
        anonymous = await shop.owner.patch("/tenants/current", json={"name": "X"}, headers={"Authorization": None})
        assert anonymous.status_code == 401
        foreign = await other.owner.patch("/tenants/current", json={"name": "X"}, headers={"X-Tenant-ID": shop.slug})
        assert foreign.status_code == 404
        assert code(await change(shop.member, {"name": "X"})) == "permission_denied"

    async def test_name(self, shops: Shops) -> None:
        """Needs the version that was read; what is absent stays."""
        shop = await shops.shop()
        assert (await change(shop.admin, {"name": "New"}, None)).status_code == 428
        assert (await change(shop.admin, {"name": "New"}, '"7"')).status_code == 412
        answer = await change(shop.admin, {"name": "New"}, '"1"')
        assert (answer.json()["name"], answer.json()["slug"], answer.headers["ETag"]) == ("New", shop.slug, '"2"')

    @pytest.mark.parametrize(
        "body",
        [
            {"slug": "admin"},
            {"slug": "Bad Slug"},
            {"slug": None},
            {"name": ""},
            {"name": None},
            {"mfa_required": "yes"},
            {"plan": "standard"},
            {"state": "active"},
            {"deletion_due_at": None},
        ],
    )
    async def test_invalid(self, shops: Shops, body: dict[str, Any]) -> None:
        """Reserved slugs, nulls and fields that are not the tenant's to change are refused."""
        shop = await shops.shop()
        assert (await change(shop.owner, body)).status_code == 422

    async def test_two_at_once(self, shops: Shops) -> None:
        """Of two changes of one version one wins."""
        shop = await shops.shop()
        answers = await asyncio.gather(*(change(shop.admin, {"name": f"N{n}"}, '"1"') for n in range(2)))
        assert sorted(answer.status_code for answer in answers) == [200, 412]

    async def test_second_factor(self, shops: Shops, owner: Owner) -> None:
        """Only who has proved a second factor demands it; then the others are sent to enrol."""
        shop = await shops.shop()
        assert code(await change(shop.owner, {"mfa_required": True})) == "mfa_enrollment_required"
        await owner.execute("UPDATE sessions SET mfa_at = now() WHERE id = $1", shop.owner.session_id)
        assert (await change(shop.owner, {"mfa_required": True})).json()["mfa_required"] is True
        assert code(await shop.member.get("/products")) == "mfa_enrollment_required"


class TestSlug:
    """Another slug"""

    async def test_alias(self, app: ModularApp, shops: Shops, clock: MovableClock) -> None:
        """The old one selects the tenant for 30 days, for API keys too, and nobody else gets it; then it is free."""
        shop, other, new = await shops.shop(), await shops.shop(), fresh()
        made = await shop.owner.post("/api-keys", json={"name": "k", "scopes": ["catalog.products:read"]})
        key = {"Authorization": f"Bearer {made.json()['secret']}", "X-Tenant-ID": shop.slug}
        assert (await change(shop.owner, {"slug": new})).json()["slug"] == new
        for slug in (new, shop.slug):
            assert (await shop.owner.get("/products", headers={"X-Tenant-ID": slug})).status_code == 200
        assert (await shop.owner.get("/products", headers=key)).status_code == 200
        assert code(await change(other.owner, {"slug": shop.slug})) == "tenant_slug_taken"
        stranger = await shops.person()
        assert code(await stranger.post("/tenants", json={"name": "X", "slug": shop.slug})) == "tenant_slug_taken"
        clock.advance(days=31)
        token = {"Authorization": f"Bearer {_token(app, shop.owner)}"}
        assert (await shop.owner.get("/products", headers={**token, "X-Tenant-ID": shop.slug})).status_code == 404
        theirs = {"Authorization": f"Bearer {_token(app, other.owner)}", "If-Match": "*"}
        answer = await other.owner.patch("/tenants/current", json={"slug": shop.slug}, headers=theirs)
        assert answer.json()["slug"] == shop.slug

    async def test_back(self, shops: Shops) -> None:
        """A tenant takes its own old slug back, and answers to the one between."""
        shop, new = await shops.shop(), fresh()
        await change(shop.owner, {"slug": new})
        assert (await change(shop.owner, {"slug": shop.slug})).json()["slug"] == shop.slug
        for slug in (new, shop.slug):
            found = await shop.owner.get("/tenants/current", headers={"X-Tenant-ID": slug})
            assert found.json()["id"] == str(shop.id)

    async def test_too_many(self, shops: Shops, owner: Owner) -> None:
        """A tenant answers to at most three earlier slugs, also by two changes at once; it is told until when."""
        shop = await shops.shop()
        for _ in range(2):
            await change(shop.owner, {"slug": fresh()})
        answers = await asyncio.gather(*(change(shop.owner, {"slug": fresh()}) for _ in range(2)))
        assert 200 in [answer.status_code for answer in answers]
        refused = await change(shop.owner, {"slug": fresh()})
        assert code(refused) == "too_many_slugs"
        until = await owner.fetchval("SELECT min(expires_at) FROM slug_aliases WHERE owner_id = $1", shop.id)
        assert until.isoformat() in refused.json()["msg"]
        assert (await change(shop.owner, {"slug": shop.slug})).status_code == 200
        assert await owner.fetchval("SELECT count(*) FROM slug_aliases WHERE owner_id = $1", shop.id) == 3

    async def test_race(self, shops: Shops) -> None:
        """A slug that is given up and wanted at the same moment leads to one tenant, whoever comes first."""
        for _ in range(5):
            shop, other = await shops.shop(), await shops.shop()
            answers = await asyncio.gather(
                change(shop.owner, {"slug": fresh()}),
                change(other.owner, {"slug": shop.slug}),
            )
            assert answers[0].status_code == 200
            assert code(answers[1]) == "tenant_slug_taken"

    async def test_swap(self, shops: Shops) -> None:
        """Two tenants that want each other's slug at once wait for nobody in a circle, and neither gets it."""
        shop, other = await shops.shop(), await shops.shop()
        answers = await asyncio.gather(
            change(shop.owner, {"slug": other.slug}), change(other.owner, {"slug": shop.slug})
        )
        assert [answer.status_code for answer in answers] == [409, 409]


class TestDeletion:
    """/tenants/current/deletion"""

    async def test_others(self, shops: Shops) -> None:
        """Only an owner, in their own hand and freshly signed in."""
        shop = await shops.shop()
        body = {"confirm": shop.slug}
        anonymous = await shop.owner.post("/tenants/current/deletion", json=body, headers={"Authorization": None})
        assert anonymous.status_code == 401
        assert code(await shop.admin.post("/tenants/current/deletion", json=body)) == "permission_denied"

    async def test_stale(self, shops: Shops, owner: Owner) -> None:
        """Requirement 8: who signed in long ago proves the password first."""
        shop = await shops.shop()
        stale = "UPDATE sessions SET authenticated_at = now() - interval '1 hour' WHERE id = $1"
        await owner.execute(stale, shop.owner.session_id)
        answer = await shop.owner.post("/tenants/current/deletion", json={"confirm": shop.slug})
        assert code(answer) == "step_up_required"

    async def test_planned(self, shops: Shops, clock: MovableClock) -> None:
        """Typed out, it is due after the time of grace; asked again, the date stays; it can be taken back."""
        shop = await shops.shop()
        path = "/tenants/current/deletion"
        wrong = await shop.owner.post(path, json={"confirm": "another"})
        assert wrong.json()["details"]["errors"][0]["pointer"] == "/confirm"
        assert code(await shop.owner.delete(path)) == "deletion_not_planned"
        planned = await shop.owner.post(path, json={"confirm": shop.slug})
        assert planned.status_code == 202
        due = planned.json()["due_at"]
        shown = (await shop.viewer.get("/tenants/current")).json()["deletion_due_at"]
        assert shown == due
        assert clock.now() + GRACE - timedelta(minutes=1) < _moment(due) <= clock.now() + GRACE
        assert (await shop.owner.post(path, json={"confirm": shop.slug})).json()["due_at"] == due
        assert (await shop.owner.delete(path)).status_code == 200
        assert (await shop.viewer.get("/tenants/current")).json()["deletion_due_at"] is None

    async def test_at_once(self, shops: Shops) -> None:
        """Asked by several at once it is planned once, and each is told the same date; taken back, once too."""
        shop, path = await shops.shop(), "/tenants/current/deletion"
        asked = await asyncio.gather(*(shop.owner.post(path, json={"confirm": shop.slug}) for _ in range(3)))
        assert [answer.status_code for answer in asked] == [202] * 3
        assert len({answer.json()["due_at"] for answer in asked}) == 1
        taken = await asyncio.gather(*(shop.owner.delete(path) for _ in range(3)))
        assert sorted(answer.status_code for answer in taken) == [200, 409, 409]
        assert {code(answer) for answer in taken if answer.status_code == 409} == {"deletion_not_planned"}

    @pytest.mark.parametrize("method", ["POST", "DELETE"])
    async def test_while_changed(self, shops: Shops, owner: Owner, settings: Settings, method: str) -> None:
        """Who changes the tenant at that moment is waited for: what takes no If-Match never answers 412."""
        shop, path = await shops.shop(), "/tenants/current/deletion"
        body = {"confirm": shop.slug} if method == "POST" else None
        if method == "DELETE":
            assert (await shop.owner.post(path, json={"confirm": shop.slug})).status_code == 202
        rename = "UPDATE tenants SET name = 'New', version = version + 1 WHERE id = $1"
        async with held(settings, rename, shop.id) as holder:
            asking = asyncio.create_task(shop.owner.call(method, path, json=body))
            await waits(owner, asking, BY_ROW, holder)
        assert (await asking).status_code == (202 if method == "POST" else 200)
        assert (await shop.viewer.get("/tenants/current")).json()["name"] == "New"


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _token(app: ModularApp, person: Person) -> str:
    """An access token that is not too old yet."""
    token: str = app.state.identity.tokens.access_token(person.user_id, person.session_id)
    return token
