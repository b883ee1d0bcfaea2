"""Events go when their time is over and nothing of them is open; exactly those."""

from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import asyncpg
import pytest

from app.config import Settings
from app.extensions.routing import ModularApp
from app.operators import retention
from app.operators.retention import Retention
from app.utils.ids import first_uuid7, uuid7
from tests.faults.processes import Children, environment, until
from tests.faults.slow_worker import run_main
from tests.support.clock import MovableClock
from tests.support.scratch import scratch_database

pytestmark = pytest.mark.anyio

Owner = asyncpg.Connection
DAYS = {"kept.month": 30, "kept.week": 7}
EVENT = """
INSERT INTO events (tenant_id, id, name, version, payload, actor, request_id, at) VALUES ($1, $2, $3, 1, '{}', 'system', $2, now())
"""
DELIVERY = "INSERT INTO deliveries (tenant_id, event_id, handler, queue, state) VALUES ($1, $2, 'kept.react', 'q', $3)"


async def new_tenant(owner: Owner) -> UUID:
    """A tenant in which nothing has happened."""
    tenant_id = uuid7()
    await owner.execute(
        "INSERT INTO tenants (id, slug, name, version) VALUES ($1, $2, 'Kept', 1)", tenant_id, f"k{uuid4().hex[:16]}"
    )
    return tenant_id


@pytest.fixture
async def tenant(owner: Owner) -> UUID:
    """A tenant of the test's own."""
    return await new_tenant(owner)


@pytest.fixture
def keeper(app: ModularApp) -> Retention:
    """As the relay has it, with the clock of the tests."""
    return Retention(app.state.system, DAYS, seconds=3600)


async def happen(
    owner: Owner, clock: MovableClock, tenant_id: UUID, name: str, *states: str, days: float = 0.0
) -> UUID:
    """An event of so many days ago, with deliveries in these states."""
    low = first_uuid7(clock.now() - timedelta(days=days)).int
    event_id = UUID(int=low | uuid7().int & (1 << 80) - 1)
    await owner.execute(EVENT, tenant_id, event_id, name)
    for state in states:
        await owner.execute(DELIVERY, tenant_id, event_id, state)
    return event_id


async def left(owner: Owner, table: str, column: str, tenant_id: UUID) -> set[UUID]:
    """The events that are there, or that deliveries are there of."""
    return {row[0] for row in await owner.fetch(f"SELECT {column} FROM {table} WHERE tenant_id = $1", tenant_id)}


class TestRetention:
    """What goes and what stays"""

    async def test_exactly_those(self, keeper: Retention, owner: Owner, clock: MovableClock, tenant: UUID) -> None:
        """By its name's own time, with its done deliveries; not what is open or dead, kept for ever, or of a module gone."""
        other = await new_tenant(owner)
        gone, stays = set(), set()
        for place in (tenant, other):
            for name, days in (("kept.month", 31), ("kept.week", 8)):
                gone.add(await happen(owner, clock, place, name, days=days))
                gone.add(await happen(owner, clock, place, name, "done", "done", days=days))
                for state in ("pending", "leased", "parked", "dead"):
                    stays.add(await happen(owner, clock, place, name, "done", state, days=days))
            stays.add(await happen(owner, clock, place, "kept.month", "done", days=29))
            stays.add(await happen(owner, clock, place, "kept.week", "done", days=6))
            stays.add(await happen(owner, clock, place, "kept.for_ever", "done", days=999))
        assert await keeper.round() == len(gone)
        for table, column in (("events", "id"), ("deliveries", "event_id")):
            found = await left(owner, table, column, tenant) | await left(owner, table, column, other)
            assert found == stays
        assert await keeper.round() == 0

    async def test_pages(
        self, keeper: Retention, owner: Owner, clock: MovableClock, tenant: UUID, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """However many stay before them and however many there are, one round finds them all."""
        monkeypatch.setattr(retention, "SEARCH", retention.SEARCH.replace(f"LIMIT {retention.PAGE}", "LIMIT 3"))
        monkeypatch.setattr(retention, "PAGE", 3)
        monkeypatch.setattr(retention, "BATCH", 2)
        for _ in range(7):
            await happen(owner, clock, tenant, "kept.for_ever", days=100)
        for _ in range(8):
            await happen(owner, clock, tenant, "kept.month", "done", days=60)
        assert await keeper.round() == 8
        assert len(await left(owner, "events", "id", tenant)) == 7

    async def test_sent_again_meanwhile(
        self, app: ModularApp, owner: Owner, clock: MovableClock, tenant: UUID, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """An event that is found, and a delivery of which is sent anew before it is removed, stays."""
        event = await happen(owner, clock, tenant, "kept.month", "done", days=60)
        other = await happen(owner, clock, tenant, "kept.month", "done", days=60)
        # The search is made to see what it saw before the replay: it takes every event for one that is over.
        monkeypatch.setattr(retention, "SEARCH", retention.SEARCH.replace("<> 'done'", "= 'nothing'"))
        await owner.execute(
            "UPDATE deliveries SET state = 'pending' WHERE event_id = $1 AND tenant_id = $2", event, tenant
        )
        assert await Retention(app.state.system, DAYS, seconds=3600).round() == 1
        assert await left(owner, "events", "id", tenant) == {event}
        assert other != event
        await owner.execute("UPDATE deliveries SET state = 'done' WHERE tenant_id = $1", tenant)

    async def test_hub_knows(self, app: ModularApp) -> None:
        """How long each event is kept is what its class says; one kept for ever is not named."""
        hub = app.state.runtime.hub
        declared = {event.name: event.retention_days for module in app.state.runtime.modules for event in module.events}
        assert hub.retentions() == {name: days for name, days in declared.items() if days is not None}
        assert hub.retentions()


async def test_relay_removes(settings: Settings, clock: MovableClock, tmp_path: Path) -> None:
    """Whoever runs a relay removes events whose time is over, and none that a projection is a sum of."""
    async with scratch_database(settings) as scratch:
        owner = await asyncpg.connect(scratch.database.owner_url)
        try:
            tenant_id = await new_tenant(owner)
            await happen(owner, clock, tenant_id, "tenants.member_joined", "done", days=3650)
            young = await happen(owner, clock, tenant_id, "tenants.member_joined", "done")
            summed = await happen(owner, clock, tenant_id, "catalog.product_created", "done", days=3650)
            with Children(tmp_path) as children:
                children.start(run_main, environment(scratch), "relay")

                async def over() -> bool:
                    return await left(owner, "events", "id", tenant_id) == {young, summed}

                assert await until(over, "the old one is gone", 30)
        finally:
            await owner.close()
