"""Writing all products to a file."""

from collections.abc import AsyncIterator, Mapping
from typing import Any

from app.extensions.pages import FIRST
from app.extensions.tasks import Task, TaskRun
from app.modules.catalog.schemas import ProductsExport
from app.modules.catalog.services import (
    EXPORT,
    Exporting,
    export_head,
    export_lines,
    file_key,
    file_path,
    store_unnamed,
)


async def export_products(run: TaskRun[ProductsExport]) -> Mapping[str, Any]:
    """Write those that are there now, in the order of their ids, a page a step; no transaction is open while one is written.

    What is made after the task is left out, what is changed meanwhile is as it is when its page is read. Each attempt writes a
    file of its own, whole or not at all: one that was fenced off spoils no other's, and what it has begun is swept.

    Raises:
        Unavailable: the store of files does not answer.
    """
    if "result" not in run.checkpoint:
        async with run.step() as commons:
            exporting, store = Exporting(commons), commons.files
            file = await exporting.files.make("export", run.payload.format, at=commons.clock.now(), task_id=run.task_id)
            run.save(done=0, total=await exporting.count(run.task_id), unit="products")
        counts: list[int] = []
        with store_unnamed():
            await store.write(file_key(run.tenant_id, file.id), _parts(run, counts))
        async with run.step() as commons:
            await Exporting(commons).finish(file.id, run.task_id, run.actor, sum(counts))
            result = {"products": sum(counts), "file_id": str(file.id), "file": file_path(file.id)}
            run.save(checkpoint={"result": result}, done=sum(counts))
    found: Mapping[str, Any] = run.checkpoint["result"]
    return found


async def _parts(run: TaskRun[ProductsExport], counts: list[int]) -> AsyncIterator[bytes]:
    """The file's bytes; notes how many products each page has."""
    yield export_head(run.payload.format)
    last = FIRST
    while True:
        async with run.step() as commons:
            page = await Exporting(commons).page(after=last, before=run.task_id)
            run.save(done=sum(counts) + len(page))
        if not page:
            return
        counts.append(len(page))
        last = page[-1].id
        yield export_lines(run.payload.format, page)


EXPORT_TASK = Task(EXPORT, export_products, ProductsExport, title="Export products", at_once=1)
