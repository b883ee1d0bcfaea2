"""Sums laid out to be plotted: every period has a point, whether something happened in it or not."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from app.modules.analytics.repository import Sum
from app.modules.analytics.schemas import SalesPoint, SalesSeries, SalesSums
from app.utils.schemas import SAFE_INTEGER


def series_of(starts: Sequence[date], sums: Sequence[Sum]) -> list[SalesSeries]:
    """One for each currency that something happened in, by its name."""
    return [
        _series(currency, starts, [each for each in sums if each.currency == currency])
        for currency in sorted({each.currency for each in sums})
    ]


def within(amount: int) -> int:
    """The nearest number that every reader of JSON keeps exactly."""
    return max(-SAFE_INTEGER, min(SAFE_INTEGER, amount))


def _series(currency: str, starts: Sequence[date], sums: Sequence[Sum]) -> SalesSeries:
    totals: Counter[str] = Counter()
    periods: list[Counter[str]] = [Counter() for _ in starts]
    for each in sums:
        for counts in (totals, periods[each.period - 1]):
            counts[each.kind] += each.orders
            counts[f"{each.kind} pieces"] += each.pieces
            counts[f"{each.kind} amount"] += each.amount
    points = [SalesPoint(start=start, **_row(counts)) for counts, start in zip(periods, starts, strict=True)]
    return SalesSeries(currency, SalesSums(**_row(totals)), points)


def _row(counts: Mapping[str, int]) -> dict[str, int]:
    """The fields of `SalesSums`."""
    gross, refunds = counts["paid amount"], counts["refunded amount"]
    row = {
        "orders": counts["placed"],
        "cancelled": counts["cancelled"],
        "paid": counts["paid"],
        "refunded": counts["refunded"],
        "pieces": counts["paid pieces"] - counts["refunded pieces"],
        "gross": gross,
        "refunds": refunds,
        "revenue": gross - refunds,
    }
    return {name: within(value) for name, value in row.items()}
