"""Goal 19: how many rows of a file one worker imports a second, and how much memory that takes."""

import asyncio
from collections.abc import Callable, Sequence
from statistics import median
from typing import Any
from uuid import uuid4

import asyncpg
import orjson

from bench.apps import importing
from bench.apps.importing import Told
from bench.data import Size, tenant
from bench.line import Child
from bench.load import LoadError
from bench.rounds import Aim, Plan, Row, by_turns, row

DATABASE = "imports"
ROWS = 30_000
WANTED = 3_000.0
"""Rows a second."""
CLEAR = "TRUNCATE products, bare.products CASCADE; VACUUM ANALYZE products"


def imports(plan: Plan) -> Sequence[Row]:
    """A file of new products through the task, and by hand; then how that stands to the rows a second that are wanted."""
    settings = plan.stage.database(DATABASE, Size(1, 0))
    admin_url, folder, key = plan.stage.admin_url(DATABASE), plan.stage.folder, tenant(1).id
    settings = settings.model_copy(
        update={"files": settings.files.model_copy(update={"folder": str(folder / "files")})}
    )

    def ours() -> Told:
        return _run(plan, admin_url, importing.ours, settings, key, ROWS)

    def by_hand() -> Told:
        return _run(plan, admin_url, importing.by_hand, admin_url, key, ROWS, folder / "rows.csv")

    a, b = by_turns(plan, ours, by_hand)
    ratios = {
        "throughput": [x.rows / x.seconds / (y.rows / y.seconds) for x, y in zip(a, b, strict=True)],
        "cpu": [y.cpu_seconds / x.cpu_seconds for x, y in zip(a, b, strict=True)],
    }
    what = f"rows of a file of {ROWS:,} products by the import task, against csv and INSERTs of as many rows"
    note = f"peak of the worker's memory {max(told.peak_mb for told in a):.0f} MB"
    wanted = {"throughput": [told.rows / told.seconds / WANTED for told in a]}
    cells = (_cell(a), _cell(b))
    return [
        row("19", what, cells, ratios, plan, Aim(0.35, 0.2), note=note),
        row("19 pace", "the same, against the rows a second that are wanted", (cells[0], f"{WANTED:,.0f}/s"), wanted, plan, Aim(1.5, 1)),
    ]  # fmt: skip


def _run(plan: Plan, admin_url: str, target: Callable[..., None], *arguments: Any) -> Told:
    asyncio.run(_clear(admin_url))
    name = uuid4().hex
    told = plan.stage.folder / f"{name}.json"
    Child(plan.stage.folder / f"import-{name}.log", target, *arguments, told).finish()
    found = Told(**orjson.loads(told.read_bytes()))
    if found.rows != ROWS:
        raise LoadError(f"{found.rows} of {ROWS} rows were imported")
    return found


async def _clear(url: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        for statement in CLEAR.split(";"):
            await connection.execute(statement)
    finally:
        await connection.close()


def _cell(found: Sequence[Told]) -> str:
    pace, cost = median(told.rows / told.seconds for told in found), median(told.cpu_seconds for told in found)
    return f"{pace:,.0f}/s, {cost / ROWS * 1e6:,.0f} µs"
