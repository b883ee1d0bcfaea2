"""How a worker process is looked after: leases kept and given back, a loop that hangs, memory that runs out, a fresh start."""

import json
import pickle
import signal
import time
import zlib
from pathlib import Path
from typing import Any

import pytest
from redis import Redis

from app.extensions.health_files import age_of
from app.extensions.jobs import packed
from app.extensions.watchdog import BLOCKED_EXIT
from app.extensions.workers import SAME_SIGNAL_SECONDS
from app.worker import ENDING_SECONDS
from tests.extensions.carrier import Bomb, tickets
from tests.faults.processes import Child, Workshop, environment, until
from tests.faults.slow_worker import Asked, run_main
from tests.support.plain import plain_client

LONG_LEASE = 60.0
GRACE_SECONDS = 1.0


class TestLeases:
    """Of what a worker holds"""

    async def test_renewed(self, shop: Workshop, tmp_path: Path) -> None:
        """What waits behind a slow handler, for many leases, is started by its first worker with its first lease."""
        tenant, gate = await shop.tenant(), tmp_path / "gate"
        shop.change(width=1, lease_seconds=1.5)
        worker = await shop.worker()
        async with shop.relaying():
            await shop.record(tenant, Asked("slow", gate=str(gate)), *(Asked(f"n{number}") for number in range(5)))
            await worker.says("began slow")
            renewed = await _leases(shop, tenant)

            async def outlived() -> bool:
                leases = await _leases(shop, tenant)
                return min(leases.values()) > max(renewed.values()) + 2.0

            await until(outlived, "the leases begin afresh, again and again")
            gate.touch()
            found = await shop.settled(tenant)
        assert {row["attempt"] for row in found.values()} == {1}
        assert not worker.lines("leases were lost")

    async def test_lost(self, shop: Workshop, tmp_path: Path) -> None:
        """A waiting ticket that another has taken is dropped: it never starts here."""
        tenant, gate = await shop.tenant(), tmp_path / "gate"
        shop.change(width=1, lease_seconds=1.5)
        worker = await shop.worker()
        await shop.record(tenant, Asked("slow", gate=str(gate)), Asked("lost"), Asked("kept"))
        await shop.push(tenant, await shop.claim(tenant))
        await worker.says("began slow")
        await shop.owner.execute(
            "UPDATE deliveries SET attempt = attempt + 1, lease_until = now() + interval '1 hour' WHERE tenant_id = $1"
            " AND event_id = (SELECT id FROM events WHERE tenant_id = $1 AND payload->>'label' = 'lost')",
            tenant,
        )
        await worker.says("leases were lost")
        gate.touch()
        await worker.says("began kept")
        worker.send(signal.SIGTERM)
        assert worker.wait() == 0
        assert not worker.lines("began lost")
        assert await shop.effects(tenant) == {"slow": 1, "kept": 1}


class TestStop:
    """SIGTERM with more in hand than runs"""

    async def test_hands_back(self, shop: Workshop, tmp_path: Path) -> None:
        """What waits is due again before what runs has ended, and another worker does it at once, as if never tried."""
        tenant, gate = await shop.tenant(), tmp_path / "gate"
        shop.change(width=1, lease_seconds=LONG_LEASE)
        worker = await shop.worker()
        async with shop.relaying():
            await shop.record(tenant, Asked("running", gate=str(gate)), *(Asked(f"n{number}") for number in range(5)))
            await worker.says("began running")
            successor = await shop.worker()
            worker.send(signal.SIGTERM)
            await successor.says("began n4")
            assert worker.exit_code is None
            gate.touch()
            assert worker.wait() == 0
            found = await shop.settled(tenant)
        stopped = worker.lines("worker stopped")[0]
        assert (stopped["handed_back"], stopped["cancelled"]) == (5, 0)
        # The start of a second attempt is noted before it happens; of the first one, which was handed back, nothing is.
        assert {(row["state"], row["attempt"] - row["tries"]) for row in found.values()} == {("done", 1)}
        assert await shop.effects(tenant) == {"running": 1, **{f"n{number}": 1 for number in range(5)}}

    @pytest.mark.parametrize("mood", ["work", "query"])
    async def test_cancels(self, shop: Workshop, tmp_path: Path, mood: str) -> None:
        """What outlasts the grace is cancelled, undone and handed back, all within 5 s more; it is done once, by another.

        Also in the middle of a statement, whose transaction is undone behind the one who cancelled.
        """
        assert shop.settings.events.grace_seconds + ENDING_SECONDS <= 25.0, "Kubernetes grants 30 s"
        tenant, gate = await shop.tenant(), tmp_path / "gate"
        shop.change(lease_seconds=LONG_LEASE, grace_seconds=GRACE_SECONDS)
        worker = await shop.worker()
        async with shop.relaying():
            await shop.record(tenant, Asked("endless", mood, str(gate)))
            await worker.says("began endless")
            asked_at = time.monotonic()
            worker.send(signal.SIGTERM)
            await until(lambda: worker.exit_code is not None, "the worker ends", GRACE_SECONDS + ENDING_SECONDS)
            assert time.monotonic() - asked_at >= GRACE_SECONDS
            assert worker.exit_code == 0
            stopped = worker.lines("worker stopped")[0]
            assert (stopped["handed_back"], stopped["cancelled"]) == (1, 1)
            assert not await shop.effects(tenant)
            gate.touch()
            await shop.worker()
            found = await shop.settled(tenant)
        assert (found["endless"]["state"], found["endless"]["attempt"], found["endless"]["tries"]) == ("done", 2, 1)
        assert await shop.effects(tenant) == {"endless": 1}

    async def test_second_signal(self, shop: Workshop, tmp_path: Path) -> None:
        """A second signal, later than one wish lasts, ends it cold: nothing is done, and the lease brings it to another."""
        tenant, gate = await shop.tenant(), tmp_path / "gate"
        worker = await shop.worker()
        async with shop.relaying():
            await shop.record(tenant, Asked("cut", gate=str(gate)))
            await worker.says("began cut")
            worker.send(signal.SIGTERM)

            await worker.says("worker takes no more jobs")
            over = time.monotonic() + SAME_SIGNAL_SECONDS
            await until(lambda: time.monotonic() > over, "the first wish has lasted its time")
            worker.send(signal.SIGTERM)
            await until(lambda: worker.exit_code is not None, "the worker ends")
            assert worker.exit_code == 128 + signal.SIGTERM
            gate.touch()
            await shop.worker()
            await shop.settled(tenant)
        assert await shop.effects(tenant) == {"cut": 1}


class TestWatchdog:
    """A loop that does not answer"""

    async def test_ended(self, shop: Workshop) -> None:
        """A blocking call ends its process with code 75 and the stack that says where; what the handler did is undone."""
        tenant = await shop.tenant()
        shop.change(lease_seconds=1.5)
        worker = await shop.worker()
        await shop.record(tenant, Asked("hangs", "block"))
        await shop.push(tenant, await shop.claim(tenant))
        assert worker.wait() == BLOCKED_EXIT, worker.output
        assert "in act" in worker.output
        assert (await shop.states(tenant), await shop.effects(tenant)) == ({"leased": 1}, {})

    async def test_paused(self, shop: Workshop) -> None:
        """A process that stood still as a whole is not taken for one that hangs."""
        tenant = await shop.tenant()
        worker = await shop.worker()
        worker.send(signal.SIGSTOP)
        await until(worker.is_paused, "the worker is paused")
        resumed_at = time.monotonic() + 1.5 * shop.settings.events.lease_seconds
        await until(lambda: time.monotonic() >= resumed_at, "longer than its lease")
        worker.send(signal.SIGCONT)
        async with shop.relaying():
            await shop.record(tenant, Asked("a"))
            await worker.says("began a")
            await shop.settled(tenant)
        assert await shop.effects(tenant) == {"a": 1}


class TestMemory:
    """A handler that eats memory"""

    async def test_fails(self, shop: Workshop) -> None:
        """It fails with its reason, again and again until it is dead; the process lives, its neighbours are done."""
        tenant = await shop.tenant()
        shop.change(memory_limit_mb=2048, lease_seconds=LONG_LEASE)
        worker = await shop.worker()
        async with shop.relaying():
            await shop.record(tenant, Asked("greedy", "eat"), *(Asked(f"n{number}") for number in range(5)))
            found = await shop.settled(tenant)
        assert (found["greedy"]["state"], found["greedy"]["error"]) == ("dead", "MemoryError")
        assert worker.exit_code is None
        assert await shop.effects(tenant) == {f"n{number}": 1 for number in range(5)}

    async def test_too_low(self, shop: Workshop) -> None:
        """A limit below what the process has at its start is refused in one sentence."""
        shop.change(memory_limit_mb=1)
        worker = shop.children.start(run_main, environment(shop.settings), "worker", "default")
        assert worker.wait() == 1
        assert "events.memory_limit_mb cannot be: 1 MB is less than" in worker.output
        assert len(worker.output.splitlines()) == 1


class TestRecycling:
    """A worker that makes room for a fresh one"""

    async def test_deliveries(self, shop: Workshop) -> None:
        """After so many deliveries it stops warmly, says why, exits with 0, and what it held is due at once."""
        tenant = await shop.tenant()
        shop.change(recycle_deliveries=3, width=1, batch=10, lease_seconds=LONG_LEASE)
        worker = await shop.worker()
        await shop.record(tenant, *(Asked(f"n{number}", "slow") for number in range(60)))
        await shop.push(tenant, await shop.claim(tenant))
        assert worker.wait() == 0
        (said,) = worker.lines("worker recycles")
        assert (said["reason"], said["limit"]) == ("deliveries", 3)
        states = await shop.states(tenant)
        assert states["done"] >= 3
        assert states == {"done": states["done"], "pending": 60 - states["done"]}

    async def test_memory(self, shop: Workshop) -> None:
        """With more memory than it may keep it stops likewise."""
        shop.change(recycle_mb=1)
        worker = await shop.worker()
        assert worker.wait() == 0
        (said,) = worker.lines("worker recycles")
        assert (said["reason"], said["limit"]) == ("memory", 1)


class TestHealthFile:
    """What a probe sees"""

    async def test_worker(self, shop: Workshop, valkey: Any, tmp_path: Path) -> None:
        """Young while the worker works, also while Redis is away; old while it hangs; gone when it has stopped."""
        file = tmp_path / "health"
        shop.change(health_file=str(file), lease_seconds=LONG_LEASE)
        worker = await shop.worker()
        assert await _touched(file)
        valkey.kill()
        try:
            await until(lambda: "redis is away" in worker.output, "the worker notices")
            assert await _touched(file)
        finally:
            valkey.start()
        worker.send(signal.SIGSTOP)
        await until(lambda: (age_of(file) or 0) > 2.5, "the file grows old")
        worker.send(signal.SIGCONT)
        assert await _touched(file)
        worker.send(signal.SIGTERM)
        assert worker.wait() == 0
        assert not file.exists()

    async def test_relay(self, shop: Workshop, tmp_path: Path) -> None:
        """A relay touches it too, and `manage probe` says what it is."""
        file = tmp_path / "health"
        shop.change(health_file=str(file))
        relay = shop.children.start(run_main, environment(shop.settings), "relay")
        await until(file.exists, "the relay works")
        assert await _touched(file)
        assert self._probe(shop, file, "60").wait() == 0
        relay.send(signal.SIGTERM)
        assert relay.wait() == 0
        absent = self._probe(shop, file, "60")
        assert absent.wait() == 1
        assert absent.output == f"There is no {file}: the process does not run, or events.health_file names another.\n"

    async def test_old(self, shop: Workshop, tmp_path: Path) -> None:
        """A file that is older than it may be is told with its age, and code 1."""
        file = tmp_path / "health"
        file.touch()
        await until(lambda: (age_of(file) or 0) > 0.2, "the file grows old")
        old = self._probe(shop, file, "0.1")
        assert old.wait() == 1
        assert "was touched" in old.output

    async def test_no_folder(self, shop: Workshop, tmp_path: Path) -> None:
        """A file that cannot be written is refused at the start, in one sentence that names the setting."""
        shop.change(health_file=str(tmp_path / "absent" / "health"))
        worker = shop.children.start(run_main, environment(shop.settings), "worker", "default")
        assert worker.wait() == 1
        assert "events.health_file cannot be written" in worker.output
        assert len(worker.output.splitlines()) == 1

    @staticmethod
    def _probe(shop: Workshop, file: Path, seconds: str) -> Child:
        return shop.children.start(run_main, environment(shop.settings), "probe", str(file), "--seconds", seconds)


class TestQueues:
    """One queue a process"""

    async def test_unknown(self, shop: Workshop) -> None:
        """A queue that no manifest knows is refused, and the known ones are named."""
        worker = shop.children.start(run_main, environment(shop.settings), "worker", "defualt")
        assert worker.wait() == 1
        (line,) = worker.output.splitlines()
        assert line.startswith("No installed module uses the queue defualt: name one of default, ")
        assert "mail" in line

    @pytest.mark.parametrize("what", ["a pickle", "os.system", "a callback"])
    async def test_hostile(self, shop: Workshop, tmp_path: Path, free_tcp_port: int, what: str) -> None:
        """Requirement 35: the real worker refuses a job of somebody else's, counts and logs it; nothing of it runs."""
        metrics = shop.settings.metrics.model_copy(update={"host": "127.0.0.1", "port": free_tcp_port})
        shop.settings = shop.settings.model_copy(update={"metrics": metrics})
        mark = tmp_path / "mark"
        good: dict[Any, Any] = dict(packed("default", tickets(1)))
        bomb = pickle.dumps(Bomb(f"touch {mark}"))
        call = json.dumps(["os.system", None, [f"touch {mark}"], {}]).encode()
        job = {
            "a pickle": {**good, "data": zlib.compress(bomb)},
            "os.system": {**good, "data": zlib.compress(call)},
            "a callback": {**good, "failure_callback_name": "os.system"},
        }[what]
        worker, tenant = await shop.worker(), await shop.tenant()
        with Redis.from_url(shop.settings.redis.url) as redis:
            redis.hset("rq:job:hostile", mapping=job)
            redis.rpush("rq:queue:default", "hostile")
        (said,) = await worker.says("job refused")
        assert said["level"] == "error"
        async with shop.relaying():
            await shop.record(tenant, Asked("next"))
            await shop.settled(tenant)
        assert await shop.effects(tenant) == {"next": 1}
        assert not mark.exists()
        async with plain_client() as client:
            shown = (await client.get(f"http://127.0.0.1:{free_tcp_port}/metrics")).text
        assert {"atrium_worker_jobs_refused_total 1.0", "atrium_worker_waiting 0.0"} <= set(shown.splitlines())


async def _leases(shop: Workshop, tenant: Any) -> dict[int, float]:
    """When the leases end, of what waits: the row of what runs is its handler's."""
    rows = await shop.owner.fetch(
        "SELECT d.id, extract(epoch FROM d.lease_until)::float8 FROM deliveries AS d"
        " JOIN events AS e ON e.tenant_id = d.tenant_id AND e.id = d.event_id"
        " WHERE d.tenant_id = $1 AND d.state = 'leased' AND e.payload->>'label' <> 'slow'",
        tenant,
    )
    return {row[0]: row[1] for row in rows}


async def _touched(file: Path) -> bool:
    """Whether the file is touched once more, and soon."""
    before = file.stat().st_mtime_ns  # noqa: ASYNC240 - a look that takes microseconds
    return bool(await until(lambda: file.stat().st_mtime_ns > before, "the file is touched again"))
