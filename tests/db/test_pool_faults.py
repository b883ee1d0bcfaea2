"""Pools under faults: connections that stall, die or lie, closing at a bad moment, and thousands of leases at random."""

import asyncio
import random
import time
from collections import Counter
from functools import partial
from uuid import uuid4

import pytest
from sqlalchemy import select

from app import runtime
from app.config import Settings
from app.db import pool as pools
from app.db.pool import Pool, Slot
from app.exceptions import Unavailable
from app.modules.catalog.models import Product
from app.runtime import Runtime
from tests.db.units import Bench, bench, is_clean, lease
from tests.db.wire import NOT_UTF8, Wire, wired
from tests.faults.processes import until
from tests.support.scratch import run_sql, scratch_database

SIZE = 4
ROUNDS = 60


async def comes_back(pool: Pool, size: int = 1) -> bool:
    """Whether within 5 s nobody waits and every connection is idle, in no transaction and bound to nothing."""
    await until(lambda: pool.idle == size and pool.waiting == 0, "every connection is idle", 5.0)
    slots = [await pool.acquire() for _ in range(size)]
    assert len({id(slot.raw) for slot in slots}) == size
    clean = [await is_clean(slot) for slot in slots]
    for slot in slots:
        pool.release(slot, clean=True)
    return all(clean)


class TestStalled:
    """A server that does not answer"""

    async def test_begin(self, held: tuple[Wire, Bench]) -> None:
        """Cancelled while BEGIN is on its way, a unit leaves nothing behind; a connection that does not answer is replaced."""
        wire, made = held
        wire.hold()
        task = asyncio.create_task(made.unit().begin(tenant_id=uuid4()))
        await until(lambda: wire.held, "BEGIN is held up")
        task.cancel()
        await asyncio.wait([task])
        assert task.cancelled()
        wire.flow()
        assert await comes_back(made.pool)

    async def test_silent(self, pooled: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
        """A server that is gone without a word is given a little longer than a statement may run; then it means: try again."""
        monkeypatch.setattr(runtime, "ANSWER_SECONDS", 0.2)
        monkeypatch.setattr(pools, "CLEAN_SECONDS", 0.1)
        async with wired(pooled) as (wire, through):
            limits = through.database.model_copy(update={"statement_timeout_ms": 100})
            async with bench(through.model_copy(update={"database": limits})) as made:
                wire.hold()
                uow = made.unit()
                async with asyncio.timeout(5):
                    with pytest.raises(TimeoutError) as caught:
                        await uow.begin(tenant_id=uuid4())
                assert isinstance(uow.explain(caught.value), Unavailable)
                wire.flow()
                assert await comes_back(made.pool)

    async def test_rollback(self, held: tuple[Wire, Bench]) -> None:
        """A ROLLBACK that is not answered in time ends the connection; whoever waited gets another."""
        wire, made = held
        uow = made.unit()
        await uow.begin(tenant_id=uuid4())
        before = uow.connection.get_server_pid()  # a pooler in between has one of its own, and keeps its backend
        wire.hold()
        await uow.rollback()
        waiting = asyncio.create_task(made.pool.acquire())
        await until(lambda: wire.held > 1, "ROLLBACK is held up, and a new connection is tried")
        wire.flow()
        slot = await waiting
        assert slot.raw.get_server_pid() != before
        made.pool.release(slot, clean=True)
        assert await comes_back(made.pool)

    @pytest.mark.parametrize("clean", [False, True])
    async def test_cut(self, held: tuple[Wire, Bench], clean: bool) -> None:
        """A connection that is cut under its lease is replaced, for those who already wait too."""
        wire, made = held
        slot = await made.pool.acquire()
        waiting = asyncio.create_task(lease(made.pool))
        await until(lambda: made.pool.waiting == 1, "one waits")
        wire.cut()
        await until(slot.raw.is_closed, "the connection is lost")
        made.pool.release(slot, clean=clean)
        assert await waiting == 1
        assert await comes_back(made.pool)

    async def test_not_utf8(self, held: tuple[Wire, Bench]) -> None:
        """A server that refuses in another encoding, which the driver cannot read, costs no connection for ever."""
        wire, made = held
        slot = await made.pool.acquire()
        wire.answer = NOT_UTF8
        wire.cut()
        await until(slot.raw.is_closed, "the connection is lost")
        made.pool.release(slot, clean=False)
        waiting = [asyncio.create_task(lease(made.pool)) for _ in range(3)]
        await until(lambda: wire.answered, "the server was asked")
        wire.answer = None
        await asyncio.wait(waiting)
        assert all(isinstance(task.exception(), Unavailable | None) for task in waiting)
        assert await comes_back(made.pool)


class TestChanged:
    """A schema that changes under a prepared statement"""

    @pytest.mark.parametrize("orm", [False, True])
    async def test_try_again(self, pooled: Settings, orm: bool) -> None:
        """A statement that was prepared before a migration fails with "try again", and then works."""
        async with scratch_database(pooled) as scratch, bench(scratch) as made:
            tenant_id = uuid4()

            async def read() -> None:
                uow = made.unit(read_only=True)
                await uow.begin(tenant_id=tenant_id)
                try:
                    if orm:
                        await uow.session.scalars(select(Product))
                    else:
                        await uow.connection.fetch("SELECT name FROM products WHERE tenant_id = $1", tenant_id)
                    await uow.commit()
                except Exception as error:
                    raise uow.explain(error) or error from error
                finally:
                    await uow.rollback()

            await read()
            await run_sql(scratch.database.owner_url, "ALTER TABLE products ALTER name TYPE text")
            if scratch.database.statement_cache:  # behind PgBouncer nothing stays prepared
                with pytest.raises(Unavailable):
                    await read()
            await read()
            assert await comes_back(made.pool)


class TestClosing:
    """close, and open that is given up"""

    async def test_refuses_meanwhile(self, pooled: Settings) -> None:
        """While a pool closes nobody gets a connection that is about to be ended."""
        async with bench(pooled, size=2) as made:
            closing = asyncio.create_task(made.pool.close())
            await asyncio.sleep(0)
            assert not closing.done()
            with pytest.raises(Unavailable):
                await made.pool.acquire()
            await closing

    @pytest.mark.parametrize("standing", [0, 1, SIZE - 1])
    async def test_open_cancelled(self, pooled: Settings, standing: int) -> None:
        """A start that is given up half-way leaves no connection to the collector."""
        async with wired(pooled) as (wire, through):
            wire.spared = standing
            wire.hold()
            pool = Runtime(through).pool(through.database.url, SIZE, role="app")
            task = asyncio.create_task(pool.open())
            await until(lambda: (pool.stats().size, wire.held) == (standing, SIZE - standing), "some stand")
            task.cancel()
            await asyncio.wait([task])
            assert task.cancelled()
            wire.flow()
            await until(lambda: wire.open == 0, "no connection is left", 5.0)

    async def test_while_reconnecting(self, pooled: Settings) -> None:
        """A pool that is closed while it replaces connections leaves none behind."""
        async with wired(pooled) as (wire, through):
            for moment in range(12):
                pool = Runtime(through).pool(through.database.url, SIZE, role="app")
                await pool.open()
                assert wire.open >= SIZE
                for slot in [await pool.acquire() for _ in range(SIZE)]:
                    slot.raw.terminate()
                    pool.release(slot, clean=False)
                waiting = [asyncio.create_task(pool.acquire()) for _ in range(SIZE)]
                await asyncio.sleep(moment / 1000)  # a moment of making connections; any is allowed
                await pool.close()
                ends = await asyncio.gather(*waiting, return_exceptions=True)
                assert {type(end) for end in ends} <= {Slot, Unavailable}
                await until(lambda: wire.open == 0, "no connection is left", 5.0)


class TestMisused:
    """What a caller does wrong"""

    async def test_twice(self, pooled: Settings) -> None:
        """A slot that is given back twice is an error, not a connection with two holders."""
        async with bench(pooled) as made:
            slot = await made.pool.acquire()
            made.pool.release(slot, clean=True)
            with pytest.raises(RuntimeError, match="not leased"):
                made.pool.release(slot, clean=True)
            assert await comes_back(made.pool)

    async def test_called_clean(self, pooled: Settings) -> None:
        """A lease that calls itself clean within a transaction is cleaned all the same: its binding is not the next one's."""
        async with bench(pooled) as made:
            slot = await made.pool.acquire()
            await slot.raw.execute(f"BEGIN; SET LOCAL app.tenant_id = '{uuid4()}'")
            assert not await is_clean(slot)
            made.pool.release(slot, clean=True)
            assert await comes_back(made.pool)


class TestAtRandom:
    """Thousands of leases, cancelled, timed out, killed and badly ended at moments drawn by lot"""

    @pytest.mark.parametrize("seed", [1, 2, 3])
    async def test_nothing_lost(self, pooled: Settings, seed: int) -> None:
        """No connection ever has two holders, nobody who waits is forgotten, and every slot comes back clean."""
        chance, ends, holders = random.Random(seed), Counter[str](), set[int]()
        async with bench(pooled, size=SIZE, queue=30, wait_seconds=0.02) as made:
            for _ in range(ROUNDS):
                tasks = [asyncio.create_task(one_lease(made.pool, chance, holders, ends)) for _ in range(40)]
                for task in chance.sample(tasks, 12):
                    for _turn in range(chance.randrange(4)):
                        await asyncio.sleep(0)
                    task.cancel()
                done, late = await asyncio.wait(tasks, timeout=10)
                assert not late, "somebody was forgotten"
                ends["cancelled"] += sum(task.cancelled() for task in done)
                for task in done:
                    assert task.cancelled() or task.exception() is None
            assert holders == set()
            assert await comes_back(made.pool, SIZE)
        fired = {"clean", "dirty", "killed", "cancelled", "Too many requests are waiting for the database."}
        assert fired <= ends.keys(), ends

    async def test_same_tick(self, pooled: Settings) -> None:
        """Given back in the very tick in which the wait is over, a slot goes to the one who waits or stays in the pool."""
        ends = Counter[str]()
        async with bench(pooled, wait_seconds=0.02) as made:
            for number in range(30):
                await until(lambda: made.pool.idle == 1, "the slot is free")
                slot = await made.pool.acquire()
                task = asyncio.create_task(lease(made.pool))
                await asyncio.sleep(0)
                assert made.pool.waiting == 1
                time.sleep(0.021)  # noqa: ASYNC251 - the loop stands still, so that both are due in its next turn
                if number % 2:
                    made.pool.release(slot, clean=True)
                else:
                    asyncio.get_running_loop().call_soon(partial(made.pool.release, slot, clean=True))
                await asyncio.wait([task])
                ends[type(task.exception()).__name__] += 1
                assert await comes_back(made.pool)
        assert ends.keys() <= {"NoneType", "Unavailable"}


async def one_lease(pool: Pool, chance: random.Random, holders: set[int], ends: Counter[str]) -> None:
    """Take a connection, do something, end it one way or the other."""
    try:
        slot: Slot = await pool.acquire()
    except Unavailable as error:
        ends[str(error)] += 1
        return
    connection, end = id(slot.raw), chance.choices(["clean", "dirty", "killed"], [80, 17, 3])[0]
    assert connection not in holders, "two hold one connection"
    holders.add(connection)
    try:
        assert slot.clean, "the last lease was not ended"
        if end == "dirty":
            await slot.raw.execute("BEGIN")
        elif end == "killed":
            slot.raw.terminate()
        for _ in range(chance.randrange(3)):
            await asyncio.sleep(0)
    except asyncio.CancelledError:
        end = "dirty"
        raise
    finally:
        ends[end] += 1
        holders.discard(connection)
        pool.release(slot, clean=end == "clean")
