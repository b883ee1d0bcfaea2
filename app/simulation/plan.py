"""What the day is to bring, drawn from a seed before it begins: when who comes, and when which process is killed."""

import bisect
import itertools
import random
from dataclasses import dataclass
from typing import Final

HOURS: Final = 24
CLOSING: Final = HOURS
"""The row behind the last hour: what is under way comes to its end, and nobody is killed any more."""
BUSY: Final = (1, 1, 1, 1, 1, 2, 3, 5, 7, 8, 8, 9, 10, 9, 8, 8, 9, 10, 12, 12, 9, 6, 4, 2)
"""How many visits an hour has, beside the others."""
RATE: Final = 6.0
"""Visits of each shop in a minute of the clock on the wall."""
MOST_AT_ONCE: Final = 100
"""Visits under way; who comes on top of that waits outside."""
VICTIMS: Final = ("api", "worker", "relay", "redis", "postgres")
FIRST_STRIKE, LAST_STRIKE = 0.08, 0.9
"""Parts of the day between which processes are killed."""
STRIKE_SECONDS: Final = 9.0
"""Between two of them at least, where the day is long enough for one of each."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """Somebody comes to a shop; `at` in seconds from the opening, `seed` is what the visit draws from."""

    at: float
    shop: int
    seed: str


@dataclass(frozen=True, slots=True)
class Strike:
    """A process is killed; `at` in seconds from the opening."""

    at: float
    victim: str


@dataclass(frozen=True, slots=True)
class Plan:
    """A day of so many shops, pressed into so many minutes."""

    tenants: int
    minutes: float
    seed: int
    faults: bool = True
    rate: float = RATE

    @property
    def seconds(self) -> float:
        """How long the day takes."""
        return 60 * self.minutes

    @property
    def visits(self) -> int:
        """How many people come."""
        return round(self.tenants * self.minutes * self.rate)

    def hour(self, seconds: float) -> int:
        """Which hour of the day it is so long after the opening; `CLOSING` behind the last."""
        return max(0, min(int(HOURS * seconds / self.seconds), CLOSING))

    def arrivals(self) -> list[Arrival]:
        """Everybody who comes, in the order of coming."""
        drawn = random.Random(f"{self.seed} arrivals")
        until = list(itertools.accumulate(BUSY))
        times = sorted(self._moment(drawn.uniform(0, until[-1]), until) for _ in range(self.visits))
        return [
            Arrival(at, drawn.randrange(self.tenants), f"{self.seed} visit {number}") for number, at in enumerate(times)
        ]

    def strikes(self) -> list[Strike]:
        """Everything that is killed: each of the victims as often, in turns that are shuffled. None without faults."""
        if not self.faults:
            return []
        drawn = random.Random(f"{self.seed} strikes")
        span = self.seconds * (LAST_STRIKE - FIRST_STRIKE)
        rounds = max(1, int(span / (STRIKE_SECONDS * len(VICTIMS))))
        victims = [name for _ in range(rounds) for name in drawn.sample(VICTIMS, len(VICTIMS))]
        gap = span / len(victims)
        return [Strike(self.seconds * FIRST_STRIKE + gap * number, name) for number, name in enumerate(victims)]

    def _moment(self, share: float, until: list[int]) -> float:
        """The moment up to which that share of the day's visits has come."""
        hour = min(bisect.bisect_right(until, share), HOURS - 1)
        return self.seconds * (hour + 1 - (until[hour] - share) / BUSY[hour]) / HOURS

    def __str__(self) -> str:
        visits = f"{self.visits} visits ({self.rate:g} a minute and shop, {MOST_AT_ONCE} at once at most)"
        struck = f"{len(self.strikes())} kills" if self.faults else "no faults"
        return f"{self.tenants} shops, {self.minutes:g} minutes, seed {self.seed}: {visits}, {struck}"
