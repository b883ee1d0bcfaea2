"""What a page of an export takes in memory."""

import tracemalloc

from app.modules.catalog.repository import Written
from app.modules.catalog.services import export_lines
from app.modules.catalog.services.exporting import PAGE
from app.utils.ids import uuid7


def test_page_of_the_longest() -> None:
    """A page of products with the longest descriptions is written within 50 MB, whatever their letters."""
    tracemalloc.start()
    try:
        tea = [f"{number}".rjust(10_000, "\U0001f375") for number in range(PAGE)]
        page = [Written(uuid7(), "s", "n", text, 1, "EUR", "draft", 1, None) for text in tea]
        assert export_lines("csv", page)
        assert tracemalloc.get_traced_memory()[1] < 50_000_000
    finally:
        tracemalloc.stop()
