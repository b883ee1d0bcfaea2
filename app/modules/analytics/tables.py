"""The reports as files for spreadsheets: a line for each point or product, money in minor units, as in the answers of JSON."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Final

from app.modules.analytics.schemas import ProductSalesOut, SalesOut, SalesSums, TopOut, TopProduct
from app.utils.spreadsheets import csv_lines, neutral

MEDIA_TYPE: Final = "text/csv; charset=utf-8; header=present"
SUMS = tuple(field.name for field in fields(SalesSums))
SALES = ("start", "currency", *SUMS)
TOP = ("currency", *(field.name for field in fields(TopProduct)))


@dataclass(frozen=True, slots=True)
class Table:
    """A file, whole: the answers that it is made of are bounded."""

    filename: str
    content: bytes


def table_of_sales(sales: SalesOut) -> Table:
    """Of each currency every period, the first one first."""
    rows = (
        (point.start.isoformat(), series.currency, *(getattr(point, name) for name in SUMS))
        for series in sales.series
        for point in series.points
    )
    of = f"-of-{sales.product_id}" if isinstance(sales, ProductSalesOut) else ""
    return _table(f"sales{of}-by-{sales.by}", sales.first_day, sales.last_day, SALES, rows)


def table_of_top(top: TopOut) -> Table:
    """Of each currency the products, the best one first."""
    rows = (
        (series.currency, *(getattr(product, name) for name in TOP[1:]))
        for series in top.series
        for product in series.products
    )
    return _table("top-products", top.first_day, top.last_day, TOP, rows)


def _table(name: str, first: date, last: date, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> Table:
    cells = ([_cell(value) for value in row] for row in rows)
    return Table(f"{name}-{first}-to-{last}.csv", csv_lines([columns]) + csv_lines(cells))


def _cell(value: Any) -> str | int:
    """A number stays one, below zero too; what a spreadsheet would take for a formula has an apostrophe in front."""
    if isinstance(value, int):
        return value
    return "" if value is None else neutral(str(value))
