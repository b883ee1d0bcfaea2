"""A cache for each tenant in Redis, that may vanish at any moment and is asked for 50 ms at most.

What it is for: values that are costly to make, that the reader may see anyway, and that may be as old as their ttl: a
summary, a rendered page, an answer of an outside system. What it is never for: who may do what, sessions, balances, stock,
whether something was done. Those are read from PostgreSQL, whatever stands here.

Nothing read from Redis is believed. A value is sealed (encrypted and authenticated) for its tenant, key and generation,
and carries its end. Whoever can write to Redis can make us forget, or give a tenant its own earlier value until its ttl;
whoever can read it learns sizes and times. Anything else read there is a miss.

Everything a value depends on stands in its key: the person, if it is one's own; the language; best of all the version of the
row that it is made of, since then it need never be forgotten. `delete` and `clear` belong *after* the commit (in a handler):
before it somebody may store the old value anew.
"""

import asyncio
import logging
import random
import secrets
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any, Final, Protocol, TypeVar
from uuid import UUID

import msgspec
from redis.asyncio import BlockingConnectionPool, Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

from app.exceptions import TenantRequired
from app.extensions.clock import Clock
from app.extensions.sealing import OVERHEAD, Seal
from app.extensions.wakes import AWAY, NO_SOCKET_TIMEOUT, Outage, leave_replica

T = TypeVar("T")
R = TypeVar("R")

MAX_KEY: Final = 500
MAX_TTL: Final = timedelta(days=1)
JITTER: Final = 0.1
GENERATION: Final = 16
GENERATION_SECONDS: Final = 30 * 86_400
FORGOTTEN: Final = b"-"
VALUE: Final = b"="
END: Final = 8
FORGOTTEN_SECONDS: Final = 60
"""How long a deletion is remembered: a value whose making began before it, and took less, is not stored after it."""

STORE: Final = """
local function head(key, last)
  local found = redis.pcall('GETRANGE', key, 0, last)
  return type(found) == 'string' and found or ''
end
if head(KEYS[1], 15) ~= ARGV[1] or head(KEYS[2], tonumber(ARGV[5])) ~= ARGV[2] then return 0 end
redis.call('SET', KEYS[2], ARGV[3], 'PX', ARGV[4])
return 1
"""
"""Store unless generation or value changed since they were looked at: a clear or delete in between wins."""

log = logging.getLogger(__name__)
_chance = random.SystemRandom()


class Bound(Protocol):
    """What is bound to a tenant: a unit of work."""

    @property
    def tenant_id(self) -> UUID | None:
        """The tenant."""


class _Look(msgspec.Struct, frozen=True):
    """What stood in Redis at one moment."""

    generation: bytes
    seen: bytes
    value: bytes | None


NOTHING: Final = _Look(b"", b"", None)


class Cache:
    """One per process, for all tenants.

    `counts` has hit, miss, shared, stored, unstored, away, resting and refused; metrics read it.
    """

    def __init__(
        self,
        url: str,
        secret: str,
        *,
        clock: Clock,
        timeout_seconds: float = 0.05,
        rest_seconds: float = 2.0,
        max_bytes: int = 256 * 1024,
        connections: int = 16,
    ) -> None:
        """Connects to nothing yet. `secret` seals: every process has the same, Redis has it not."""
        self.counts: Counter[str] = Counter()
        self.clock = clock
        self.seal = Seal(secret, "atrium/cache/1")
        self.flights: dict[tuple[UUID, str, Any], asyncio.Future[bytes | None]] = {}
        self.max_bytes = max_bytes
        self._timeout = timeout_seconds
        self._rest = rest_seconds
        self._rests_until = 0.0
        self._outage = Outage("cache")
        self._warned = False
        pool = BlockingConnectionPool.from_url(
            url,
            max_connections=connections,
            timeout=timeout_seconds,
            socket_connect_timeout=timeout_seconds,
            socket_timeout=NO_SOCKET_TIMEOUT,
            retry=Retry(NoBackoff(), 1),  # once, for a pooled connection that a restarted server has closed
        )
        self._redis: Redis = Redis.from_pool(pool)

    def of(self, bound: Bound) -> "TenantCache":
        """The cache of the tenant that the unit of work is bound to; there is no other way to one.

        Raises:
            TenantRequired: it is bound to none.
        """
        if bound.tenant_id is None:
            raise TenantRequired
        return TenantCache(self, bound.tenant_id)

    async def attempt(self, act: Callable[[Redis], Awaitable[R]]) -> R | None:
        """What Redis answers in time. None if it does not, and for a while then without asking."""
        if time.monotonic() < self._rests_until:
            self.counts["resting"] += 1
            return None
        try:
            async with asyncio.timeout(self._timeout):
                done = await act(self._redis)
        except AWAY as fault:
            self._rests_until = time.monotonic() + self._rest
            self.counts["away"] += 1
            self._outage.begins(fault)
            await leave_replica(self._redis, fault)
            return None
        self._outage.ends()
        return done

    def refuse(self) -> None:
        """Note that something stood in Redis that we did not write, or not there; the first is logged."""
        self.counts["refused"] += 1
        if not self._warned:
            self._warned = True
            log.warning("cache: redis holds values that are not ours; they are misses, and not reported again")

    async def aclose(self) -> None:
        """Close the connections; never an error."""
        with suppress(*AWAY):
            await self._redis.aclose()


class TenantCache:
    """The cache of one tenant. No method raises because of Redis."""

    def __init__(self, cache: Cache, tenant_id: UUID) -> None:
        """Made by `Cache.of` alone."""
        self._cache = cache
        self._tenant_id = tenant_id
        self._prefix = f"atrium:cache:{{{tenant_id}}}:"  # braces: a Redis cluster keeps a tenant's keys together
        self._generation_key = f"{self._prefix}generation"

    async def get(self, key: str, kind: type[T]) -> T | None:
        """The value, if there is one of this type; None if not."""
        raw = self._fitting(await self._look(self._slot(key)), kind)
        return None if raw is None else _typed(raw, kind)

    async def set(self, key: str, value: Any, *, ttl: timedelta) -> bool:
        """Store it for at most `ttl`, less up to a tenth; false if that is not certain, as when a deletion came between.

        Raises:
            TypeError, ValueError: it is no JSON; the ttl is nothing or more than a day.
        """
        _check(ttl)
        slot = self._slot(key)
        return await self._store(slot, await self._look(slot, begin=True), msgspec.json.encode(value), ttl)

    async def delete(self, key: str) -> bool:
        """Forget one value; false if that is not certain: it may then be given until its ttl ends."""
        slot, mark = self._slot(key), FORGOTTEN + secrets.token_bytes(GENERATION)
        return bool(await self._cache.attempt(lambda redis: redis.set(slot, mark, ex=FORGOTTEN_SECONDS)))

    async def clear(self) -> bool:
        """Forget everything of this tenant, in one step; false if that is not certain.

        Generations are random: one that was lost with Redis never comes again, and with it no value.
        """
        fresh = secrets.token_bytes(GENERATION)
        return bool(
            await self._cache.attempt(lambda redis: redis.set(self._generation_key, fresh, ex=GENERATION_SECONDS))
        )

    async def remember(self, key: str, kind: type[T], make: Callable[[], Awaitable[T]], *, ttl: timedelta) -> T:
        """The value, made if there is none. In one process one caller makes it, the others wait for that one.

        What comes back has been through JSON, whether it was made or found. If the caller who makes it fails or is
        cancelled one of the others makes it, and if that fails each makes its own.

        Raises:
            Whatever `make` raises; TypeError, ValueError: what it made is no JSON or of another type; ttl as in `set`.
        """
        _check(ttl)
        slot, flights = self._slot(key), self._cache.flights
        flight = (self._tenant_id, slot, kind)
        for _ in range(2):
            running = flights.get(flight)
            if running is None:
                return _typed(await self._lead(flight, slot, make, ttl), kind)
            await asyncio.wait((running,))
            shared = running.result()
            if shared is not None:
                self._cache.counts["shared"] += 1
                return _typed(shared, kind)
        return _typed(msgspec.json.encode(await make()), kind)

    async def _lead(
        self, flight: tuple[UUID, str, Any], slot: str, make: Callable[[], Awaitable[Any]], ttl: timedelta
    ) -> bytes:
        """Look, make and store; whoever waits is told, of a failure as None."""
        waiting: asyncio.Future[bytes | None] = asyncio.get_running_loop().create_future()
        self._cache.flights[flight] = waiting
        raw: bytes | None = None
        try:
            raw = await self._found_or_made(flight[2], slot, make, ttl)
        finally:
            del self._cache.flights[flight]
            waiting.set_result(raw)
        return raw

    async def _found_or_made(self, kind: Any, slot: str, make: Callable[[], Awaitable[Any]], ttl: timedelta) -> bytes:
        look = await self._look(slot, begin=True)
        found = self._fitting(look, kind)
        if found is not None:
            return found
        started = time.monotonic()
        raw = msgspec.json.encode(await make())
        if time.monotonic() - started < FORGOTTEN_SECONDS:
            await self._store(slot, look, raw, ttl)
        return raw

    def _slot(self, key: str) -> str:
        """Where it stands: the key itself may hold an address or a name, and is not shown to Redis."""
        if not 0 < len(key) <= MAX_KEY:
            raise ValueError(f"a key has 1 to {MAX_KEY} characters")
        return self._prefix + self._cache.seal.name(f"{self._tenant_id}/{key}")

    async def _look(self, slot: str, *, begin: bool = False) -> _Look:
        """Generation and value in one trip, of neither more than may be there; `begin` makes a generation if there is none."""
        last = self._longest()

        async def act(redis: Redis) -> list[Any]:
            async with redis.pipeline(transaction=False) as pipe:
                pipe.getrange(self._generation_key, 0, GENERATION - 1)
                pipe.getrange(slot, 0, last)
                return await pipe.execute(raise_on_error=False)

        found = await self._cache.attempt(act)
        if found is None:
            return NOTHING
        generation, seen = (item if isinstance(item, bytes) else None for item in found)
        if generation is None or seen is None:
            self._cache.refuse()
        if generation is None or len(generation) != GENERATION:
            generation = await self._begin() if begin else b""
        return _Look(generation, seen or b"", self._opened(slot, generation, seen or b""))

    async def _begin(self) -> bytes:
        """A first generation; of several that are begun at once the last one counts."""
        fresh = secrets.token_bytes(GENERATION)
        done = await self._cache.attempt(lambda redis: redis.set(self._generation_key, fresh, ex=GENERATION_SECONDS))
        return fresh if done else b""

    def _opened(self, slot: str, generation: bytes, seen: bytes) -> bytes | None:
        """The value, if it is ours, of this place and generation, and not over."""
        if not seen or seen.startswith(FORGOTTEN) or len(generation) != GENERATION:
            return None
        head = VALUE + generation
        if seen.startswith(VALUE) and not seen.startswith(head):
            return None  # of an earlier generation
        ours = seen.startswith(head)
        plain = self._cache.seal.open(seen[len(head) :], self._place(slot, generation)) if ours else None
        if plain is None or len(plain) < END:
            self._cache.refuse()
            return None
        over = int.from_bytes(plain[:END]) <= self._now()
        return None if over else plain[END:]

    async def _store(self, slot: str, look: _Look, raw: bytes, ttl: timedelta) -> bool:
        if len(look.generation) != GENERATION or len(raw) > self._cache.max_bytes:
            self._cache.counts["unstored"] += 1
            return False
        milliseconds = max(1, int(ttl.total_seconds() * 1000 * (1 - JITTER * _chance.random())))
        end = (self._now() + milliseconds).to_bytes(END)
        sealed = VALUE + look.generation + self._cache.seal.close(end + raw, self._place(slot, look.generation))
        arguments = (look.generation, look.seen, sealed, milliseconds, self._longest())
        done = await self._cache.attempt(lambda redis: redis.eval(STORE, 2, self._generation_key, slot, *arguments))
        self._cache.counts["stored" if done else "unstored"] += 1
        return bool(done)

    @staticmethod
    def _place(slot: str, generation: bytes) -> bytes:
        return slot.encode() + generation

    def _now(self) -> int:
        return int(self._cache.clock.now().timestamp() * 1000)

    def _longest(self) -> int:
        """The index of the first byte that no value of ours reaches."""
        return len(VALUE) + GENERATION + OVERHEAD + END + self._cache.max_bytes

    def _fitting(self, look: _Look, kind: Any) -> bytes | None:
        """The value, counted, if it is of the type: an earlier release may have stored another."""
        found = look.value
        if found is not None:
            try:
                msgspec.json.decode(found, type=kind)
            except msgspec.DecodeError:
                found = None
        self._cache.counts["miss" if found is None else "hit"] += 1
        return found


def _typed(raw: bytes, kind: type[T]) -> T:
    try:
        return msgspec.json.decode(raw, type=kind)
    except msgspec.DecodeError as error:
        raise TypeError(f"what was made is no {kind}") from error


def _check(ttl: timedelta) -> None:
    if not timedelta() < ttl <= MAX_TTL:
        raise ValueError("a ttl is more than nothing and at most a day")
