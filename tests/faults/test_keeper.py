"""A kept worker whose process is ended: what it held is done at once by the next, as if its leases had run out."""

import os
import signal
from pathlib import Path
from typing import Any

import pytest
import rq

from app.embedded.processes import alive
from app.extensions.health_files import age_of
from tests.faults.processes import MAX_ATTEMPTS, Child, Workshop, until
from tests.faults.slow_worker import WAIT, Asked, Waiting, serve_kept
from tests.faults.task_worker import serve_kept_tasks
from tests.support.plain import plain_client

POISONED_SECONDS = 3.0
"""A lease beside poison: a job that is on its way out of Redis when a worker ends comes back with it."""
ENDED, READY = "worker was ended", "worker ready"
pytestmark = pytest.mark.usefixtures("long_leases")


@pytest.fixture
def long_leases(shop: Workshop) -> None:
    """Leases that nobody waits for: each test is over long before the first of them is."""
    shop.change(lease_seconds=600.0)


class TestEnded:
    """A worker that a handler ends, or the system"""

    async def test_poison(self, shop: Workshop, valkey: Any, free_tcp_port: int) -> None:
        """The handler that ends its process is dead after its attempts; its neighbours are done, once each.

        The process that was started lives on, and RQ's tools see one worker all the time.
        """
        metrics = shop.settings.metrics.model_copy(update={"host": "127.0.0.1", "port": free_tcp_port})
        shop.settings = shop.settings.model_copy(update={"metrics": metrics})
        shop.change(lease_seconds=POISONED_SECONDS)
        tenant, other = await shop.tenant(), await shop.tenant()
        keeper = await shop.worker(serve_kept)
        await shop.record(tenant, Asked("poison", "exit"), *(Asked(f"n{number}", "slow") for number in range(20)))
        await shop.record(other, *(Asked(f"n{number}", "slow") for number in range(20)))
        async with shop.relaying():
            found = await shop.settled(tenant)
            await shop.settled(other)
        effects = {f"n{number}": 1 for number in range(20)}
        assert await shop.effects(tenant) == await shop.effects(other) == effects
        # The first start is not noted beforehand, and the first that is noted is not counted: see TestKill.test_poison.
        ends = keeper.lines(ENDED)
        assert len(ends) in {MAX_ATTEMPTS + 1, MAX_ATTEMPTS + 2}
        assert {end["code"] for end in ends} == {9}
        assert all(end["held"] >= 1 for end in ends)
        assert (found["poison"]["state"], "worker was lost" in found["poison"]["error"]) == ("dead", True)
        assert keeper.exit_code is None
        await keeper.says(READY, times=len(ends) + 1)
        (seen,) = rq.Worker.all(connection=valkey.redis)
        assert seen.pid != keeper.pid
        async with plain_client() as client:
            shown = (await client.get(f"http://127.0.0.1:{free_tcp_port}/metrics")).text
        assert f"atrium_worker_ended_total {len(ends):.1f}" in shown

    async def test_beside_poison(self, shop: Workshop, tmp_path: Path) -> None:
        """Who runs on beside poison, longer than its probation lasts, is not charged with the ends that the poison causes."""
        shop.change(lease_seconds=POISONED_SECONDS)
        tenant, other, gate = await shop.tenant(), await shop.tenant(), tmp_path / "gate"
        keeper = await shop.worker(serve_kept)
        async with shop.relaying():
            await shop.record(other, Asked("innocent", gate=str(gate)))
            await keeper.says("began innocent")
            await shop.record(tenant, Asked("one", "exit"), Asked("two", "exit"))
            found = await shop.settled(tenant)
            gate.touch()
            neighbour = (await shop.settled(other))["innocent"]
        assert {row["state"] for row in found.values()} == {"dead"}
        assert (neighbour["state"], await shop.effects(other)) == ("done", {"innocent": 1})

    async def test_killed(self, shop: Workshop, tmp_path: Path) -> None:
        """What ran and what waited in a process that the system kills is begun by the next one; its lost attempt is counted.

        Killed again, the one that had begun twice is a suspect, as it is of a worker whose leases have run out.
        """
        tenant, gate = await shop.tenant(), tmp_path / "gate"
        shop.change(width=1)
        keeper = await shop.worker(serve_kept)
        async with shop.relaying():
            await shop.record(tenant, Asked("running", gate=str(gate)), Asked("waiting"))
            await keeper.says("began running")
            await _kill_worker(keeper, 1)
            await keeper.says("began running", times=2)
            await _kill_worker(keeper, 2)
            await keeper.says("began running", times=3)
            gate.touch()
            found = await shop.settled(tenant)
        assert [(end["signal"], end["held"]) for end in keeper.lines(ENDED)] == [("SIGKILL", 2)] * 2
        assert (found["running"]["attempt"], found["waiting"]["attempt"]) == (3, 3)
        assert "attempt 2 was started, and its worker was lost" in str(found["running"]["failures"])
        assert found["waiting"]["failures"] == "[]"
        assert await shop.effects(tenant) == {"running": 1, "waiting": 1}

    async def test_blocked(self, shop: Workshop) -> None:
        """One that the watchdog ends is begun again, too: its neighbours do not wait for whoever started it."""
        tenant = await shop.tenant()
        shop.change(lease_seconds=1.0, max_attempts=1)
        keeper = await shop.worker(serve_kept)
        async with shop.relaying():
            await shop.record(tenant, Asked("hangs", "block"), Asked("next"))
            await keeper.says(ENDED)
            await until(lambda: _has_effect(shop, tenant, "next"), "the neighbour is done")
        assert keeper.lines(ENDED)[0]["code"] == 75
        assert keeper.exit_code is None

    async def test_task(self, shop: Workshop, tmp_path: Path) -> None:
        """A task goes on from its last step: nothing of it was locked, and its lease is ended all the same."""
        tenant, gate = await shop.tenant(), tmp_path / "gate"
        keeper = await shop.worker(serve_kept_tasks)
        async with shop.relaying():
            await shop.start(tenant, WAIT, Waiting(gate=str(gate)))
            await keeper.says("waits")
            await _kill_worker(keeper, 1)
            await keeper.says("waits", times=2)
            gate.touch()
            found = await shop.settled(tenant)
        assert [(row["state"], row["attempt"]) for row in found.values()] == [("done", 2)]


class TestOrderly:
    """What a kept worker does as one without a keeper"""

    async def test_warm_stop(self, shop: Workshop, tmp_path: Path) -> None:
        """SIGTERM to the process that was started: what runs ends, what waits is handed back, code 0, no health file left."""
        tenant, gate, file = await shop.tenant(), tmp_path / "gate", tmp_path / "health"
        shop.change(width=1, health_file=str(file))
        keeper = await shop.worker(serve_kept)
        async with shop.relaying():
            await shop.record(tenant, Asked("running", gate=str(gate)), Asked("waiting"))
            await keeper.says("began running")
            assert age_of(file) is not None
            keeper.send(signal.SIGTERM)
            await keeper.says("worker takes no more jobs")
            gate.touch()
            assert keeper.wait() == 0
        assert keeper.lines("worker stopped")[0]["handed_back"] == 1
        assert (await shop.effects(tenant), file.exists(), keeper.lines(ENDED)) == ({"running": 1}, False, [])

    async def test_killed_at_the_stop(self, shop: Workshop, tmp_path: Path) -> None:
        """What ran in a process that is killed while it stops is another's at once: its keeper gives it back before it ends."""
        tenant, gate = await shop.tenant(), tmp_path / "gate"
        keeper = await shop.worker(serve_kept)
        async with shop.relaying():
            await shop.record(tenant, Asked("one", gate=str(gate)), Asked("two", gate=str(gate)))
            await keeper.says("began two")
            await keeper.says("began one")
            keeper.send(signal.SIGTERM)
            await keeper.says("worker takes no more jobs")
            os.kill(await _worker_of(keeper), signal.SIGKILL)
            assert keeper.wait() == 128 + signal.SIGKILL
            gate.touch()
            await shop.worker(serve_kept)
            await shop.settled(tenant)
        assert [line["left"] for line in keeper.lines("worker held something at its end")] == [0]
        assert await shop.effects(tenant) == {"one": 1, "two": 1}

    async def test_recycled(self, shop: Workshop) -> None:
        """After so many deliveries a fresh process goes on, from the lean one: whoever started that sees no end."""
        tenant = await shop.tenant()
        shop.change(recycle_deliveries=5, width=1, batch=10)
        keeper = await shop.worker(serve_kept)
        async with shop.relaying():
            await shop.record(tenant, *(Asked(f"n{number}", "slow") for number in range(25)))
            await shop.settled(tenant)
        assert len(keeper.lines("worker recycles")) >= 2
        assert keeper.lines("leases of a lost worker ended") == [], (
            "none was lost, and what was handed back is not held"
        )
        assert (keeper.exit_code, keeper.lines(ENDED)) == (None, [])
        assert await shop.effects(tenant) == {f"n{number}": 1 for number in range(25)}

    async def test_keeper_killed(self, shop: Workshop) -> None:
        """kill -9 of the process that was started: nothing works on behind it."""
        keeper = await shop.worker(serve_kept)
        pid = await _worker_of(keeper)
        keeper.kill()
        assert await until(lambda: not alive(pid), "the worker ends with its keeper")


async def _worker_of(keeper: Child) -> int:
    """The process that works."""
    children = Path(f"/proc/{keeper.pid}/task/{keeper.pid}/children")
    return int(await until(children.read_text, "there is one"))


async def _kill_worker(keeper: Child, times: int) -> None:
    """kill -9 of the process that works, for the so-manieth time, and wait until the next is ready."""
    os.kill(await _worker_of(keeper), signal.SIGKILL)
    await keeper.says(READY, times=times + 1)


async def _has_effect(shop: Workshop, tenant: Any, label: str) -> bool:
    return label in await shop.effects(tenant)
