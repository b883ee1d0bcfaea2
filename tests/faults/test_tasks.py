"""Workers that are killed in the middle of a task: it is resumed at its last checkpoint, and no effect happens twice."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg

from app.config import Settings
from app.extensions.tasks import BULK_QUEUE
from app.modules.catalog.schemas import ProductsReprice
from app.modules.catalog.services import REPRICE
from app.modules.catalog.tasks.repricing import BATCH
from app.utils.ids import uuid7
from tests.extensions.carrier import Server
from tests.faults.processes import Workshop, until
from tests.faults.slow_worker import WAIT, Waiting
from tests.faults.task_worker import serve_tasks

KILLS = 3
WIDTH, TASKS = 4, 40
BULK_KEY = f"rq:queue:{BULK_QUEUE}"
COUNT = BATCH * (2 * KILLS + 1)
INSERT = """
INSERT INTO products (tenant_id, id, sku, name, price, currency, version)
SELECT $1, u.id, u.id::text, 'Tea', 100, 'EUR', 1 FROM unnest($2::uuid[]) AS u (id)
"""


@asynccontextmanager
async def held(settings: Settings, tenant: UUID, product: UUID) -> AsyncIterator[None]:
    """Somebody holds the product's row: a step that comes to it waits in the middle."""
    connection = await asyncpg.connect(settings.database.owner_url)
    try:
        async with connection.transaction():
            await connection.execute(
                "SELECT FROM products WHERE tenant_id = $1 AND id = $2 FOR UPDATE", tenant, product
            )
            yield
    finally:
        await connection.close()


async def row(shop: Workshop, key: UUID) -> Any:
    """The task as it is stored."""
    return await shop.owner.fetchrow("SELECT * FROM tasks WHERE id = $1", key)


async def furnish(shop: Workshop, tenant: UUID) -> Sequence[UUID]:
    """Many products, in the order of their ids."""
    keys = sorted(uuid7() for _ in range(COUNT))
    await shop.owner.execute(INSERT, tenant, keys)
    return keys


async def test_killed_three_times(shop: Workshop) -> None:
    """Requirement: a task whose worker is killed three times in the middle of a step changes every price once."""
    tenant = await shop.tenant()
    keys = await furnish(shop, tenant)
    key = await shop.start(tenant, REPRICE, ProductsReprice(percent=10))
    async with shop.relaying():
        for number in range(KILLS):
            done = (2 * number + 1) * BATCH
            async with held(shop.settings, tenant, keys[done + BATCH // 2]):
                worker = await shop.worker(serve_tasks)

                async def stands(done: int = done) -> bool:
                    return bool((await row(shop, key))["done"] == done)

                await until(stands, f"{done} prices are changed, and the next step waits", 30)
                worker.kill()
            assert (await row(shop, key))["state"] == "running"
        await shop.worker(serve_tasks)

        async def is_over() -> bool:
            return (await row(shop, key))["finished_at"] is not None

        await until(is_over, "the task comes to its end", 30)
    ended = await row(shop, key)
    assert (ended["state"], ended["attempt"], ended["error"]) == ("succeeded", KILLS + 1, None)
    assert ended["result"] == f'{{"seen": {COUNT}, "changed": {COUNT}, "refused": 0}}'
    found = await shop.owner.fetch(
        "SELECT price, version, count(*) AS count FROM products WHERE tenant_id = $1 GROUP BY price, version", tenant
    )
    assert [tuple(item) for item in found] == [(110, 2, COUNT)]
    entries = "SELECT count(*) FROM audit_entries WHERE tenant_id = $1 AND action = 'catalog.repricing.finished'"
    assert await shop.owner.fetchval(entries, tenant) == 1
    assert await shop.states(tenant) == {"done": 1}


async def test_poison(shop: Workshop) -> None:
    """A task that ends its worker before it has done anything is given up, and has failed with the reason."""
    tenant = await shop.tenant()
    keys = await furnish(shop, tenant)
    key = await shop.start(tenant, REPRICE, ProductsReprice(percent=10))
    async with shop.relaying():

        async def begun(times: int) -> bool:
            return bool((await row(shop, key))["attempt"] >= times)

        async def is_over() -> bool:
            return (await row(shop, key))["finished_at"] is not None

        attempt = 0
        while not await is_over():
            # Held anew each time: the connection of a killed worker goes on waiting for the row, and holds its own locks.
            async with held(shop.settings, tenant, keys[0]):
                worker, attempt = await shop.worker(serve_tasks), attempt + 1

                async def again(times: int = attempt) -> bool:
                    return await is_over() or await begun(times)

                await until(again, "it is begun again, or given up", 30)
                worker.kill()
            assert attempt < 10
    ended = await row(shop, key)
    assert ended["state"] == "failed"
    assert "worker was lost" in ended["error"]


async def test_shared(shop: Workshop, valkey: Server, tmp_path: Path) -> None:
    """Long tasks are shared: a worker takes those that it has places for, and leaves the others to whoever has one."""
    shop.change(width=WIDTH, lease_seconds=60.0)
    tenant, gate = await shop.tenant(), tmp_path / "gate"
    for _ in range(TASKS):
        await shop.start(tenant, WAIT, Waiting(gate=str(gate)))
    workers = [await shop.worker(serve_tasks) for _ in range(2)]
    async with shop.relaying():
        for worker in workers:
            await worker.says("waits", WIDTH)
        assert valkey.redis.llen(BULK_KEY) == TASKS - len(workers) * WIDTH
        gate.touch()
        await shop.settled(tenant, 60)
    assert await shop.states(tenant) == {"done": TASKS}
