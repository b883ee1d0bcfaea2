"""Limits on failed sign-ins, per account and per address; counted in Redis, locally where Redis is away."""

import hashlib
import logging
import math
import time

from limits import RateLimitItem, RateLimitItemPerSecond
from limits.aio.storage import MemoryStorage, RedisStorage
from limits.aio.strategies import FixedWindowRateLimiter
from redis.asyncio import ConnectionPool
from redis.exceptions import RedisError

from app.config import LoginLimit
from app.exceptions import RateLimited

logger = logging.getLogger(__name__)


class LoginLimiter:
    """Fixed windows over failures. Redis down means counted by this process alone, never unlimited."""

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

    async def check(self, account: str, address: str) -> None:
        """Refuse where one of the windows is full.

        Raises:
            RateLimited: with Retry-After.
        """
        for limit, key in self._keys(account, address):
            limiter = self._shared
            try:
                free = await limiter.test(limit, key)
            except (RedisError, OSError):
                limiter = self._local
                free = await limiter.test(limit, key)
            if not free:
                reset = (await limiter.get_window_stats(limit, key)).reset_time
                wait = max(1, math.ceil(reset - time.time()))
                raise RateLimited("Too many failed sign-ins; wait a little.", headers={"Retry-After": str(wait)})

    async def failed(self, account: str, address: str) -> None:
        """Count a failure."""
        for limit, key in self._keys(account, address):
            try:
                await self._shared.hit(limit, key)
            except (RedisError, OSError) as error:
                logger.warning("limits are counted locally", extra={"error": repr(error)})
                await self._local.hit(limit, key)

    def _keys(self, account: str, address: str) -> tuple[tuple[RateLimitItem, str], ...]:
        """Hashed: neither an address nor an account stands in Redis."""
        texts = (account.lower(), address)
        return tuple(
            (limit, hashlib.sha256(text.encode()).hexdigest()[:32])
            for limit, text in zip(self._limits, texts, strict=True)
        )
