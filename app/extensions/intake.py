"""A worker's intake: jobs are taken out of one queue by the very loop that runs them.

A thread that takes them would ask the busy loop for the interpreter's lock at each of its steps; what is ready to run
would wait for that, and a quiet tenant's delivery behind it.
"""

import asyncio
import logging
import random
from collections import Counter
from collections.abc import Callable, Coroutine, Sequence
from contextlib import suppress
from typing import Any, Final

from redis import Redis as SyncRedis
from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import ResponseError

from app.extensions.jobs import JOB_ID, MAX_BATCH, Job, JobQueue, RefusedError
from app.extensions.tickets import Ticket
from app.extensions.wakes import AWAY, Outage, is_wrong_kind, leave_replica
from app.utils.endings import is_cancelled

Work = Callable[[list[Ticket]], Coroutine[Any, Any, None]]

CONNECT_SECONDS: Final = 2.0
REPLY_SECONDS: Final = 5.0
BLOCK_SECONDS: Final = 0.5
"""Bounds how long a stop waits for an empty queue: a pop that is cancelled could lose the job that was on its way."""
REST_SECONDS: Final = 0.1
FIRST_PAUSE_SECONDS: Final = 0.25
LONGEST_PAUSE_SECONDS: Final = 8.0
TOGETHER: Final = 32
"""So many jobs at most are taken together."""

TAKE: Final = """
local taken, held = {}, 0
local function size(name) return tonumber(string.match(name, '^%x+%-(%d+)$') or ARGV[2]) end
local function take(name)
  held = held + size(name)
  local fields = false
  if #name <= 64 and string.match(name, '^[%w_-]+$') then
    fields = redis.pcall('HGETALL', ARGV[4] .. name)
    if fields.err then fields = false end
    redis.call('UNLINK', ARGV[4] .. name)
  end
  taken[#taken + 1] = {name, fields}
end
if ARGV[5] == '1' then take(ARGV[1]) end
while #taken < tonumber(ARGV[3]) do
  local name = redis.pcall('LINDEX', KEYS[1], 0)
  if type(name) ~= 'string' or held + size(name) > tonumber(ARGV[2]) then break end
  redis.call('LPOP', KEYS[1])
  take(name)
end
return taken
"""
"""The job that was popped, if one was, and those behind it that hold no more tickets together than one may, by what their names say: a
name that does not say it counts as a full job. What it says is a hint; the tickets themselves are what is counted on."""

log = logging.getLogger(__name__)


class Intake:
    """Takes jobs from one queue and hands their tickets on. For one loop; outlives Redis away, flushed or restarted."""

    def __init__(
        self, queue: str, url: str, work: Work, refused: Callable[[str], None], *, at_once: int = MAX_BATCH
    ) -> None:
        """Connects to nothing yet. `work` takes tickets in at once and returns when there is room for more.

        `at_once` is how many tickets small jobs that are taken together may hold.
        """
        self._name = queue
        self._key = f"{JobQueue.redis_queue_namespace_prefix}{queue}"
        self._redis = Redis.from_url(
            url,
            socket_connect_timeout=CONNECT_SECONDS,
            socket_timeout=REPLY_SECONDS,
            retry=Retry(NoBackoff(), 0),  # the pauses here do it: a retry inside could hold up a stop
        )
        self._take = self._redis.register_script(TAKE)
        self._nowhere = SyncRedis()  # what RQ's class of jobs asks for; nothing is asked of it
        self._work = work
        self._refused = refused
        self._at_once = at_once
        self._outage = Outage(f"worker of {queue}")
        self._taking = asyncio.Lock()
        self._over = asyncio.Event()
        self._flows = False
        """Whether the last taking found something: then the next may find more without waiting."""
        self.suspended = False
        """Set by whoever knows whether `rq suspend` was asked for."""
        self.rests = False
        """Whether it is suspended and takes nothing, of which nothing is on its way either."""
        self.busy = False
        """Whether tickets wait for room."""
        self.counts: Counter[str] = Counter()
        """Jobs that were `done`, which is handed on, and `failed`."""

    async def run(self) -> None:
        """Take and hand on until `end` is called; whatever a taking fails with, the next is tried after a pause."""
        pause = FIRST_PAUSE_SECONDS
        try:
            while not self._over.is_set() and not is_cancelled():
                self.rests = self.suspended
                if self.rests:
                    await self._pause(REST_SECONDS)
                    continue
                try:
                    async with self._taking:
                        jobs = [] if self._over.is_set() else await self.take(BLOCK_SECONDS)
                except Exception as fault:  # noqa: BLE001 - a process boundary: nothing in Redis shall end the worker
                    await self._note(fault)
                    await self._pause(pause * random.uniform(0.5, 1.0))  # noqa: S311 - spreads the workers' return, no secret
                    pause = min(pause * 2, LONGEST_PAUSE_SECONDS)
                    continue
                self._outage.ends()
                pause = FIRST_PAUSE_SECONDS
                await self._hand_on(jobs)
        finally:
            with suppress(*AWAY):
                await self._redis.aclose()

    async def end(self) -> None:
        """Take no more; returns when no job is on its way. What was taken until then has been handed on."""
        self._over.set()
        async with self._taking:
            pass

    async def take(self, seconds: float) -> list[Job | RefusedError]:
        """Remove the oldest job, and small ones behind it while they hold together no more tickets than may be had at once.

        Waits so long for the first; none if there is none. However many jobs, in two round trips where one was waited for, and
        in one where something was found just before and the oldest is small: each is several turns of a busy loop, and what
        waits behind waits for all.

        Raises:
            RedisError: Redis is away. OSError, TimeoutError: likewise.
        """
        found = await self._take_with(None) if self._flows else []
        self._flows = bool(found)
        if not found:
            popped = await self._pop(seconds)
            if not isinstance(popped, bytes):
                return popped
            self._flows = True
            found = await self._take_with(popped)
        return [self._read(name, fields) for name, fields in found]

    async def _pop(self, seconds: float) -> bytes | list[Job | RefusedError]:
        """The name of the oldest job as soon as there is one; else what there is to tell, which may be nothing."""
        try:
            popped = await self._redis.blmpop(seconds, 1, self._key, direction="LEFT")
        except ResponseError as fault:
            if not is_wrong_kind(fault):
                raise
            await self._redis.unlink(self._key)  # else nobody could push to it or pop from it ever again
            return [RefusedError("the queue is not a list")]
        found: bytes | list[Job | RefusedError] = popped[1][0] if popped else []  # type: ignore[assignment]  # nothing is decoded
        return found

    async def _take_with(self, popped: bytes | None) -> list[Any]:
        """With what was popped, whose name may be anything: also nothing."""
        terms = popped or b"", self._at_once, TOGETHER, Job.key_for(""), int(popped is not None)
        found: list[Any] = await self._take(keys=[self._key], args=list(terms))
        return found

    async def _note(self, fault: Exception) -> None:
        if isinstance(fault, AWAY):
            self._outage.begins(fault)
        else:
            log.error("worker of %s: jobs could not be taken", self._name, exc_info=fault)
        await leave_replica(self._redis, fault)

    def _read(self, name: bytes, fields: list[bytes] | None) -> Job | RefusedError:
        if not JOB_ID.fullmatch(name.decode("ascii", "replace")):
            return RefusedError("not a job id")
        if fields is None:
            return RefusedError("not a hash")
        try:
            return Job.read(name, dict(zip(fields[::2], fields[1::2], strict=True)), self._nowhere)
        except RefusedError as refusal:
            return refusal

    async def _hand_on(self, found: Sequence[Job | RefusedError]) -> None:
        for refusal in found:
            if isinstance(refusal, RefusedError):
                log.warning("worker of %s: job refused: %s", self._name, refusal)
                self._refused(str(refusal))
        jobs = [job for job in found if isinstance(job, Job)]
        if not jobs:
            return
        self.busy = True
        try:
            await self._work([ticket for job in jobs for ticket in job.tickets])
        except Exception:  # a process boundary: whatever admission raises, the next job shall be taken
            self.counts["failed"] += len(jobs)
            log.exception("worker of %s: a batch was not admitted", self._name)
        else:
            self.counts["done"] += len(jobs)
        finally:
            self.busy = False

    async def _pause(self, seconds: float) -> None:
        """Wait so long, or until the end."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._over.wait()
