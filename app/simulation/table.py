"""The day in figures: a row for each of its hours, and what the books come to."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.simulation.audit import STEPS, ledgers
from app.simulation.day import Day
from app.simulation.plan import CLOSING, HOURS

HEADS = ("hour", "visits", *STEPS, "money in", "requests", "failed", "p95 ms", "killed")


@dataclass(frozen=True, slots=True)
class Row:
    """An hour: visits, what happened to orders, money in minor units, requests and those that failed, milliseconds, who was killed."""

    hour: int
    visits: int
    happened: Counter[str]
    money: int
    requests: int
    failed: int
    slow: float
    killed: tuple[str, ...]

    def cells(self) -> list[str]:
        """As they are printed."""
        name = "closing" if self.hour == CLOSING else f"{self.hour:02}:00"
        steps = (str(self.happened[step]) for step in STEPS)
        figures = (f"{self.money / 100:.2f}", str(self.requests), str(self.failed), f"{self.slow:.0f}")
        return [name, str(self.visits), *steps, *figures, ", ".join(self.killed)]


def rows_of(day: Day) -> list[Row]:
    """The hours of the day, and what happened behind the last."""
    happened: dict[int, Counter[str]] = {hour: Counter() for hour in range(HOURS + 1)}
    money: Counter[int] = Counter()
    for books in day.books:
        for at, step, total in books.moments:
            hour = day.plan.hour((at - day.journal.opened_at).total_seconds())
            happened[hour][step] += 1
            money[hour] += {"paid": total, "refunded": -total}.get(step, 0)
    killed: dict[int, list[str]] = {hour: [] for hour in happened}
    for struck in day.struck:
        killed[day.plan.hour(struck.at)].append(struck.victim)
    rows = []
    for hour, steps in happened.items():
        notes = day.journal.hours[hour]
        figures = (notes.visits, steps, money[hour], notes.requests, notes.failed, notes.slow, tuple(killed[hour]))
        rows.append(Row(hour, *figures))
    return rows


def table(rows: Sequence[Row]) -> list[str]:
    """Lines of text, figures to the right."""
    lines = [list(HEADS), *(row.cells() for row in rows), _sums(rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return ["  ".join(cell.rjust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines]


def summary(day: Day) -> Iterator[str]:
    """What was told, and what the books come to."""
    orders = [order for books in day.books for order in books.orders.values()]
    products = [product for books in day.books for product in books.products.values()]
    money: Counter[str] = Counter()
    for books in day.books:
        money.update(ledgers(books))
    yield f"answers  {', '.join(f'{said} x {count}' for said, count in day.journal.answers.most_common())}"
    for kind in ("cart", "place", "pay", "cancel", "refund", "restock"):
        told = day.journal.told(kind)
        yield f"{kind:<8} acknowledged {told['ok']}, refused {told['refused']}, unknown {told['unknown']}"
    opening, bought = sum(each.opening for each in products), sum(sum(each.bought) for each in products)
    sold = sum(order.held.total() for order in orders if order.reservation == "committed")
    yield f"stock    {opening} at the opening + {bought} bought in - {sold} sold = {sum(each.stock for each in products)} at hand"
    yield f"money    {', '.join(f'{name} {amount / 100:.2f}' for name, amount in money.items())}"
    yield f"orders   {len(orders)} in {len(day.books)} shops, closed {day.drained:.1f} s after the last hour"


def verdict(day: Day) -> list[str]:
    """The last lines: that the books balance, or what does not."""
    if not day.faults:
        kills = f", and each of {len(day.struck)} kills is proved" if day.struck else ""
        return [f"The books balance: lost 0, phantom 0, duplicate 0{kills}."]
    return [f"The books do not balance, {len(day.faults)} faults:", *(f"  {fault}" for fault in day.faults)]


def _sums(rows: Sequence[Row]) -> list[str]:
    happened: Counter[str] = Counter()
    for row in rows:
        happened.update(row.happened)
    sums = [sum(row.visits for row in rows), *(happened[step] for step in STEPS)]
    money, requests, failed = (
        sum(column) for column in zip(*((r.money, r.requests, r.failed) for r in rows), strict=True)
    )
    killed = sum(len(row.killed) for row in rows)
    return ["day", *map(str, sums), f"{money / 100:.2f}", str(requests), str(failed), "", str(killed)]
