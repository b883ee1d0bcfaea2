"""Workers that are killed in the middle of a task: it is resumed at its last checkpoint, and no effect happens twice."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

import asyncpg

from app.config import Settings
from app.db.uow import UnitOfWork
from app.modules.catalog.schemas import ProductsReprice
from app.modules.catalog.services import REPRICE
from app.modules.catalog.tasks import BATCH
from app.utils.ids import uuid7
from tests.faults.processes import Child, Workshop, until
from tests.faults.task_worker import serve_tasks

KILLS = 3
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


async def start(shop: Workshop, tenant: UUID) -> UUID:
    """Start the task, as a request does."""
    runtime = shop.runtime
    uow = UnitOfWork(
        runtime.app_pool, clock=runtime.clock, request_id=uuid7(), hub=runtime.hub, after_commit=runtime.after_commit
    )
    await uow.begin(tenant_id=tenant)
    try:
        key = uow.start(REPRICE, ProductsReprice(percent=10))
        await uow.commit()
    finally:
        await uow.rollback()
    return key


async def task_worker(shop: Workshop) -> Child:
    """A worker of tasks that is ready."""
    child = shop.children.start(serve_tasks, shop.settings)
    await child.says("worker ready")
    return child


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
    key = await start(shop, tenant)
    async with shop.relaying():
        for number in range(KILLS):
            done = (2 * number + 1) * BATCH
            async with held(shop.settings, tenant, keys[done + BATCH // 2]):
                worker = await task_worker(shop)

                async def stands(done: int = done) -> bool:
                    return bool((await row(shop, key))["done"] == done)

                await until(stands, f"{done} prices are changed, and the next step waits", 30)
                worker.kill()
            assert (await row(shop, key))["state"] == "running"
        await task_worker(shop)

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
    key = await start(shop, tenant)
    async with shop.relaying():

        async def begun(times: int) -> bool:
            return bool((await row(shop, key))["attempt"] >= times)

        async def is_over() -> bool:
            return (await row(shop, key))["finished_at"] is not None

        attempt = 0
        while not await is_over():
            # Held anew each time: the connection of a killed worker goes on waiting for the row, and holds its own locks.
            async with held(shop.settings, tenant, keys[0]):
                worker, attempt = await task_worker(shop), attempt + 1

                async def again(times: int = attempt) -> bool:
                    return await is_over() or await begun(times)

                await until(again, "it is begun again, or given up", 30)
                worker.kill()
            assert attempt < 10
    ended = await row(shop, key)
    assert ended["state"] == "failed"
    assert "worker was lost" in ended["error"]
