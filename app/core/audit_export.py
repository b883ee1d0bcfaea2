"""The audit log as a file: its entries as lines, and the stream of them."""

from collections.abc import AsyncGenerator, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

from app.auth.streaming import Reader
from app.core import views
from app.core.schemas import AuditEntryOut, AuditExportQuery
from app.extensions.responses import encode
from app.utils import spreadsheets
from app.utils.spreadsheets import neutral

UNIT = 500
"""Entries of one unit of an export."""
COLUMNS = tuple(field.name for field in fields(AuditEntryOut))


class AuditExport:
    """The audit log as a file, read in short units that are each judged afresh; no connection is held between them."""

    def __init__(self, reader: Reader, query: AuditExportQuery) -> None:
        """`reader` opens the units."""
        self._reader = reader
        self._query = query

    async def parts(self) -> AsyncGenerator[bytes, None]:
        """Newest first, a unit's entries at a time. What is written meanwhile is newer than the first, and left out.

        Raises:
            AppError: the caller may not read on.
        """
        write = csv_lines if self._query.format == "csv" else json_lines
        if self._query.format == "csv":
            yield csv_head()
        before = views.NEWEST
        filters = self._query.filters()
        while True:
            async with self._reader.unit() as commons:
                entries = await views.audit_entries(commons.uow, filters, before=before, limit=UNIT)
            if entries:
                yield write(entries)
                before = int(entries[-1].id)
            if len(entries) < UNIT:
                return


def csv_head() -> bytes:
    """The line of the columns' names (RFC 4180)."""
    return spreadsheets.csv_lines([COLUMNS])


def csv_lines(entries: Sequence[AuditEntryOut]) -> bytes:
    """A line each; before and after as JSON. What a spreadsheet would take for a formula has an apostrophe in front."""
    return spreadsheets.csv_lines([[neutral(_cell(getattr(entry, name))) for name in COLUMNS] for entry in entries])


def json_lines(entries: Sequence[AuditEntryOut]) -> bytes:
    """A JSON object each, as the list of entries has them."""
    return b"".join(encode(entry) + b"\n" for entry in entries)


def _cell(value: Any) -> str:
    if isinstance(value, dict):
        return encode(value).decode()
    if isinstance(value, datetime):
        return value.isoformat()
    return "" if value is None else str(value)
