"""Two tenants, and nobody, take turns on one connection, and are cancelled at any moment: no row of another is ever read.

The queries ask for the rows of both tenants, so that nothing but the binding parts them.
"""

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from uuid import UUID

import asyncpg
import httpx
import pytest
from sqlalchemy import ARRAY, Uuid, any_, literal, select

from app.config import Settings
from app.db.pool import Pool
from app.db.uow import UnitOfWork
from app.main import build_app
from app.modules.catalog.models import Product
from app.runtime import POOLS
from tests.db.test_pool_faults import comes_back
from tests.db.units import Bench, bench
from tests.isolation.amounts import DONE, READS
from tests.support.shops import API, Shop, Shops, product
from tests.support.statements import look_at

BOTH = "SELECT tenant_id FROM products WHERE tenant_id = $1 OR tenant_id = $2"
AT_ONCE, CANCELLED = 20, 7
TURNS = 12
"""A request takes more turns of the loop than that: cancellations fall anywhere in it."""
MOMENTS = BINDING, BETWEEN, QUERY, END = "binding", "between binding and query", "query", "end"
STOPPED = 0.3
"""The share of reads that are cancelled."""
REQUESTS = 120


def stopping(is_due: bool) -> None:
    """Cancel the running task at whatever it awaits next."""
    task = asyncio.current_task()
    if is_due and task is not None:
        asyncio.get_running_loop().call_soon(task.cancel)


@dataclass
class Readers:
    """Reads as whoever the lot says, and notes where a cancellation found them."""

    made: Bench
    tenants: Sequence[UUID]
    chance: random.Random
    stopped: Counter[str] = field(default_factory=Counter)
    seen: Counter[UUID | None] = field(default_factory=Counter)

    async def read(self) -> None:
        """One unit of work: bound, looked through, ended well or badly, or stopped at a moment that was drawn beforehand."""
        whose = self.chance.choice([*self.tenants, None])
        stop = self.chance.choice(MOMENTS) if self.chance.random() < STOPPED else ""
        uow, moment = self.made.unit(read_only=True), BINDING
        try:
            stopping(stop == moment)
            await uow.begin(tenant_id=whose)
            moment = BETWEEN
            stopping(stop == moment)
            await asyncio.sleep(0)
            moment = QUERY
            stopping(stop == moment)
            found = await (self.by_hand(uow) if whose is None or self.chance.random() < 0.8 else self.by_orm(uow))
            assert found <= {whose}, "a row of another tenant"
            assert bool(found) is (whose is not None), "no own row"
            self.seen[whose] += 1
            moment = END
            stopping(stop == moment)
            if self.chance.random() < 0.9:
                await uow.commit()
        except asyncio.CancelledError:
            self.stopped[moment] += 1
            raise
        finally:
            await uow.rollback()

    async def by_hand(self, uow: UnitOfWork) -> set[UUID | None]:
        """Whose rows are there."""
        return {row[0] for row in await uow.connection.fetch(BOTH, *self.tenants)}

    async def by_orm(self, uow: UnitOfWork) -> set[UUID | None]:
        """The same through the ORM, which names the tenant besides."""
        both = literal(list(self.tenants), ARRAY(Uuid))
        return set(await uow.session.scalars(select(Product.tenant_id).where(Product.tenant_id == any_(both))))


@pytest.fixture
async def stocked(shops: Shops, owner: "asyncpg.Connection") -> tuple[Shop, Shop]:
    """Two tenants with a few products each."""
    both = await shops.shop(), await shops.shop()
    for shop in both:
        for _ in range(3):
            await shop.member.post("/products", json=product())
    return both


def of_kind(settings: Settings, kind: str, **database: object) -> Settings:
    """Settings with this kind of pool."""
    changes = {"pool": kind, **database}
    return settings.model_copy(update={"database": settings.database.model_copy(update=changes)})


@pytest.mark.parametrize("kind", POOLS)
async def test_reads(settings: Settings, stocked: tuple[Shop, Shop], kind: str) -> None:
    """Thousands of reads on a pool of one, many of them cancelled, at every moment: no foreign row, and never less than the own."""
    chance = random.Random(READS)
    async with bench(of_kind(settings, kind), queue=AT_ONCE, wait_seconds=30.0) as made:
        readers = Readers(made, [shop.id for shop in stocked], chance)
        while readers.seen.total() < READS // len(POOLS):
            tasks = [asyncio.create_task(readers.read()) for _ in range(AT_ONCE)]
            await asyncio.wait(tasks)
            for task in tasks:
                if not task.cancelled():
                    await task  # raises what it found
            made.sent.clear()
        assert await comes_back(made.pool)
    assert readers.stopped.keys() == set(MOMENTS), readers.stopped
    assert readers.seen.keys() == {*readers.tenants, None}
    DONE[f"reads on one connection ({kind})"] += readers.seen.total()
    DONE[f"cancelled between binding and query ({kind})"] += readers.stopped[BETWEEN]


@asynccontextmanager
async def narrow(settings: Settings, kind: str) -> AsyncIterator[tuple[httpx.AsyncClient, Pool]]:
    """The whole app on a pool of one."""
    app = build_app(of_kind(settings, kind, pool_size=1, pool_queue=AT_ONCE), on_query=look_at)
    transport = httpx.ASGITransport(app, raise_app_exceptions=False, client=("127.0.0.1", 40000))
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://testserver") as client,
    ):
        yield client, app.state.runtime.app_pool


@pytest.mark.parametrize("kind", POOLS)
async def test_requests(settings: Settings, stocked: tuple[Shop, Shop], kind: str) -> None:
    """The same through the whole app: each answer holds the asker's products and nothing else."""
    chance, answered = random.Random(REQUESTS), 0
    own = {shop.id: {item["id"] for item in (await shop.viewer.get("/products")).json()["data"]} for shop in stocked}
    async with narrow(settings, kind) as (client, pool):

        async def ask(shop: Shop) -> None:
            nonlocal answered
            answer = await client.get(f"{API}/products", headers=shop.viewer.headers)
            assert answer.status_code in {200, 503}
            if answer.status_code == 200:
                assert {item["id"] for item in answer.json()["data"]} == own[shop.id]
                answered += 1

        for _ in range(REQUESTS // AT_ONCE):
            tasks = [asyncio.create_task(ask(chance.choice(stocked))) for _ in range(AT_ONCE)]
            for task in chance.sample(tasks, CANCELLED):
                for _turn in range(chance.randrange(TURNS)):
                    await asyncio.sleep(0)
                task.cancel()
            await asyncio.wait(tasks)
            for task in tasks:
                if not task.cancelled():
                    await task
        assert await comes_back(pool)
    assert answered > REQUESTS // 3
    DONE[f"requests on one connection ({kind})"] += answered
