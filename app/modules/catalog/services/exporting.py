"""All products as a file, some hundreds a step."""

from collections.abc import Sequence
from uuid import UUID

import orjson

from app.auth.commons import Commons, Service
from app.modules.catalog.repository import FileRepository, ImportRepository, Written
from app.modules.catalog.services.importing import COLUMNS
from app.utils.spreadsheets import csv_lines, neutral

EXPORT = "catalog.export_products"
PAGE = 250
"""Products of a step: each may have 40 KB of description, which is held four times while it is written."""


class Exporting(Service):
    """Steps of the task that writes an export: of products alone, not of their further variants."""

    def __init__(self, commons: Commons) -> None:
        """Bound to the tenant."""
        super().__init__(commons)
        self.files = FileRepository(self.uow)
        self._products = ImportRepository(self.uow)

    async def count(self, before: UUID) -> int:
        """How many products there are of those made before the id was."""
        return await self._products.count(before=before)

    async def page(self, *, after: UUID, before: UUID) -> list[Written]:
        """The next products; none, where there are no more."""
        return await self._products.page(after=after, before=before, limit=PAGE)

    async def finish(self, file_id: UUID, task_id: UUID, actor: str, count: int) -> None:
        """It is whole: one entry for it, in the name of who started it."""
        await self.files.finish(file_id, at=self.commons.clock.now())
        self.track("catalog.export.finished", f"task:{task_id}", after={"products": count}, actor=actor)


def head(file_format: str) -> bytes:
    """What stands before the first product."""
    return csv_lines([COLUMNS]) if file_format == "csv" else b""


def lines(file_format: str, products: Sequence[Written]) -> bytes:
    """A line each. In CSV what a spreadsheet would take for a formula has an apostrophe in front."""
    if file_format == "csv":
        return csv_lines([neutral(_text(getattr(product, name))) for name in COLUMNS] for product in products)
    return b"".join(
        orjson.dumps({name: getattr(product, name) for name in COLUMNS}, default=str) + b"\n" for product in products
    )


def _text(value: object) -> str:
    return "" if value is None else str(value)
