"""Which deliveries of a tenant a claim takes: the order of priority and age, keys, caps, and what it reads for that."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest

from app.config import Settings
from app.db import claims
from app.db.claims import CLAIM, RETURNED, Caps
from app.db.deliveries import lost
from app.db.pool import Pool
from app.extensions.tickets import Ticket
from app.runtime import Runtime
from app.utils.ids import uuid7

pytestmark = pytest.mark.anyio

LEASE = 60.0
BACKLOG = 10_000
QUEUE_STEPS = 2
"""What is read to find a queue: the first of it, and the next one's."""
EVENT = """
INSERT INTO events (tenant_id, id, name, version, payload, actor, request_id, at)
VALUES ($1, $2, 'claims.happened', 1, '{}', 'system', $2, now())
"""
DELIVERY = """
INSERT INTO deliveries (tenant_id, event_id, handler, queue, priority, ordering_key, unique_key)
SELECT $1, $2, 'claims.react', $3, $4, $5, $6 FROM generate_series(1, $7) RETURNING id
"""


class Backlog:
    """Deliveries of one tenant, written as the outbox would."""

    def __init__(self, owner: asyncpg.Connection, pool: Pool, tenant_id: UUID, event_id: UUID) -> None:
        self.owner = owner
        self.pool = pool
        self.tenant_id = tenant_id
        self.event_id = event_id

    async def add(
        self, count: int = 1, *, key: str | None = None, unique: str | None = None, priority: int = 0, queue: str = "q"
    ) -> list[int]:
        """So many more; their ids, the oldest first."""
        rows = await self.owner.fetch(DELIVERY, self.tenant_id, self.event_id, queue, priority, key, unique, count)
        return [row[0] for row in rows]

    async def claim(self, cap: int | Caps = 100, **terms: Any) -> list[int]:
        """What a relay leases now, in its order."""
        found = await claims.claim(self.pool, self.tenant_id, cap=cap, lease_seconds=LEASE, **terms)
        return [item.id for item in found]

    async def give_back(self, *leased: tuple[int, int]) -> None:
        """What a relay does with ids and attempts that Redis did not confirm."""
        await claims.give_back(self.pool, self.tenant_id, [Ticket(self.tenant_id, *pair) for pair in leased])

    async def errors(self) -> dict[int, tuple[str, str | None]]:
        """State and error of each."""
        rows = await self.owner.fetch("SELECT id, state, error FROM deliveries WHERE tenant_id = $1", self.tenant_id)
        return {row[0]: (row[1], row[2]) for row in rows}

    async def plan(self) -> tuple[set[str], int]:
        """Which steps a claim of a hundred takes, and how many deliveries it reads in the order of claims."""
        arguments: tuple[Any, ...] = (self.tenant_id, 100, LEASE, 100, [], [], [], [], [])
        transaction = self.owner.transaction()
        await transaction.start()
        (row,) = await self.owner.fetch(f"EXPLAIN (ANALYZE, FORMAT JSON) {CLAIM}", *arguments)
        await transaction.rollback()
        nodes = list(_nodes(json.loads(row[0])[0]["Plan"]))
        scans = [node for node in nodes if node.get("Index Name") == "ix_deliveries_waiting"]
        read = [(scan["Actual Rows"] + scan.get("Rows Removed by Filter", 0)) * scan["Actual Loops"] for scan in scans]
        return {node["Node Type"] for node in nodes}, round(sum(read))

    async def put(self, state: str, *ids: int, due: str = "0 s", lease: str = "0 s") -> None:
        """Deliveries come into a state, by a worker or by time."""
        await self.owner.execute(
            "UPDATE deliveries SET state = $2::text, due_at = now() + $4::text::interval,"
            " lease_until = CASE $2::text WHEN 'leased' THEN now() + $5::text::interval END"
            " WHERE tenant_id = $1 AND id = ANY($3)",
            self.tenant_id,
            state,
            list(ids),
            due,
            lease,
        )


@pytest.fixture
async def pool(settings: Settings) -> AsyncIterator[Pool]:
    """Connections of the relays' role, enough for several relays."""
    made = Runtime(settings).pool(settings.database.system_url, 4, role="system")
    await made.open()
    yield made
    await made.close()


@pytest.fixture
async def backlog(pool: Pool, owner: asyncpg.Connection) -> AsyncIterator[Backlog]:
    """Nothing yet, of a tenant of its own."""
    tenant_id, event_id = uuid7(), uuid7()
    await owner.execute(
        "INSERT INTO tenants (id, slug, name, version) VALUES ($1, $2, 'Claims', 1)", tenant_id, f"c{uuid4().hex[:16]}"
    )
    await owner.execute(EVENT, tenant_id, event_id)
    yield Backlog(owner, pool, tenant_id, event_id)
    await owner.execute("UPDATE deliveries SET state = 'done' WHERE tenant_id = $1", tenant_id)


class TestOrder:
    """Priority, then age"""

    async def test_priority(self, backlog: Backlog) -> None:
        """The lower number goes first, however old the others are; among equals the oldest."""
        bulk, usual, urgent = [await backlog.add(2, priority=number) for number in (20, 10, 0)]
        assert await backlog.claim(cap=5) == [*urgent, *usual, bulk[0]]
        await backlog.put("done", *urgent, *usual)
        assert await backlog.claim(cap=5) == [bulk[1]]

    async def test_due(self, backlog: Backlog) -> None:
        """What waits for its next attempt is passed over until its time, and so is what is dead."""
        later, dead, now = await backlog.add(3)
        await backlog.put("pending", later, due="1 h")
        await backlog.put("dead", dead)
        assert await backlog.claim() == [now]

    async def test_unique_key_is_given_up(self, backlog: Backlog) -> None:
        """From the first lease on an event of the same key has a delivery of its own, which is claimed beside it."""
        (first,) = await backlog.add(unique="k")
        with pytest.raises(asyncpg.UniqueViolationError):
            await backlog.add(unique="k")
        assert await backlog.claim() == [first]
        (second,) = await backlog.add(unique="k")
        assert await backlog.claim() == [second]

    async def test_held_queue(self, backlog: Backlog) -> None:
        """What is due to a queue that is held waits; the others' go."""
        await backlog.add(3, queue="full")
        (other,) = await backlog.add(queue="free")
        assert await backlog.claim(held={"full"}) == [other]
        assert len(await backlog.claim()) == 3


class TestKeys:
    """Ordering keys"""

    async def test_one_at_a_time(self, backlog: Backlog) -> None:
        """Of each key the oldest goes, alone; different keys go together, and what has none is not held up."""
        a, b, free = await backlog.add(3, key="a"), await backlog.add(3, key="b"), await backlog.add(2)
        assert await backlog.claim() == [a[0], b[0], *free]
        assert await backlog.claim() == []
        await backlog.put("done", a[0])
        assert await backlog.claim() == [a[1]]

    async def test_handlers_apart(self, backlog: Backlog) -> None:
        """A key orders what one handler does; another handler's deliveries of the same key are its own affair."""
        first, second = await backlog.add(2, key="a")
        await backlog.owner.execute(
            "UPDATE deliveries SET handler = 'claims.other' WHERE tenant_id = $1 AND id = $2", backlog.tenant_id, second
        )
        assert await backlog.claim() == [first, second]

    @pytest.mark.parametrize("state", ["pending", "parked", "leased"])
    async def test_waits_for_the_oldest(self, backlog: Backlog, state: str) -> None:
        """While the oldest waits for its next attempt, is set aside or runs, the younger ones of its key wait with it."""
        oldest, _ = await backlog.add(2, key="a")
        await backlog.put(state, oldest, due="1 h", lease="1 h")
        assert await backlog.claim() == []

    async def test_dead_holds_up_none(self, backlog: Backlog) -> None:
        """What failed for good, however often, lets the next of its key go; sent again, it waits for that one's end."""
        poison, *rest = await backlog.add(3, key="a")
        await backlog.put("dead", poison)
        assert await backlog.claim() == [rest[0]]
        await backlog.put("pending", poison)
        assert await backlog.claim() == []
        await backlog.put("done", rest[0])
        assert await backlog.claim() == [poison]

    async def test_younger_was_first(self, backlog: Backlog) -> None:
        """An older one that was committed later waits for the one under way, which is claimed again when its lease is over."""
        older, younger = await backlog.add(2, key="a")
        await backlog.put("leased", younger, lease="1 h")
        assert await backlog.claim() == []
        await backlog.put("leased", younger, lease="-1 s")
        assert await backlog.claim() == [younger]
        await backlog.put("done", younger)
        assert await backlog.claim() == [older]

    async def test_many_relays(self, backlog: Backlog) -> None:
        """However many relays claim at once, of a key one delivery is in flight, and they go in order."""
        wanted = {key: await backlog.add(5, key=key) for key in "abc"}
        gone: dict[int, None] = {}
        for _ in range(5):
            found = await asyncio.gather(*(backlog.claim() for _ in range(4)))
            step = [item for part in found for item in part]
            assert len(step) == 3
            gone |= dict.fromkeys(step)
            await backlog.put("done", *step)
        assert {key: [item for item in gone if item in ids] for key, ids in wanted.items()} == wanted

    async def test_says_who_is_followed(self, backlog: Backlog) -> None:
        """The relay is told which claim has another behind it, so that it comes again soon."""
        await backlog.add(2, key="a")
        await backlog.add(1, key="b")
        await backlog.add(2)
        found = await claims.claim(backlog.pool, backlog.tenant_id, cap=100, lease_seconds=LEASE)
        assert [item.followed for item in found] == [True, False, False, False]


class TestCaps:
    """How many are in flight"""

    async def test_plan(self, backlog: Backlog) -> None:
        """The plan's limit stands for the usual cap, also above it, and a change of plan works at the next claim."""
        await backlog.add(20)
        caps = Caps(5, {"small": 2, "large": 12, "none": 0})
        for plan, more in (("none", 0), ("small", 2), ("standard", 3), ("large", 7), ("small", 0)):
            await backlog.owner.execute("UPDATE tenants SET plan = $2 WHERE id = $1", backlog.tenant_id, plan)
            assert len(await backlog.claim(caps)) == more
        await backlog.owner.execute("UPDATE tenants SET plan = 'standard' WHERE id = $1", backlog.tenant_id)

    async def test_quantum(self, backlog: Backlog) -> None:
        """A visit takes no more than its quantum, whatever the cap."""
        await backlog.add(20)
        assert [len(await backlog.claim(cap=12, quantum=5)) for _ in range(4)] == [5, 5, 2, 0]

    async def test_expired_leaves_room(self, backlog: Backlog) -> None:
        """A lease that is over counts no more: what a dead worker held is sent again, and the room it had is there."""
        lost, other = await backlog.add(2)
        assert await backlog.claim(cap=1) == [lost]
        await backlog.put("leased", lost, lease="-1 s")
        assert await backlog.claim(cap=1) == [lost]
        assert await backlog.claim(cap=2) == [other]

    async def test_queues_apart(self, backlog: Backlog) -> None:
        """Each queue has the cap to itself: one that is full of long work holds up no other, and is no fuller for it."""
        await backlog.add(20, queue="bulk", priority=20)
        assert len(await backlog.claim(cap=5)) == 5
        mails = await backlog.add(7, queue="mail")
        assert await backlog.claim(cap=5) == mails[:5]
        assert await backlog.claim(cap=5) == []

    async def test_quantum_of_each_queue(self, backlog: Backlog) -> None:
        """A visit takes its quantum of each queue, and is told of each how much room there was."""
        await backlog.add(20, queue="bulk", priority=20)
        await backlog.add(3, queue="mail")
        found = await claims.claim(backlog.pool, backlog.tenant_id, cap=12, lease_seconds=LEASE, quantum=5)
        assert [(item.queue, item.places) for item in found] == [("mail", 5)] * 3 + [("bulk", 5)] * 5
        found = await claims.claim(backlog.pool, backlog.tenant_id, cap=6, lease_seconds=LEASE, quantum=5)
        assert [(item.queue, item.places) for item in found] == [("bulk", 1)]

    async def test_outlived(self, backlog: Backlog) -> None:
        """A handler that outlives its lease counts as long as it runs: its transaction holds the row."""
        running, other = await backlog.add(2)
        assert await backlog.claim(cap=1) == [running]
        await backlog.put("leased", running, lease="-1 s")
        async with backlog.owner.transaction():
            await backlog.owner.execute(
                "SELECT FROM deliveries WHERE tenant_id = $1 AND id = $2 FOR UPDATE", backlog.tenant_id, running
            )
            assert await backlog.claim(cap=1) == []
        assert await backlog.claim(cap=1) == [running]
        assert await backlog.claim(cap=2) == [other]


class TestGiveBack:
    """give_back"""

    async def test_keeps_what_is_known(self, backlog: Backlog) -> None:
        """What says that a worker was lost stays, or nobody would know; of a first attempt it says why it came back."""
        suspect, fresh = await backlog.add(2)
        await backlog.owner.execute(
            "UPDATE deliveries SET attempt = 1, error = $3 WHERE tenant_id = $1 AND id = $2",
            backlog.tenant_id,
            suspect,
            lost(1),
        )
        assert await backlog.claim() == [suspect, fresh]
        await backlog.give_back((suspect, 2), (fresh, 1))
        assert await backlog.errors() == {suspect: ("pending", lost(1)), fresh: ("pending", RETURNED)}

    async def test_leaves_what_has_begun(self, backlog: Backlog) -> None:
        """What arrived all the same and was begun keeps its lease, whether it goes outside or runs in its transaction."""
        held, fenced, stolen = await backlog.add(3)
        await backlog.claim()
        await backlog.owner.execute(
            "UPDATE deliveries SET error = $3 WHERE tenant_id = $1 AND id = $2", backlog.tenant_id, held, lost(1)
        )
        async with backlog.owner.transaction():
            await backlog.owner.execute(
                "SELECT FROM deliveries WHERE tenant_id = $1 AND id = $2 FOR UPDATE", backlog.tenant_id, fenced
            )
            await backlog.give_back((held, 1), (fenced, 1), (stolen, 0))
        assert await backlog.errors() == {held: ("leased", lost(1)), fenced: ("leased", None), stolen: ("leased", None)}


class TestPlan:
    """What PostgreSQL does for a claim"""

    @pytest.mark.parametrize("keys", [False, True], ids=["no key", "a key each"])
    async def test_reads_no_more_than_it_takes(self, backlog: Backlog, *, keys: bool) -> None:
        """Of a backlog of 10,000 a claim of a hundred reads a hundred, in the index's order: nothing is sorted or counted."""
        await backlog.add(BACKLOG)
        if keys:
            await backlog.owner.execute(
                "UPDATE deliveries SET ordering_key = id::text WHERE tenant_id = $1", backlog.tenant_id
            )
        await backlog.owner.execute("ANALYZE deliveries")
        names, read = await backlog.plan()
        assert not names & {"Sort", "Seq Scan", "Hash Join", "Bitmap Heap Scan"}, names
        assert read <= 100 + QUEUE_STEPS
        await backlog.owner.execute("DELETE FROM deliveries WHERE tenant_id = $1", backlog.tenant_id)

    async def test_passes_by_what_is_full(self, backlog: Backlog) -> None:
        """Of a queue that is full nothing of its 10,000 is read; the few of another queue are found all the same."""
        await backlog.add(BACKLOG, queue="bulk")
        assert len(await backlog.claim(cap=100)) == 100
        mails = await backlog.add(3, queue="mail", priority=20)
        await backlog.owner.execute("ANALYZE deliveries")
        _, read = await backlog.plan()
        assert read <= len(mails) + 2 * QUEUE_STEPS
        assert await backlog.claim(cap=100) == mails
        await backlog.owner.execute("DELETE FROM deliveries WHERE tenant_id = $1", backlog.tenant_id)


def _nodes(plan: dict[str, Any]) -> list[dict[str, Any]]:
    return [plan, *(node for part in plan.get("Plans", []) for node in _nodes(part))]
