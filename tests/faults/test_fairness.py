"""A loud tenant and quiet ones: the order of tenants is the fairness."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from app import relay
from app.config import Settings
from app.db import claims
from app.db.claims import Claimed
from app.db.pool import Pool
from app.extensions.wakes import HINT_KEY
from tests.extensions.carrier import Server
from tests.faults.processes import Workshop, until, with_events, workshop
from tests.faults.slow_worker import Asked

LOUD = 500
QUIET = 5
CAP = 40


@pytest.fixture
async def shop(
    settings: Settings, owner: "asyncpg.Connection", valkey: Server, tmp_path: Path
) -> AsyncIterator[Workshop]:
    valkey.redis.flushall()
    quick = with_events(settings, valkey.url, lease_seconds=60.0, max_in_flight=CAP, batch=10)
    async with workshop(quick, owner, tmp_path) as made:
        yield made


async def test_quiet_tenants_go_in_the_first_round(shop: Workshop) -> None:
    """One tenant with 500 deliveries does not keep five with one each waiting: all are enqueued by the first round."""
    loud = await shop.tenant()
    await shop.record(loud, *(Asked(f"n{number}") for number in range(LOUD)))
    quiet = [await shop.tenant() for _ in range(QUIET)]
    for tenant in quiet:
        await shop.record(tenant, Asked("one"))
    await shop.relay.round()
    assert [await shop.states(tenant) for tenant in quiet] == [{"leased": 1}] * QUIET
    assert await shop.states(loud) == {"leased": CAP, "pending": LOUD - CAP}


async def test_quiet_tenants_join_the_round(shop: Workshop, valkey: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who is hinted while a loud tenant is visited is sent before that visit ends: a slow claim holds up no other tenant."""
    loud, quiet = await shop.tenant(), await shop.tenant()
    await shop.record(loud, *(Asked(f"n{number}") for number in range(CAP)))
    claim = claims.claim

    async def slow(pool: Pool, tenant_id: UUID, **terms: Any) -> list[Claimed]:
        if tenant_id == loud:
            await shop.record(quiet, Asked("one"))
            valkey.redis.sadd(HINT_KEY, str(quiet))  # the one of whoever records is best effort
            await until(lambda: shop.relay.moved, "the quiet tenant's is in the queue")
        return await claim(pool, tenant_id, **terms)

    monkeypatch.setattr(claims, "claim", slow)
    assert await shop.relay.round() == 1 + CAP
    assert [await shop.states(tenant) for tenant in (quiet, loud)] == [{"leased": 1}, {"leased": CAP}]


async def test_quantum(shop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    """A visit takes a quantum of a tenant and no more, however much room there is; what is left has its turn in the next rounds."""
    monkeypatch.setattr(relay, "QUANTUM", 15)
    loud = await shop.tenant()
    await shop.record(loud, *(Asked(f"n{number}") for number in range(CAP)))
    assert [await shop.relay.round() for _ in range(3)] == [15, 15, 10]


async def test_cap_holds(shop: Workshop) -> None:
    """However many relays claim at once, a tenant has no more in flight than the cap; the oldest go first."""
    for _ in range(10):
        loud = await shop.tenant()
        await shop.record(loud, *(Asked(f"n{number}") for number in range(3 * CAP)))
        claimed = await asyncio.gather(*(shop.claim(loud) for _ in range(4)))
        leased = [row["state"] == "leased" for row in await shop.deliveries(loud)]
        assert leased == [True] * CAP + [False] * 2 * CAP
        assert sum(map(len, claimed)) == CAP


async def test_room_is_used_again(shop: Workshop) -> None:
    """As deliveries are done the next are sent, until all 500 are."""
    loud = await shop.tenant()
    await shop.record(loud, *(Asked(f"n{number}") for number in range(LOUD)))
    await shop.worker()
    async with shop.relaying():
        found = await shop.settled(loud)
    assert {(row["state"], row["attempt"]) for row in found.values()} == {("done", 1)}
    assert await shop.effects(loud) == {f"n{number}": 1 for number in range(LOUD)}
