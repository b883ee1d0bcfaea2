"""The pool: first come, first served; whatever happens to a lease, its slot comes back clean or is replaced."""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import suppress
from contextvars import ContextVar
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from app.config import Settings
from app.db.errors import CONNECT_ERRORS
from app.db.pool import Pool, Slot
from app.db.pool_terms import Terms
from app.exceptions import Unavailable
from app.modules.catalog.models import Product
from app.runtime import Runtime
from tests.db.units import Bench, bench, is_clean, lease
from tests.faults.processes import until
from tests.support.shops import Shops

Owner = asyncpg.Connection
READS = 2_000
FOREIGN = (
    "SELECT count(*) FILTER (WHERE tenant_id <> $1), count(*) FROM products WHERE tenant_id = $1 OR $1 IS NOT NULL"
)

RUNS = "SELECT count(*) FROM pg_stat_activity WHERE query = 'SELECT pg_sleep(60)' AND state = 'active'"


@pytest.fixture
async def one(pooled: Settings) -> AsyncIterator[Bench]:
    """A pool of one with room for three who wait."""
    async with bench(pooled, queue=3, wait_seconds=2.0) as made:
        yield made


async def turns(number: int = 3) -> None:
    """Let others run."""
    for _ in range(number):
        await asyncio.sleep(0)


async def noticed(slot: Slot) -> None:
    """Wait until the driver knows that its backend has ended; with a pooler between it never hears of it, and need not."""
    with suppress(AssertionError):
        await until(slot.raw.is_closed, "the driver knows", 1.0)


async def comes_back_clean(pool: Pool) -> bool:
    """Whether the pool of one has its slot again, in no transaction and bound to nothing."""
    slot = await pool.acquire()
    clean = await is_clean(slot)
    pool.release(slot, clean=True)
    return clean


class TestWaiting:
    """acquire"""

    async def test_order(self, one: Bench) -> None:
        """Those who wait are served in the order of asking; nobody overtakes them."""
        slot, served = await one.pool.acquire(), list[int]()

        async def wait(number: int) -> None:
            mine = await one.pool.acquire()
            served.append(number)
            await turns()
            one.pool.release(mine, clean=number % 2 == 0)

        tasks = [asyncio.create_task(wait(number)) for number in range(3)]
        await turns()
        one.pool.release(slot, clean=True)
        await asyncio.gather(*tasks)
        assert served == [0, 1, 2]

    async def test_queue_full(self, one: Bench) -> None:
        """Beyond the queue a lease is refused at once, and those who wait are served all the same."""
        slot = await one.pool.acquire()
        waiting = [asyncio.create_task(lease(one.pool)) for _ in range(3)]
        await turns()
        with pytest.raises(Unavailable, match="Too many"):
            await one.pool.acquire()
        one.pool.release(slot, clean=True)
        assert await asyncio.gather(*waiting) == [1, 1, 1]

    async def test_too_long(self, pooled: Settings) -> None:
        """Who waits too long is told, and leaves no place in the queue taken."""
        async with bench(pooled, queue=1, wait_seconds=0.01) as made:
            slot = await made.pool.acquire()
            for _ in range(3):
                with pytest.raises(Unavailable, match="too busy"):
                    await made.pool.acquire()
            made.pool.release(slot, clean=True)
            assert await lease(made.pool) == 1

    async def test_many(self, pooled: Settings) -> None:
        """Ten times as many leases as slots at once all finish, ordered waste included."""
        async with bench(pooled, size=3) as made:

            async def once(number: int) -> None:
                slot = await made.pool.acquire()
                await slot.raw.execute("BEGIN")
                made.pool.release(slot, clean=False)
                assert await lease(made.pool, f"SELECT {number}") == number

            await asyncio.gather(*(once(number) for number in range(30)))

    async def test_when_needed(self, settings: Settings) -> None:
        """Slots that are not made at start are made when all that stand are taken, up to the size and not beyond; they stay."""
        async with bench(settings, size=3, at_start=1) as made:
            pool = made.pool
            assert [await lease(pool) for _ in range(5)] == [1] * 5
            assert pool.stats().size == 1, "one after another needs one"
            slots = await asyncio.gather(*(pool.acquire() for _ in range(3)))
            waiting = asyncio.create_task(pool.acquire())
            await turns()
            assert (len({slot.raw for slot in slots}), pool.waiting) == (3, 1)
            for slot in slots:
                pool.release(slot, clean=True)
            pool.release(await waiting, clean=True)
            assert (pool.stats().size, pool.idle) == (3, 3)

    async def test_nobodys(self, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
        """A connection that a request was in need of knows nothing of it: it outlives the request, and is others' later."""
        asking: ContextVar[str] = ContextVar("asking", default="nobody")
        made_for: list[str] = []
        connect = Terms.connect

        async def noting(terms: Terms, kind: type[asyncpg.Connection]) -> Any:
            made_for.append(asking.get())
            return await connect(terms, kind)

        async with bench(settings, size=3, at_start=1) as made:
            monkeypatch.setattr(Terms, "connect", noting)
            asking.set("a request")
            slots = [await made.pool.acquire() for _ in range(2)]
            slots[0].raw.terminate()
            for slot in slots:
                made.pool.release(slot, clean=True)
            slots = [await made.pool.acquire() for _ in range(3)]
            for slot in slots:
                made.pool.release(slot, clean=True)
        assert made_for == ["nobody"] * 3

    async def test_closed(self, pooled: Settings) -> None:
        """A closed pool refuses, whoever waited included; what is given back late does no harm."""
        async with bench(pooled) as made:
            slot = await made.pool.acquire()
            waiting = asyncio.create_task(made.pool.acquire())
            await turns()
            await made.pool.close()
            with pytest.raises(Unavailable, match="shutting down"):
                await waiting
            made.pool.release(slot, clean=True)
            with pytest.raises(Unavailable):
                await made.pool.acquire()


class TestCancelled:
    """A request that is cancelled"""

    async def test_waiting(self, one: Bench) -> None:
        """Cancelled while it waits, a request leaves the queue."""
        slot = await one.pool.acquire()
        for _ in range(10):
            task = asyncio.create_task(one.pool.acquire())
            await turns()
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
            assert task.cancelled()
        one.pool.release(slot, clean=True)
        assert await comes_back_clean(one.pool)

    @pytest.mark.parametrize("another", [False, True])
    async def test_handed_over(self, one: Bench, another: bool) -> None:
        """Cancelled in the very moment of being served, a request passes the slot on."""
        slot = await one.pool.acquire()
        task = asyncio.create_task(one.pool.acquire())
        await turns()
        after = asyncio.create_task(lease(one.pool)) if another else None
        await turns()
        one.pool.release(slot, clean=True)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        assert task.cancelled()
        assert after is None or await after == 1
        assert await comes_back_clean(one.pool)

    async def test_running(self, one: Bench, shops: Shops, admin: Owner) -> None:
        """Cancelled while its query runs, a request's slot comes back clean and bound to nothing."""
        shop = await shops.shop()
        uow = one.unit()

        async def run() -> None:
            try:
                await uow.begin(tenant_id=shop.id, user_id=shop.owner.user_id)
                await uow.connection.execute("SELECT pg_sleep(60)")
            finally:
                await uow.rollback()

        task = asyncio.create_task(run())
        while not await admin.fetchval(RUNS):
            await turns()
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        assert task.cancelled()
        assert await comes_back_clean(one.pool)

    async def test_while_cleaning(self, one: Bench, shops: Shops) -> None:
        """Cleaning is nobody's to cancel: rollback hands the slot over and returns at once."""
        uow = one.unit()
        await uow.begin(tenant_id=(await shops.shop()).id)
        task = asyncio.create_task(uow.rollback())
        await turns(1)
        assert task.done()
        assert await comes_back_clean(one.pool)


class TestBroken:
    """A connection that is lost, a session that has failed"""

    @pytest.mark.parametrize("leased", [False, True])
    async def test_killed(self, one: Bench, admin: Owner, leased: bool) -> None:
        """A backend that was killed, idle or at work, is replaced; the next lease works."""
        slot = await one.pool.acquire()
        before = await slot.raw.fetchval("SELECT pg_backend_pid()")
        if not leased:
            one.pool.release(slot, clean=True)
        await admin.execute("SELECT pg_terminate_backend($1, 5000)", before)
        # A pooler in between keeps its clients when an idle backend of its own is lost; to a lease it may give that one still.
        is_pooled = slot.raw.get_server_pid() != before
        if not is_pooled:
            await noticed(slot)
        if leased:
            one.pool.release(slot, clean=True)
        if is_pooled:
            with suppress(*CONNECT_ERRORS):
                await lease(one.pool)
        assert await lease(one.pool, "SELECT pg_backend_pid()") != before

    async def test_killed_in_transaction(self, one: Bench, admin: Owner, shops: Shops) -> None:
        """A commit on a killed backend is an error that means: try again; and the slot is replaced."""
        uow = one.unit()
        await uow.begin(tenant_id=(await shops.shop()).id)
        pid = await uow.connection.fetchval("SELECT pg_backend_pid()")
        await admin.execute("SELECT pg_terminate_backend($1, 5000)", pid)
        with pytest.raises(CONNECT_ERRORS) as caught:
            await uow.commit()
        await uow.rollback()
        assert isinstance(uow.explain(caught.value), Unavailable)
        assert await comes_back_clean(one.pool)

    async def test_failed_flush(self, one: Bench, shops: Shops) -> None:
        """After a flush that failed, the same connection serves the next unit, raw and ORM alike."""
        tenant_id = (await shops.shop()).id
        for sku in ("same", "same", "other"):
            uow = one.unit()
            await uow.begin(tenant_id=tenant_id)
            uow.session.add(Product(sku=sku, name="Tea", price=-1 if sku == "same" else 1, currency="EUR"))
            with suppress(Exception):
                await uow.session.flush()
                await uow.commit()
            await uow.rollback()
        assert await comes_back_clean(one.pool)
        uow = one.unit(read_only=True)
        await uow.begin(tenant_id=tenant_id)
        rows = await uow.connection.fetch("SELECT sku FROM products WHERE tenant_id = $1", tenant_id)
        assert [row[0] for row in rows] == ["other"]
        await uow.rollback()

    async def test_no_server(self, pooled: Settings) -> None:
        """Without a server a pool does not open, and refuses leases."""
        pool = Runtime(pooled).pool("postgresql://nobody@127.0.0.1:1/none", 1, role="app")
        with pytest.raises(OSError, match="refused"):
            await pool.open()
        with pytest.raises(Unavailable):
            await pool.acquire()
        await pool.close()


class TestTwoTenants:
    """Two tenants on one connection"""

    async def test_never_foreign(self, pooled: Settings, shops: Shops, owner: Owner) -> None:
        """Over 2,000 reads with cancellations between binding and query, no tenant sees the other's row."""
        tenants = [(await shops.shop()).id, (await shops.shop()).id]
        for tenant_id in tenants:
            await owner.execute(
                "INSERT INTO products (tenant_id, id, sku, name, price, currency, version)"
                " VALUES ($1, $1, 'x', 'x', 1, 'EUR', 1)",
                tenant_id,
            )
        chance = random.Random(4711)
        seen: list[tuple[int, int]] = []
        async with bench(pooled, queue=READS, wait_seconds=30) as made:
            while len(seen) < READS:
                readers = [
                    asyncio.create_task(read(made, chance.choice(tenants), seen, chance.random() < 0.5))
                    for _ in range(50)
                ]
                for reader in chance.sample(readers, 10):
                    await turns(chance.randrange(12))
                    reader.cancel()
                ends = await asyncio.gather(*readers, return_exceptions=True)
                assert {type(end) for end in ends} <= {type(None), asyncio.CancelledError}
            assert await comes_back_clean(made.pool)
        assert set(seen) == {(0, 1)}


async def read(made: Bench, tenant_id: UUID, seen: list[tuple[int, int]], commits: bool) -> None:
    """Count foreign and own rows with no filter that would hide one; cancelled anywhere."""
    uow = made.unit(read_only=True)
    try:
        await uow.begin(tenant_id=tenant_id)
        await turns(1)
        row = await uow.connection.fetchrow(FOREIGN, tenant_id)
        seen.append((row[0], row[1]))
        if commits:
            await uow.commit()
    finally:
        await uow.rollback()
