"""The RQ port: deliveries and wake-ups are put into Redis here, and hints and wake-ups come out.

Redis carries; it never remembers. A job lost there is sent again when its leases expire, one repeated there is stopped
by its fence, and a lost wake-up costs one polling interval.
"""

import asyncio
import logging
import time
from collections.abc import Sequence
from contextlib import suppress
from typing import Final
from uuid import UUID, uuid4

from redis.asyncio import Redis
from redis.asyncio.client import PubSub
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from app.extensions.jobs import MAX_BATCH, Job, JobQueue, RefusedError, Ticket, packed

__all__ = ["DeliveryQueue", "Job", "JobQueue", "Outage", "QueueAwayError", "RefusedError", "Ticket"]

JOB_TTL_SECONDS: Final = 3600  # far beyond any lease, so that jobs which nobody took do not pile up
CONNECT_SECONDS: Final = 1.0
REPLY_SECONDS: Final = 2.0
PUSH_SECONDS: Final = 5.0
WAKE_SECONDS: Final = 0.25
REST_SECONDS: Final = 2.0
HINTS_AT_ONCE: Final = 10_000
WAKES_AT_ONCE: Final = 1_000
UUID_LENGTH: Final = 36

HINT_KEY: Final = "atrium:hints"
WAKE_CHANNEL: Final = "atrium:wake"
AWAY: Final = (RedisError, OSError, TimeoutError)

log = logging.getLogger(__name__)


class QueueAwayError(Exception):
    """Redis did not confirm the jobs. They may have arrived: pushing them again repeats no effect, fences see to it."""


class Outage:
    """Says once that Redis is away and once that it is back, however often it is tried in between."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._began: float | None = None

    def begins(self, fault: BaseException) -> None:
        """Note a fault; the first is logged, by its kind only: the text of a Redis error may quote what it holds."""
        if self._began is None:
            self._began = time.monotonic()
            log.warning("%s: redis is away (%s)", self._what, type(fault).__name__)

    def ends(self) -> None:
        """Note a success; the first after an outage is logged."""
        if self._began is not None:
            log.warning("%s: redis is back after %.1f s", self._what, time.monotonic() - self._began)
            self._began = None


class DeliveryQueue:
    """The async side of the queues. Any number of tasks may push and wake; one at a time may wait for a wake-up."""

    def __init__(self, url: str, *, batch: int = MAX_BATCH) -> None:
        """Connects to nothing yet; `batch` is how many tickets one job holds, at most 100."""
        if not 0 < batch <= MAX_BATCH:
            raise ValueError(f"batch must be 1 to {MAX_BATCH}")
        self._batch = batch
        self._redis = Redis.from_url(
            url,
            socket_connect_timeout=CONNECT_SECONDS,
            socket_timeout=REPLY_SECONDS,
            retry=Retry(NoBackoff(), 1),  # once, for a pooled connection that a restarted server has closed
        )
        self._pubsub: PubSub | None = None
        self._outage = Outage("queue")
        self._rests_until = 0.0

    async def push(self, queue: str, tickets: Sequence[Ticket]) -> None:
        """Enqueue all tickets, in order, in one transaction; QueueAwayError within 5 s if Redis does not confirm it."""
        if not tickets:
            return
        batches = [tickets[start : start + self._batch] for start in range(0, len(tickets), self._batch)]
        names = [uuid4().hex for _ in batches]
        key = f"{JobQueue.redis_queue_namespace_prefix}{queue}"
        try:
            async with asyncio.timeout(PUSH_SECONDS), self._redis.pipeline(transaction=True) as pipe:
                pipe.sadd(JobQueue.redis_queues_keys, key)
                for name, part in zip(names, batches, strict=True):
                    pipe.hset(Job.key_for(name), mapping=packed(queue, part))
                    pipe.expire(Job.key_for(name), JOB_TTL_SECONDS)
                pipe.rpush(key, *names)
                await pipe.execute()
        except AWAY as fault:
            self._outage.begins(fault)
            raise QueueAwayError(f"queue {queue}: {len(tickets)} deliveries not confirmed") from fault
        self._outage.ends()

    async def ping(self, seconds: float) -> None:
        """Ask whether Redis answers; QueueAwayError within `seconds` where it does not."""
        try:
            async with asyncio.timeout(seconds):
                await self._redis.echo(b"ping")
        except AWAY as fault:
            raise QueueAwayError("redis does not answer") from fault

    async def wake(self, tenant_id: UUID) -> None:
        """Hint that a tenant has due deliveries and wake the relays. Best effort: at most 0.25 s, and never an error.

        After a fault it rests for 2 s, so that requests do not each wait for a Redis that is away.
        """
        if time.monotonic() < self._rests_until:
            return
        try:
            async with asyncio.timeout(WAKE_SECONDS), self._redis.pipeline(transaction=False) as pipe:
                pipe.sadd(HINT_KEY, str(tenant_id))
                pipe.publish(WAKE_CHANNEL, b"")
                await pipe.execute()
        except AWAY as fault:
            self._rests_until = time.monotonic() + REST_SECONDS
            self._outage.begins(fault)
        else:
            self._outage.ends()

    async def hints(self) -> set[UUID]:
        """Take the hinted tenants out of Redis, at most 10,000 at once; none if it is away. Anything but an id is dropped."""
        try:
            async with asyncio.timeout(REPLY_SECONDS):
                members = await self._redis.spop(HINT_KEY, HINTS_AT_ONCE)
        except AWAY as fault:
            self._outage.begins(fault)
            return set()
        self._outage.ends()
        found = set()
        for member in members or ():
            with suppress(ValueError):
                if isinstance(member, bytes) and len(member) == UUID_LENGTH:
                    found.add(UUID(member.decode("ascii")))
        return found

    async def wait_for_wake(self, seconds: float) -> bool:
        """Wait for a wake-up, at most so long; true if there may have been one, thus also when it only begins to listen.

        Redis away: sleeps the time out, so that its caller falls back to polling.
        """
        deadline = time.monotonic() + seconds
        try:
            woken = await self._listen(deadline)
        except AWAY as fault:
            self._outage.begins(fault)
            await self._deafen()
            await asyncio.sleep(max(0.0, deadline - time.monotonic()))
            return False
        self._outage.ends()
        return woken

    async def aclose(self) -> None:
        """Close the connections; never an error."""
        await self._deafen()
        with suppress(*AWAY):
            await self._redis.aclose()

    async def _listen(self, deadline: float) -> bool:
        if self._pubsub is None or not self._pubsub.subscribed:
            self._pubsub = self._pubsub or self._redis.pubsub(ignore_subscribe_messages=True)
            async with asyncio.timeout(min(REPLY_SECONDS, deadline - time.monotonic())):
                await self._pubsub.subscribe(WAKE_CHANNEL)
            return True  # what was published before is lost, its hint is not: the caller shall look at the hints again
        while (left := deadline - time.monotonic()) > 0:
            if await self._pubsub.get_message(timeout=left) is not None:
                await self._drain(self._pubsub)
                return True
        return False

    @staticmethod
    async def _drain(pubsub: PubSub) -> None:
        """One round of the relay answers all wake-ups that came meanwhile."""
        for _ in range(WAKES_AT_ONCE):
            if await pubsub.get_message(timeout=0) is None:
                return

    async def _deafen(self) -> None:
        pubsub, self._pubsub = self._pubsub, None
        if pubsub is not None:
            with suppress(*AWAY):
                await pubsub.aclose()  # type: ignore[no-untyped-call]  # redis-py left it without annotations
