"""What the tenants of one person may have in flight together."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any, cast
from uuid import UUID, uuid4

import asyncpg
import pytest

from app.config import Events, Settings
from app.db import claims, owners
from app.db.claims import Caps
from app.db.owners import Owners
from app.db.pool import Pool
from app.extensions.tickets import Ticket
from app.relay import Relay
from app.runtime import Runtime
from app.utils.ids import uuid7

pytestmark = pytest.mark.anyio

CAP = 6
MANY = 20
EVENT = """
INSERT INTO events (tenant_id, id, name, version, payload, actor, request_id, at)
VALUES ($1, $2, 'owners.happened', 1, '{}', 'system', $2, now())
"""
DELIVERIES = """
INSERT INTO deliveries (tenant_id, event_id, handler, queue) SELECT $1, $2, 'owners.react', 'q' FROM generate_series(1, $3)
"""


class Estate:
    """People and what they own, with a backlog in each tenant."""

    def __init__(self, owner: asyncpg.Connection, pool: Pool) -> None:
        self.owner = owner
        self.pool = pool
        self.tenants: list[UUID] = []
        self.known = Owners(pool)

    async def person(self) -> UUID:
        """Somebody who owns nothing yet."""
        key = uuid7()
        email = f"{key}@owners.example"
        await self.owner.execute("INSERT INTO users (id, email, name, version) VALUES ($1, $2, 'O', 1)", key, email)
        return key

    async def tenant(self, *people: UUID, role: str = "owner", deliveries: int = MANY, plan: str = "standard") -> UUID:
        """A tenant of theirs, with so much to do."""
        key, event = uuid7(), uuid7()
        self.tenants.append(key)
        slug = f"o{uuid4().hex[:16]}"
        await self.owner.execute(
            "INSERT INTO tenants (id, slug, name, plan, version) VALUES ($1, $2, 'Owned', $3, 1)", key, slug, plan
        )
        for person in people:
            await self.owner.execute(
                "INSERT INTO memberships (tenant_id, user_id, roles, email, name, version) VALUES ($1, $2, $3, '', '', 1)",
                key,
                person,
                [role],
            )
        await self.owner.execute(EVENT, key, event)
        await self.owner.execute(DELIVERIES, key, event, deliveries)
        return key

    async def claim(self, tenant_id: UUID, caps: Caps | None = None) -> int:
        """How many a relay leases of the tenant now."""
        await self.known.look()
        cap = caps or Caps(CAP)
        found = await claims.claim(self.pool, tenant_id, cap=cap, lease_seconds=60, owners=self.known.of(tenant_id))
        return len(found)

    async def flying(self, tenant_id: UUID) -> int:
        """How many are in flight."""
        count: int = await self.owner.fetchval(
            "SELECT count(*) FROM deliveries WHERE tenant_id = $1 AND state = 'leased'", tenant_id
        )
        return count

    async def done(self, tenant_id: UUID) -> None:
        """Everything in flight of the tenant ends."""
        await self.owner.execute(
            "UPDATE deliveries SET state = 'done' WHERE tenant_id = $1 AND state = 'leased'", tenant_id
        )


@pytest.fixture
async def pool(settings: Settings) -> AsyncIterator[Pool]:
    """Connections of the relays' role, enough for several relays."""
    made = Runtime(settings).pool(settings.database.system_url, 4, role="system")
    await made.open()
    yield made
    await made.close()


@pytest.fixture
async def estate(owner: asyncpg.Connection, pool: Pool) -> AsyncIterator[Estate]:
    """Nobody yet."""
    made = Estate(owner, pool)
    yield made
    await owner.execute("UPDATE deliveries SET state = 'done' WHERE tenant_id = ANY($1)", made.tenants)


class TestTogether:
    """claim, with owners"""

    async def test_share(self, estate: Estate) -> None:
        """What is in flight of one leaves the other no more than one; what has ended there makes room here."""
        person = await estate.person()
        first, second = await estate.tenant(person), await estate.tenant(person)
        assert [await estate.claim(first), await estate.claim(second), await estate.claim(second)] == [CAP, 1, 0]
        await estate.done(first)
        assert await estate.claim(second) == CAP - 1

    async def test_queues_apart(self, estate: Estate) -> None:
        """They share the cap of each queue: a queue that one of them has filled leaves the other's other queues alone."""
        person = await estate.person()
        loud, quiet = await estate.tenant(person), await estate.tenant(person)
        await estate.owner.execute("UPDATE deliveries SET queue = 'bulk' WHERE tenant_id = $1", loud)
        assert [await estate.claim(loud), await estate.claim(quiet)] == [CAP, CAP]
        await estate.owner.execute("UPDATE deliveries SET queue = 'bulk' WHERE tenant_id = $1", quiet)
        await estate.done(quiet)
        assert [await estate.claim(quiet), await estate.claim(quiet)] == [1, 0]

    async def test_others(self, estate: Estate) -> None:
        """Who is a member there and no owner, or owns one tenant alone, shares nothing; neither does another person."""
        person, other = await estate.person(), await estate.person()
        tenants = [
            await estate.tenant(person),
            await estate.tenant(person, role="admin"),
            await estate.tenant(other),
            await estate.tenant(),
        ]
        assert [await estate.claim(tenant) for tenant in tenants] == [CAP] * 4

    async def test_no_longer(self, estate: Estate) -> None:
        """Whose membership is disabled owns nothing there: the tenant has the whole of its own cap."""
        person = await estate.person()
        loud, left = await estate.tenant(person), await estate.tenant(person)
        await estate.owner.execute(
            "UPDATE memberships SET state = 'disabled' WHERE tenant_id = $1 AND user_id = $2", left, person
        )
        assert [await estate.claim(tenant_id) for tenant_id in (loud, left)] == [CAP, CAP]

    async def test_two_owners(self, estate: Estate) -> None:
        """A tenant of two people has the room that both of them have left."""
        one, two = await estate.person(), await estate.person()
        common, of_one = await estate.tenant(one, two), await estate.tenant(one, deliveries=2)
        of_two = await estate.tenant(two, deliveries=4)
        assert [await estate.claim(of_one), await estate.claim(of_two), await estate.claim(common)] == [2, 4, CAP - 4]

    async def test_plans(self, estate: Estate) -> None:
        """Together they have what the best plan of them has; each by itself no more than its own."""
        person, caps = await estate.person(), Caps(CAP, {"small": 2, "large": 9})
        small = await estate.tenant(person, plan="small")
        large, usual = await estate.tenant(person, plan="large"), await estate.tenant(person)
        assert [await estate.claim(key, caps) for key in (small, usual, large, usual)] == [2, CAP, 1, 0]

    @pytest.mark.parametrize("times", range(5))
    async def test_at_once(self, estate: Estate, times: int) -> None:
        """Relays that claim of several at the same moment do not exceed it together."""
        person = await estate.person()
        tenants = [await estate.tenant(person, deliveries=MANY + times) for _ in range(4)]
        await estate.known.look()
        for _ in range(3):
            await asyncio.gather(*(estate.claim(tenant) for tenant in tenants))
        flying = [await estate.flying(tenant) for tenant in tenants]
        assert CAP <= sum(flying) <= CAP + len(tenants) - 1


class TestLook:
    """Owners"""

    async def test_from_time_to_time(self, estate: Estate, monkeypatch: pytest.MonkeyPatch) -> None:
        """It is read once, and again when it is older than it may be."""
        person = await estate.person()
        first = await estate.tenant(person)
        await estate.known.look()
        second = await estate.tenant(person)
        await estate.known.look()
        assert estate.known.of(first) == {}
        monkeypatch.setattr(owners, "OWNERS_SECONDS", 0.0)
        await estate.known.look()
        assert estate.known.of(first) == estate.known.of(second) == {person: [first, second]}

    async def test_relay(self, estate: Estate, settings: Settings) -> None:
        """A relay keeps to it from its first round on."""
        person = await estate.person()
        tenants = [await estate.tenant(person) for _ in range(3)]
        relay = Relay(estate.pool, cast("Any", Nowhere(tenants)), quick(settings))
        for _ in range(3):
            await relay.round()
        assert CAP <= sum([await estate.flying(tenant) for tenant in tenants]) <= CAP + 2


class Nowhere:
    """A queue that takes everything and hints at some tenants."""

    slow = frozenset[str]()

    def __init__(self, tenants: list[UUID]) -> None:
        self.tenants = tenants

    async def hints(self) -> set[UUID]:
        """Always the same."""
        return set(self.tenants)

    async def push_all(self, tickets: dict[str, list[Ticket]]) -> None:
        """Gone."""

    async def standing(self, queues: set[str]) -> dict[str, object]:
        """Nothing waits."""
        return {}


def quick(settings: Settings) -> Events:
    """With the cap of these tests."""
    return settings.events.model_copy(update={"max_in_flight": CAP})
