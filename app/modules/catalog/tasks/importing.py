"""Reading products from a file."""

from collections.abc import AsyncIterator, Mapping
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any

from app.extensions.tabular import CsvRows, FileRefusedError, JsonLines, Position, RowParser, batches
from app.extensions.tasks import Task, TaskFailedError, TaskRun
from app.modules.catalog.schemas import ProductsImport
from app.modules.catalog.services import (
    IMPORT,
    NEEDED,
    OPTIONAL,
    REPORT_COLUMNS,
    Importing,
    file_key,
    file_path,
    store_unnamed,
    with_numbers,
)
from app.services.filesystem import FileKey, FileMissingError, FileSystem
from app.utils.spreadsheets import csv_lines, neutral

BATCH = 500
"""Rows of one step: its transaction holds their products."""
MOST_REFUSED = 100_000
"""Rows: who sends more of them has sent something else than products, and each is a row in a table until the report is written."""
COUNTS = ("created", "changed", "unchanged", "refused")
MISSING = "Nothing was sent, or not to the end. Ask for a new file and send it again."
OTHER = "The file has changed while it was read. Ask for a new file and send it again."


@dataclass(frozen=True, slots=True)
class _Source:
    """Where the file lies, and how it is read."""

    store: FileSystem
    key: FileKey
    format: str


async def import_products(run: TaskRun[ProductsImport]) -> Mapping[str, Any]:
    """Read the file from the checkpoint on, a batch a step, then write the report of what was refused.

    A batch, what was refused of it, and the place behind it are committed together: however often the task is resumed, no row
    is written twice and none is passed over.

    Raises:
        TaskFailedError: the file is refused as a whole, or is not there. Unavailable: the store of files does not answer.
    """
    async with run.step() as commons:
        file = await Importing(commons, run.payload).files.get(run.payload.file_id)
        store = commons.files
    if "fault" in run.checkpoint:
        raise TaskFailedError(run.checkpoint["fault"])
    if file is None:
        raise TaskFailedError(MISSING)
    source = _Source(store, file_key(run.tenant_id, run.payload.file_id), file.format)
    if not run.checkpoint.get("is_read"):
        try:
            with store_unnamed():
                await _read(run, source)
        except (FileRefusedError, FileMissingError) as error:
            fault = str(error) if isinstance(error, FileRefusedError) else MISSING
            async with run.step() as commons:
                await Importing(commons, run.payload).refuse(run.task_id, run.actor, fault)
                run.save(checkpoint={**run.checkpoint, "fault": fault})
            raise TaskFailedError(fault) from error
    if "result" not in run.checkpoint:
        await _finish(run, store)
    result: Mapping[str, Any] = run.checkpoint["result"]
    return result


async def _read(run: TaskRun[ProductsImport], source: _Source) -> None:
    """All batches that are left.

    Raises:
        FileRefusedError, FileMissingError.
    """
    size = await source.store.size(source.key)
    if run.checkpoint.get("size", size) != size:
        raise FileRefusedError(OTHER)
    parser = _parser(source.format, run.checkpoint)
    chunks = source.store.open(source.key, offset=parser.position.offset)
    async with aclosing(chunks), aclosing(batches(parser, chunks, BATCH)) as found:
        async for rows in found:
            typed = [with_numbers(row) for row in rows] if source.format == "csv" else rows
            async with run.step() as commons:
                done = await Importing(commons, run.payload).take(typed, run.actor)
                counts = {name: run.checkpoint.get(name, 0) + getattr(done, name) for name in COUNTS}
                at = parser.position
                place = {"size": size, "offset": at.offset, "line": at.line, "columns": at.columns}
                run.save(
                    checkpoint={**place, **counts}, done=at.offset, total=size, unit="bytes", message=_words(counts)
                )
            if counts["refused"] > MOST_REFUSED:
                raise FileRefusedError(_too_many(rows[-1].line))
    async with run.step() as commons:
        counts = {name: run.checkpoint.get(name, 0) for name in COUNTS}
        run.save(checkpoint={**counts, "is_read": True}, done=size, total=size, unit="bytes", message=_words(counts))


def _parser(file_format: str, checkpoint: Mapping[str, Any]) -> RowParser:
    at = Position()
    if "offset" in checkpoint:
        at = Position(checkpoint["offset"], checkpoint["line"], tuple(checkpoint["columns"]))
    return CsvRows(NEEDED, OPTIONAL, at) if file_format == "csv" else JsonLines(at)


def _too_many(line: int) -> str:
    return f"More than {MOST_REFUSED:,} rows are refused, up to line {line:,}: are these products? What came before is imported."


def _words(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{counts[name]:,} {name}" for name in COUNTS)


async def _finish(run: TaskRun[ProductsImport], store: FileSystem) -> None:
    """Write the report, where anything was refused, and what came of it all. Each attempt writes a file of its own."""
    counts = {name: run.checkpoint[name] for name in COUNTS}
    report = None
    if counts["refused"]:
        async with run.step() as commons:
            files = Importing(commons, run.payload).files
            report = (await files.make("report", "csv", at=commons.clock.now(), task_id=run.task_id)).id
        with store_unnamed():
            await store.write(file_key(run.tenant_id, report), _report(run))
    async with run.step() as commons:
        importing = Importing(commons, run.payload)
        if report is not None:
            await importing.files.finish(report, at=commons.clock.now())
        told = {
            "report_id": None if report is None else str(report),
            "report": None if report is None else file_path(report),
            "first_refused": await importing.first_refused(),
        }
        await importing.finish(run.task_id, run.actor, counts)
        run.save(checkpoint={**run.checkpoint, "result": {**counts, **told}})


async def _report(run: TaskRun[ProductsImport]) -> AsyncIterator[bytes]:
    """Every refused row, in the order of lines; a page a step, with no transaction open while it is written."""
    yield csv_lines([REPORT_COLUMNS])
    last = 0
    while True:
        async with run.step() as commons:
            page = await Importing(commons, run.payload).refused(after=last)
        if not page:
            return
        last = page[-1].line
        yield csv_lines([neutral(str(getattr(item, name))) for name in REPORT_COLUMNS] for item in page)


IMPORT_TASK = Task(IMPORT, import_products, ProductsImport, title="Import products", at_once=1)
