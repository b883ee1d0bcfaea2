"""A person owns at most `tenants.max_owned` tenants, however they come to own them."""

import asyncio
from uuid import uuid4

import asyncpg
import httpx
import pytest

from app.config import Settings
from tests.faults.processes import until
from tests.operators.test_impersonation_races import BY_ROW, held, waits
from tests.support.mailbox import Mailbox
from tests.support.shops import Person, Shop, Shops
from tests.tenants.test_invitations import WAITING

pytestmark = pytest.mark.anyio  # at collection already: marked later, parametrised coroutines lose their parameters


@pytest.fixture
async def shop(shops: Shops) -> Shop:
    """A tenant that is handed over."""
    return await shops.shop()


async def test_heir_changes(shops: Shops, owner: asyncpg.Connection, settings: Settings) -> None:
    """A transfer takes no If-Match: it waits for whoever changes the heir at that moment, and never answers 412."""
    shop = await shops.shop()
    rename = "UPDATE memberships SET name = 'New', version = version + 1 WHERE user_id = $1"
    async with held(settings, rename, shop.member.user_id) as holder:
        giving = asyncio.create_task(transfer(shop, shop.member))
        await waits(owner, giving, BY_ROW, holder)
    answer = await giving
    assert (answer.status_code, answer.json()["name"]) == (200, "New"), answer.text


async def owner_of(shops: Shops, number: int) -> Person:
    """Somebody who owns so many tenants."""
    person = await shops.person()
    for _ in range(number):
        answer = await person.post("/tenants", json={"name": "Theirs", "slug": f"t{uuid4().hex[:12]}"})
        assert answer.status_code == 201
    return person


async def transfer(shop: Shop, heir: Person) -> httpx.Response:
    """POST /tenants/current/ownership"""
    return await shop.owner.post("/tenants/current/ownership", json={"user_id": str(heir.user_id)})


async def promote(shop: Shop, heir: Person, *roles: str) -> httpx.Response:
    """PATCH /members/{user_id}"""
    body = {"roles": list(roles)}
    return await shop.owner.patch(f"/members/{heir.user_id}", json=body, headers={"If-Match": "*"})


async def roles(shop: Shop, person: Person) -> list[str]:
    """What somebody is in the tenant."""
    held: list[str] = (await shop.viewer.get(f"/members/{person.user_id}")).json()["roles"]
    return held


def outcome(answer: httpx.Response) -> tuple[int, str]:
    """Status and code of a refusal."""
    return answer.status_code, answer.json()["details"]["code"]


async def test_heir(shops: Shops, shop: Shop, settings: Settings) -> None:
    """Nobody is made an owner by others who owns as many already, and nothing is half done."""
    heir = await owner_of(shops, settings.tenants.max_owned)
    await shops.join(heir.user_id, shop.id, "member")
    for answer in (await transfer(shop, heir), await promote(shop, heir, "member", "owner")):
        assert outcome(answer) == (409, "too_many_tenants")
    assert (await roles(shop, heir), await roles(shop, shop.owner)) == (["member"], ["owner"])
    assert (await promote(shop, heir, "admin")).status_code == 200


async def test_owner_already(shops: Shops, shop: Shop, settings: Settings) -> None:
    """Who is an owner here may be given other roles beside it: they own no tenant more."""
    heir = await owner_of(shops, settings.tenants.max_owned - 1)
    await shops.join(heir.user_id, shop.id, "owner")
    assert (await promote(shop, heir, "admin", "owner")).status_code == 200
    assert (await transfer(shop, heir)).json()["roles"] == ["admin", "owner"]


async def test_invited(shops: Shops, shop: Shop, settings: Settings, mailbox: Mailbox) -> None:
    """An invitation to own is not accepted by who owns as many already; it waits, and they may accept it later."""
    heir = await owner_of(shops, settings.tenants.max_owned)
    made = await shop.owner.post("/invitations", json={"email": heir.email, "roles": ["owner"]})
    body = {"token": mailbox.last(heir.email).token}
    assert outcome(await heir.post("/invitations/accept", json=body)) == (409, "too_many_tenants")
    assert (await heir.get("/products", headers={"X-Tenant-ID": shop.slug})).status_code == 404
    assert (await shop.owner.get(f"/invitations/{made.json()['id']}")).json()["state"] == "pending"


async def test_at_once(shops: Shops, shop: Shop, settings: Settings, owner: asyncpg.Connection) -> None:
    """Two tenants that are handed to one person at the same moment are counted one after the other."""
    other, heir = await shops.shop(), await owner_of(shops, settings.tenants.max_owned - 1)
    for one in (shop, other):
        await shops.join(heir.user_id, one.id, "member")
    async with owner.transaction():
        await owner.execute("SELECT 1 FROM memberships WHERE user_id = $1 FOR UPDATE", heir.user_id)
        both = [asyncio.create_task(transfer(one, heir)) for one in (shop, other)]
        await until(lambda: owner.fetchval(WAITING), "both are judged or wait for it")
    assert sorted([(await answer).status_code for answer in both]) == [200, 409]
