"""What the people of the day were told, act by act, and how the API answered them, hour by hour."""

import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final, Literal

from app.simulation.plan import Plan

Told = Literal["ok", "refused", "unknown"]
NO_ANSWER: Final = "no answer"
NOT_REACHED: Final = "not reached"
GOOD: Final = range(200, 500)
"""Answers of an API that works: a refusal is one."""
UNAVAILABLE: Final = 503
"""What it may answer while something that it needs is away. Any other 5xx is a fault of its own."""


@dataclass(slots=True)
class Hour:
    """What was asked in an hour."""

    visits: int = 0
    requests: int = 0
    failed: int = 0
    """Answers of 5xx, connections that were not to be had or were cut."""
    milliseconds: list[float] = field(default_factory=list)

    @property
    def slow(self) -> float:
        """The 95th percentile of the answers' times, in milliseconds; 0 without answers."""
        ordered = sorted(self.milliseconds)
        return ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))] if ordered else 0.0


@dataclass(frozen=True, slots=True)
class Act:
    """Something that somebody wanted done: of which kind, in which shop and to what."""

    kind: str
    shop: str
    subject: str


class Journal:
    """The notes of all clients. It is compared with the database when the day is over."""

    def __init__(self, plan: Plan) -> None:
        """The day opens now, until `open` says so anew."""
        self._plan = plan
        self._opened = time.monotonic()
        self.opened_at = datetime.now(UTC)
        self.hours: defaultdict[int, Hour] = defaultdict(Hour)
        self.answers: Counter[str] = Counter()
        self.broken: Counter[str] = Counter()
        """Answers that no API may give, by method, path and status."""
        self.acts: defaultdict[Act, Counter[Told]] = defaultdict(Counter)
        self.unsettled: defaultdict[str, dict[str, str]] = defaultdict(dict)
        """Of each shop the orders of whose payment nobody knows how it ended, with the card that pays, or `refund`."""

    def open(self) -> None:
        """The day opens now; what was noted of answers before is forgotten."""
        self._opened = time.monotonic()
        self.opened_at = datetime.now(UTC)
        self.hours.clear()
        self.answers.clear()

    @property
    def now(self) -> float:
        """Seconds since the opening."""
        return time.monotonic() - self._opened

    @property
    def hour(self) -> Hour:
        """The notes of the hour that it is."""
        return self.hours[self._plan.hour(self.now)]

    @property
    def successes(self) -> int:
        """Answers of 2xx until now."""
        return sum(count for status, count in self.answers.items() if status.startswith("2"))

    def answered(self, asked: str, status: int, seconds: float) -> None:
        """An answer came."""
        hour = self.hour
        hour.requests += 1
        hour.failed += status not in GOOD
        hour.milliseconds.append(1000 * seconds)
        self.answers[str(status)] += 1
        if status not in GOOD and status != UNAVAILABLE:
            self.broken[f"{asked}: {status}"] += 1

    def unanswered(self, how: str) -> None:
        """None came: the API was not reached, or the connection was cut."""
        self.hour.requests += 1
        self.hour.failed += 1
        self.answers[how] += 1

    def note(self, kind: str, shop: str, subject: str, told: Told) -> None:
        """Somebody was told what became of an act."""
        self.acts[Act(kind, shop, subject)][told] += 1

    def told(self, kind: str) -> Counter[Told]:
        """How often each was said of acts of that kind."""
        found: Counter[Told] = Counter()
        for act, counts in self.acts.items():
            if act.kind == kind:
                found.update(counts)
        return found
