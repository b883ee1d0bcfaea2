"""The cache under many callers at once, and with a Redis that is killed, paused or nowhere."""

import asyncio
import logging
import os
import signal
from uuid import uuid4

import pytest

from app.extensions.cache import Cache, TenantCache
from tests.extensions.caching import MINUTE, SECRET, Counting, Unit, within
from tests.extensions.carrier import Server
from tests.support.clock import MovableClock


class TestStampede:
    """Many at once."""

    async def test_one_make(self, tenant: TenantCache, cache: Cache) -> None:
        """A thousand callers at once are one make."""
        released = asyncio.Event()
        make = Counting([1], pause=lambda: _wait(released))
        calls = [asyncio.create_task(tenant.remember("k", list[int], make, ttl=MINUTE)) for _ in range(1000)]
        await asyncio.sleep(0)
        released.set()
        found = await asyncio.gather(*calls)
        assert found == [[1]] * 1000
        assert len({id(item) for item in found}) == 1000
        assert make.made == 1
        assert cache.counts["shared"] == 999
        assert not cache.flights

    async def test_not_across_tenants(self, cache: Cache) -> None:
        """Callers of different tenants never wait for, or get, one another's."""
        released = asyncio.Event()
        make_a, make_b = (Counting(name, pause=lambda: _wait(released)) for name in "ab")
        a = asyncio.create_task(cache.of(Unit(uuid4())).remember("k", str, make_a, ttl=MINUTE))
        b = asyncio.create_task(cache.of(Unit(uuid4())).remember("k", str, make_b, ttl=MINUTE))
        released.set()
        assert (await a, await b) == ("a", "b")

    async def test_leader_cancelled(self, tenant: TenantCache, cache: Cache) -> None:
        """When the caller who makes it goes away, another makes it; one who merely waits takes nobody along."""
        started, released = asyncio.Event(), asyncio.Event()

        async def pause() -> None:
            started.set()
            await released.wait()

        make = Counting(1, pause=pause)
        leader = asyncio.create_task(tenant.remember("k", int, make, ttl=MINUTE))
        await started.wait()
        others = [asyncio.create_task(tenant.remember("k", int, make, ttl=MINUTE)) for _ in range(5)]
        await asyncio.sleep(0)
        others[0].cancel()
        leader.cancel()
        released.set()
        assert await asyncio.gather(*others[1:]) == [1] * 4
        assert make.made == 2
        assert not cache.flights

    async def test_failure(self, tenant: TenantCache, cache: Cache) -> None:
        """What a make raises is its caller's; nothing is kept of it."""

        async def fails() -> int:
            raise LookupError

        found = await asyncio.gather(
            *(tenant.remember("k", int, fails, ttl=MINUTE) for _ in range(5)), return_exceptions=True
        )
        assert [type(item) for item in found] == [LookupError] * 5
        assert not cache.flights
        assert await tenant.remember("k", int, Counting(1), ttl=MINUTE) == 1


async def _wait(event: asyncio.Event) -> None:
    await event.wait()


class TestAway:
    """Redis may vanish."""

    async def test_killed(self, valkey: Server, clock: MovableClock, caplog: pytest.LogCaptureFixture) -> None:
        """Killed: every call goes on without, asks once and then rests; back, it is used again. The log says it twice."""
        cache = Cache(valkey.url, SECRET, clock=clock, timeout_seconds=1.0, rest_seconds=60.0)
        tenant, make = cache.of(Unit(uuid4())), Counting(1)
        await tenant.set("k", 1, ttl=MINUTE)
        valkey.kill()
        try:
            with caplog.at_level(logging.WARNING):
                assert [await tenant.remember("k", int, make, ttl=MINUTE) for _ in range(20)] == [1] * 20
                assert await tenant.get("k", int) is None
                assert not await tenant.set("k", 1, ttl=MINUTE)
                assert not await tenant.delete("k")
                assert not await tenant.clear()
        finally:
            valkey.start()
        assert make.made == 20
        assert cache.counts["away"] == 1
        assert cache.counts["resting"] == 23
        assert caplog.messages == ["cache: redis is away (ConnectionError)"]
        await cache.aclose()
        again = Cache(valkey.url, SECRET, clock=clock, timeout_seconds=2.0)
        assert await again.of(Unit(uuid4())).set("k", 1, ttl=MINUTE)
        await again.aclose()

    async def test_recovers(self, valkey: Server, cache: Cache, tenant: TenantCache) -> None:
        """The same cache goes on after a restart of the server, when it has rested."""
        await tenant.set("k", 1, ttl=MINUTE)
        valkey.kill()
        assert await tenant.get("k", int) is None
        valkey.start()
        await within(lambda: tenant.set("k", 2, ttl=MINUTE))
        assert await tenant.get("k", int) == 2

    async def test_silent(self, valkey: Server, clock: MovableClock) -> None:
        """Paused: a call waits for its 50 ms and no more; answers that come too late are given to nobody."""
        cache = Cache(valkey.url, SECRET, clock=clock, rest_seconds=0.0)
        tenant = cache.of(Unit(uuid4()))
        await within(lambda: tenant.set("k", "k's", ttl=MINUTE))
        await within(lambda: tenant.set("l", "l's", ttl=MINUTE))
        os.kill(valkey.pid, signal.SIGSTOP)
        try:
            started = asyncio.get_running_loop().time()
            assert await tenant.get("k", str) is None
            assert 0.04 < asyncio.get_running_loop().time() - started < 5.0  # without a deadline, for ever
        finally:
            os.kill(valkey.pid, signal.SIGCONT)
        assert await within(lambda: tenant.get("l", str)) == "l's"
        assert cache.counts["refused"] == 0
        await cache.aclose()

    async def test_nowhere(self, clock: MovableClock) -> None:
        """A Redis that was never there is no error."""
        cache = Cache("redis://127.0.0.1:1/0", SECRET, clock=clock)
        assert await cache.of(Unit(uuid4())).remember("k", int, Counting(1), ttl=MINUTE) == 1
        await cache.aclose()
