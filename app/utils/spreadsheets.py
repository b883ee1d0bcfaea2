"""CSV for people who open it in a spreadsheet: nothing in it is calculated."""

import csv
import io
from collections.abc import Iterable, Sequence

FORMULA = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What a formula begins with, also in full width, which some spreadsheets read alike."""
PASSED_OVER = "".join(map(chr, range(33))) + "\u00a0\ufeff"
"""What spreadsheets pass over in front of a formula: control characters and blanks."""


def neutral(text: str) -> str:
    """Text that no spreadsheet calculates: what begins as a formula has an apostrophe in front."""
    return f"'{text}" if text.lstrip(PASSED_OVER).startswith(FORMULA) else text


def csv_lines(rows: Iterable[Sequence[str | int]]) -> bytes:
    """Lines of CSV (RFC 4180) in UTF-8: text quoted, whole numbers bare, so that they are numbers; the cells as they are."""
    text = io.StringIO(newline="")
    csv.writer(text, quoting=csv.QUOTE_NONNUMERIC).writerows(rows)
    return text.getvalue().encode()
