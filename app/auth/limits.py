"""Limits on what an attacker would repeat: failed sign-ins, refreshes, and requests that send mail.

Counted in Redis and in this process: Redis away or full means fewer counts, never none.
"""

import hashlib
import ipaddress
import logging
import math
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from operator import itemgetter
from urllib.parse import urlsplit
from uuid import UUID

from limits import RateLimitItem, RateLimitItemPerSecond
from limits.aio.storage import MemoryStorage, RedisStorage
from limits.aio.strategies import FixedWindowRateLimiter
from redis.asyncio import ConnectionPool
from redis.exceptions import RedisError

from app.auth.exceptions import InvalidCredentials
from app.config import LoginLimit, MailLimit, RefreshLimit
from app.exceptions import RateLimited
from app.utils.quotas import Quota

REDIS_PORT = 6379
logger = logging.getLogger(__name__)


def _with_port(url: str) -> str:
    """The library wants a port spelled out, which redis-py does not."""
    parts = urlsplit(url)
    return url if parts.port or not parts.hostname else parts._replace(netloc=f"{parts.netloc}:{REDIS_PORT}").geturl()


def network(address: str) -> str:
    """What an address counts as: IPv6 by its /64, which is what one customer of a provider has; all else as it is."""
    with suppress(ValueError):
        found = ipaddress.ip_address(address)
        if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped is None:
            return str(ipaddress.ip_network((found, 64), strict=False))
    return address


@dataclass(frozen=True, slots=True)
class Counted:
    """A hit that can be taken back."""

    limiter: FixedWindowRateLimiter
    limit: RateLimitItem
    key: str

    async def left(self) -> tuple[int, int]:
        """What is left in the window, and in how many seconds it ends."""
        stats = await self.limiter.get_window_stats(self.limit, self.key)
        return stats.remaining, max(1, math.ceil(stats.reset_time - time.time()))


def quota_of(limit: RateLimitItem) -> Quota:
    """As clients see it."""
    return Quota(limit.namespace, limit.amount, limit.get_expiry())


class Windows:
    """Fixed windows, counted twice: shared in Redis, and by this process."""

    def __init__(self, redis_url: str) -> None:
        """Nothing is connected before the first use."""
        self._connections = ConnectionPool.from_url(redis_url, socket_timeout=0.5, socket_connect_timeout=0.5)
        storage = RedisStorage(
            f"async+{_with_port(redis_url)}",
            implementation="redispy",
            connection_pool=self._connections,  # type: ignore[arg-type]  # documented; the annotation forgets it
        )
        self._both = (FixedWindowRateLimiter(MemoryStorage()), FixedWindowRateLimiter(storage))

    async def aclose(self) -> None:
        """Close the connections; one left open keeps uvloop from closing its loop."""
        await self._connections.aclose()

    async def hit(self, limit: RateLimitItem, text: str, counted: list[Counted], *, shared: bool = True) -> None:
        """Count one; what was counted is added to `counted`. Hashed: neither an address nor an account stands in Redis.

        Without `shared` this process alone counts, and nobody waits for Redis.

        Raises:
            RateLimited: the window is full; with Retry-After and RateLimit headers.
        """
        key = hashlib.sha256(text.encode()).hexdigest()[:32]
        for limiter in self._both if shared else self._both[:1]:
            try:
                free = await limiter.hit(limit, key)
            except (RedisError, OSError) as error:
                logger.warning("limits are counted by this process alone", extra={"error": type(error).__name__})
                continue
            counted.append(Counted(limiter, limit, key))
            if not free:
                seconds = limit.get_expiry()
                with suppress(RedisError, OSError):
                    _, seconds = await counted[-1].left()
                raise RateLimited("Too many tries; wait a little.", retry_after=seconds, quota=quota_of(limit))

    async def told(self, counted: list[Counted]) -> dict[str, str]:
        """The headers of the fullest of these windows; this process's own are always among them."""
        found: list[tuple[int, int, RateLimitItem]] = []
        for one in counted:
            with suppress(RedisError, OSError):
                found.append((*await one.left(), one.limit))
        left, seconds, limit = min(found, key=itemgetter(0))
        return quota_of(limit).headers(left, seconds)

    async def take_back(self, counted: list[Counted]) -> None:
        """Uncount."""
        for one in counted:
            with suppress(RedisError, OSError):
                await one.limiter.storage.incr(one.limit.key_for(one.key), one.limit.get_expiry(), amount=-1)


class LoginLimiter:
    """Failed sign-ins, per account and per address. Nobody is locked out for ever, whatever strangers do.

    Beyond the first window an account takes one more try a minute, then one in two, four, eight. From an address at which
    the account has signed in before, its own failures alone count: strangers elsewhere cannot use them up.
    """

    def __init__(self, settings: LoginLimit, windows: Windows) -> None:
        """`windows` are shared with the other limits."""
        self._windows = windows
        seconds = settings.window_seconds
        self._account = RateLimitItemPerSecond(settings.failures_per_account, seconds, "account")
        self._address = RateLimitItemPerSecond(settings.failures_per_address, seconds, "address")
        # 1, 2, 3 and 4 tries within 1, 3, 7 and 15 minutes: each comes twice as late as the one before.
        self._beyond = tuple(RateLimitItemPerSecond(n, 60 * (2**n - 1), f"account-{n}") for n in range(1, 5))

    @asynccontextmanager
    async def attempt(self, account: str, address: str, *, known: bool = False) -> AsyncIterator[None]:
        """Count a sign-in before it is tried, so that many at once cannot pass together; only a refusal stays counted.

        A refusal tells what the network address has left. The account's own window would tell strangers whether it has
        signed in there before.

        `known`: the account has signed in at the address before.

        Raises:
            RateLimited: too many failures; with Retry-After.
        """
        counted: list[Counted] = []
        try:
            await self._count(f"{account} at {address}" if known else account, counted)
            of_account = len(counted)
            await self._windows.hit(self._address, network(address), counted)
            yield
        except InvalidCredentials as error:
            error.headers.update(await self._windows.told(counted[of_account:]))
            raise
        except BaseException:
            await self._windows.take_back(counted)
            raise
        else:
            await self._windows.take_back(counted)

    async def _count(self, account: str, counted: list[Counted]) -> None:
        """In the first window, or beyond it."""
        first: list[Counted] = []
        try:
            await self._windows.hit(self._account, account, first)
        except RateLimited:
            await self._windows.take_back(first)
            for limit in self._beyond:
                await self._windows.hit(limit, account, counted)
        else:
            counted.extend(first)


class MailLimiter:
    """Requests that send mail or make a person, per target and per whoever asks: nobody's mailbox is flooded from here."""

    def __init__(self, settings: MailLimit, windows: Windows) -> None:
        """`windows` are shared with the other limits."""
        self._windows = windows
        self._target = RateLimitItemPerSecond(settings.per_target, settings.window_seconds, "mail-target")
        self._asker = RateLimitItemPerSecond(settings.per_asker, settings.window_seconds, "mail-asker")

    async def take(self, what: str, target: str, asker: str) -> dict[str, str]:
        """Count one request of the kind `what`, made by a person or a network address.

        `target` is the address that is written to or, where an invitation is accepted, its token's hash.

        Returns the headers that tell what is left.

        Raises:
            RateLimited: one of the windows is full; with Retry-After. Alike for addresses that are known and unknown.
        """
        counted: list[Counted] = []
        await self._windows.hit(
            self._asker, f"{what}:{network(asker)}", counted
        )  # first: if refused, no target is counted
        await self._windows.hit(self._target, f"{what}:{target.lower()}", counted)
        return await self._windows.told(counted)


class RefreshLimiter:
    """Refreshes, per network address and per session: a program that runs wild is slowed, and its session lives."""

    def __init__(self, settings: RefreshLimit, windows: Windows) -> None:
        """`windows` are shared with the other limits."""
        self._windows = windows
        self._address = RateLimitItemPerSecond(settings.per_address, settings.window_seconds, "refresh-address")
        self._session = RateLimitItemPerSecond(settings.per_session, settings.window_seconds, "refresh-session")

    async def arrive(self, address: str) -> None:
        """Count one from a network address, before its token is looked at.

        Raises:
            RateLimited: the window is full; with Retry-After.
        """
        await self._windows.hit(self._address, network(address), [])

    async def take(self, session_id: UUID) -> dict[str, str]:
        """Count one of a session, in this process alone: a refresh goes to Redis once, and never holding a connection.

        Returns the headers that tell what is left.

        Raises:
            RateLimited: the window is full; with Retry-After.
        """
        counted: list[Counted] = []
        await self._windows.hit(self._session, str(session_id), counted, shared=False)
        return await self._windows.told(counted)
