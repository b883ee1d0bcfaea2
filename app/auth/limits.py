"""Limits on failed sign-ins, per account and per address; counted in Redis, locally where Redis is away."""

import hashlib
import logging
import math
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from limits import RateLimitItem, RateLimitItemPerSecond
from limits.aio.storage import MemoryStorage, RedisStorage
from limits.aio.strategies import FixedWindowRateLimiter
from redis.asyncio import ConnectionPool
from redis.exceptions import RedisError

from app.auth.exceptions import InvalidCredentials
from app.config import LoginLimit
from app.exceptions import RateLimited

logger = logging.getLogger(__name__)


class LoginLimiter:
    """Fixed windows over failures, in Redis and in this process: Redis away or full means fewer counts, never none."""

    def __init__(self, settings: LoginLimit, redis_url: str) -> None:
        """Nothing is connected before the first use."""
        self._limits = (
            RateLimitItemPerSecond(settings.failures_per_account, settings.window_seconds, "account"),
            RateLimitItemPerSecond(settings.failures_per_address, settings.window_seconds, "address"),
        )
        self._connections = ConnectionPool.from_url(redis_url, socket_timeout=0.5, socket_connect_timeout=0.5)
        storage = RedisStorage(
            f"async+{redis_url}",
            implementation="redispy",
            connection_pool=self._connections,  # type: ignore[arg-type]  # documented; the annotation forgets it
        )
        self._shared = FixedWindowRateLimiter(storage)
        self._local = FixedWindowRateLimiter(MemoryStorage())

    async def aclose(self) -> None:
        """Close the connections; one left open keeps uvloop from closing its loop."""
        await self._connections.aclose()

    @asynccontextmanager
    async def attempt(self, account: str, address: str) -> AsyncIterator[None]:
        """Count a sign-in before it is tried, so that many at once cannot pass together; only a refusal stays counted.

        Raises:
            RateLimited: one of the windows is full; with Retry-After.
        """
        keys = self._keys(account, address)
        counted: list[tuple[FixedWindowRateLimiter, RateLimitItem, str]] = []
        try:
            for limit, key in keys:
                for limiter in (self._local, self._shared):
                    await self._count(limiter, limit, key, counted)
            yield
        except InvalidCredentials:
            raise
        except BaseException:
            await self._take_back(counted)
            raise
        else:
            await self._take_back(counted)

    async def _count(
        self,
        limiter: FixedWindowRateLimiter,
        limit: RateLimitItem,
        key: str,
        counted: list[tuple[FixedWindowRateLimiter, RateLimitItem, str]],
    ) -> None:
        try:
            free = await limiter.hit(limit, key)
        except (RedisError, OSError) as error:
            logger.warning("limits are counted by this process alone", extra={"error": type(error).__name__})
            return
        counted.append((limiter, limit, key))
        if not free:
            reset = (await limiter.get_window_stats(limit, key)).reset_time
            wait = max(1, math.ceil(reset - time.time()))
            raise RateLimited("Too many failed sign-ins; wait a little.", headers={"Retry-After": str(wait)})

    async def _take_back(self, counted: list[tuple[FixedWindowRateLimiter, RateLimitItem, str]]) -> None:
        for limiter, limit, key in counted:
            with suppress(RedisError, OSError):
                await limiter.storage.incr(limit.key_for(key), limit.get_expiry(), amount=-1)

    def _keys(self, account: str, address: str) -> tuple[tuple[RateLimitItem, str], ...]:
        """Hashed: neither an address nor an account stands in Redis."""
        texts = (account, address)
        return tuple(
            (limit, hashlib.sha256(text.encode()).hexdigest()[:32])
            for limit, text in zip(self._limits, texts, strict=True)
        )
