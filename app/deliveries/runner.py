"""Running deliveries: the fence, the handler and the commit in one transaction of the delivery's tenant."""

import logging
import random
from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, nullcontext
from typing import Any
from uuid import UUID

from app.config import Events
from app.db import claims, deliveries, task_runs
from app.db.deliveries import GIVEN_UP, Fenced, Standing
from app.db.errors import reason_of
from app.db.pool import Pool
from app.db.uow import UnitOfWork
from app.deliveries.calls import in_time
from app.deliveries.suspects import Suspects, probation
from app.deliveries.tasks import TaskRunner
from app.extensions.clock import Clock
from app.extensions.context import RequestContext, current_context
from app.extensions.events import Event
from app.extensions.held import HeldTickets
from app.extensions.interfaces import AfterCommit
from app.extensions.module import Handler
from app.extensions.priorities import USUAL, Policy
from app.extensions.tickets import Ticket
from app.hub import MessageHub
from app.utils.ids import uuid7
from app.utils.traces import begin, child

logger = logging.getLogger(__name__)


OUTCOMES = ("done", "parked", "fenced", "failed", "dead", "unknown")
"""How an attempt ends: fenced, it was another's; failed, it will be tried again; unknown, the database was away."""


def _nobody_waits() -> None:
    """What is called at the end of a probation behind which nobody waits."""


class DeliveryRunner:
    """Runs deliveries, each in a transaction of its own tenant.

    A delivery that was begun before and never ended is begun alone among its like, and its start is counted first: should it
    be what ends the process, it is counted, and none of its neighbours is. Of one whose lease ended before anybody is known to
    have begun it the start is noted and not counted yet: among many of these, what ends the process is not known.
    """

    def __init__(self, pool: Pool, hub: MessageHub, clock: Clock, settings: Events) -> None:
        """`pool` is the app role's: a handler sees its tenant and nothing else."""
        self._pool = pool
        self._hub = hub
        self._clock = clock
        self._settings = settings
        self._suspects = Suspects()
        self.unbegun: set[Ticket] = set()
        """What waits for its turn, or waited when it was cancelled: nothing is noted of a start."""
        self.notes = HeldTickets(bytearray())
        """Where it stands which handlers have begun, for whoever comes after a process that one of them ends."""
        self.tasks = TaskRunner(self._unit, hub, settings)
        self.after_commit: AfterCommit | None = None
        self.wake: Callable[[UUID], None] | None = None
        """Told of a tenant of which something may be claimed by now that had to wait for its turn."""
        self.errands: Callable[[UUID, int, UUID], Any] | None = None
        """Makes what a handler that goes outside is given: of a tenant, a delivery and a request."""
        self.outcomes: Counter[str] = Counter()

    async def run(self, ticket: Ticket) -> None:
        """Run the delivery if this attempt is still its own; whatever happens is written down and nothing is raised."""
        context = RequestContext(
            request_id=uuid7(),
            address="",
            user_agent=None,
            arrived_at=self._clock.now(),
            actor="system",
            tenant_id=ticket.tenant_id,
            delivery_id=ticket.delivery_id,
        )
        token = current_context.set(context)
        try:
            if ticket.attempt == 1:
                await self._attempt(ticket, context)
            else:
                await self._attempt_again(ticket, context)
        except Exception as error:  # noqa: BLE001 - the boundary of a delivery: a handler may raise anything, the reason is kept
            self.unbegun.discard(ticket)
            await self._note_failure(ticket, error)
        finally:
            current_context.reset(token)

    async def run_these(self, tenant_id: UUID, ids: Sequence[int]) -> None:
        """The inline queue mode: lease what was just committed and run it in the present loop."""
        async with self._transaction(tenant_id) as uow:
            claimed = await claims.claim_these(uow, ids, lease_seconds=self._settings.lease_seconds)
        for item in claimed:
            await self.run(Ticket(tenant_id, item.id, item.attempt))

    async def _attempt_again(self, ticket: Ticket, context: RequestContext) -> None:
        """As `_attempt`, with the start counted beforehand; what was started too often is not started any more."""
        async with self._transaction(ticket.tenant_id) as uow:
            found = await deliveries.standing(uow, ticket.delivery_id, ticket.attempt)
        if found is None:
            self._note_fenced(ticket)
        elif self._is_spent(found):
            await self._give_up(ticket, found)
        else:
            self.unbegun.add(ticket)
            async with self._suspects.turn() if found.suspect else nullcontext(_nobody_waits) as end_turn:
                async with self._transaction(ticket.tenant_id) as uow:
                    await deliveries.note_start(
                        uow,
                        ticket.delivery_id,
                        ticket.attempt,
                        lease_seconds=self._settings.lease_seconds,
                        lost_attempt=found.lost_attempt,
                    )
                self.unbegun.discard(ticket)
                await self._attempt(ticket, context, end_turn)

    async def _attempt(
        self, ticket: Ticket, context: RequestContext, passed: Callable[[], None] = _nobody_waits
    ) -> None:
        """Run it; `passed` is called where it still runs after its probation."""
        with probation(self.notes, ticket, passed):
            await self._begin(ticket, context)

    async def _begin(self, ticket: Ticket, context: RequestContext) -> None:
        uow = self._unit(context.request_id)
        try:
            await uow.begin(tenant_id=ticket.tenant_id)
            fenced = await deliveries.fence(uow, ticket.delivery_id, ticket.attempt)
            if fenced is None:
                self._note_fenced(ticket)
                return
            _follow(context, fenced)
            uow.request_id, uow.actor = fenced.request_id, fenced.actor
            outcome = await self._react(uow, ticket, fenced)
            if isinstance(outcome, str):
                await uow.commit()
        finally:
            await uow.rollback()
        if not isinstance(outcome, str):
            outcome = await self._go_outside(ticket, fenced.request_id, *outcome)
        self._note_end(ticket, outcome, ordered=fenced.ordered)

    async def _react(self, uow: UnitOfWork, ticket: Ticket, fenced: Fenced) -> str | tuple[Handler, Event]:
        """Run the handler in the present transaction and say how it ended; one that goes outside is returned, with its event."""
        handler = self._hub.handler(fenced.handler)
        event_type = self._hub.event_type(fenced.name, fenced.version)
        if handler is None or event_type is None or handler.event is not event_type:
            reason = _unknown(fenced, handler, event_type)
            await deliveries.park(uow, ticket.delivery_id, reason)
            logger.warning("delivery parked", extra={"delivery": ticket.delivery_id, "reason": reason})
            return "parked"
        event = event_type.from_payload(fenced.payload, fenced.version)
        if handler.outside:
            return handler, event
        await in_time(handler, event, self._hub.commons(uow))
        return "done"

    async def _go_outside(self, ticket: Ticket, request_id: UUID, handler: Handler, event: Event) -> str:
        """Hold the lease, run the handler with no transaction open, note that it is done.

        A worker lost in between, or a lease that ended all the same, means that it is run again: at least once.
        """
        if handler.task is not None:
            return await self.tasks.run(ticket, handler, event)
        if self.errands is None:
            raise RuntimeError(f"{handler.name} goes outside, and this process has no outside systems")
        async with self._transaction(ticket.tenant_id) as uow:
            seconds = handler.timeout_seconds + self._settings.lease_seconds
            if not await deliveries.hold(uow, ticket.delivery_id, ticket.attempt, seconds=seconds):
                return "fenced"
        await in_time(handler, event, self.errands(ticket.tenant_id, ticket.delivery_id, request_id))
        async with self._transaction(ticket.tenant_id) as uow:
            fenced = await deliveries.fence(uow, ticket.delivery_id, ticket.attempt)
        return "done" if fenced else "fenced"

    async def _give_up(self, ticket: Ticket, found: Standing) -> None:
        reason = GIVEN_UP if found.suspect else f"given up after {found.tries} starts: {found.error}"
        async with self._transaction(ticket.tenant_id) as uow:
            given_up = await deliveries.give_up(
                uow, ticket.delivery_id, ticket.attempt, reason=reason, lost_attempt=found.lost_attempt
            )
            task_id = await task_runs.note_failure(uow, ticket.delivery_id, reason, dead=True) if given_up else None
        if task_id is not None:
            self.tasks.rang(task_id)
        self._note_end(ticket, "dead" if given_up else "fenced", ordered=found.ordered)
        logger.error("delivery given up", extra={"delivery": ticket.delivery_id, "reason": reason})

    async def _note_failure(self, ticket: Ticket, error: Exception) -> None:
        state, task_id, about = None, None, {"delivery": ticket.delivery_id, "attempt": ticket.attempt}
        try:
            async with self._transaction(ticket.tenant_id) as uow:
                found = await deliveries.standing(uow, ticket.delivery_id, ticket.attempt)
                if found is not None:
                    state = await deliveries.fail(
                        uow,
                        ticket.delivery_id,
                        ticket.attempt,
                        policy=self._policy(found.handler),
                        jitter=random.uniform(0.5, 1.5),  # noqa: S311 - jitter, not a secret
                        error=reason_of(error),
                    )
                if state is not None:
                    task_id = await task_runs.note_failure(
                        uow, ticket.delivery_id, reason_of(error), dead=state == "dead"
                    )
        except Exception:  # noqa: BLE001 - the database is away: the lease expires and the relay sends it again
            logger.warning("failure could not be noted", extra=about)
            self.outcomes["unknown"] += 1
        else:
            outcome = "dead" if state == "dead" else "failed" if state else "fenced"
            self._note_end(ticket, outcome, ordered=found is not None and found.ordered)
            if task_id is not None:
                self.tasks.rang(task_id)
            if state is None:  # it is another's by now, or its tenant is gone: nothing is lost by it
                logger.info("failure of a delivery that was fenced off", extra=about, exc_info=error)
                return
        logger.error("delivery failed", extra={**about, "state": state}, exc_info=error)

    def _is_spent(self, found: Standing) -> bool:
        """Whether it was started as often as it may be; what no code here knows is to be parked, not judged."""
        known = self._hub.handler(found.handler) is not None
        return known and found.tries >= self._policy(found.handler).max_attempts

    def _policy(self, name: str) -> Policy:
        handler = self._hub.handler(name)
        retries = USUAL if handler is None else handler.retries
        return retries.over(self._settings.max_attempts, self._settings.backoff_seconds)

    def _note_fenced(self, ticket: Ticket) -> None:
        logger.info("delivery fenced off", extra={"delivery": ticket.delivery_id, "attempt": ticket.attempt})
        self.outcomes["fenced"] += 1

    def _note_end(self, ticket: Ticket, outcome: str, *, ordered: bool) -> None:
        """Count how it ended; what waits for its turn behind it is not left to wait for the relay's next look."""
        self.outcomes[outcome] += 1
        if ordered and outcome in {"done", "dead"} and self.wake is not None:
            self.wake(ticket.tenant_id)

    @asynccontextmanager
    async def _transaction(self, tenant_id: UUID) -> AsyncIterator[UnitOfWork]:
        """A short transaction of the tenant, beside the handler's."""
        uow = self._unit(uuid7())
        try:
            await uow.begin(tenant_id=tenant_id)
            yield uow
            await uow.commit()
        finally:
            await uow.rollback()

    def _unit(self, request_id: UUID) -> UnitOfWork:
        return UnitOfWork(
            self._pool, clock=self._clock, request_id=request_id, hub=self._hub, after_commit=self.after_commit
        )


def _follow(context: RequestContext, fenced: Fenced) -> None:
    """Let what happens now be known as a consequence of the event: of its request, for its actor, in its trace."""
    context.request_id, context.actor, context.generation = fenced.request_id, fenced.actor, fenced.generation
    context.traceparent = child(fenced.traceparent) if fenced.traceparent else begin(fenced.request_id)


def _unknown(fenced: Fenced, handler: Handler | None, event_type: type[Event] | None) -> str:
    """Why nothing that is installed can handle it."""
    if handler is None:
        return f"no handler {fenced.handler} is installed"
    if event_type is None:
        return f"no event {fenced.name} version {fenced.version} is installed"
    return f"{fenced.handler} does not react to {fenced.name} any more"
