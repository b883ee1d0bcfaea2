"""The RQ port: deliveries are put into Redis here, and hints and wake-ups come out (`wakes.py` puts them in).

Redis carries; it never remembers. A job lost there is sent again when its leases expire, one repeated there is stopped
by its fence, and a lost wake-up costs one polling interval.
"""

import asyncio
import logging
import time
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final
from uuid import UUID

from redis.asyncio.client import PubSub
from redis.exceptions import OutOfMemoryError

from app.extensions.jobs import MAX_BATCH, Job, JobQueue, RefusedError, named, packed
from app.extensions.tickets import Ticket
from app.extensions.wakes import (
    AWAY,
    HINT_KEY,
    REPLY_SECONDS,
    WAKE_CHANNEL,
    Outage,
    Wakes,
    is_wrong_kind,
    leave_replica,
)

__all__ = ["HINT_KEY", "DeliveryQueue", "Job", "JobQueue", "Outage", "QueueAwayError", "RefusedError", "Ticket"]

JOB_TTL_SECONDS: Final = 3600  # far beyond any lease, so that jobs which nobody took do not pile up
SLOW_TTL_SECONDS: Final = 86_400
PUSH_SECONDS: Final = 5.0
HINTS_AT_ONCE: Final = 10_000
WAKES_AT_ONCE: Final = 1_000
UUID_LENGTH: Final = 36

log = logging.getLogger(__name__)


class QueueAwayError(Exception):
    """Redis did not confirm the jobs. They may have arrived: pushing them again repeats no effect, fences see to it."""

    def __init__(self, message: str, queues: Collection[str] = ()) -> None:
        """`queues` are those whose jobs are not confirmed; all others' are."""
        super().__init__(message)
        self.queues = frozenset(queues)


@dataclass(frozen=True, slots=True)
class Standing:
    """What waits in a queue: jobs, and for how many seconds the oldest of them has."""

    jobs: int
    seconds: float


class DeliveryQueue(Wakes):
    """The async side of the queues. Any number of tasks may push and wake; one at a time may wait for a wake-up."""

    def __init__(self, url: str, *, batch: int = MAX_BATCH, slow: Collection[str] = ()) -> None:
        """Connects to nothing yet; `batch` is how many tickets one job holds, at most 100, and one in the `slow` queues."""
        if not 0 < batch <= MAX_BATCH:
            raise ValueError(f"batch must be 1 to {MAX_BATCH}")
        super().__init__(url)
        self._batch = batch
        self.slow = frozenset(slow)
        """Where work may take an hour and wait for hours: a worker takes from them what it has a place for."""
        self._full = Outage("queue")  # apart: a Redis that is full answers all other questions
        self._pubsub: PubSub | None = None

    async def push(self, queue: str, tickets: Sequence[Ticket]) -> None:
        """As `push_all`, for one queue."""
        await self.push_all({queue: tickets})

    async def push_all(self, tickets: Mapping[str, Sequence[Ticket]]) -> None:
        """Enqueue all tickets, those of a queue in order, in one transaction.

        What stands at a queue's key and is no list is removed: nobody could push to it or pop from it ever again.

        Raises:
            QueueAwayError: within 5 s, where Redis does not confirm it; a Redis that is full refuses.
        """
        full = {queue: part for queue, part in tickets.items() if part}
        if not full:
            return
        try:
            async with asyncio.timeout(PUSH_SECONDS):
                left = await self._put(full)
                if left:
                    await self._remove(left)
                    left = await self._put(left)
        except AWAY as fault:
            (self._full if isinstance(fault, OutOfMemoryError) else self._outage).begins(fault)
            await leave_replica(self._redis, fault)
            raise _unconfirmed(full) from fault
        self._full.ends()
        self._outage.ends()
        if left:
            raise _unconfirmed(left)

    async def _put(self, tickets: Mapping[str, Sequence[Ticket]]) -> dict[str, Sequence[Ticket]]:
        """All of them in one transaction; returns those of queues that are no list, of which nothing was enqueued."""
        places = {}
        async with self._redis.pipeline(transaction=True) as pipe:
            pipe.sadd(JobQueue.redis_queues_keys, *map(_key, tickets))
            for queue, part in tickets.items():
                size, seconds = (1, SLOW_TTL_SECONDS) if queue in self.slow else (self._batch, JOB_TTL_SECONDS)
                batches = [part[start : start + size] for start in range(0, len(part), size)]
                names = [named(batch) for batch in batches]
                for name, batch in zip(names, batches, strict=True):
                    pipe.hset(Job.key_for(name), mapping=packed(queue, batch))
                    pipe.expire(Job.key_for(name), seconds)
                places[queue] = len(pipe)
                pipe.rpush(_key(queue), *names)
            answers = await pipe.execute(raise_on_error=False)
        return {queue: tickets[queue] for queue, place in places.items() if isinstance(answers[place], Exception)}

    async def _remove(self, queues: Collection[str]) -> None:
        log.warning("queues %s: no lists, so they are removed", ", ".join(queues))
        await self._redis.unlink(*map(_key, queues))

    async def standing(self, queues: Collection[str]) -> dict[str, Standing]:
        """How many jobs wait in each queue, and for how long the oldest has; what is no list is removed, and nothing waits.

        Raises:
            QueueAwayError: where Redis does not answer.
        """
        names = list(queues)
        try:
            async with asyncio.timeout(REPLY_SECONDS):
                async with self._redis.pipeline(transaction=False) as pipe:
                    for queue in names:
                        pipe.llen(_key(queue))
                        pipe.lindex(_key(queue), 0)
                    replies = await pipe.execute(raise_on_error=False)
                if wrong := [queue for queue, jobs in zip(names, replies[::2], strict=True) if is_wrong_kind(jobs)]:
                    await self._remove(wrong)
                lengths, heads = [_told(reply) for reply in replies[::2]], [_told(reply) for reply in replies[1::2]]
                async with self._redis.pipeline(transaction=False) as pipe:
                    for head in heads:
                        pipe.hget(Job.key_for((head or b"none").decode("ascii", "replace")), "created_at")
                    made = [_told(reply) for reply in await pipe.execute(raise_on_error=False)]
        except AWAY as fault:
            self._outage.begins(fault)
            raise QueueAwayError("the queues' lengths are not known") from fault
        return {queue: Standing(jobs or 0, _age(at)) for queue, jobs, at in zip(names, lengths, made, strict=True)}

    async def hints(self) -> set[UUID]:
        """Take the hinted tenants out of Redis, at most 10,000 at once; none if it is away. Anything but an id is dropped."""
        try:
            async with asyncio.timeout(REPLY_SECONDS):
                members = await self._redis.spop(HINT_KEY, HINTS_AT_ONCE)
        except AWAY as fault:
            self._outage.begins(fault)
            await leave_replica(self._redis, fault)
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
        """Send the wake-ups that are still wanted and close the connections; never an error."""
        await self._deafen()
        await super().aclose()

    async def _listen(self, deadline: float) -> bool:
        if self._pubsub is None or not self._pubsub.subscribed:
            self._pubsub = self._pubsub or self._redis.pubsub(ignore_subscribe_messages=True)
            async with asyncio.timeout(min(REPLY_SECONDS, deadline - time.monotonic())):
                await self._pubsub.subscribe(WAKE_CHANNEL)
            return True  # what was published before is lost, its hint is not: the caller shall look at the hints again
        while (left := deadline - time.monotonic()) > 0:
            async with asyncio.timeout(left + REPLY_SECONDS):  # for it may connect anew
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


def _key(queue: str) -> str:
    return f"{JobQueue.redis_queue_namespace_prefix}{queue}"


def _unconfirmed(tickets: Mapping[str, Sequence[Ticket]]) -> QueueAwayError:
    count = sum(map(len, tickets.values()))
    return QueueAwayError(f"queues {', '.join(tickets)}: {count} deliveries not confirmed", tickets)


def _told(reply: Any) -> Any:
    """The reply; none of a key of the wrong kind. Any other refusal is raised."""
    if isinstance(reply, Exception) and not is_wrong_kind(reply):
        raise reply
    return None if isinstance(reply, Exception) else reply


def _age(made: bytes | None) -> float:
    """Seconds since the job was made; none where it has just been taken, or says nothing that one of ours would."""
    try:
        at = datetime.fromisoformat((made or b"").decode("ascii"))
    except ValueError:
        return 0.0
    return 0.0 if at.tzinfo is None else (datetime.now(UTC) - at).total_seconds()
