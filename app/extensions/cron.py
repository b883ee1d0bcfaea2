"""When a schedule's times come: cron expressions, read by cronsim, in the zone that the schedule names.

A time of day (`30 2 * * *`) comes once a day, also where clocks change: skipped by them, it comes at the first minute that is
there; shown twice, the first time. A step (`*/30 * * * *`, `0 * * * *`) follows the time that passes and not the clock's face.
"""

from collections import deque
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, tzinfo
from itertools import islice
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from cronsim import CronSim, CronSimError

from app.extensions.schedules import Schedule

FIELDS = 5
MAX_LENGTH = 100
SOME_DAY = datetime(2026, 1, 1, tzinfo=UTC)
WINDOWS = (timedelta(hours=1), timedelta(days=1), timedelta(days=32), timedelta(days=366))
"""How far back the last time is looked for, the nearest first: a schedule of every minute is not followed for a year."""


def fault_of(schedule: Schedule) -> str | None:
    """Why the schedule's times would never come, or None."""
    if len(schedule.cron) > MAX_LENGTH or len(schedule.cron.split()) != FIELDS:
        return (
            f"its cron {schedule.cron[:MAX_LENGTH]!r} has not five fields: minute, hour, day of the month, month, day of the"
            " week"
        )
    try:
        zone_of(schedule)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return f"its time_zone {schedule.time_zone!r} is no name of the IANA database, like Europe/Berlin"
    try:
        first = next(CronSim(schedule.cron, SOME_DAY), None)
    except CronSimError as error:
        return f"its cron {schedule.cron!r} cannot be read: {error}"
    return f"its cron {schedule.cron!r} never comes" if first is None else None


def zone_of(schedule: Schedule) -> tzinfo:
    """The zone of the schedule's clock.

    Raises:
        ZoneInfoNotFoundError, ValueError, OSError: there is none of that name.
    """
    return UTC if schedule.time_zone == "UTC" else ZoneInfo(schedule.time_zone)


def due_between(schedule: Schedule, after: datetime, until: datetime) -> Iterator[datetime]:
    """The schedule's times later than `after` and not later than `until`, in UTC, oldest first."""
    for due in _from(schedule, after):
        if due > until:
            return
        yield due


def next_after(schedule: Schedule, after: datetime) -> datetime | None:
    """The first time later than `after`; None where none comes within fifty years."""
    return next(_from(schedule, after), None)


def last_between(schedule: Schedule, after: datetime, until: datetime) -> datetime | None:
    """The latest of the schedule's times later than `after` and not later than `until`."""
    for window in WINDOWS:
        if until - window <= after:
            break
        if (found := _last(due_between(schedule, until - window, until))) is not None:
            return found
    return _last(due_between(schedule, after, until))


def first_between(schedule: Schedule, after: datetime, until: datetime, limit: int) -> list[datetime]:
    """As `due_between`, at most so many."""
    return list(islice(due_between(schedule, after, until), limit))


def _from(schedule: Schedule, after: datetime) -> Iterator[datetime]:
    """All times later than `after`. Begun in an hour that comes twice, the library first tells of times that are over."""
    for local in CronSim(schedule.cron, after.astimezone(zone_of(schedule))):
        due = local.astimezone(UTC)
        if due > after:
            yield due


def _last(times: Iterator[datetime]) -> datetime | None:
    return next(iter(deque(times, maxlen=1)), None)
