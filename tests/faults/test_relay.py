"""Relays with workers: keys in order, a queue that nobody empties, a Redis that is full."""

import asyncio
import time
from pathlib import Path
from uuid import UUID

import pytest

from app import relay
from app.extensions.queue import DeliveryQueue, QueueAwayError
from app.extensions.tasks import BULK_QUEUE
from app.relay import Relay, caps_of
from tests.extensions.carrier import QUEUE_KEY, Server
from tests.faults.processes import Workshop, until
from tests.faults.slow_worker import WAIT, Asked, Ordered, Waiting
from tests.faults.task_worker import serve_tasks

COUNT = 20
BULK_KEY = f"rq:queue:{BULK_QUEUE}"
EACH = 8
LEASES = 4


async def in_order(shop: Workshop, tenant: object) -> list[str]:
    """The effects that stand, in the order in which they were brought about."""
    rows = await shop.owner.fetch(
        "SELECT target FROM audit_entries WHERE tenant_id = $1 AND action = 'faults.effect' ORDER BY id", tenant
    )
    return [row[0] for row in rows]


class TestKeys:
    """Ordering keys"""

    async def test_in_order(self, shop: Workshop) -> None:
        """With two relays and two workers, what has one key is done in the order in which it happened, each once."""
        shop.change(lease_seconds=10.0)
        tenant = await shop.tenant()
        labels = [f"{key}{number}" for number in range(EACH) for key in "abc"]
        await shop.record(tenant, *(Ordered(label) for label in labels))
        for _ in range(2):
            await shop.worker()
        queue = DeliveryQueue(shop.settings.redis.url)
        second = Relay(shop.system, queue, shop.settings.events)
        running = asyncio.create_task(second.run())
        try:
            async with shop.relaying():
                found = await shop.settled(tenant, 60)
        finally:
            running.cancel()
            await asyncio.wait([running])
            await queue.aclose()
        done = await in_order(shop, tenant)
        assert {key: [label for label in done if label[0] == key] for key in "abc"} == {
            key: [label for label in labels if label[0] == key] for key in "abc"
        }
        assert {row["attempt"] for row in found.values()} == {1}
        spans = sorted((row["finished_at"], label) for label, row in found.items() if label[0] == "a")
        assert [label for _, label in spans] == [label for label in labels if label[0] == "a"]

    async def test_keys_run_beside_each_other(self, shop: Workshop, tmp_path: Path) -> None:
        """While one of a key runs, those behind it wait and those of other keys are done."""
        shop.change(lease_seconds=10.0)
        tenant, gate = await shop.tenant(), tmp_path / "gate"
        await shop.record(
            tenant,
            Ordered("a0", gate=str(gate)),
            *(Ordered(f"{key}{number}") for number in range(1, 4) for key in "ab"),
        )
        await shop.worker()
        async with shop.relaying():
            await until(lambda: count_of(shop, tenant, "b", 3), "the other key is done", 30)
            assert await in_order(shop, tenant) == ["b1", "b2", "b3"]  # a0 has not committed
            assert (await shop.states(tenant))["pending"] == 3
            gate.touch()
            await shop.settled(tenant, 30)
        done = await in_order(shop, tenant)
        assert [label for label in done if label[0] == "a"] == ["a0", "a1", "a2", "a3"]
        assert set(done[-3:]) == {"a1", "a2", "a3"}

    async def test_poison(self, shop: Workshop) -> None:
        """One that fails every time holds up its own key until it is dead, and no other key and no other tenant."""
        shop.change(lease_seconds=10.0, backoff_seconds=0.3)
        tenant, other = await shop.tenant(), await shop.tenant()
        await shop.record(tenant, Ordered("a0", "raise"), Ordered("a1"), Ordered("b0"), Ordered("b1"))
        await shop.record(other, Ordered("a0"), Ordered("a1"))
        await shop.worker()
        async with shop.relaying():
            found = await shop.settled(tenant, 60)
            others = await shop.settled(other)
        assert {label: row["state"] for label, row in found.items()} == {
            "a0": "dead", "a1": "done", "b0": "done", "b1": "done",
        }  # fmt: skip
        assert found["a1"]["finished_at"] > found["a0"]["finished_at"] > found["b1"]["finished_at"]
        assert await in_order(shop, other) == ["a0", "a1"]
        assert found["a0"]["finished_at"] > others["a1"]["finished_at"]


async def count_of(shop: Workshop, tenant: object, key: str, count: int) -> bool:
    """Whether so many of a key are done."""
    return sum(label[0] == key for label in await in_order(shop, tenant)) == count


class TestHealth:
    """What a probe sees"""

    async def test_rounds(self, shop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
        """A relay gives a sign of life between its rounds, also where they fail; while one does not end it gives none."""
        faults: list[Exception] = [QueueAwayError("away"), OSError()]
        hangs = asyncio.Event()

        async def fail_and_hang() -> int:
            if faults:
                raise faults.pop()
            hangs.set()
            await asyncio.Event().wait()
            return 0

        signs: list[float] = []
        monkeypatch.setattr(shop.relay, "round", fail_and_hang)
        running = asyncio.create_task(shop.relay.run(lambda: signs.append(time.monotonic())))
        await asyncio.wait_for(hangs.wait(), 10)
        seen = len(signs)
        assert seen == 3
        over = time.monotonic() + 2 * shop.settings.events.poll_seconds
        await until(lambda: time.monotonic() > over, "longer than a round may take")
        assert len(signs) == seen
        running.cancel()
        await asyncio.wait([running])


class TestPressure:
    """More than is taken"""

    async def test_nobody_takes(self, shop: Workshop, valkey: Server, caplog: pytest.LogCaptureFixture) -> None:
        """A queue without a worker is not filled again and again as leases end; a worker that comes does all of it, once."""
        tenant = await shop.tenant()
        await shop.record(tenant, *(Asked(f"n{number}") for number in range(COUNT)))
        async with shop.relaying():
            await until(lambda: "default" in shop.relay.held, "the queue is held")
            seen = shop.relay.faults, valkey.redis.llen(QUEUE_KEY)
            over = LEASES * shop.settings.events.lease_seconds
            await until(lambda: shop.relay.backlog["default"].seconds > over, "the leases were over long ago", 30)
            assert (shop.relay.faults, valkey.redis.llen(QUEUE_KEY)) == seen
            assert shop.relay.backlog["default"].count == COUNT
            assert caplog.messages.count("queue held") == 1
            await shop.worker()
            found = await shop.settled(tenant)
            await until(lambda: not shop.relay.held, "the queue is no longer held")
        assert await shop.effects(tenant) == {f"n{number}": 1 for number in range(COUNT)}
        assert {row["attempt"] for row in found.values()} <= {1, 2}

    async def test_afresh(self, shop: Workshop, valkey: Server, tmp_path: Path) -> None:
        """Tasks that wait for a worker longer than a lease are not sent again, not even by a relay that has just begun."""
        tenant = await shop.tenant()
        await shop.start(tenant, WAIT, Waiting(gate=str(tmp_path / "gate")))
        assert await shop.relay.round() == 1

        async def is_over() -> bool:
            return bool(
                await shop.owner.fetchval("SELECT lease_until < now() FROM deliveries WHERE tenant_id = $1", tenant)
            )

        await until(is_over, "its lease is over")
        begun = Relay(shop.system, shop.queue, shop.settings.events)
        assert await begun.round() == 0
        assert begun.held == {BULK_QUEUE}
        assert valkey.redis.llen(BULK_KEY) == 1

    async def test_too_long(self, shop: Workshop, valkey: Server, monkeypatch: pytest.MonkeyPatch) -> None:
        """A queue that holds as many jobs as it may gets no more, until they are taken."""
        monkeypatch.setattr(relay, "LOOKS", 200)  # not a shorter lease: then the queue would be held for its age
        shop.change(lease_seconds=60.0, max_queued_jobs=3)
        tenant = await shop.tenant()
        for number in range(3):
            await shop.record(tenant, Asked(f"n{number}"))
            await until(shop.relay.round, "it is in the queue")
        assert valkey.redis.llen(QUEUE_KEY) == 3
        async with shop.relaying():
            await until(lambda: shop.relay.held == {"default"}, "the queue is held", 20)
            await shop.record(tenant, Asked("late"))
            await until(lambda: shop.relay.backlog["default"].count == 1, "the sweep has seen it")
            assert valkey.redis.llen(QUEUE_KEY) == 3
            await shop.worker()
            await shop.settled(tenant, 40)
        assert await shop.effects(tenant) == {"n0": 1, "n1": 1, "n2": 1, "late": 1}

    async def test_redis_is_full(self, shop: Workshop, valkey: Server, caplog: pytest.LogCaptureFixture) -> None:
        """While Redis takes no more, leases are given back and the relay waits, said once; then everything is done, once."""
        tenant = await shop.tenant()
        worker = await shop.worker()
        valkey.redis.config_set("maxmemory", "1")
        try:
            await shop.record(tenant, *(Asked(f"n{number}") for number in range(COUNT)))
            async with shop.relaying():
                await until(lambda: shop.relay.faults > 2, "the relay has tried in vain")
                await until(lambda: is_given_back(shop, tenant), "the leases are given back")
                assert valkey.redis.llen(QUEUE_KEY) == 0
                # Once by who recorded and could leave no hint, once by the relay.
                assert sum(message.startswith("queue: redis is full") for message in caplog.messages) == 2
                assert caplog.messages.count("relay waits") == 1
                valkey.redis.config_set("maxmemory", "0")
                await shop.settled(tenant, 30)
        finally:
            valkey.redis.config_set("maxmemory", "0")
        assert await shop.effects(tenant) == {f"n{number}": 1 for number in range(COUNT)}
        assert worker.exit_code is None


async def is_given_back(shop: Workshop, tenant: UUID) -> bool:
    """Whether nothing is leased, as it is for a moment whenever the relay tries again."""
    return await shop.states(tenant) == {"pending": COUNT}


class TestWrongKind:
    """What is no list at the key of a queue"""

    async def test_others_go_on(self, shop: Workshop, valkey: Server, tmp_path: Path) -> None:
        """It holds up no other queue, and its own until it is looked at: the delivery and the task are done."""
        tenant, gate = await shop.tenant(), tmp_path / "gate"
        gate.touch()
        await shop.start(tenant, WAIT, Waiting(gate=str(gate)))
        assert await shop.relay.round() == 1
        valkey.redis.delete(BULK_KEY)
        valkey.redis.set(BULK_KEY, "x")
        await shop.worker()
        async with shop.relaying():
            await shop.record(tenant, Asked("one"))
            await until(lambda: shop.effects(tenant), "the delivery is done")
            await shop.worker(serve_tasks)
            await shop.settled(tenant)
        assert await shop.states(tenant) == {"done": 2}


class TestCaps:
    """In flight at once"""

    async def test_plan(self, shop: Workshop) -> None:
        """A plan's limit `deliveries_in_flight` is what the relay keeps to, for the tenants of that plan."""
        plan = shop.settings.plans["standard"].model_copy(update={"limits": {"deliveries_in_flight": 3}})
        settings = shop.settings.model_copy(update={"plans": {**shop.settings.plans, "small": plan}})
        relay = Relay(shop.system, shop.queue, settings.events, caps_of(settings))
        tenants = [await shop.tenant(), await shop.tenant()]
        await shop.owner.execute("UPDATE tenants SET plan = 'small' WHERE id = $1", tenants[0])
        for tenant in tenants:
            await shop.record(tenant, *(Asked(f"n{number}") for number in range(COUNT)))
        await relay.round()
        await shop.owner.execute("UPDATE tenants SET plan = 'standard' WHERE id = $1", tenants[0])
        assert [(await shop.states(tenant))["leased"] for tenant in tenants] == [3, COUNT]

    async def test_many_tenants_travel_together(self, shop: Workshop, valkey: Server) -> None:
        """A round over thirty tenants with a delivery each makes fewer jobs than tenants, and leases every one."""
        tenants = [await shop.tenant() for _ in range(30)]
        for tenant in tenants:
            await shop.record(tenant, Asked("one"))
        assert await shop.relay.round() == len(tenants)
        assert 0 < valkey.redis.llen(QUEUE_KEY) < len(tenants)
        assert [await shop.states(tenant) for tenant in tenants] == [{"leased": 1}] * len(tenants)
