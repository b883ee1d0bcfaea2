"""Products out of a file, a few hundred rows a step."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any
from uuid import UUID

from pydantic import ValidationError

from app.auth.commons import Commons, Service
from app.extensions.tabular import Row
from app.modules.catalog.events import ProductsImported
from app.modules.catalog.repository import (
    FileRepository,
    ImportRepository,
    Known,
    PriceChanged,
    PriceRepository,
    Refusal,
    Written,
)
from app.modules.catalog.schemas import ImportRow, ProductsImport
from app.modules.catalog.services.products import ARCHIVED
from app.utils.ids import uuid7
from app.utils.schemas import DIGITS, SAFE_INTEGER

IMPORT = "catalog.import_products"
NEEDED = ("sku", "name", "price", "currency")
OPTIONAL = ("description", "status", "stock", "category_id")
COLUMNS = ("sku", "name", "description", "price", "currency", "status", "stock", "category_id")
"""Of a file that is written; one that is read may have them in any order."""
NUMBERS = ("price", "stock")
LONGEST_NUMBER = len(str(SAFE_INTEGER))
MAX_SKU, MAX_FIELD = 64, 100
REPORT_COLUMNS = ("line", "sku", "field", "code", "reason")
SHOWN = 20
"""So many refused rows stand in the result; the report has all."""
PAGE = 1000
Fault = tuple[str, str, str]
"""Field, code and reason."""
REPEATED: Fault = ("sku", "sku_repeated", "was written by a row before this one already")


@dataclass(slots=True)
class Imported:
    """How many rows came to what."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: int = 0


@dataclass(slots=True)
class _Sorted:
    """The rows of a step by what becomes of them; of those that are changed what was before."""

    new: list[tuple[int, Written]] = field(default_factory=list)
    changed: list[tuple[Written, Written]] = field(default_factory=list)
    same: list[UUID] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)


class Importing(Service):
    """Steps of the task that imports a file."""

    def __init__(self, commons: Commons, order: ProductsImport) -> None:
        """`order` names the file and says how it is imported."""
        super().__init__(commons)
        self.files = FileRepository(self.uow)
        self._products = ImportRepository(self.uow)
        self._prices = PriceRepository(self.uow)
        self._order = order

    async def take(self, rows: Sequence[Row], actor: str) -> Imported:
        """Write these rows in the name of `actor`; each is written or kept as refused, and of a sku the first alone counts."""
        found = await self._sort(rows)
        await self._create(found)
        await self._change(found, actor)
        if found.refused:
            await self.files.refuse(self._order.file_id, found.refused)
        self._tell(found)
        return Imported(len(found.new), len(found.changed), len(found.same), len(found.refused))

    async def first_refused(self) -> list[dict[str, Any]]:
        """A few of the refused rows, for whoever does not open the report."""
        return [asdict(refusal) for refusal in await self.refused(after=0, limit=SHOWN)]

    async def refused(self, *, after: int, limit: int = PAGE) -> list[Refusal]:
        """What was refused behind that line."""
        return await self.files.refused(self._order.file_id, after=after, limit=limit)

    async def finish(self, task_id: UUID, actor: str, result: Mapping[str, Any]) -> None:
        """One entry for the whole of it, in the name of who started it; what was refused stands in the report by now."""
        await self.files.forget_refused(self._order.file_id)
        told = {name: result[name] for name in ("created", "changed", "unchanged", "refused")}
        self.track("catalog.import.finished", f"task:{task_id}", after=told, actor=actor)

    async def refuse(self, task_id: UUID, actor: str, reason: str) -> None:
        """An entry for a file that is refused as a whole, or from some row on; there is no report of it."""
        await self.files.forget_refused(self._order.file_id)
        self.track("catalog.import.refused", f"task:{task_id}", after={"reason": reason}, actor=actor)

    async def _sort(self, rows: Sequence[Row]) -> _Sorted:
        found, items = _Sorted(), list[tuple[int, ImportRow]]()
        for row in rows:
            item = validated(row)
            if isinstance(item, Refusal):
                found.refused.append(item)
            else:
                items.append((row.line, item))
        known = await self._products.known({item.sku for _, item in items}) if items else {}
        named = {item.category_id for _, item in items if item.category_id is not None}
        categories = await self._products.categories(named) if named else set()
        taken: set[str] = set()
        for line, item in items:
            before = known.get(item.sku)
            fault = REPEATED if item.sku in taken else self._fault(item, before, categories)
            if fault is None:
                taken.add(item.sku)
                _place(found, line, item, before)
            else:
                found.refused.append(Refusal(line, item.sku, *fault))
        return found

    def _fault(self, item: ImportRow, before: Known | None, categories: set[UUID]) -> Fault | None:
        """Why a row that is valid in itself cannot be written."""
        if item.category_id is not None and item.category_id not in categories:
            return "category_id", "category_unknown", "is no category here"
        if before is None:
            is_wanted = self._order.mode != "update"
            return None if is_wanted else ("sku", "product_unknown", "is no product's; products are changed only")
        if before.import_id == self._order.file_id:
            return REPEATED
        if self._order.mode == "create":
            return "sku", "product_sku_taken", "is taken; products are created only"
        if before.product_id is not None:
            return "sku", "product_sku_taken", "is that of a further variant"
        if before.written.status == ARCHIVED:
            return "sku", "product_archived", "is that of an archived product, which does not change any more"
        if item.stock is not None and item.stock < before.reserved:
            return "stock", "stock_reserved", f"is below the {before.reserved} pieces that orders hold"
        return None

    async def _create(self, found: _Sorted) -> None:
        if not found.new:
            return
        products = [product for _, product in found.new]
        file_id, at = self._order.file_id, self.commons.clock.now()
        made = await self._products.create(products, file_id=file_id, at=at)
        late = [(line, product) for line, product in found.new if product.id not in made]
        found.new = [(line, product) for line, product in found.new if product.id in made]
        found.refused += [
            Refusal(line, product.sku, "sku", "product_sku_taken", "was taken at this moment") for line, product in late
        ]

    async def _change(self, found: _Sorted, actor: str) -> None:
        file_id, at = self._order.file_id, self.commons.clock.now()
        if found.changed:
            await self._products.change([after for _, after in found.changed], file_id=file_id, at=at)
        if found.same:
            await self._products.mark(found.same, file_id=file_id)
        prices = [
            PriceChanged(after.id, after.id, before.price, before.currency, after.price, after.currency)
            for before, after in found.changed
            if (before.price, before.currency) != (after.price, after.currency)
        ]
        if prices:
            await self._prices.note(prices, by=actor, at=at)

    def _tell(self, found: _Sorted) -> None:
        if not found.new and not found.changed:
            return
        made = [product.status for _, product in found.new]
        moves = [(before.status, after.status) for before, after in found.changed]
        event = ProductsImported(
            file_id=self._order.file_id,
            created_draft=made.count("draft"),
            created_active=made.count("active"),
            changed=len(moves),
            activated=moves.count(("draft", "active")),
            withdrawn=moves.count(("active", "draft")),
        )
        self.record(event)


def validated(row: Row) -> ImportRow | Refusal:
    """The row as the schema of products has it, or why it is none."""
    if row.values is None:
        return Refusal(row.line, "", "", row.code, row.reason)
    try:
        return ImportRow.model_validate(row.values)
    except ValidationError as error:
        fault = error.errors(include_url=False, include_context=False, include_input=False)[0]
        name = ".".join(map(str, fault["loc"]))[:MAX_FIELD]
        sku = row.values.get("sku")
        return Refusal(row.line, sku[:MAX_SKU] if isinstance(sku, str) else "", name, fault["type"], fault["msg"])


def with_numbers(row: Row) -> Row:
    """A row of CSV with its numbers as such; what is none stays text, for the schema to refuse."""
    if row.values is None:
        return row
    for name in NUMBERS:
        text = row.values.get(name, "")
        if len(text) <= LONGEST_NUMBER and DIGITS.fullmatch(text):
            row.values[name] = int(text)
    return row


def _place(found: _Sorted, line: int, item: ImportRow, before: Known | None) -> None:
    """Note what is to be written."""
    if before is None:
        found.new.append((line, _new(item)))
    elif (after := _changed(before.written, item)) != before.written:
        found.changed.append((before.written, after))
    else:
        found.same.append(after.id)


def _new(item: ImportRow) -> Written:
    status, stock = item.status or "draft", item.stock or 0
    return Written(
        uuid7(), item.sku, item.name, item.description, item.price, item.currency, status, stock, item.category_id
    )


def _changed(before: Written, item: ImportRow) -> Written:
    """What the row says; what it leaves out stays."""
    named = ("description", "status", "stock", "category_id")
    said = {name: value for name in named if (value := getattr(item, name)) is not None}
    return replace(before, name=item.name, price=item.price, currency=item.currency, **said)
