"""The fallback: SQLAlchemy's own engine and queue pool behind the interface of `app/db/pool.py` (ADR 0015).

Nothing of slots is in it: the connections are asyncpg's own class, SQLAlchemy's pool holds and replaces them, a semaphore
of the standard library is the queue. The engine is in autocommit, which means to SQLAlchemy that transactions are not its
business: a session sends its statements into the transaction that the unit of work began on the same connection.
"""

import asyncio
import logging
from collections.abc import Coroutine, Hashable
from typing import Any

import asyncpg
import orjson
from sqlalchemy import event
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool

from app.db.pool import CLEAN_SECONDS, Slot, discard, end_lease, tell_of_statements
from app.db.pool_stats import PoolStats
from app.db.pool_terms import Terms
from app.exceptions import Unavailable

logger = logging.getLogger(__name__)


class StockPool:
    """SQLAlchemy's pool with a bounded queue in front; one that waits takes a permit first, so that SQLAlchemy never waits.

    Every lease takes and gives its connection back in a task of its own, which nobody cancels.
    """

    def __init__(self, terms: Terms) -> None:
        """Makes nothing yet: `open` connects."""
        self._terms = terms
        self._engine: AsyncEngine = self._make_engine()
        self._permits = asyncio.Semaphore(terms.size)
        self._held = 0
        self._waiting = 0
        self._leased: set[Slot] = set()
        self._tasks: set[asyncio.Task[Any]] = set()
        self._closed = False
        self._asked = 0
        self._refused = 0

    def stats(self) -> PoolStats:
        """How the pool stands. Only looks: any thread may ask."""
        kept = self._engine.pool
        standing = len(self._leased) + (kept.checkedin() if isinstance(kept, AsyncAdaptedQueuePool) else 0)
        return PoolStats(standing, self.idle, self._waiting, self._asked, self._refused)

    @property
    def idle(self) -> int:
        """How many permits are free."""
        return self._terms.size - self._held

    @property
    def waiting(self) -> int:
        """How many wait for one."""
        return self._waiting

    async def open(self) -> None:
        """Connect as many as the pool holds.

        Raises:
            OSError, asyncpg.PostgresError: where the server cannot be reached or refuses.
        """
        for _ in range(self._terms.size):
            await self._take_permit()
        try:
            made = await asyncio.gather(
                *(self._spawn(self._check_out()) for _ in range(self._terms.size)), return_exceptions=True
            )
        except asyncio.CancelledError:
            await self.close()
            raise
        for item in made:
            if isinstance(item, Slot):
                self.release(item, clean=True)
        for item in made:
            if isinstance(item, BaseException):
                await self.close()
                raise item

    async def close(self) -> None:
        """Refuse new leases and whoever waits, let background work end and close all connections."""
        self._closed = True
        for _ in range(self._waiting):
            self._permits.release()  # whoever waits wakes up and sees that it is over
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=CLEAN_SECONDS)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await asyncio.gather(*(discard(slot) for slot in self._leased))
        self._leased.clear()
        await self._engine.dispose()

    async def acquire(self, line: Hashable = None) -> Slot:  # noqa: ARG002 - first come, first served, whoever it is
        """A connection, in the order of asking.

        Raises:
            Unavailable: the queue is full, the wait was too long, or no connection is to be had.
        """
        self._asked += 1
        try:
            return await self._acquire()
        except Unavailable:
            self._refused += 1
            raise

    async def _acquire(self) -> Slot:
        if self._closed:
            raise Unavailable("The server is shutting down.", retry_after=2)
        await self._take_permit()
        making = self._spawn(self._check_out())
        try:
            return await asyncio.shield(making)
        except asyncio.CancelledError:
            if making.cancelled():  # by `close`, not by the request
                raise Unavailable("The server is shutting down.", retry_after=2) from None
            making.add_done_callback(self._take_back)
            raise
        except Exception as error:
            logger.warning("no database connection", extra={"error": repr(error)})
            raise Unavailable("The database cannot be reached.", retry_after=2) from error

    def release(self, slot: Slot, *, clean: bool) -> None:
        """Give a slot back; the rest is done in the background. Never waits.

        Raises:
            RuntimeError: it is not leased: two would have held one connection.
        """
        if self._closed:
            return  # `close` has ended it
        if slot not in self._leased:
            raise RuntimeError("the slot is not leased")
        self._leased.discard(slot)
        self._spawn(self._give_back(slot, clean=clean and slot.clean))

    async def _take_permit(self) -> None:
        if self._permits.locked() and self._waiting >= self._terms.queue:
            raise Unavailable("Too many requests are waiting for the database.")
        self._waiting += 1
        try:
            async with asyncio.timeout(self._terms.wait_seconds):
                await self._permits.acquire()
        except TimeoutError as error:
            raise Unavailable("The database is too busy.") from error
        finally:
            self._waiting -= 1
        if self._closed:
            raise Unavailable("The server is shutting down.", retry_after=2)
        self._held += 1

    def _return_permit(self) -> None:
        self._held -= 1
        self._permits.release()

    async def _check_out(self) -> Slot:
        slot: Slot | None = None
        try:
            orm = await self._engine.connect()
            raw = (await orm.get_raw_connection()).driver_connection
            if not isinstance(raw, asyncpg.Connection):
                raise TypeError("the engine does not use asyncpg")
            slot = Slot(raw, orm)
            self._leased.add(slot)
        finally:
            if slot is None:
                self._return_permit()
        return slot

    async def _give_back(self, slot: Slot, *, clean: bool) -> None:
        kept = False
        try:
            kept = (clean or await end_lease(slot)) and slot.usable
            if kept:
                await slot.orm.close()  # to SQLAlchemy's pool
        finally:
            if not kept:
                await discard(slot)
            self._return_permit()

    def _take_back(self, making: asyncio.Task[Slot]) -> None:
        """The request was cancelled meanwhile."""
        if not making.cancelled() and making.exception() is None:
            self.release(making.result(), clean=True)

    def _make_engine(self) -> AsyncEngine:
        engine = create_async_engine(
            "postgresql+asyncpg://",
            poolclass=AsyncAdaptedQueuePool,
            pool_size=self._terms.size,
            max_overflow=0,
            pool_reset_on_return=None,  # a lease ends with COMMIT or ROLLBACK before it comes back
            isolation_level="AUTOCOMMIT",
            json_deserializer=orjson.loads,
            json_serializer=lambda value: orjson.dumps(value).decode(),
            connect_args={"async_creator_fn": self._connect, "prepared_statement_cache_size": self._terms.statements},
        )
        tell_of_statements(engine, self._terms.on_query)

        @event.listens_for(engine.sync_engine, "checkout")
        def _refuse_the_dead(connection: Any, *_rest: Any) -> None:
            if connection.driver_connection.is_closed():
                raise DisconnectionError("the server has ended it")  # SQLAlchemy makes another

        return engine

    async def _connect(self, **_options: Any) -> "asyncpg.Connection":
        return await self._terms.connect(asyncpg.Connection)

    def _spawn(self, work: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task
