"""The tenant's cache on a real Valkey: scoped, bounded, never believed, never missed."""

import asyncio
import logging
import os
import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from app.exceptions import TenantRequired
from app.extensions.cache import Cache, TenantCache
from app.extensions.sealing import Seal
from tests.extensions.carrier import Server
from tests.support.clock import MovableClock

SECRET = "a secret of the tests, long enough to be one"
MINUTE = timedelta(minutes=1)
CANARY = "canary-5f2b"


@dataclass
class Unit:
    """Stands for a unit of work."""

    tenant_id: UUID | None


@dataclass
class Counting:
    """Makes a value, and says how often it did."""

    value: Any = None
    made: int = 0
    pause: Callable[[], Awaitable[None]] | None = None

    async def __call__(self) -> Any:
        """Make it."""
        self.made += 1
        if self.pause is not None:
            await self.pause()
        return self.value


@pytest.fixture(scope="module")
def valkey() -> Iterator[Server]:
    server = Server()
    yield server
    server.close()


@pytest.fixture
async def cache(valkey: Server, clock: MovableClock) -> AsyncIterator[Cache]:
    """With more time than in earnest: the machine of the tests is slow."""
    valkey.redis.flushall()
    made = Cache(valkey.url, SECRET, clock=clock, timeout_seconds=2.0, rest_seconds=0.05)
    yield made
    await made.aclose()


@pytest.fixture
def tenant(cache: Cache) -> TenantCache:
    return cache.of(Unit(uuid4()))


def keys(valkey: Server, pattern: str = "*") -> list[str]:
    """Everything that stands there."""
    return sorted(key.decode() for key in valkey.redis.keys(pattern) if isinstance(key, bytes))


def value_key(valkey: Server, pattern: str = "*") -> str:
    """The one key of a value."""
    (found,) = (key for key in keys(valkey, pattern) if not key.endswith("generation"))
    return found


def stored(valkey: Server, key: str) -> bytes:
    """What stands under a key."""
    found = valkey.redis.get(key)
    assert isinstance(found, bytes)
    return found


async def within(check: Callable[[], Awaitable[Any]]) -> Any:
    """Try until it holds: a server that was gone takes a moment."""
    for _ in range(500):
        found = await check()
        if found:
            return found
        await asyncio.sleep(0.01)
    raise AssertionError("it never held")


class TestScope:
    """Whose it is."""

    async def test_no_tenant(self, cache: Cache) -> None:
        """Without a bound tenant there is no cache."""
        with pytest.raises(TenantRequired):
            cache.of(Unit(None))

    async def test_two_tenants(self, cache: Cache) -> None:
        """One key holds a value for each tenant; a clear is one tenant's."""
        a, b = cache.of(Unit(uuid4())), cache.of(Unit(uuid4()))
        assert await a.set("summary", "a's", ttl=MINUTE)
        assert await b.get("summary", str) is None
        assert await b.set("summary", "b's", ttl=MINUTE)
        assert await a.clear()
        assert (await a.get("summary", str), await b.get("summary", str)) == (None, "b's")

    async def test_moved(self, cache: Cache, valkey: Server) -> None:
        """A value that somebody copied to another tenant's place, with its generation, is shown to nobody."""
        a, b = uuid4(), uuid4()
        await cache.of(Unit(a)).set("k", CANARY, ttl=MINUTE)
        slot = value_key(valkey)
        await cache.of(Unit(b)).set("k", "b's", ttl=MINUTE)
        valkey.redis.copy(slot, value_key(valkey, f"*{b}*"), replace=True)
        valkey.redis.copy(f"atrium:cache:{{{a}}}:generation", f"atrium:cache:{{{b}}}:generation", replace=True)
        assert await cache.of(Unit(b)).get("k", str) is None
        assert cache.counts["refused"] == 1

    async def test_nothing_to_read(self, tenant: TenantCache, valkey: Server) -> None:
        """Whoever reads Redis finds neither keys nor values."""
        await tenant.set(f"mail:{CANARY}@example.com", {"name": CANARY}, ttl=MINUTE)
        text = b" ".join(key.encode() + b" " + stored(valkey, key) for key in keys(valkey))
        assert text
        assert CANARY.encode() not in text


class TestValue:
    """What is kept."""

    async def test_remember(self, tenant: TenantCache, cache: Cache) -> None:
        """Made once, found again, and the same whether made or found."""
        make = Counting({"n": (1, 2), "when": MINUTE})
        first = await tenant.remember("k", dict[str, Any], make, ttl=MINUTE)
        assert await tenant.remember("k", dict[str, Any], make, ttl=MINUTE) == first == {"n": [1, 2], "when": "PT60S"}
        assert make.made == 1
        assert (cache.counts["hit"], cache.counts["miss"], cache.counts["stored"]) == (1, 1, 1)

    async def test_nothing(self, tenant: TenantCache) -> None:
        """None is a value like others to `remember`."""
        make = Counting(None)
        assert [await tenant.remember("k", type(None), make, ttl=MINUTE) for _ in range(2)] == [None, None]
        assert make.made == 1

    async def test_end(self, tenant: TenantCache, valkey: Server, clock: MovableClock) -> None:
        """Redis drops it after its ttl, less up to a tenth; and one that Redis kept is over all the same."""
        await tenant.set("k", 1, ttl=MINUTE)
        slot = value_key(valkey)
        assert 53_000 < valkey.redis.pttl(slot) <= 60_000
        valkey.redis.persist(slot)
        clock.advance(seconds=53)
        assert await tenant.get("k", int) == 1
        clock.advance(seconds=8)
        assert await tenant.get("k", int) is None

    @pytest.mark.parametrize("ttl", [timedelta(), timedelta(seconds=-1), timedelta(days=2)])
    async def test_ttl(self, tenant: TenantCache, ttl: timedelta) -> None:
        """For ever is no ttl, nor is never."""
        with pytest.raises(ValueError):
            await tenant.set("k", 1, ttl=ttl)
        with pytest.raises(ValueError):
            await tenant.remember("k", int, Counting(1), ttl=ttl)

    @pytest.mark.parametrize("key", ["", "k" * 501])
    async def test_key(self, tenant: TenantCache, key: str) -> None:
        """Keys have a length."""
        with pytest.raises(ValueError):
            await tenant.get(key, int)

    async def test_too_large(self, tenant: TenantCache, cache: Cache, valkey: Server) -> None:
        """What is larger than may be is given and not kept."""
        cache.max_bytes = 1000
        for size, kept in ((998, 1), (999, 0)):
            valkey.redis.flushall()
            await tenant.clear()
            assert await tenant.remember("k", str, Counting("x" * size), ttl=MINUTE) == "x" * size
            assert len(keys(valkey)) == kept + 1
            assert await tenant.get("k", str) == ("x" * size if kept else None)

    async def test_another_type(self, tenant: TenantCache, cache: Cache) -> None:
        """What an earlier release stored in another shape is made anew."""
        await tenant.set("k", "seven", ttl=MINUTE)
        assert await tenant.get("k", int) is None
        assert await tenant.remember("k", int, Counting(7), ttl=MINUTE) == 7
        assert await tenant.get("k", int) == 7
        assert cache.counts["refused"] == 0

    async def test_made_wrong(self, tenant: TenantCache) -> None:
        """What is made must be what was said."""
        with pytest.raises(TypeError):
            await tenant.remember("k", int, Counting("seven"), ttl=MINUTE)
        with pytest.raises(TypeError):
            await tenant.set("k", object(), ttl=MINUTE)


class TestForgetting:
    """Old values do not come back."""

    async def test_delete(self, tenant: TenantCache) -> None:
        """A deleted value is gone; a new one may take its place at once."""
        await tenant.set("k", 1, ttl=MINUTE)
        assert await tenant.delete("k")
        assert await tenant.get("k", int) is None
        assert await tenant.remember("k", int, Counting(2), ttl=MINUTE) == 2
        assert await tenant.get("k", int) == 2

    @pytest.mark.parametrize("forget", ["delete", "clear", "flush"])
    @pytest.mark.parametrize("before", [None, 0])
    async def test_meanwhile(
        self, tenant: TenantCache, valkey: Server, clock: MovableClock, forget: str, before: int | None
    ) -> None:
        """A value whose making began before it was forgotten is given, and not stored."""
        if before is not None:
            await tenant.set("k", before, ttl=MINUTE)
            clock.advance(seconds=61)

        async def changes() -> None:
            if forget == "flush":
                await tenant.delete("k")
                valkey.redis.flushall()
            else:
                await (tenant.delete("k") if forget == "delete" else tenant.clear())

        assert await tenant.remember("k", int, Counting(1, pause=changes), ttl=MINUTE) == 1
        assert await tenant.get("k", int) is None

    async def test_clear_is_one_step(self, tenant: TenantCache, valkey: Server) -> None:
        """However many values there are, a clear is one command, and all are gone."""
        for number in range(50):
            await tenant.set(f"k{number}", number, ttl=MINUTE)
        before = valkey.redis.info("commandstats")
        assert await tenant.clear()
        after = valkey.redis.info("commandstats")
        calls = sum(row["calls"] for row in after.values()) - sum(row["calls"] for row in before.values())
        assert calls == 2  # SET, and INFO itself
        assert [await tenant.get(f"k{number}", int) for number in range(50)] == [None] * 50

    async def test_flush(self, tenant: TenantCache, valkey: Server) -> None:
        """After FLUSHALL everything is made anew; a value of before that is put back stays unread."""
        await tenant.set("k", "old", ttl=MINUTE)
        slot = value_key(valkey)
        kept = stored(valkey, slot)
        valkey.redis.flushall()
        assert await tenant.get("k", str) is None
        assert await tenant.remember("other", str, Counting("new"), ttl=MINUTE) == "new"
        valkey.redis.set(slot, kept)
        assert await tenant.get("k", str) is None


class TestDisbelief:
    """Whatever stands in Redis."""

    @pytest.mark.parametrize(
        "poison", [b"1", b'"seven"', b"=", b"=" + b"\x00" * 16, b"=" * 100, b"\xff" * 300_000, b"-", b"\x80\x04\x95."]
    )
    async def test_poison(self, tenant: TenantCache, cache: Cache, valkey: Server, poison: bytes) -> None:
        """Is a miss, and replaced by the next value."""
        await tenant.set("k", 7, ttl=MINUTE)
        valkey.redis.set(value_key(valkey), poison)
        assert await tenant.get("k", int) is None
        assert await tenant.remember("k", int, Counting(8), ttl=MINUTE) == 8
        assert await tenant.get("k", int) == 8

    async def test_each_bit(self, tenant: TenantCache, valkey: Server) -> None:
        """One bit changed anywhere, or a byte more or less, and it is a miss."""
        await tenant.set("k", 7, ttl=MINUTE)
        slot = value_key(valkey)
        whole = stored(valkey, slot)
        changed = [whole[:n] + bytes([whole[n] ^ 1]) + whole[n + 1 :] for n in range(len(whole))]
        for text in [*changed, whole[:-1], whole + b"x"]:
            valkey.redis.set(slot, text)
            assert await tenant.get("k", int) is None
        valkey.redis.set(slot, whole)
        assert await tenant.get("k", int) == 7

    async def test_wrong_kinds(self, tenant: TenantCache, cache: Cache, valkey: Server) -> None:
        """Lists where values and generations should be are misses, replaced, and logged once."""
        await tenant.set("k", 7, ttl=MINUTE)
        for key in keys(valkey):
            valkey.redis.delete(key)
            valkey.redis.rpush(key, "x")
        assert await tenant.get("k", int) is None
        assert await tenant.remember("k", int, Counting(8), ttl=MINUTE) == 8
        assert await tenant.get("k", int) == 8
        assert cache.counts["away"] == 0

    async def test_logged_once(self, tenant: TenantCache, valkey: Server, caplog: pytest.LogCaptureFixture) -> None:
        """The log says once that somebody writes there, and quotes nothing."""
        await tenant.set("k", 7, ttl=MINUTE)
        valkey.redis.set(value_key(valkey), CANARY)
        with caplog.at_level(logging.WARNING):
            for _ in range(3):
                await tenant.get("k", int)
        assert len(caplog.records) == 1
        assert CANARY not in caplog.text

    async def test_another_secret(self, tenant: TenantCache, valkey: Server, clock: MovableClock) -> None:
        """A process with another secret neither reads these values nor finds their place."""
        unit = Unit(uuid4())
        one = Cache(valkey.url, SECRET, clock=clock, timeout_seconds=2.0)
        other = Cache(valkey.url, SECRET + "!", clock=clock, timeout_seconds=2.0)
        await one.of(unit).set("k", 7, ttl=MINUTE)
        assert await other.of(unit).get("k", int) is None
        assert await one.of(unit).get("k", int) == 7
        await one.aclose()
        await other.aclose()

    def test_seal(self) -> None:
        """A seal opens at its place only, and never twice looks the same."""
        seal = Seal(SECRET, "tests")
        sealed = seal.close(b"v", b"here")
        assert seal.open(sealed, b"here") == b"v"
        assert seal.open(sealed, b"there") is None
        assert Seal(SECRET, "other").open(sealed, b"here") is None
        assert seal.close(b"v", b"here") != sealed
        assert seal.name("k") == seal.name("k") != seal.name("l")


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
            assert 0.04 < asyncio.get_running_loop().time() - started < 0.5
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
