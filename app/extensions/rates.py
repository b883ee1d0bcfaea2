"""Rates of requests: what a window allows, and how one process counts against it without asking anybody.

The rule is the Generic Cell Rate Algorithm (ITU-T I.371, the virtual scheduling form): of a window of so many requests one
number is kept, the *theoretical arrival time*: when all of them are free again. A request moves it on by one emission interval
(window / requests), and is refused where it would lie more than a window ahead. So a whole window may come at once, and
afterwards as much as flows back: never more than two windows' requests within one window's time.

The number that all processes share stands in Redis. A process leases requests from it in blocks (`rate_leases`) and counts
them here. What comes while none is there passes on credit and is charged with the next one: a block, or this process's share
of what is known to be left. Redis away: each process has its share of the window, which is the window divided by the number
of processes.
"""

import math
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from typing import Final, Self
from uuid import UUID

from app.utils.quotas import Quota

LEASED_PART: Final = 20
"""All processes together hold at most this part of a window as blocks: what is leased and not used is lost to the others."""
LEAST_CREDIT: Final = 8
"""Requests that may pass before an answer of Redis, however little is left: a page asks for several things at once."""
MAX_BUCKETS: Final = 20_000


@dataclass(frozen=True, slots=True)
class Rate:
    """So many requests in a window, for one kind of caller and one class of routes. Seconds throughout."""

    quota: Quota
    interval: float
    """Between two requests at this rate: GCRA's emission interval."""
    share: int
    """What one process may let pass of a window while nobody answers for all."""
    own_interval: float
    """The same at the rate of one process alone."""
    block: int
    """What is leased at once."""
    half: int
    credit: int
    """How many may pass before they are charged, however little is left."""
    seconds: float
    above: Self | None = None
    """The rate of another window that each lease is charged to as well."""

    @classmethod
    def of(cls, name: str, requests: int, seconds: int, processes: int, *, above: Self | None = None) -> Self:
        """`name` is what clients see; `processes` share the rate."""
        quota = Quota(name, requests, seconds)
        block = max(1, requests // (LEASED_PART * processes))
        share = max(1, requests // processes)
        credit = max(block, min(LEAST_CREDIT, share))
        return cls(
            quota,
            interval=seconds / requests,
            share=share,
            own_interval=seconds / share,
            block=block,
            half=max(1, block // 2),
            credit=credit,
            seconds=float(seconds),
            above=above,
        )


def key_of(rate: Rate, *of: UUID) -> str:
    """The name of somebody's window in Redis."""
    return f"atrium:rate:{rate.quota.name}:{':'.join(map(str, of))}"


class Bucket:
    """What one process knows of one window. Times are those of a monotonic clock, in seconds."""

    __slots__ = (
        "asked", "closed_by", "closed_until", "debt", "empty", "free_at", "key", "of", "own_free_at", "rate", "stale_at", "tokens",
    )  # fmt: skip

    def __init__(self, rate: Rate, of: tuple[UUID, ...]) -> None:
        """`of` is whose it is: of a tenant, of a key, of a person in a tenant."""
        self.rate = rate
        self.of = of
        self.key = key_of(rate, *of)
        self.tokens = 0
        """Leased and not used yet."""
        self.debt = 0
        """Passed and not charged yet."""
        self.free_at = 0.0
        """The shared theoretical arrival time, as it was last told and as it has moved by what passed here."""
        self.own_free_at = 0.0
        """That of this process's share."""
        self.closed_until = 0.0
        self.closed_by: Quota = rate.quota
        self.stale_at = 0.0
        """When leased requests lapse: nobody hoards them from one window into the next."""
        self.asked = False
        """Whether a lease is under way."""
        self.empty = False
        """Whether the last lease found nothing: then no more pass on credit than have flowed back since."""

    def take(self, now: float, *, away: bool) -> bool:
        """Let one request pass, or not. `away`: nobody answers for the shared window."""
        if self.tokens and now < self.stale_at:
            self.tokens -= 1
            return True
        self.tokens = 0
        if now < self.closed_until:
            return False
        rate = self.rate
        if away:
            return self._take_own(now)
        if self.empty and self.debt > (now - self.closed_until) / rate.interval:
            return False
        if self.debt >= rate.credit and self.debt >= self._share_of_left(now):
            return False
        self.debt += 1
        self.free_at = max(self.free_at, now) + rate.interval
        return True

    def _share_of_left(self, now: float) -> int:
        """What all processes may owe together is what was left when they last heard of it."""
        return (self.left(now) + self.debt) * self.rate.share // self.rate.quota.requests

    def _take_own(self, now: float) -> bool:
        ahead = max(self.own_free_at, now) + self.rate.own_interval
        if ahead > now + self.rate.seconds + self.rate.own_interval / 2:  # half: floats do not add up to a whole window
            self.closed_until, self.closed_by = ahead - self.rate.seconds, self.rate.quota
            return False
        self.own_free_at = ahead
        self.free_at = max(self.free_at, ahead)
        return True

    def wait_for(self, more: int, now: float, *, away: bool) -> float:
        """In how many seconds so many would pass together, beside the one that has passed just now; 0: they may.

        Never more than a whole window, so that they pass at all. What is known here to be left decides.
        """
        rate = self.rate
        if away:
            more = min(more, rate.share - 1)
            wait = max(self.own_free_at, now) + more * rate.own_interval - rate.seconds - now
            return wait if more and wait > rate.own_interval / 2 else 0.0
        if now >= self.stale_at:
            self.tokens = 0
        lacking = min(more, rate.quota.requests - 1) - (self.tokens if now < self.closed_until else self.left(now))
        return max(lacking * rate.interval, self.closed_until - now) if lacking > 0 else 0.0

    def charge(self, more: int, now: float, *, away: bool) -> None:
        """Count so many more, for which there is room. What another process has used meanwhile is paid back by the debt."""
        rate = self.rate
        if away:
            self.own_free_at = max(self.own_free_at, now) + min(more, rate.share - 1) * rate.own_interval
            self.free_at = max(self.free_at, self.own_free_at)
            return
        more = min(more, rate.quota.requests - 1)
        leased = min(more, self.tokens)
        self.tokens -= leased
        self.debt += more - leased
        self.free_at = max(self.free_at, now) + (more - leased) * rate.interval

    def give_back(self, now: float) -> None:
        """Undo a request that passed here and was refused elsewhere."""
        if self.debt:
            self.debt -= 1
            self.free_at -= self.rate.interval
        else:
            self.tokens += 1
            self.stale_at = max(self.stale_at, now + self.rate.interval)

    def wants(self, now: float) -> bool:
        """Whether it is time to lease: half a block is owed, or left."""
        return not self.asked and (
            self.debt >= self.rate.half or (now < self.stale_at and self.tokens < self.rate.half)
        )

    def leased(self, got: int, charged: int, ahead: float, now: float) -> None:
        """A lease came: so many, after so many were charged; all are free again in `ahead` seconds."""
        self.debt = max(0, self.debt - charged)
        self.tokens += got
        self.free_at = now + ahead + self.debt * self.rate.interval
        self.stale_at = now + self.rate.seconds
        self.empty = False

    def close(self, by: Quota, until: float) -> None:
        """Nothing was to be had until then."""
        self.closed_by, self.closed_until, self.empty = by, until, True

    def left(self, now: float) -> int:
        """How many requests are left, as far as is known here."""
        ahead = max(0.0, self.free_at - now)
        free = self.tokens + int((self.rate.seconds - ahead) / self.rate.interval + 1e-6)
        return max(0, min(self.rate.quota.requests, free))

    def wait(self, now: float) -> int:
        """In how many whole seconds to come again, at least one."""
        return max(1, math.ceil(self.closed_until - now))


class Buckets:
    """The windows that this process counts, those used last; the rest is forgotten.

    Forgetting is safe: whoever comes again starts on credit, and Redis remembers.
    """

    def __init__(self, most: int = MAX_BUCKETS) -> None:
        """`most` at once, each some 700 bytes."""
        self._most = most
        self._found: OrderedDict[Hashable, Bucket] = OrderedDict()

    def __len__(self) -> int:
        """How many there are."""
        return len(self._found)

    def of(self, rate: Rate, *of: UUID) -> Bucket:
        """Somebody's window of that name; another rate of that name, as of a changed plan, holds at once."""
        place = (
            rate.quota.name,
            *[ident.int for ident in of],
        )  # a UUID's own hash and comparison are Python's, and slow
        bucket = self._found.get(place)
        if bucket is None or bucket.rate is not rate:
            bucket = self._found[place] = Bucket(rate, of)
            if len(self._found) > self._most:
                self._found.popitem(last=False)
        self._found.move_to_end(place)
        return bucket
