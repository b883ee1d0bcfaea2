"""Leases on a real Valkey: several processes share one window; it is killed, emptied, stopped and lied to."""

import asyncio
import math
import os
import signal
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from app.extensions.rate_leases import TIMEOUT_SECONDS, Leases
from app.extensions.rates import Bucket, Rate, key_of
from tests.extensions.carrier import DEADLINE_SECONDS, Server
from tests.extensions.lease_client import ask_often
from tests.faults.processes import Children

PROCESSES = 4
REQUESTS = 400
MINUTE = 60
RATE = Rate.of("tenant-read", REQUESTS, MINUTE, PROCESSES)
FAST = Rate.of("tenant-read", 100, 1, 1)


@asynccontextmanager
async def leasing(
    url: str, above: Callable[[Bucket], str | None] = lambda _: None, *, seconds: float = DEADLINE_SECONDS
) -> AsyncIterator[Leases]:
    """Leases of this process, closed afterwards. Patient, since a busy machine is no outage."""
    leases = Leases(url, above, timeout_seconds=seconds)
    yield leases
    await leases.aclose()


async def settled(leases: Leases, *buckets: Bucket) -> None:
    """Until no lease is under way."""
    async with asyncio.timeout(DEADLINE_SECONDS):
        while any(bucket.asked for bucket in buckets) and leases._asking is not None:
            await asyncio.wait({leases._asking})


async def drain(leases: Leases, bucket: Bucket, tries: int) -> int:
    """How many of so many tries pass, each after the lease that the one before asked for."""
    count = 0
    for _ in range(tries):
        now = time.monotonic()
        count += bucket.take(now, away=leases.away)
        if bucket.wants(now):
            leases.ask(bucket, now)
            await settled(leases, bucket)
    return count


def test_processes(valkey: Server, tmp_path: Path) -> None:
    """Four processes together let a window pass and what flowed back: at most a credit each more, a block each less."""
    began, tenant_id = time.monotonic(), uuid4()
    with Children(tmp_path) as children:
        started = [children.start(ask_often, valkey.url, tenant_id, RATE) for _ in range(PROCESSES)]  # who share it
        assert [process.wait() for process in started] == [0] * PROCESSES
        found = [tuple(map(int, process.output.split())) for process in started]
    flowed = (time.monotonic() - began) * REQUESTS / MINUTE
    count, held = sum(item[0] for item in found), sum(item[1] for item in found)
    assert count <= REQUESTS + flowed + PROCESSES * RATE.credit
    assert count >= REQUESTS - PROCESSES * RATE.block
    assert held <= PROCESSES * RATE.block
    assert all(item[0] > 0 for item in found)


class TestLease:
    """One lease"""

    async def test_a_window(self, valkey: Server) -> None:
        """One process alone gets the whole window, through its leases, and is told when to come again."""
        async with leasing(valkey.url) as leases:
            bucket = Bucket(RATE, (uuid4(),))
            began = time.monotonic()
            count = await drain(leases, bucket, 2 * REQUESTS)
            while bucket.tokens:  # what flowed back at the last try
                count += await drain(leases, bucket, 1)
            assert REQUESTS <= count <= REQUESTS + 1 + (time.monotonic() - began) * REQUESTS / MINUTE
            assert not bucket.take(time.monotonic(), away=False)
            assert 1 <= bucket.wait(time.monotonic()) <= 2
            assert bucket.closed_by.name == "tenant-read"

    async def test_few_trips(self, valkey: Server) -> None:
        """A window of a process is leased in blocks: as many trips as half blocks, not as requests."""
        async with leasing(valkey.url) as leases:
            bucket = Bucket(Rate.of("tenant-read", 6000, MINUTE, 1), (uuid4(),))
            await drain(leases, bucket, 5000)
            assert leases.counts["leased"] <= 5000 / bucket.rate.half + 1

    async def test_flows_back(self, valkey: Server) -> None:
        """On the clock of Redis, and without a window's edge at which all come at once."""
        async with leasing(valkey.url) as leases:
            bucket = Bucket(FAST, (uuid4(),))
            began, count = time.monotonic(), 0
            while time.monotonic() < began + 1.5:
                count += await drain(leases, bucket, 1)
            elapsed = time.monotonic() - began
            assert count <= 100 + 100 * elapsed + bucket.rate.credit
            assert count >= 100 + 100 * (elapsed - 0.5)

    async def test_debt_is_paid(self, valkey: Server) -> None:
        """What passed on credit is missing from the window, also where nothing was left of it."""
        tenant_id = uuid4()
        async with leasing(valkey.url) as leases:
            await drain(leases, Bucket(RATE, (tenant_id,)), REQUESTS + 50)
            late = Bucket(RATE, (tenant_id,))
            late.leased(0, 0, float(MINUTE), time.monotonic())  # as it was last told
            assert sum(late.take(time.monotonic(), away=False) for _ in range(50)) == RATE.credit
            leases.ask(late, time.monotonic())
            await settled(leases, late)
            assert not late.take(time.monotonic(), away=False)
            assert late.debt == 0
            # A window and the eight beyond it: the eight flow back before anybody gets another.
            assert late.closed_until - time.monotonic() > (RATE.credit - 2) * RATE.interval

    async def test_owner(self, valkey: Server) -> None:
        """Two windows below one above: together they get what that one has, and the refusal names it."""
        owner = Rate.of("owner-read", 120, MINUTE, 1)
        below = Rate.of("tenant-read", 100, MINUTE, 1, above=owner)
        key = key_of(owner, uuid4())
        async with leasing(valkey.url, lambda _: key) as leases:
            buckets = [Bucket(below, (uuid4(),)) for _ in range(2)]
            counts = [await drain(leases, bucket, 150) for bucket in buckets]
            assert 100 <= counts[0] <= 102
            assert 20 - below.block <= counts[1] <= 20 + below.credit + 2
            assert buckets[1].closed_by.name == "owner-read"

    async def test_many_windows(self, valkey: Server) -> None:
        """Whatever asks at once goes in few trips, each window getting its own answer."""
        async with leasing(valkey.url) as leases:
            buckets = [Bucket(RATE, (uuid4(),)) for _ in range(250)]
            began = time.monotonic()
            for number, bucket in enumerate(buckets):
                bucket.debt = number % 7
                leases.ask(bucket, time.monotonic())
            await settled(leases, *buckets)
            assert leases.counts["leased"] == 3
            for number, bucket in enumerate(buckets):
                assert (bucket.tokens, bucket.debt) == (RATE.block, 0)
                flowed = math.ceil((time.monotonic() - began) * REQUESTS / MINUTE)
                assert -1 <= bucket.left(time.monotonic()) - (REQUESTS - number % 7) < flowed

    async def test_is_forgotten(self, valkey: Server) -> None:
        """A key lives as long as its window has something to say."""
        async with leasing(valkey.url) as leases:
            bucket = Bucket(RATE, (uuid4(),))
            await drain(leases, bucket, RATE.credit)
            assert 0 < int(str(valkey.redis.pttl(bucket.key))) < 5_000


@pytest.mark.parametrize(
    "value", ["", "nonsense", "nan", "inf", "-inf", "1e400", "-5", "0x7fffffffffffffff", "9" * 400, "1 2", "\0"]
)
async def test_lies(valkey: Server, value: str) -> None:
    """Whatever stands in Redis: no error, and nobody is shut out for longer than a window and what one request takes."""
    seconds, counts = await _planted(valkey, lambda key: valkey.redis.set(key, value))
    assert seconds <= MINUTE + RATE.interval + 1
    assert counts == {"leased": 1}


async def test_another_type(valkey: Server) -> None:
    """A list in the place of a number is a window nobody has used."""
    seconds, counts = await _planted(valkey, lambda key: valkey.redis.rpush(key, "x"))
    assert seconds <= 0
    assert counts == {"leased": 1}


async def _planted(valkey: Server, plant: Callable[[str], object]) -> tuple[float, Counter[str]]:
    """For how long the window is closed then, and what came of the trips."""
    async with leasing(valkey.url) as leases:
        bucket = Bucket(RATE, (uuid4(),))
        plant(bucket.key)
        await drain(leases, bucket, RATE.half)
        return bucket.closed_until - time.monotonic(), leases.counts


class TestAway:
    """Redis is away"""

    async def test_killed_midway(self) -> None:
        """Killed while a window is used: the process goes on with its share; back and empty, the window is shared again."""
        server = Server()
        tenant_id = uuid4()
        try:
            async with leasing(server.url) as leases:
                leases._rest = 0.0
                bucket = Bucket(RATE, (tenant_id,))
                assert await drain(leases, bucket, 100) == 100
                server.kill()
                count = await drain(leases, bucket, 2 * REQUESTS)
                assert leases.away
                assert count <= REQUESTS // PROCESSES + RATE.block + 2 * RATE.credit + 5
                assert count >= REQUESTS // PROCESSES
                server.start()
                await _back(leases, bucket)
                again = Bucket(RATE, (tenant_id,))
                assert await drain(leases, again, 2 * REQUESTS) >= REQUESTS - 2 * RATE.block
        finally:
            server.close()

    async def test_hangs(self, valkey: Server) -> None:
        """Stopped, not gone: no request waits, and a quarter of a second later the process counts by its share."""
        async with leasing(valkey.url, seconds=TIMEOUT_SECONDS) as leases:
            bucket = Bucket(RATE, (uuid4(),))
            os.kill(valkey.pid, signal.SIGSTOP)
            try:
                began, used = time.monotonic(), time.process_time()
                while bucket.take(began, away=False):
                    if bucket.wants(began):
                        leases.ask(bucket, began)
                assert time.process_time() - used < 0.05
                await settled(leases, bucket)
                assert leases.away
                assert bucket.take(time.monotonic(), away=True)
            finally:
                os.kill(valkey.pid, signal.SIGCONT)

    async def test_rests(self) -> None:
        """After a fault nobody tries for a while, so that requests do not each try a server that is away."""
        async with leasing("redis://127.0.0.1:1/0") as leases:
            bucket = Bucket(RATE, (uuid4(),))
            assert await drain(leases, bucket, 1000) <= REQUESTS // PROCESSES + RATE.credit
            assert leases.counts == {"away": 1}

    async def test_forgives(self) -> None:
        """What passed during an outage is not charged after it."""
        async with leasing("redis://127.0.0.1:1/0") as leases:
            bucket = Bucket(RATE, (uuid4(),))
            await drain(leases, bucket, 1000)
            assert bucket.debt == 0


async def _back(leases: Leases, bucket: Bucket) -> None:
    async with asyncio.timeout(DEADLINE_SECONDS):
        while leases.away:
            leases.ask(bucket, time.monotonic())
            await settled(leases, bucket)


def test_keys_are_ids() -> None:
    """What stands in Redis names ids alone."""
    tenant_id = UUID(int=7)
    assert key_of(RATE, tenant_id) == f"atrium:rate:tenant-read:{tenant_id}"
