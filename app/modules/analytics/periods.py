"""Days, weeks and months as a time zone has them: where each begins, as a day and as a moment."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

MOST_PERIODS: Final = 400
"""A year by day and some more."""
USUAL_DAYS: Final = 30
"""Where nobody says how many days it is to be."""


class Step(StrEnum):
    """How long a period is. Weeks begin on Monday (ISO 8601)."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"

    def start(self, day: date) -> date:
        """The first day of the period that the day is in."""
        if self is Step.WEEK:
            return day - timedelta(days=day.weekday())
        return day.replace(day=1) if self is Step.MONTH else day

    def after(self, start: date) -> date:
        """The first day of the next period."""
        if self is Step.MONTH:
            return (start.replace(day=28) + timedelta(days=4)).replace(day=1)
        return start + timedelta(days=7 if self is Step.WEEK else 1)


@dataclass(frozen=True, slots=True)
class Periods:
    """Whole periods one after another, at least one."""

    starts: tuple[date, ...]
    end: date
    """The first day that is in none of them."""

    @property
    def last_day(self) -> date:
        """The last day that is in one of them."""
        return self.end - timedelta(days=1)

    def edges(self, zone: ZoneInfo) -> list[datetime]:
        """The moments at which they begin there, and the one at which the last ends: a day may have 23 or 25 hours."""
        return [begin(day, zone) for day in (*self.starts, self.end)]


class TooManyPeriodsError(ValueError):
    """There would be more periods than anybody plots."""


def periods(first_day: date, last_day: date, step: Step) -> Periods:
    """All that hold a day from the first to the last, both included, in full.

    Raises:
        ValueError: the last day is before the first.
        TooManyPeriodsError.
    """
    if last_day < first_day:
        raise ValueError("ends before it begins")
    starts = list(_starts(first_day, last_day, step))
    if len(starts) > MOST_PERIODS:
        raise TooManyPeriodsError
    return Periods(tuple(starts), step.after(starts[-1]))


def begin(day: date, zone: ZoneInfo) -> datetime:
    """The moment at which the day begins there, in UTC; where clocks jump over midnight, the one at which they do."""
    return datetime.combine(day, time.min, zone).astimezone(UTC)


def usual_range(first_day: date | None, last_day: date | None, today: date) -> tuple[date, date]:
    """What is meant where not both days are said: it ends today, and has 30 days."""
    last = last_day or (today if first_day is None else max(today, first_day))
    return first_day or last - timedelta(days=USUAL_DAYS - 1), last


def _starts(first_day: date, last_day: date, step: Step) -> Iterator[date]:
    """One more than there may be at most."""
    start = step.start(first_day)
    for _ in range(MOST_PERIODS + 1):
        if start > last_day:
            return
        yield start
        start = step.after(start)
