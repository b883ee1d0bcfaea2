"""Leases of requests from the windows that all processes share: in blocks, in the background, on the clock of Redis.

No request waits for Redis. Whoever can write there can give a tenant its window anew, or close it for a window's time at
most; what is read there is a number within bounds or nothing.
"""

import asyncio
import logging
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from contextvars import Context
from typing import Any, Final

from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

from app.extensions.rates import Bucket
from app.extensions.wakes import AWAY, NO_SOCKET_TIMEOUT, Outage, leave_replica

BATCH: Final = 100
"""Leases of one trip."""
LEAST_PAUSE: Final = 0.1
"""A full window is asked again after this many seconds at the earliest, however quickly it flows back."""
TIMEOUT_SECONDS: Final = 0.25
REST_SECONDS: Final = 2.0
UNITS: Final = 1_000_000
"""Times go over in microseconds."""

LEASE: Final = """
local clock = redis.call('TIME')
local now = clock[1] * 1000000 + clock[2]
local answers = {}
local key = 1
local function ahead_of(name, window)
  local found = redis.pcall('GET', name)
  local at = type(found) == 'string' and tonumber(found) or now
  if not (at > now) then at = now end
  return math.min(at - now, 2 * window)
end
local function keep(name, ahead)
  redis.call('SET', name, string.format('%.0f', now + ahead), 'PX', math.ceil(ahead / 1000) + 1)
end
for first = 1, #ARGV, 5 do
  local interval, window = tonumber(ARGV[first]), tonumber(ARGV[first + 1])
  local debt, want, above = tonumber(ARGV[first + 2]), tonumber(ARGV[first + 3]), tonumber(ARGV[first + 4])
  local ahead = math.min(ahead_of(KEYS[key], window) + debt * interval, 2 * window)
  local got = math.max(0, math.min(want, math.floor((window - ahead) / interval + 0.000001)))
  local over = 0
  if above > 0 then
    over = math.min(ahead_of(KEYS[key + 1], window) + debt * above, 2 * window)
    got = math.max(0, math.min(got, math.floor((window - over) / above + 0.000001)))
    over = over + got * above
    if over > 0 then keep(KEYS[key + 1], over) end
  end
  ahead = ahead + got * interval
  if ahead > 0 then keep(KEYS[key], ahead) end
  key = key + (above > 0 and 2 or 1)
  answers[#answers + 1] = got
  answers[#answers + 1] = math.floor(ahead)
  answers[#answers + 1] = math.floor(over)
end
return answers
"""
"""For each lease: charge the debt, take what is left up to what is wanted, from both windows where there are two."""

log = logging.getLogger(__name__)


class Leases:
    """One per process. Any number of windows may ask; all that ask while a trip is under way go with the next one."""

    def __init__(
        self,
        url: str,
        above: Callable[[Bucket], str | None],
        *,
        monotonic: Callable[[], float] = time.monotonic,
        timeout_seconds: float = TIMEOUT_SECONDS,
        rest_seconds: float = REST_SECONDS,
    ) -> None:
        """Connects to nothing yet. `above` is the key of a second window of a lease, once it is known."""
        self.away = False
        """Whether the last trip failed."""
        self.counts: Counter[str] = Counter()
        """Trips by what came of them: `leased`, `away`."""
        self._above = above
        self._monotonic = monotonic
        self._timeout = timeout_seconds
        self._rest = rest_seconds
        self._rests_until = 0.0
        self._outage = Outage("rate limits")
        self._wanted: list[Bucket] = []
        self._asking: asyncio.Task[None] | None = None
        self._redis = Redis.from_url(
            url,
            socket_connect_timeout=timeout_seconds,
            socket_timeout=NO_SOCKET_TIMEOUT,
            retry=Retry(NoBackoff(), 1),  # once, for a pooled connection that a restarted server has closed
        )
        self._lease = self._redis.register_script(LEASE)

    def ask(self, bucket: Bucket, now: float) -> None:
        """Lease for the window, soon. After a fault nobody is asked for 2 s, and what passed meanwhile is forgiven."""
        if now < self._rests_until:
            bucket.debt = 0
            return
        bucket.asked = True
        self._wanted.append(bucket)
        if self._asking is None or self._asking.done():
            self._asking = asyncio.get_running_loop().create_task(self._ask_wanted(), context=Context())

    async def aclose(self) -> None:
        """Wait for the trip that is under way and close the connections; never an error."""
        if self._asking is not None:
            await asyncio.gather(self._asking, return_exceptions=True)
        with suppress(*AWAY):
            await self._redis.aclose()

    async def _ask_wanted(self) -> None:
        while self._wanted:
            batch, self._wanted = self._wanted[:BATCH], self._wanted[BATCH:]
            charged = [bucket.debt for bucket in batch]
            try:
                async with asyncio.timeout(self._timeout):
                    answers = await self._trip(batch)
            except (*AWAY, ValueError) as fault:
                self._failed(batch, fault)
                await leave_replica(self._redis, fault)
            else:
                self._succeeded(batch, charged, answers)
            finally:
                for bucket in batch:
                    bucket.asked = False

    async def _trip(self, batch: Sequence[Bucket]) -> list[int]:
        keys: list[str] = []
        arguments: list[Any] = []
        for bucket in batch:
            rate, above = bucket.rate, self._above(bucket)
            keys.append(bucket.key)
            beyond = 0.0
            if above is not None and rate.above is not None:
                keys.append(above)
                beyond = rate.above.interval * UNITS
            want = max(0, rate.block - bucket.tokens)
            arguments += [rate.interval * UNITS, rate.seconds * UNITS, bucket.debt, want, beyond]
        answers = await self._lease(keys=keys, args=arguments)
        if len(answers) != 3 * len(batch):
            raise ValueError("another number of answers than of questions")
        return [int(answer) for answer in answers]

    def _failed(self, batch: Sequence[Bucket], fault: BaseException) -> None:
        self.counts["away"] += 1
        self._outage.begins(fault)
        self.away = True
        self._rests_until = self._monotonic() + self._rest
        for bucket in batch:
            bucket.debt = 0  # charged or not, nobody knows: at most a block

    def _succeeded(self, batch: Sequence[Bucket], charged: Sequence[int], answers: Sequence[int]) -> None:
        self.counts["leased"] += 1
        self._outage.ends()
        self.away = False
        now = self._monotonic()
        for number, (bucket, debt) in enumerate(zip(batch, charged, strict=True)):
            got, ahead, over = answers[3 * number : 3 * number + 3]
            bucket.leased(got, debt, ahead / UNITS, now)
            if got == 0:
                self._close(bucket, ahead / UNITS, over / UNITS, now)

    @staticmethod
    def _close(bucket: Bucket, ahead: float, over: float, now: float) -> None:
        """Until one request has flowed back into the fuller of the two windows."""
        wait, by = ahead + bucket.rate.interval - bucket.rate.seconds, bucket.rate.quota
        above = bucket.rate.above
        if above is not None and over + above.interval - above.seconds > wait:
            wait, by = over + above.interval - above.seconds, above.quota
        bucket.close(by, now + max(wait, LEAST_PAUSE))
