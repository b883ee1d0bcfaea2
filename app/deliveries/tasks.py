"""Running tasks: an attempt holds its delivery's lease, and every step of it is one transaction of the task's tenant.

The step's first statement locks the delivery against claims, so that no two attempts are in steps at once; what a step did
and the checkpoint behind it are committed together. So each step's effects happen once, however often the task is resumed.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from functools import partial
from typing import Any
from uuid import UUID

from app.auth.commons import Commons
from app.config import Events
from app.db import deliveries, task_runs
from app.db.errors import DATABASE_FAULTS
from app.db.task_runs import Begun, Notes
from app.db.uow import UnitOfWork
from app.deliveries.calls import in_time
from app.exceptions import OutcomeUnknown, Unavailable
from app.extensions.events import Event
from app.extensions.module import Handler
from app.extensions.tasks import TaskCancelledError, TaskFailedError, TaskFencedError, TaskQueued
from app.extensions.tickets import Ticket
from app.hub import MessageHub
from app.utils.endings import is_cancelled
from app.utils.ids import uuid7
from app.utils.schemas import BaseSchema

logger = logging.getLogger(__name__)

RENEWALS = 3
"""How often a lease is renewed in its own length: two renewals may fail, and it still stands."""
Units = Callable[[UUID], UnitOfWork]
"""Makes a unit of work of the app role, for a request."""


class Run:
    """One attempt of a task, as its function sees it (`TaskRun`)."""

    def __init__(self, units: Units, hub: MessageHub, ticket: Ticket, task_id: UUID, begun: Begun) -> None:
        """`begun` is the task as the attempt found it."""
        self._units = units
        self._hub = hub
        self._ticket = ticket
        self._begun = begun
        self._notes: Notes | None = None
        self._has_progressed = False
        self._is_unsure = False
        self.payload: BaseSchema = hub.task(begun.kind).payload.model_validate(begun.payload)
        self.task_id = task_id
        self.tenant_id = ticket.tenant_id
        self.actor = begun.actor
        self.checkpoint: Mapping[str, Any] = begun.checkpoint
        self.rang: Callable[[UUID], None] = _nobody

    @asynccontextmanager
    async def step(self) -> AsyncIterator[Commons]:
        """One transaction, fenced; what `save` was given inside commits with it.

        Raises:
            TaskCancelledError, TaskFencedError: nothing of the step has happened, and no further one will.
            RuntimeError: a step is open already.
        """
        if self._notes is not None:
            raise RuntimeError("a step is open already: steps follow one another")
        if self._is_unsure:
            raise TaskFencedError("whether the last step was committed is not known: the next attempt will see")
        self._notes = notes = Notes()
        uow = self._units(self._begun.request_id)
        try:
            await uow.begin(tenant_id=self.tenant_id)
            await self._admit(uow)
            yield self._hub.commons(uow)
            if notes != Notes():
                await task_runs.save(uow, self.task_id, notes)
            progresses = notes.checkpoint is not None and not self._has_progressed
            if progresses:
                await task_runs.progressed(uow, self._ticket.delivery_id, self._ticket.attempt)
            self._notes = None
            await uow.commit()
        except (OutcomeUnknown, *DATABASE_FAULTS):
            self._is_unsure = True
            raise
        finally:
            self._notes = None
            await uow.rollback()
        self._has_progressed = self._has_progressed or progresses
        self.checkpoint = self.checkpoint if notes.checkpoint is None else notes.checkpoint
        self.rang(self.task_id)

    def save(
        self,
        *,
        checkpoint: Mapping[str, Any] | None = None,
        done: int | None = None,
        total: int | None = None,
        unit: str | None = None,
        message: str | None = None,
        partial: Mapping[str, Any] | None = None,
    ) -> None:
        """Note where the task stands; what is None stays as it was noted.

        Raises:
            RuntimeError: no step is open.
        """
        if self._notes is None:
            raise RuntimeError("where a task stands is saved inside a step, to be committed with it")
        given = {
            "checkpoint": checkpoint, "done": done, "total": total, "unit": unit, "message": message, "partial": partial,
        }  # fmt: skip
        for name, value in given.items():
            if value is not None:
                setattr(self._notes, name, value)

    async def _admit(self, uow: UnitOfWork) -> None:
        if not await task_runs.fence(uow, self._ticket.delivery_id, self._ticket.attempt):
            raise TaskFencedError("the task runs elsewhere by now, or is over")
        state, is_cancelled = await task_runs.look(uow, self.task_id)
        if is_cancelled:
            raise TaskCancelledError("somebody cancelled the task")
        if state != "running":
            raise TaskFencedError(f"the task is {state}")


class TaskRunner:
    """Runs the deliveries that carry tasks."""

    def __init__(self, units: Units, hub: MessageHub, settings: Events) -> None:
        """`settings` say how long a lease lasts."""
        self._units = units
        self._hub = hub
        self._settings = settings
        self.rang: Callable[[UUID], None] = _nobody
        """Told of every task whose row has changed, after the commit."""

    async def run(self, ticket: Ticket, handler: Handler, event: Event) -> str:
        """One attempt, from its last checkpoint; returns how it ended. What the function raises is the caller's to note.

        Raises:
            TimeoutError: it took longer than it may; whatever else the function raises.
        """
        if not isinstance(event, TaskQueued):
            raise TypeError(f"{handler.name} is carried by TaskQueued, not by {type(event).__name__}")
        begun = await self._begin(ticket, event.task_id)
        if isinstance(begun, str):
            return begun
        if begun.is_cancelled:
            return await self._end(ticket, event.task_id, task_runs.give_up)
        run = Run(self._units, self._hub, ticket, event.task_id, begun)
        run.rang = self.rang
        renewing = asyncio.create_task(self._renew(ticket))
        try:
            result = await in_time(handler, event, run)
        except TaskCancelledError:
            return await self._end(ticket, event.task_id, task_runs.give_up)
        except TaskFailedError as error:
            return await self._end(ticket, event.task_id, partial(task_runs.fail, error=str(error)))
        except TaskFencedError:
            logger.info("task fenced off", extra={"task": str(event.task_id), "attempt": ticket.attempt})
            return "fenced"
        finally:
            renewing.cancel()
            with suppress(asyncio.CancelledError):
                await renewing
        return await self._end(ticket, event.task_id, partial(task_runs.succeed, result=result))

    async def _begin(self, ticket: Ticket, task_id: UUID) -> Begun | str:
        """The task, running from now on; or how the delivery ended that has nothing to run."""
        async with self._transaction(ticket.tenant_id) as uow:
            seconds = self._settings.lease_seconds
            if not await deliveries.hold(uow, ticket.delivery_id, ticket.attempt, seconds=seconds):
                return "fenced"
            begun = await task_runs.begin(uow, task_id)
            if begun is None:  # cancelled while it waited, or swept: its delivery has done what there was to do
                await deliveries.fence(uow, ticket.delivery_id, ticket.attempt)
                return "done"
        self.rang(task_id)
        return begun

    async def _end(self, ticket: Ticket, task_id: UUID, end: Callable[[UnitOfWork, UUID], Any]) -> str:
        """End the task and its delivery in one transaction; what waited for it is queued there, or cancelled."""
        async with self._transaction(ticket.tenant_id) as uow:
            fenced = await deliveries.fence(uow, ticket.delivery_id, ticket.attempt)
            if fenced is None:
                return "fenced"
            uow.request_id = fenced.request_id
            await end(uow, task_id)
        self.rang(task_id)
        return "done"

    async def _renew(self, ticket: Ticket) -> None:
        """Renew the lease for as long as the function runs; the inline queue mode has nobody else who would."""
        seconds = self._settings.lease_seconds
        while not is_cancelled():
            await asyncio.sleep(seconds / RENEWALS)
            try:
                async with self._transaction(ticket.tenant_id) as uow:
                    await deliveries.hold(uow, ticket.delivery_id, ticket.attempt, seconds=seconds)
            except (Unavailable, *DATABASE_FAULTS) as error:
                logger.warning("lease was not renewed", extra={"delivery": ticket.delivery_id, "error": repr(error)})

    @asynccontextmanager
    async def _transaction(self, tenant_id: UUID) -> AsyncIterator[UnitOfWork]:
        uow = self._units(uuid7())
        try:
            await uow.begin(tenant_id=tenant_id)
            yield uow
            await uow.commit()
        finally:
            await uow.rollback()


def _nobody(_task_id: UUID) -> None:
    """Nobody watches."""
