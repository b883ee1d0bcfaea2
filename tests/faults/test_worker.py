"""Workers that are killed, paused, poisoned and told to go: every effect once, and one's trouble is nobody else's."""

import asyncio
import signal
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from tests.faults.processes import MAX_ATTEMPTS, Child, Workshop, until
from tests.faults.slow_worker import Asked, Hung

FREE = """
SELECT count(*) FROM (
  SELECT FROM deliveries WHERE tenant_id = $1 AND state = 'leased' FOR UPDATE SKIP LOCKED
) AS free
"""


async def pauses_idle(shop: Workshop, worker: Child, tenant: UUID) -> bool:
    """Stop the worker, unless it renews leases at this moment: what it holds locked then nobody gets."""
    worker.send(signal.SIGSTOP)
    await until(worker.is_paused, "the worker is paused")
    if await shop.owner.fetchval(FREE, tenant):  # what runs is locked as long as it does
        return True
    worker.send(signal.SIGCONT)
    return False


class TestKill:
    """kill -9"""

    async def test_mid_handler(self, shop: Workshop, tmp_path: Path) -> None:
        """What a killed worker had done in its transaction is undone, and done once by the next one."""
        # Longer than the next one takes to begin: another claim would be another attempt.
        shop.change(lease_seconds=3.0)
        tenant, gate = await shop.tenant(), tmp_path / "gate"
        worker = await shop.worker()
        async with shop.relaying():
            await shop.record(tenant, Asked("a", gate=str(gate)))
            await worker.says("began a")
            worker.kill()
            assert not await shop.effects(tenant)
            successor = await shop.worker()
            await successor.says("began a")
            gate.touch()
            found = await shop.settled(tenant)
        assert found["a"]["state"] == "done"
        assert found["a"]["attempt"] == 2
        assert await shop.effects(tenant) == {"a": 1}

    async def test_poison(self, shop: Workshop) -> None:
        """A handler that ends its process is dead after its attempts, with a reason; its neighbours are all done."""
        shop.change(lease_seconds=0.4, backoff_seconds=0.3)
        tenant, other = await shop.tenant(), await shop.tenant()
        workers = [await shop.worker(), await shop.worker()]
        await shop.record(tenant, Asked("poison", "exit"), *(Asked(f"n{number}", "slow") for number in range(6)))
        await shop.record(other, *(Asked(f"n{number}", "slow") for number in range(6)))

        async def over() -> bool:
            if sum(worker.exit_code is None for worker in workers) < 2:
                workers.append(await shop.worker())
            return not {"pending", "leased"} & {*await shop.states(tenant), *await shop.states(other)}

        async with shop.relaying():
            await until(over, "every delivery comes to its end", 30)
        found = await shop.settled(tenant)
        # The first start of a first lease is not noted beforehand, so that a delivery costs one transaction; the first that is
        # noted is not counted, for it might as well have been a neighbour's.
        assert [worker.exit_code for worker in workers].count(9) in {MAX_ATTEMPTS + 1, MAX_ATTEMPTS + 2}
        assert found["poison"]["state"] == "dead"
        assert "worker was lost" in found["poison"]["error"]
        assert await shop.effects(tenant) == await shop.effects(other) == {f"n{number}": 1 for number in range(6)}


class TestRepeated:
    """The same delivery, more than once"""

    async def test_five_in_parallel(self, shop: Workshop, tmp_path: Path) -> None:
        """Enqueued five times and run at once, it has one effect: the other four are fenced off."""
        tenant, gate = await shop.tenant(), tmp_path / "gate"
        worker = await shop.worker()
        await shop.record(tenant, Asked("a", gate=str(gate)))
        claimed = await shop.claim(tenant)
        await asyncio.gather(*(shop.push(tenant, claimed) for _ in range(5)))
        await worker.says("began a")
        gate.touch()
        await worker.says("delivery fenced off", times=4)
        await shop.settled(tenant)
        assert await shop.effects(tenant) == {"a": 1}
        assert len(worker.lines("began a")) == 1

    async def test_paused_past_its_lease(self, shop: Workshop, tmp_path: Path) -> None:
        """A worker that wakes up after its lease finds its waiting delivery done by another, and leaves it alone."""
        tenant, gate = await shop.tenant(), tmp_path / "gate"
        shop.change(width=1)
        worker = await shop.worker()
        async with shop.relaying():
            await shop.record(tenant, Asked("running", gate=str(gate)), Asked("waiting"))
            await worker.says("began running")
            await until(
                lambda: pauses_idle(shop, worker, tenant), "the worker is paused, with no row of the waiting one locked"
            )
            successor = await shop.worker()
            await successor.says("began waiting")
            gate.touch()
            worker.send(signal.SIGCONT)
            # As it begins, or as it looks at its leases before it has a place.
            await until(
                lambda: [*worker.lines("delivery fenced off"), *worker.lines("leases were lost")], "it lets it go"
            )
            found = await shop.settled(tenant)
        assert await shop.effects(tenant) == {"running": 1, "waiting": 1}
        assert found["running"]["attempt"] == 1
        assert not successor.lines("began running")

    async def test_window(self, shop: Workshop, tmp_path: Path) -> None:
        """A worker runs as many at once as its window is wide, of two tenants: none waits for another's connection."""
        tenants, gate = [await shop.tenant() for _ in range(2)], tmp_path / "gate"
        width = shop.settings.events.width
        worker = await shop.worker()
        async with shop.relaying():
            for tenant in tenants:
                await shop.record(tenant, *(Asked("a", gate=str(gate)) for _ in range(width // 2)))
            await worker.says("began a", times=width)
            gate.touch()
            for tenant in tenants:
                await shop.settled(tenant)
        assert [await shop.effects(tenant) for tenant in tenants] == [{"a": width // 2}] * 2


class TestFailure:
    """Handlers that cannot do it"""

    @pytest.mark.parametrize(
        ("mood", "reason"),
        [
            ("raise", "RuntimeError: asked to raise"),
            ("refused", "ConnectionRefusedError: a server of somebody else is away"),
            ("unavailable", "Unavailable: a service behind us is away"),
        ],
    )
    async def test_raises(self, shop: Workshop, mood: str, reason: str) -> None:
        """It is tried again after growing pauses, then dead with its reason and without effect; others are not held up."""
        tenant = await shop.tenant()
        worker = await shop.worker()
        async with shop.relaying():
            await shop.record(tenant, Asked("bad", mood), *(Asked(f"n{number}") for number in range(5)))
            found = await shop.settled(tenant)
        assert (found["bad"]["state"], found["bad"]["attempt"]) == ("dead", MAX_ATTEMPTS)
        assert found["bad"]["error"] == reason
        assert await shop.effects(tenant) == {f"n{number}": 1 for number in range(5)}
        assert [found[f"n{number}"]["attempt"] for number in range(5)] == [1] * 5
        pauses = _pauses(worker.lines("began bad"))
        assert pauses[0] >= 0.5 * 0.1
        assert pauses[1] >= 0.5 * 0.2

    async def test_hangs(self, shop: Workshop) -> None:
        """A handler that never comes back is cancelled by its timeout, each time, and dead with that reason."""
        tenant = await shop.tenant()
        worker = await shop.worker()
        async with shop.relaying():
            await shop.record(tenant, Hung("hang"), *(Asked(f"n{number}") for number in range(5)))
            found = await shop.settled(tenant)
        assert (found["hang"]["state"], found["hang"]["attempt"]) == ("dead", MAX_ATTEMPTS)
        assert found["hang"]["error"] == "TimeoutError: the handler took longer than 1 s"
        assert len(worker.lines("began hang")) == MAX_ATTEMPTS
        assert await shop.effects(tenant) == {f"n{number}": 1 for number in range(5)}

    async def test_not_installed(self, shop: Workshop) -> None:
        """What no installed code can handle is parked with its reason, at once; others are done."""
        tenant = await shop.tenant()
        await shop.record(tenant, Asked("gone"), Asked("newer"), Asked("good"))
        await shop.owner.execute(
            "UPDATE deliveries SET handler = 'faults.gone' WHERE tenant_id = $1 AND event_id ="
            " (SELECT id FROM events WHERE tenant_id = $1 AND payload->>'label' = 'gone')",
            tenant,
        )
        await shop.owner.execute(
            "UPDATE events SET version = 2 WHERE tenant_id = $1 AND payload->>'label' = 'newer'", tenant
        )
        await shop.worker()
        async with shop.relaying():
            found = await shop.settled(tenant)
        assert {label: row["state"] for label, row in found.items()} == {
            "gone": "parked",
            "newer": "parked",
            "good": "done",
        }
        assert found["gone"]["error"] == "no handler faults.gone is installed"
        assert found["newer"]["error"] == "no event faults.asked version 2 is installed"
        assert await shop.effects(tenant) == {"good": 1}


class TestWarmStop:
    """SIGTERM"""

    async def test_finishes_what_runs(self, shop: Workshop, tmp_path: Path) -> None:
        """A worker that is told to go ends what it runs, begins nothing new and exits with 0."""
        tenant, gate = await shop.tenant(), tmp_path / "gate"
        worker = await shop.worker()
        async with shop.relaying():
            await shop.record(tenant, Asked("running", gate=str(gate)))
            await worker.says("began running")
            worker.send(signal.SIGTERM)
            await worker.says("worker takes no more jobs")
            await shop.record(tenant, Asked("next"))
            gate.touch()
            assert worker.wait() == 0
            assert worker.lines("worker stopped")[0]["cancelled"] == 0
            assert await shop.effects(tenant) == {"running": 1}
            await shop.worker()
            await shop.settled(tenant)
        assert not worker.lines("began next")
        assert await shop.effects(tenant) == {"running": 1, "next": 1}


def _pauses(lines: list[dict[str, Any]]) -> list[float]:
    """Seconds from one log line to the next."""
    times = [datetime.fromisoformat(line["at"]) for line in lines]
    return [(after - before).total_seconds() for before, after in pairwise(times)]
