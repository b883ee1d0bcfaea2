"""Imports and exports that are killed half-way, or behind their last byte."""

from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

import orjson
import pytest

from app.modules.catalog.repository import FileRepository
from app.modules.catalog.schemas import ProductsExport, ProductsImport
from app.modules.catalog.services import Exporting, Importing, file_key
from app.modules.catalog.tasks import importing as import_task
from app.services.filesystem import FileKey
from tests.tasks.conftest import bench
from tests.tasks.workshop import Bench

__all__ = ["bench"]
pytestmark = pytest.mark.anyio


class Kill(Exception):
    """The worker is gone."""


def table(count: int) -> bytes:
    """Products, of which every tenth is refused and every seventh stands there twice."""
    lines = [f"s{n},Tea {n},{'x' if n % 10 == 0 else n},EUR,active\n" for n in range(count)]
    lines += [f"s{n},Again,1,EUR,draft\n" for n in range(0, count, 7)]
    return ("sku,name,price,currency,status\n" + "".join(lines)).encode()


async def test_killed(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """Killed in a step or between two, again and again, it ends as it would have: nothing doubled, nothing lost."""
    monkeypatch.setattr(import_task, "BATCH", 25)
    whole = await _import(bench, table(180))
    take, calls = Importing.take, iter(range(10_000))

    async def killed(self: Importing, *arguments: Any) -> Any:
        number = next(calls) % 3
        if number == 0:
            raise Kill
        done = await take(self, *arguments)
        if number == 1:
            raise Kill
        return done

    monkeypatch.setattr(Importing, "take", killed)
    assert await _import(bench, table(180)) == whole
    assert next(calls) == 27, "each of nine batches is begun three times"
    assert (whole[0]["created"], whole[0]["refused"]) == (165, 41), "what was refused may come again"
    assert whole[1:] == (165, 162, 41)


async def test_killed_at_the_end(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """Killed behind the last byte of a report or an export, each attempt writes a file of its own and removes nobody's.

    One that is thought dead may be alive: what it removed would be the file that the next has finished.
    """
    removed: list[FileKey] = []

    async def delete(_: Any, key: FileKey) -> None:
        removed.append(key)

    monkeypatch.setattr(type(bench.runtime.files), "delete", delete)
    for kind in (Importing, Exporting):
        monkeypatch.setattr(kind, "finish", _once_killed(kind.finish))
    assert (await _import(bench, table(20)))[3] == 4
    tenant = await bench.tenant()
    async with bench.unit(tenant) as uow:
        key = uow.start("catalog.export_products", ProductsExport(format="csv"))
    await bench.carry(tenant)
    row = await bench.row(key)
    assert row["state"] == "succeeded", row["error"]
    file_id = UUID(orjson.loads(row["result"])["file_id"])
    assert await bench.runtime.files.size(file_key(tenant, file_id)) > 0
    assert await bench.owner.fetchval("SELECT count(*) FROM product_files WHERE tenant_id = $1", tenant) == 2
    assert removed == []


def _once_killed(finish: Any) -> Any:
    """As it is, but for the first call."""
    calls = iter(range(10_000))

    async def killed(*arguments: Any) -> None:
        if next(calls) == 0:
            raise Kill
        await finish(*arguments)

    return killed


async def _import(bench: Bench, raw: bytes) -> tuple[dict[str, Any], int, int, int]:
    """Result, products, those that events tell of, and lines of the report, of a tenant of its own."""
    tenant, now = await bench.tenant(), bench.runtime.clock.now()
    async with bench.unit(tenant) as uow:
        file = await FileRepository(uow).make("import", "csv", at=now)
    await bench.runtime.files.write(file_key(tenant, file.id), _chunks(raw))
    async with bench.unit(tenant) as uow:
        key = uow.start("catalog.import_products", ProductsImport(file_id=file.id))
    await bench.carry(tenant)
    row = await bench.row(key)
    assert row["state"] == "succeeded", row["error"]
    result = orjson.loads(row["result"])
    report = UUID(result.pop("report_id"))
    del result["report"]
    text = b"".join([part async for part in bench.runtime.files.open(file_key(tenant, report))])
    told = await bench.owner.fetchval(
        "SELECT sum((payload->>'created_active')::int) FROM events WHERE tenant_id = $1 AND name = 'catalog.products_imported'",
        tenant,
    )
    there = await bench.owner.fetchval("SELECT count(*) FROM products WHERE tenant_id = $1", tenant)
    return result, there, told, len(text.splitlines()) - 1


async def _chunks(raw: bytes) -> AsyncIterator[bytes]:
    for start in range(0, len(raw), 1000):
        yield raw[start : start + 1000]
