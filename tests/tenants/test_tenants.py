"""Tenants over REST."""

import asyncio
from typing import Any
from uuid import uuid4

import httpx
import pytest

from app.config import Settings
from app.extensions.routing import API
from tests.support.shops import Person, Shops

pytestmark = pytest.mark.anyio  # at collection already: marked later, parametrised coroutines lose their parameters

NOBODY = "00000000-0000-7000-8000-000000000009"


def tenant(**changes: Any) -> dict[str, Any]:
    """A valid body for POST /tenants."""
    return {"name": "Some shop", "slug": f"t{uuid4().hex[:12]}", **changes}


async def create(person: Person, **changes: Any) -> httpx.Response:
    """POST /tenants"""
    return await person.post("/tenants", json=tenant(**changes))


class TestCreate:
    """POST /tenants"""

    async def test_anonymous(self, client: httpx.AsyncClient) -> None:
        """Nobody creates a tenant without signing in."""
        assert (await client.post(f"{API}/tenants", json=tenant())).status_code == 401

    async def test_created(self, shops: Shops) -> None:
        """The creator is its owner at once, and nobody else sees it."""
        person, other = await shops.person(), await shops.person()
        answer = await create(person)
        created = answer.json()
        assert (answer.status_code, answer.headers["ETag"], created["state"]) == (201, '"1"', "active")
        chosen = {"X-Tenant-ID": created["slug"]}
        assert (await person.get("/tenants/current", headers=chosen)).json() == created
        assert (await person.get("/me", headers=chosen)).json()["roles"] == ["owner"]
        assert (await other.get("/tenants/current", headers=chosen)).status_code == 404
        assert (await other.get("/tenants")).json()["data"] == []

    async def test_slug_race(self, shops: Shops) -> None:
        """Of five creations of one slug at once one wins, and the others leave nothing behind."""
        people = [await shops.person() for _ in range(5)]
        body = tenant()
        answers = await asyncio.gather(*(person.post("/tenants", json=body) for person in people))
        assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409, 409]
        lost = {answer.json()["details"]["code"] for answer in answers if answer.status_code == 409}
        assert lost == {"tenant_slug_taken"}
        owned = [len((await person.get("/tenants")).json()["data"]) for person in people]
        assert sum(owned) == 1

    @pytest.mark.parametrize(
        "slug", ["admin", "api", "app", "atrium", "atrium-platform", "current", "operator", "system", "www"]
    )
    async def test_reserved(self, shops: Shops, slug: str) -> None:
        """Names of the platform's own parts are nobody's."""
        answer = await create(await shops.person(), slug=slug)
        assert (answer.status_code, answer.json()["details"]["errors"][0]["pointer"]) == (422, "/slug")

    @pytest.mark.parametrize(
        "slug", ["ab", "a" * 41, "1abc", "Abc", "a--b", "-abc", "abc-", "a_b", "a b", "\u00e4bc", "", "a.b",
                 "abcdef00-0000-7000-8000-000000000009"],
    )  # fmt: skip
    async def test_bad_slug(self, shops: Shops, slug: str) -> None:
        """A slug is one that X-Tenant-ID takes, and looks like no id."""
        assert (await create(await shops.person(), slug=slug)).status_code == 422

    @pytest.mark.parametrize("more", [{"id": NOBODY}, {"plan": "gold"}, {"state": "active"}, {"owner_id": NOBODY}])
    async def test_mass_assignment(self, shops: Shops, more: dict[str, str]) -> None:
        """Requirement 18: what the platform decides is not the creator's to set."""
        assert (await create(await shops.person(), **more)).status_code == 422

    async def test_limit(self, shops: Shops, settings: Settings) -> None:
        """A person owns at most so many tenants, also by more requests at once; being a member does not count."""
        person, shop = await shops.person(), await shops.shop()
        await shops.join(person.user_id, shop.id, "admin")
        allowed = settings.tenants.max_owned
        answers = await asyncio.gather(*(create(person) for _ in range(allowed + 2)))
        assert sorted(answer.status_code for answer in answers) == [201] * allowed + [409] * 2
        refused = {answer.json()["details"]["code"] for answer in answers if answer.status_code == 409}
        assert refused == {"too_many_tenants"}


class TestList:
    """GET /tenants"""

    async def test_anonymous(self, client: httpx.AsyncClient) -> None:
        """Nobody lists without signing in."""
        assert (await client.get(f"{API}/tenants")).status_code == 401

    async def test_empty(self, shops: Shops) -> None:
        """Who belongs nowhere gets an empty list."""
        answer = await (await shops.person()).get("/tenants")
        assert answer.json() == {"data": [], "has_more": False, "next_cursor": None}

    async def test_mine(self, shops: Shops) -> None:
        """Page by page each of the caller's tenants once, and no other."""
        person, _foreign = await shops.person(), await shops.shop()
        joined = [await shops.shop() for _ in range(3)]
        for shop in joined:
            await shops.join(person.user_id, shop.id, "viewer")
        seen, path = [], "/tenants?limit=2"
        while path:
            answer = await person.get(path)
            seen += [item["id"] for item in answer.json()["data"]]
            path = f"/tenants?limit=2&cursor={answer.json()['next_cursor']}" if answer.json()["has_more"] else ""
        assert sorted(seen) == sorted(str(shop.id) for shop in joined)


class TestGet:
    """GET /tenants/{id}"""

    async def test_location(self, shops: Shops) -> None:
        """The Location of a new tenant answers with it."""
        person = await shops.person()
        created = await person.post("/tenants", json={"name": "Mine", "slug": f"t{uuid4().hex[:12]}"})
        again = await person.get(created.headers["Location"].removeprefix("/api/v1"))
        assert again.status_code == 200
        assert again.json() == created.json()

    async def test_foreign(self, shops: Shops) -> None:
        """Another's tenant and one that does not exist are the same 404."""
        shop, person = await shops.shop(), await shops.person()
        answers = [await person.get(f"/tenants/{key}") for key in (shop.id, uuid4())]
        assert [answer.status_code for answer in answers] == [404, 404]
        assert answers[0].json()["msg"] == answers[1].json()["msg"]
