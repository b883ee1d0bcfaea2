"""The tenant's cache on a real Valkey: scoped, bounded, and never believed."""

import logging
from datetime import timedelta
from random import Random
from typing import Any
from uuid import uuid4

import pytest

from app.config import Settings
from app.exceptions import TenantRequired
from app.extensions import cache as caches
from app.extensions.cache import Cache, TenantCache
from app.extensions.routing import ModularApp
from app.extensions.sealing import Seal
from app.runtime import Runtime
from tests.db.units import bench
from tests.extensions.caching import CANARY, MINUTE, SECRET, Counting, Unit, keys, stored, value_key, within
from tests.extensions.carrier import Server
from tests.support.clock import MovableClock


class TestScope:
    """Requirement 22: whose it is."""

    async def test_no_tenant(self, cache: Cache) -> None:
        """Without a bound tenant there is no cache."""
        with pytest.raises(TenantRequired):
            cache.of(Unit(None))

    async def test_commons(self, app: ModularApp, settings: Settings) -> None:
        """Use cases have the cache of the tenant that their transaction is bound to, and of no other."""
        runtime: Runtime = app.state.runtime
        async with bench(settings, size=2) as made:
            a, b, none = made.unit(), made.unit(), made.unit()
            await a.begin(tenant_id=uuid4())
            await b.begin(tenant_id=uuid4())
            of_a, of_b = runtime.hub.commons(a), runtime.hub.commons(b)
            assert await within(lambda: of_a.cache.set("k", "a's", ttl=MINUTE))
            assert await within(lambda: of_a.cache.get("k", str)) == "a's"
            assert await of_b.cache.get("k", str) is None
            with pytest.raises(TenantRequired):
                runtime.hub.commons(none).cache  # noqa: B018 - it raises
            await a.rollback()
            await b.rollback()

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

    async def test_places_tell_nothing(self, cache: Cache, valkey: Server) -> None:
        """Nor that two tenants keep a value under the same key."""
        for tenant_id in (uuid4(), uuid4()):
            await cache.of(Unit(tenant_id)).set("k", 1, ttl=MINUTE)
        names = [key.rpartition(":")[2] for key in keys(valkey) if not key.endswith("generation")]
        assert len(set(names)) == 2


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

    @pytest.mark.parametrize(("chance", "least", "most"), [(0.0, 59_000, 60_000), (1.0, 53_000, 54_000)])
    async def test_spread(
        self,
        tenant: TenantCache,
        valkey: Server,
        monkeypatch: pytest.MonkeyPatch,
        chance: float,
        least: int,
        most: int,
    ) -> None:
        """Values that were stored together do not end together: chance takes up to a tenth of their ttl."""
        monkeypatch.setattr(caches, "_chance", Random())
        monkeypatch.setattr(caches._chance, "random", lambda: chance)
        await tenant.set("k", 1, ttl=MINUTE)
        assert least < valkey.redis.pttl(value_key(valkey)) <= most

    async def test_slow_make(self, tenant: TenantCache, cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
        """What takes longer to make than Redis knows of a deletion is given and not kept: one may have come between."""
        monkeypatch.setattr(caches, "FORGOTTEN_SECONDS", 0)
        make = Counting(8)
        assert [await tenant.remember("k", int, make, ttl=MINUTE) for _ in range(2)] == [8, 8]
        assert (make.made, cache.counts["stored"]) == (2, 0)

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
        assert (cache.counts["away"], cache.counts["refused"]) == (0, 2)

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
