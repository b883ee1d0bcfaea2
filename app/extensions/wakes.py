"""Wake-ups: the hint, sent after a commit, that a tenant has due deliveries. All of the queues that an API process needs.

A wake-up that is lost costs one polling interval.
"""

import asyncio
import logging
import time
from contextlib import suppress
from typing import Final
from uuid import UUID

from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import OutOfMemoryError, ReadOnlyError, RedisError, ResponseError

CONNECT_SECONDS: Final = 1.0
REPLY_SECONDS: Final = 2.0
WAKE_SECONDS: Final = 1.0
"""Nobody waits for a wake-up; but a deadline that a busy process misses by itself is told as an outage, and is followed by a rest."""
GATHER_SECONDS: Final = 0.01
REST_SECONDS: Final = 2.0

NO_SOCKET_TIMEOUT: Final = None
"""Of a client each of whose calls stands in an `asyncio.timeout`. With a timeout of its own, redis-py sends every command within
`asyncio.wait_for`: that is a task more, and on Python 3.11 it swallows a cancellation that comes in that moment. The call's deadline
would then pass unseen, and a Redis that is silent be waited for twice as long as the client's own."""

HINT_KEY: Final = "atrium:hints"
WAKE_CHANNEL: Final = "atrium:wake"
AWAY: Final = (RedisError, OSError, TimeoutError, RuntimeError)
"""RuntimeError is uvloop's word for an idle connection that the other side has reset."""

log = logging.getLogger(__name__)


def is_wrong_kind(answer: object) -> bool:
    """Whether Redis refuses because something else stands at the key: no answer of a server that is away."""
    return isinstance(answer, ResponseError) and str(answer).startswith("WRONGTYPE")


async def leave_replica(redis: Redis, fault: BaseException) -> None:
    """Close the idle connections where the server says that it is a replica by now; only new ones can lead to the primary.

    A server that was demoted keeps its connections, and the pool would keep them for ever. Never an error.
    """
    if isinstance(fault, ReadOnlyError):
        with suppress(*AWAY):
            await redis.connection_pool.disconnect(inuse_connections=False)


class Outage:
    """Says once that Redis is away, or full, and once that it is so no more, however often it is tried in between."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._began: float | None = None
        self._state = "away"

    def begins(self, fault: BaseException) -> None:
        """Note a fault; the first is logged, by its kind only: the text of a Redis error may quote what it holds."""
        if self._began is None:
            self._began = time.monotonic()
            self._state = "full" if isinstance(fault, OutOfMemoryError) else "away"
            log.warning("%s: redis is %s (%s)", self._what, self._state, type(fault).__name__)

    def ends(self) -> None:
        """Note a success; the first after an outage is logged."""
        if self._began is not None:
            back = "back" if self._state == "away" else "no longer full"
            log.warning("%s: redis is %s after %.1f s", self._what, back, time.monotonic() - self._began)
            self._began = None


class Wakes:
    """Wakes the relays. Any number of tasks may ask."""

    def __init__(self, url: str) -> None:
        """Connects to nothing yet."""
        self._redis = Redis.from_url(
            url,
            socket_connect_timeout=CONNECT_SECONDS,
            socket_timeout=NO_SOCKET_TIMEOUT,
            retry=Retry(NoBackoff(), 1),  # once, for a pooled connection that a restarted server has closed
        )
        self._outage = Outage("queue")
        self._rests_until = 0.0
        self._wanted: set[UUID] = set()
        self._waking: asyncio.Task[None] | None = None

    def wake_soon(self, tenant_id: UUID) -> None:
        """As `wake`, without waiting: at once where nothing was sent in the last 10 ms, else with all that ask meanwhile.

        A wake-up costs 100 µs or more; under load a hundred a second say as much as a thousand.
        """
        self._wanted.add(tenant_id)
        if self._waking is None or self._waking.done():
            self._waking = asyncio.get_running_loop().create_task(self._wake_wanted())

    async def _wake_wanted(self) -> None:
        while self._wanted:
            wanted, self._wanted = self._wanted, set()
            await self.wake(*wanted)
            await asyncio.sleep(GATHER_SECONDS)

    async def wake(self, *tenant_ids: UUID) -> None:
        """Hint that tenants have due deliveries and wake the relays. Best effort: at most 1 s, and never an error.

        After a fault it rests for 2 s, so that not every commit tries a Redis that is away.
        """
        if time.monotonic() < self._rests_until:
            return
        try:
            async with asyncio.timeout(WAKE_SECONDS), self._redis.pipeline(transaction=False) as pipe:
                pipe.sadd(HINT_KEY, *map(str, tenant_ids))
                pipe.publish(WAKE_CHANNEL, b"")
                await pipe.execute()
        except AWAY as fault:
            self._rests_until = time.monotonic() + REST_SECONDS
            self._outage.begins(fault)
            await leave_replica(self._redis, fault)
        else:
            self._outage.ends()

    async def answers(self, seconds: float) -> bool:
        """Whether Redis answers within `seconds`."""
        try:
            async with asyncio.timeout(seconds):
                await self._redis.echo(b"ping")
        except AWAY:
            return False
        return True

    async def aclose(self) -> None:
        """Send the wake-ups that are still wanted and close the connections; never an error."""
        if self._waking is not None:
            await asyncio.gather(self._waking, return_exceptions=True)
        with suppress(*AWAY):
            await self._redis.aclose()
