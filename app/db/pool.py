"""What the unit of work needs of a pool, and slots: a fair pool of connections for raw statements and the ORM.

A slot holds one asyncpg connection and one SQLAlchemy `AsyncConnection` kept over it for life. The asyncpg class's
`transaction()` is a no-op, so that an ORM session *joins* the transaction that the unit of work began (ADR 0006).
`app/db/pool_stock.py` is the other kind; `database.pool` chooses (ADR 0015).
"""

import asyncio
import itertools
import logging
from collections import deque
from collections.abc import Callable, Coroutine, Hashable
from contextvars import Context
from dataclasses import dataclass
from typing import Any, Protocol

import asyncpg
import orjson
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, AsyncSession, create_async_engine
from sqlalchemy.pool import NullPool

from app.db.pool_lines import Lines
from app.db.pool_stats import PoolStats
from app.db.pool_terms import Terms, takes_writes
from app.exceptions import Unavailable

logger = logging.getLogger(__name__)

CLEAN_SECONDS = 2.0
RECONNECT_SECONDS = (0.1, 0.2, 0.5, 1.0)


@dataclass(frozen=True, slots=True)
class Sent:
    """What `on_query` is told of a statement of the ORM; of the others asyncpg's own record, which has more."""

    query: str


class _Joined:
    """Stands where SQLAlchemy wants to begin a transaction: the unit of work's is already there."""

    async def start(self) -> None:
        """Nothing: BEGIN was sent with the binding."""

    async def commit(self) -> None:
        """Nothing: the unit of work commits."""

    async def rollback(self) -> None:
        """Nothing: the unit of work rolls back."""


class SlotConnection(asyncpg.Connection):
    """An asyncpg connection whose transactions are begun by the unit of work alone."""

    def transaction(self, **_options: Any) -> Any:
        """A transaction object that does nothing."""
        return _Joined()

    async def execute(self, query: str, *args: Any, timeout: float | None = None) -> str:  # noqa: ASYNC109 - asyncpg's own
        """As asyncpg's. A server that shuts down has sent its farewell to an idle connection already, which asyncpg takes
        for a fault of its own until the socket closes too: the first statement of a transaction meets it.
        """
        try:
            return str(await super().execute(query, *args, timeout=timeout))
        except asyncpg.InternalClientError as error:
            raise asyncpg.ConnectionDoesNotExistError("the server has ended the connection") from error


class Slot:
    """One entry of the pool."""

    __slots__ = ("leased", "orm", "raw", "session")

    def __init__(self, raw: "asyncpg.Connection", orm: AsyncConnection) -> None:
        """`raw` and `orm` are the same connection, seen by asyncpg and by SQLAlchemy."""
        self.raw = raw
        self.orm = orm
        self.session: AsyncSession | None = None
        self.leased = False
        """Whether somebody holds it, as slots keep it."""

    @property
    def usable(self) -> bool:
        """Whether the connection still stands, as far as the driver knows."""
        return not self.raw.is_closed() and not self.orm.closed and not self.orm.invalidated

    @property
    def clean(self) -> bool:
        """Whether nothing of a lease is left: no session, and no transaction as far as the driver knows."""
        return self.session is None and self.usable and not self.raw.is_in_transaction()


class Pool(Protocol):
    """What units of work take their connections from. Both kinds keep every promise of it, and one suite runs over both."""

    @property
    def idle(self) -> int:
        """How many connections may be had without waiting."""

    @property
    def waiting(self) -> int:
        """How many wait for one."""

    def stats(self) -> PoolStats:
        """How the pool stands. Only looks: any thread may ask."""

    async def open(self) -> None:
        """Connect.

        Raises:
            OSError, asyncpg.PostgresError: where the server cannot be reached or refuses.
        """

    async def close(self) -> None:
        """Refuse new leases and whoever waits, end background work and close all connections."""

    async def acquire(self, line: Hashable = None) -> Slot:
        """A connection in no transaction, with no session, bound to nothing.

        `line` says for whom, so that nobody waits behind all that another asks for; slots alone look at it.

        Raises:
            Unavailable: the queue is full, the wait was too long, or no connection stands.
        """

    def release(self, slot: Slot, *, clean: bool) -> None:
        """Give a slot back; one whose transaction may still be open is cleaned in the background first. Never waits.

        Raises:
            RuntimeError: it is not leased: two would have held one connection.
        """


class SlotPool:
    """A bounded pool: a released slot goes straight to whoever's turn it is among those who wait; beyond the queue, 503."""

    def __init__(self, terms: Terms) -> None:
        """Makes nothing yet: `open` connects."""
        self._terms = terms
        self._engine: AsyncEngine = self._make_engine()
        self._idle: deque[Slot] = deque()
        self._lines: Lines[Slot] = Lines(terms.queue, terms.wait_seconds, self._hand_over)
        self._slots: set[Slot] = set()
        self._lost: set[Slot] = set()
        self._unmade = 0
        """Slots that nobody has needed yet."""
        self._tasks: set[asyncio.Task[None]] = set()
        self._closed = False
        self._reachable = False
        self._asked = 0
        self._refused = 0

    def stats(self) -> PoolStats:
        """How the pool stands. Only looks: any thread may ask."""
        return PoolStats(len(self._slots), len(self._idle), len(self._lines), self._asked, self._refused)

    @property
    def idle(self) -> int:
        """How many slots are free."""
        return len(self._idle)

    @property
    def waiting(self) -> int:
        """How many wait for one."""
        return self._lines.waiting

    async def open(self) -> None:
        """Connect the slots that are to be ready; the others are connected when all are taken.

        Raises:
            OSError, asyncpg.PostgresError: where the server cannot be reached or refuses.
        """
        self._unmade = self._terms.size - self._terms.ready
        try:
            made = await asyncio.gather(
                *(self._spawn(self._add()) for _ in range(self._terms.ready)), return_exceptions=True
            )
        except asyncio.CancelledError:
            await self.close()
            raise
        for item in made:
            if isinstance(item, BaseException):
                await self.close()
                raise item

    async def close(self) -> None:
        """Refuse new leases and whoever waits, end background work and close all connections."""
        self._closed = True
        self._lines.fail("The server is shutting down.")
        while self._tasks:
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)
        await asyncio.gather(*(discard(slot) for slot in self._slots | self._lost))
        self._slots.clear()
        self._lost.clear()
        self._idle.clear()
        await self._engine.dispose()

    async def acquire(self, line: Hashable = None) -> Slot:
        """The next free slot: of one line in the order of asking, of several in turn.

        Raises:
            Unavailable: the queue is full, the wait was too long, or no connection stands.
        """
        self._asked += 1
        if self._closed:
            self._refused += 1
            raise Unavailable("The server is shutting down.", retry_after=2)
        while self._idle:
            slot = self._idle.popleft()
            if slot.usable:
                slot.leased = True
                return slot
            self._replace(slot)
        if not self._reachable:
            self._refused += 1
            raise Unavailable("The database cannot be reached.", retry_after=2)
        if self._unmade:
            self._unmade -= 1
            self._spawn(self._connected())  # whoever waits takes it, or what is given back sooner
        try:
            return await self._lines.wait(line)
        except Unavailable:
            self._refused += 1
            raise

    def release(self, slot: Slot, *, clean: bool) -> None:
        """Give a slot back; one whose transaction may still be open is cleaned in the background first. Never waits.

        Raises:
            RuntimeError: it is not leased: two would have held one connection.
        """
        if self._closed:
            return  # `close` has ended it
        if not slot.leased:
            raise RuntimeError("the slot is not leased")
        slot.leased = False
        if clean and slot.clean:
            self._hand_over(slot)
        else:
            self._spawn(self._clean(slot))

    def _hand_over(self, slot: Slot) -> None:
        slot.leased = False
        if not slot.usable:
            self._replace(slot)
            return
        slot.leased = True
        if not self._lines.give(slot):
            slot.leased = False
            self._idle.append(slot)

    async def _clean(self, slot: Slot) -> None:
        is_clean = False
        try:
            is_clean = await end_lease(slot)
        finally:  # whatever was raised, no slot is lost
            if is_clean:
                self._hand_over(slot)
            else:
                self._replace(slot)

    def _replace(self, slot: Slot) -> None:
        if self._closed:
            return  # `close` ends what is left
        self._slots.discard(slot)
        self._lost.add(slot)
        slot.raw.terminate()
        self._spawn(self._reconnect(slot))

    async def _reconnect(self, lost: Slot) -> None:
        await discard(lost)
        self._lost.discard(lost)
        await self._connected()

    async def _connected(self) -> None:
        """One slot more, as soon as the server gives one; when no slot is left, those who wait are told at once."""
        for attempt in itertools.count():
            try:
                await self._add()
            except Exception as error:  # noqa: BLE001 - whatever the driver fails with: to give up is to lose a slot for ever
                if not self._slots:
                    self._reachable = False
                    self._lines.fail("The database cannot be reached.")
                if attempt == 0:
                    logger.warning("no database connection", extra={"error": repr(error)})
                await asyncio.sleep(RECONNECT_SECONDS[min(attempt, len(RECONNECT_SECONDS) - 1)])
            else:
                return

    async def _add(self) -> None:
        slot = await self._connect()
        self._slots.add(slot)
        self._reachable = True
        self._hand_over(slot)

    def _make_engine(self) -> AsyncEngine:
        engine = create_async_engine(
            "postgresql+asyncpg://",
            poolclass=NullPool,
            json_deserializer=orjson.loads,
            json_serializer=lambda value: orjson.dumps(value).decode(),
            connect_args={
                "async_creator_fn": self._connect_raw,
                "prepared_statement_cache_size": self._terms.statements,
            },
        )
        tell_of_statements(engine, self._terms.on_query)
        return engine

    async def _connect_raw(self, **_options: Any) -> asyncpg.Connection:
        return await self._terms.connect(SlotConnection)

    async def _connect(self) -> Slot:
        orm = await self._engine.connect()
        try:
            raw = (await orm.get_raw_connection()).driver_connection
            await orm.rollback()
        except BaseException:
            await orm.invalidate()
            await orm.close()
            raise
        if not isinstance(raw, SlotConnection):
            raise TypeError("the engine does not use SlotConnection")
        return Slot(raw, orm)

    def _spawn(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """In nobody's context: a connection keeps that in which it was made, and outlives the request that needed it."""
        task = asyncio.get_running_loop().create_task(work, context=Context())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task


def tell_of_statements(engine: AsyncEngine, on_query: Callable[[Any], None] | None) -> None:
    """Tell of the ORM's statements: the driver's own logger does not see what is prepared first, which is all of them."""
    if on_query is None:
        return

    @event.listens_for(engine.sync_engine, "before_cursor_execute")
    def _tell(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        on_query(Sent(statement))


async def end_lease(slot: Slot) -> bool:
    """End whatever a lease left open; False where the connection must be replaced.

    It did not answer in time, or leads to a server that takes no writes: another is the primary by now.
    """
    session, slot.session = slot.session, None
    try:
        async with asyncio.timeout(CLEAN_SECONDS):
            if session is not None:
                await session.close()
            if slot.usable:
                await slot.orm.rollback()
                await slot.raw.execute("ROLLBACK")
    except Exception as error:  # noqa: BLE001 - whatever it is, the connection cannot be trusted any more
        logger.warning("connection replaced", extra={"error": repr(error)})
        return False
    if slot.usable and not takes_writes(slot.raw):
        logger.warning("connection replaced", extra={"error": "the server takes no writes any more"})
        return False
    return True


async def discard(slot: Slot) -> None:
    """Let SQLAlchemy forget the connection, and end it."""
    slot.raw.terminate()
    try:
        await slot.orm.invalidate()
        await slot.orm.close()
    except Exception as error:  # noqa: BLE001 - it is ended already; nobody can do more
        logger.info("connection ended badly", extra={"error": repr(error)})
