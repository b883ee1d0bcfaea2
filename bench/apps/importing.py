"""What runs in the processes that goal 19 measures: the task that imports a file, and the same rows by hand."""

import csv
import gc
import resource
import time
from collections.abc import AsyncIterator, Iterable, Iterator
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

import asyncpg
import orjson
import uvloop

from app.config import Settings
from app.modules.catalog.repository import FileRepository
from app.modules.catalog.schemas import ProductsImport
from app.modules.catalog.services import file_key
from app.modules.catalog.tasks.importing import BATCH
from app.runtime import Runtime
from app.utils.ids import uuid7

T = TypeVar("T")
INSERT = """
INSERT INTO bare.products (tenant_id, id, sku, name, description, price, currency, status, stock, version)
SELECT $1, n.*, 1 FROM unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::bigint[], $7::text[], $8::text[],
  $9::bigint[]) AS n
"""
HEAD = "sku,name,description,price,currency,status,stock\n"
STATE = "SELECT state, error, result, extract(epoch FROM finished_at - started_at)::float8 FROM tasks WHERE tenant_id = $1 AND id = $2"
MEGABYTE = 1024
"""Kilobytes, in which the system tells of memory."""


@dataclass(frozen=True)
class Told:
    """What one run came to."""

    seconds: float
    cpu_seconds: float
    peak_mb: float
    rows: int


def lines(rows: int) -> Iterator[str]:
    """A file of products, 100 bytes a row."""
    yield HEAD
    for number in range(rows):
        yield f'SKU-{number:07},Tea no. {number},"Hand-picked, from the first harvest of the year.",{number % 9000},EUR,active,{number % 50}\n'


def ours(settings: Settings, tenant_id: UUID, rows: int, told: Path) -> None:
    """The task, as a worker runs it, from its first statement to its last."""
    _tell(told, uvloop.run(_ours(settings, tenant_id, rows)))


def by_hand(url: str, tenant_id: UUID, rows: int, file: Path, told: Path) -> None:
    """The `csv` module and one INSERT of as many rows at once: nothing is validated, nothing is kept beside it."""
    file.write_text("".join(lines(rows)))
    _tell(told, uvloop.run(_by_hand(url, tenant_id, rows, file)))


async def _ours(settings: Settings, tenant_id: UUID, rows: int) -> Told:
    events = settings.events.model_copy(update={"queue_mode": "inline"})
    runtime = Runtime(settings.model_copy(update={"events": events}))
    await runtime.open()
    try:
        gc.collect()
        gc.freeze()
        async with runtime.identity.tenant_unit(uuid7(), tenant_id) as uow:
            file = await FileRepository(uow).make("import", "csv", at=runtime.clock.now())
        await runtime.files.write(file_key(tenant_id, file.id), _chunks(rows))
        spent = time.process_time()
        async with runtime.identity.tenant_unit(uuid7(), tenant_id) as uow:
            key = uow.start("catalog.import_products", ProductsImport(file_id=file.id))
        spent = time.process_time() - spent
        async with runtime.identity.tenant_unit(uuid7(), tenant_id, read_only=True) as uow:
            state, error, result, seconds = await uow.connection.fetchrow(STATE, tenant_id, key)
        if state != "succeeded":
            raise RuntimeError(f"the import is {state}: {error}")
        return Told(seconds, spent, _peak_mb(), result["created"])
    finally:
        await runtime.close()


async def _chunks(rows: int) -> AsyncIterator[bytes]:
    for some in _batches(lines(rows), 1000):
        yield "".join(some).encode()


async def _by_hand(url: str, tenant_id: UUID, rows: int, file: Path) -> Told:
    connection = await asyncpg.connect(url)
    try:
        began, spent = time.monotonic(), time.process_time()
        with file.open(newline="") as text:
            for some in _batches(csv.DictReader(text), BATCH):
                columns: list[list[Any]] = [[uuid7() for _ in some]]
                columns += [[row[name] for row in some] for name in ("sku", "name", "description")]
                columns += [[int(row["price"]) for row in some]]
                columns += [[row[name] for row in some] for name in ("currency", "status")]
                columns += [[int(row["stock"]) for row in some]]
                await connection.execute(INSERT, tenant_id, *columns)
        return Told(time.monotonic() - began, time.process_time() - spent, _peak_mb(), rows)
    finally:
        await connection.close()


def _batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    rest = iter(items)
    while some := list(islice(rest, size)):
        yield some


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEGABYTE


def _tell(path: Path, found: Told) -> None:
    path.write_bytes(orjson.dumps(asdict(found)))
