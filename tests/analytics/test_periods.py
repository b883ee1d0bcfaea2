"""Days, weeks and months of a time zone, without anything around them."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.modules.analytics.periods import MOST_PERIODS, Step, TooManyPeriodsError, begin, periods, usual_range
from app.modules.analytics.repository import Sum
from app.modules.analytics.series import series_of
from app.utils.schemas import SAFE_INTEGER
from tests.analytics.told import at

HOUR = timedelta(hours=1)
DAYS = st.dates(date(2000, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    ("zone", "day", "begins", "hours"),
    [
        ("UTC", "2026-03-29", "2026-03-29 00:00", 24),
        ("Europe/Berlin", "2026-03-29", "2026-03-28 23:00", 23),
        ("Europe/Berlin", "2026-10-25", "2026-10-24 22:00", 25),
        ("Asia/Kathmandu", "2026-01-01", "2025-12-31 18:15", 24),
        ("Africa/Cairo", "2026-04-24", "2026-04-23 22:00", 23),  # clocks jump over midnight
        ("America/Havana", "2026-11-01", "2026-11-01 04:00", 25),  # midnight comes twice
        ("Pacific/Apia", "2011-12-30", "2011-12-30 10:00", 0),  # a day that never was
    ],
)
def test_days(zone: str, day: str, begins: str, hours: int) -> None:
    """A day begins when it does there, and lasts as long as it does."""
    first = date.fromisoformat(day)
    start, end = periods(first, first, Step.DAY).edges(ZoneInfo(zone))
    assert (start, (end - start) / HOUR) == (at(begins), hours)


def test_whole_periods() -> None:
    """Weeks begin on Monday, months on their first; the range is widened to them."""
    first, last = date(2026, 1, 29), date(2026, 2, 3)
    weeks, months = periods(first, last, Step.WEEK), periods(first, last, Step.MONTH)
    assert (weeks.starts, weeks.last_day) == ((date(2026, 1, 26), date(2026, 2, 2)), date(2026, 2, 8))
    assert (months.starts, months.last_day) == ((date(2026, 1, 1), date(2026, 2, 1)), date(2026, 2, 28))


@given(first=DAYS, days=st.integers(0, MOST_PERIODS - 1), step=st.sampled_from(Step), name=st.sampled_from(
    ["UTC", "Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe", "Pacific/Kiritimati"]
))  # fmt: skip
def test_no_gap(first: date, days: int, step: Step, name: str) -> None:
    """Periods follow one another without a gap, each but the last ends where the next begins, and all days are in them."""
    last, zone = min(first + timedelta(days=days), date(2100, 12, 31)), ZoneInfo(name)
    found = periods(first, last, step)
    edges = found.edges(zone)
    assert (edges, len(edges)) == (sorted(set(edges)), len(found.starts) + 1)
    assert found.starts[0] <= first <= last <= found.last_day
    for day in (first, last):
        inside = [each for each in edges if each <= begin(day, zone)]
        assert step.start(day) == found.starts[len(inside) - 1]


def test_limits() -> None:
    """As many as anybody plots, not one more; a range that ends before it begins is none."""
    first = date(2026, 1, 1)
    assert len(periods(first, first + timedelta(days=MOST_PERIODS - 1), Step.DAY).starts) == MOST_PERIODS
    with pytest.raises(TooManyPeriodsError):
        periods(first, first + timedelta(days=MOST_PERIODS), Step.DAY)
    with pytest.raises(ValueError, match="before it begins"):
        periods(first, date(2025, 12, 31), Step.MONTH)


def test_usual_range() -> None:
    """Thirty days up to today; one of the two decides the other; from a day to come it is that day."""
    today = date(2026, 11, 29)
    assert usual_range(None, None, today) == (date(2026, 10, 31), today)
    assert usual_range(None, date(2026, 1, 30), today) == (date(2026, 1, 1), date(2026, 1, 30))
    assert usual_range(date(2026, 11, 1), None, today) == (date(2026, 11, 1), today)
    assert usual_range(date(2027, 1, 1), None, today) == (date(2027, 1, 1), date(2027, 1, 1))


def test_series() -> None:
    """Each currency has a point for every period, zeros where nothing happened; what is too large for JSON is the largest."""
    starts = [date(2026, 1, 1), date(2026, 1, 2)]
    sums = [
        Sum(2, "EUR", "paid", 2, 5, 900),
        Sum(2, "EUR", "refunded", 1, 1, 1000),
        Sum(1, "USD", "placed", 1, 1, 100),
        Sum(1, "USD", "paid", 1, 1, SAFE_INTEGER * 3),
    ]
    euros, dollars = series_of(starts, sums)
    assert [(point.start, point.paid, point.pieces, point.gross, point.revenue) for point in euros.points] == [
        (date(2026, 1, 1), 0, 0, 0, 0),
        (date(2026, 1, 2), 2, 4, 900, -100),
    ]
    assert (euros.totals.refunds, euros.totals.revenue, euros.totals.orders) == (1000, -100, 0)
    assert (dollars.totals.orders, dollars.totals.revenue) == (1, SAFE_INTEGER)
