"""When schedules come: the library's reading of cron, in zones whose clocks change."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from app.extensions.cron import due_between, fault_of, first_between, last_between, next_after
from app.extensions.schedules import Schedule

BERLIN = "Europe/Berlin"
SPRING, AUTUMN = datetime(2026, 3, 29, tzinfo=UTC), datetime(2026, 10, 25, tzinfo=UTC)
"""In Berlin 02:00-03:00 is not there on the first of these days, and is there twice on the second."""
DAY = timedelta(days=1)


async def react(event: Any, commons: Any) -> None:
    """Does nothing."""


def schedule(cron: str, zone: str = "UTC") -> Schedule:
    """One that comes then."""
    return Schedule("things.sweep", cron, react, time_zone=zone)


def local(cron: str, day: datetime) -> list[str]:
    """When it comes in Berlin on that day, as the clock on the wall shows it."""
    times = due_between(schedule(cron, BERLIN), day - timedelta(hours=2), day + timedelta(hours=20))
    return [f"{due.astimezone(ZoneInfo(BERLIN)):%d %H:%M %z}" for due in times]


class TestClocksChange:
    """A job's day has 23 or 25 hours"""

    @pytest.mark.parametrize(
        ("cron", "times"),
        [
            ("30 2 * * *", ["29 03:00 +0200"]),
            ("30 1 * * *", ["29 01:30 +0100"]),
            ("30 3 * * *", ["29 03:30 +0200"]),
            ("0,30 2 * * *", ["29 03:00 +0200"]),
            ("0 2,3 * * *", ["29 03:00 +0200"]),
            ("*/30 2 * * *", []),
        ],
    )
    async def test_spring(self, cron: str, times: list[str]) -> None:
        """A time of day that is not there comes at the first minute that is, once; a step within the lost hour does not come."""
        assert local(cron, SPRING) == times

    @pytest.mark.parametrize(
        ("cron", "times"),
        [
            ("30 2 * * *", ["25 02:30 +0200"]),
            ("30 1 * * *", ["25 01:30 +0200"]),
            ("30 3 * * *", ["25 03:30 +0100"]),
            ("*/30 2 * * *", ["25 02:00 +0200", "25 02:30 +0200", "25 02:00 +0100", "25 02:30 +0100"]),
        ],
    )
    async def test_autumn(self, cron: str, times: list[str]) -> None:
        """A time of day that is there twice comes the first time alone; a step comes as often as its time passes."""
        assert local(cron, AUTUMN) == times

    @pytest.mark.parametrize("day", [SPRING, AUTUMN])
    @pytest.mark.parametrize("cron", ["30 2 * * *", "30 1 * * *", "0 2,3 * * *", "*/20 * * * *", "59 * * * *"])
    async def test_asked_at_any_minute(self, cron: str, day: datetime) -> None:
        """Whenever a relay looks, also within the hour that comes twice, it is told what one that looked before was told."""
        job, until = schedule(cron, BERLIN), day + DAY
        times = list(due_between(job, day - DAY, until))
        for minute in range(-60, 6 * 60):
            after = day + timedelta(minutes=minute, seconds=minute % 3)
            assert list(due_between(job, after, until)) == [due for due in times if due > after]
            assert last_between(job, day - DAY, after) == max((due for due in times if due <= after), default=None)

    async def test_hours(self) -> None:
        """What comes every hour comes every hour, whatever the clock on the wall does."""
        for day in (SPRING, AUTUMN):
            assert len(list(due_between(schedule("0 * * * *", BERLIN), day, day + DAY))) == 24


class TestBetween:
    """due_between, first_between, last_between, next_after"""

    async def test_edges(self) -> None:
        """Later than the one, not later than the other; fractions of a second count."""
        noon = datetime(2026, 5, 1, 12, tzinfo=UTC)
        job = schedule("0 12 * * *")
        assert list(due_between(job, noon, noon + DAY)) == [noon + DAY]
        assert list(due_between(job, noon - timedelta(microseconds=1), noon)) == [noon]
        assert next_after(job, noon + timedelta(microseconds=1)) == noon + DAY

    async def test_first_and_last(self) -> None:
        """The oldest so many; the latest, however far apart the times are."""
        start = datetime(2026, 1, 1, tzinfo=UTC)
        minutes = schedule("* * * * *")
        assert first_between(minutes, start, start + DAY, 3) == [start + timedelta(minutes=n) for n in (1, 2, 3)]
        assert last_between(minutes, start, start + 400 * DAY) == start + 400 * DAY
        assert last_between(minutes, start, start + timedelta(seconds=59)) is None
        leap = schedule("0 0 29 2 *")
        assert last_between(leap, start, start + 1000 * DAY) == datetime(2028, 2, 29, tzinfo=UTC)
        assert last_between(leap, start, start + 700 * DAY) is None


class TestFaults:
    """fault_of"""

    @pytest.mark.parametrize(
        ("cron", "zone", "fault"),
        [
            ("61 * * * *", "UTC", "cannot be read: Bad minute"),
            ("* * * *", "UTC", "five fields"),
            ("0 * * * * *", "UTC", "five fields"),
            ("@daily", "UTC", "five fields"),
            ("", "UTC", "five fields"),
            ("* * * * " + "1," * 100 + "1", "UTC", "five fields"),
            ("0 0 30 2 *", "UTC", "cannot be read: Bad day-of-month"),
            ("0 0 */31 2 1#5", "UTC", "never comes"),
            ("٣ * * * *", "UTC", "cannot be read"),
            ("*/0 * * * *", "UTC", "cannot be read"),
            ("* * * * *", "Berlin", "time_zone 'Berlin'"),
            ("* * * * *", "Europe", "time_zone 'Europe'"),
            ("* * * * *", "../../etc/passwd", "time_zone"),
            ("* * * * *", "", "time_zone"),
        ],
    )
    async def test_refused(self, cron: str, zone: str, fault: str) -> None:
        """What could never come is told apart from what is rare, and the reason is said."""
        assert fault in str(fault_of(schedule(cron, zone)))

    @pytest.mark.parametrize(
        "cron", ["* * * * *", "0 0 29 2 *", "0 0 * 2 MON#5", "15 6 L * *", "0 9 * jan-mar mon-fri"]
    )
    async def test_taken(self, cron: str) -> None:
        """What is merely rare is taken."""
        assert fault_of(schedule(cron, BERLIN)) is None
