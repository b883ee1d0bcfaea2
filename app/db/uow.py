"""The unit of work: the one database transaction of a request, a delivery or a task step, bound to a tenant."""

import logging
from collections.abc import AsyncIterator, Hashable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any, Self
from uuid import UUID

import asyncpg
from sqlalchemy.ext.asyncio import AsyncSession

from app.db import outbox, tasks
from app.db.binding import binding
from app.db.commits import commit
from app.db.errors import driver_error, explain
from app.db.pool import Pool, Slot
from app.db.session import TENANT, open_session
from app.db.tasks import NewTask
from app.exceptions import AppError
from app.extensions.clock import Clock
from app.extensions.context import acting
from app.extensions.events import Cause, Event, Recorded, next_generation, recorded
from app.extensions.interfaces import AfterCommit, AuditEntry, InlineHandlers
from app.extensions.outside import note_transaction
from app.extensions.tasks import TaskQueued
from app.utils.ids import uuid7
from app.utils.schemas import BaseSchema

logger = logging.getLogger(__name__)

MAX_INLINE_DEPTH = 8


class UnitOfWork:
    """Lazy: nothing is sent before `begin`. Nobody but its owner commits.

    Handlers, audit entries and deliveries that were recorded leave with the commit or not at all, bells are rung behind it.
    """

    def __init__(
        self,
        pool: Pool,
        *,
        clock: Clock,
        request_id: UUID,
        hub: InlineHandlers,
        after_commit: AfterCommit | None = None,
        read_only: bool = False,
    ) -> None:
        """`read_only` makes PostgreSQL itself refuse writes (GET and HEAD)."""
        self._pool = pool
        self._hub = hub
        self._after_commit = after_commit
        self._slot: Slot | None = None
        self.events: list[Recorded] = []
        self.entries: list[AuditEntry] = []
        self.tasks: list[NewTask] = []
        """What was recorded, noted and started in it, kept for the commit; empty afterwards."""
        self.redelivered: list[int] = []
        """Deliveries that the transaction makes due again: told of after the commit, as new ones are."""
        self.bells: set[UUID] = set()
        """What is rung after the commit (`app/extensions/bells.py`). One ring too many costs who watches a look."""
        self.clock = clock
        self.request_id = request_id
        self.read_only = read_only
        self.actor = acting()
        self.tenant_id: UUID | None = None
        self.user_id: UUID | None = None

    async def begin(self, *, tenant_id: UUID | None = None, user_id: UUID | None = None, line: Hashable = None) -> None:
        """Take a connection and send BEGIN with the binding, as one message.

        Where connections are short it waits in the line of the person, or else of the tenant; `line` says another, where
        these are only claimed.

        Raises:
            Unavailable: no connection is to be had.
            TypeError: an id that is not a UUID object; text never reaches the binding.
        """
        if self._slot is not None:
            raise RuntimeError("the unit of work has begun already")
        statement = "BEGIN READ ONLY" if self.read_only else "BEGIN"
        words = binding(tenant_id, user_id)
        note_transaction(self)
        self._slot = await self._pool.acquire((user_id or tenant_id) if line is None else line)
        self.tenant_id, self.user_id = tenant_id, user_id
        try:
            await self._slot.raw.execute(f"{statement}; {words}")
        except BaseException:
            await self.rollback()  # what never began must not need an end
            raise

    async def bind_tenant(self, tenant_id: UUID) -> None:
        """Bind the running transaction to the tenant: chosen by its slug, or just being created."""
        if self.tenant_id not in {None, tenant_id}:
            raise RuntimeError("a unit of work serves one tenant")
        await self.connection.execute(binding(tenant_id, self.user_id))
        self.tenant_id = tenant_id
        if self._slot is not None and self._slot.session is not None:
            self._slot.session.info[TENANT] = tenant_id

    @property
    def connection(self) -> Any:
        """The bound asyncpg connection: for query objects and hand-written statements."""
        if self._slot is None:
            raise RuntimeError("the unit of work has not begun")
        return self._slot.raw

    @property
    def session(self) -> AsyncSession:
        """The ORM session that joins the transaction; made on demand, its statements carry the tenant."""
        if self._slot is None:
            raise RuntimeError("the unit of work has not begun")
        if self._slot.session is None:
            self._slot.session = open_session(self._slot.orm, self.tenant_id)
        return self._slot.session

    @property
    def is_open(self) -> bool:
        """Whether a transaction is running: adapters of outside systems refuse to be called inside one."""
        return self._slot is not None

    def record(self, event: Event, *, cause: Cause | None = None) -> UUID:
        """Keep an event for the commit; returns its id. `cause` says whose act it is, where it is another's.

        Raises:
            LookupError: for an event type that no manifest declares.
            EndlessChainError: handlers record events for one another without an end.
            RuntimeError: no transaction is open, or it is bound to no tenant.
        """
        if self._slot is None:
            raise RuntimeError("the unit of work has not begun")
        if self.tenant_id is None:
            raise RuntimeError("an event needs a tenant: bind one first")
        self._hub.lanes(event)
        whose = cause or Cause(self.actor, self.request_id, next_generation(event.name))
        item = recorded(
            event,
            tenant_id=self.tenant_id,
            actor=whose.actor,
            request_id=whose.request_id,
            at=self.clock.now(),
            generation=whose.generation,
        )
        self.events.append(item)
        return item.id

    def start(self, kind: str, payload: BaseSchema, *, after: Sequence[UUID] = (), most: int | None = None) -> UUID:
        """Keep a task for the commit; returns its id. With `after` it waits until all of those tasks have succeeded.

        `most` is how many unfinished tasks the tenant may have with it, by its plan. The commit refuses what is too many, and
        what waits for a task that the tenant does not have (TooManyTasks, TaskUnknown).

        Raises:
            LookupError: for a kind that no manifest declares.
            EndlessChainError: tasks start one another without an end.
            TypeError: `payload` is not what the kind takes.
            RuntimeError: no transaction is open, or it is bound to no tenant.
        """
        task = self._hub.task(kind)
        if type(payload) is not task.payload:
            raise TypeError(f"the task {kind} takes {task.payload.__name__}, not {type(payload).__name__}")
        key, at = uuid7(), self.clock.now()
        cause = Cause(self.actor, self.request_id, next_generation(kind))
        if not after:
            self.record(TaskQueued(key, kind), cause=cause)
        values = payload.model_dump(mode="json")
        started = NewTask(key, kind, values, after, cause.actor, cause.request_id, at, cause.generation)
        self.tasks.append(replace(started, at_once=task.at_once, most=most, keep_days=task.keep_days))
        return key

    def track(self, entry: AuditEntry) -> None:
        """Keep an audit entry for the commit."""
        self.entries.append(entry)

    @asynccontextmanager
    async def savepoint(self) -> AsyncIterator[Self]:
        """A part that may fail alone; rows, aggregates and whatever was recorded inside it go back with it."""
        events, entries, started, bells = len(self.events), len(self.entries), len(self.tasks), {*self.bells}
        try:
            async with self.session.begin_nested():
                await self.session.connection()  # SAVEPOINT is sent here, before raw statements too
                yield self
        except BaseException:
            del self.events[events:], self.entries[entries:], self.tasks[started:]
            self.bells &= bells
            raise

    async def commit(self) -> None:
        """Run inline handlers, write the outbox, COMMIT, then tell of the deliveries (best effort: the relay sweeps).

        Raises:
            OutcomeLost: the connection broke while COMMIT was under way: it may have happened.
            AppError, asyncpg.PostgresError: nothing has happened.
            RuntimeError: something was recorded without a transaction.
        """
        if self._slot is None:
            if self.events or self.entries or self.tasks:
                raise RuntimeError("something was recorded, and the unit of work has not begun")
            return
        await self._run_inline_handlers()
        if self._slot.session is not None:
            await self._slot.session.flush()
            await self._slot.session.close()
            self._slot.session = None
        deliveries = await self._write_outbox()
        await commit(self._slot.raw, writes=not self.read_only)
        slot, self._slot = self._slot, None
        self._pool.release(slot, clean=True)
        due, bells = [*deliveries, *self.redelivered], [*self.bells]
        self._forget()
        for bell in bells:
            self._hub.ring(bell)
        await self._tell(due)

    async def rollback(self) -> None:
        """Undo everything. Hands the connection to a background task, so that a cancelled request cannot interrupt it."""
        self._forget()
        if self._slot is not None:
            slot, self._slot = self._slot, None
            self._pool.release(slot, clean=False)

    def explain(self, error: BaseException) -> AppError | None:
        """The answer to an error of the database or the driver, or None if it is none of these."""
        if self.read_only and isinstance(driver_error(error), asyncpg.ReadOnlySQLTransactionError):
            return None  # not the server: whoever answers a GET wants to write
        return explain(error)

    def _forget(self) -> None:
        self.events.clear()
        self.entries.clear()
        self.tasks.clear()
        self.redelivered.clear()
        self.bells.clear()

    async def _tell(self, deliveries: Sequence[int]) -> None:
        if not deliveries or self._after_commit is None or self.tenant_id is None:
            return
        try:
            await self._after_commit(self.tenant_id, deliveries)
        except Exception:
            logger.exception("nobody was told of the deliveries")  # they are committed: the relay's sweep finds them

    async def _run_inline_handlers(self) -> None:
        done = 0
        depth = 0
        while done < len(self.events):
            depth += 1
            if depth > MAX_INLINE_DEPTH:
                raise RuntimeError(f"inline handlers recorded events {MAX_INLINE_DEPTH} levels deep")
            level = self.events[done:]
            done += len(level)
            for item in level:
                await self._hub.run_inline(item, self)

    async def _write_outbox(self) -> Sequence[int]:
        if not self.events and not self.entries and not self.tasks:
            return ()
        if self._slot is None or self.tenant_id is None:
            raise RuntimeError("nothing can be recorded without a tenant")
        if self.tasks:
            for task in await tasks.write(self._slot.raw, self.tenant_id, self.tasks):
                self.record(TaskQueued(task.id, task.kind))
        addressed = [outbox.Addressed(item.id, lane) for item in self.events for lane in self._hub.lanes(item.event)]
        return await outbox.write(self._slot.raw, self.tenant_id, self.events, addressed, self.entries)


@asynccontextmanager
async def left(uow: UnitOfWork) -> AsyncIterator[None]:
    """Without a transaction, so that something outside may be asked; then in a new one, bound to the same tenant and person.

    What was read before may be otherwise afterwards: read it again. What was written before is undone; write afterwards.

    Raises:
        RuntimeError: something was recorded, which would be lost. Unavailable: no connection is to be had afterwards.
    """
    if uow.events or uow.entries or uow.tasks:
        raise RuntimeError("what was recorded would be lost: leave the transaction before")
    tenant_id, user_id = uow.tenant_id, uow.user_id
    await uow.rollback()
    yield
    await uow.begin(tenant_id=tenant_id, user_id=user_id)
