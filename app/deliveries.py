"""Running deliveries: the fence, the handler and the commit in one transaction of the delivery's tenant."""

import asyncio
import logging
import random
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, nullcontext
from uuid import UUID

from app.config import Events
from app.db import deliveries
from app.db.deliveries import Fenced
from app.db.errors import reason_of
from app.db.pool import Pool
from app.db.uow import UnitOfWork
from app.extensions.clock import Clock
from app.extensions.context import RequestContext, current_context
from app.extensions.interfaces import AfterCommit
from app.extensions.jobs import Ticket
from app.hub import MessageHub
from app.utils.ids import uuid7

logger = logging.getLogger(__name__)


OUTCOMES = ("done", "parked", "fenced", "failed", "dead", "unknown")
"""How an attempt ends: fenced, it was another's; failed, it will be tried again; unknown, the database was away."""


class DeliveryRunner:
    """Runs deliveries, each in a transaction of its own tenant.

    A delivery whose worker was lost before is run alone among its like, and its start is noted first: should it be what
    ends the process, it is counted, and none of its neighbours is.
    """

    def __init__(self, pool: Pool, hub: MessageHub, clock: Clock, settings: Events) -> None:
        """`pool` is the app role's: a handler sees its tenant and nothing else."""
        self._pool = pool
        self._hub = hub
        self._clock = clock
        self._settings = settings
        self._suspects = asyncio.Lock()
        self.after_commit: AfterCommit | None = None
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
        )
        token = current_context.set(context)
        try:
            if ticket.attempt == 1:
                await self._attempt(ticket, context)
            else:
                await self._attempt_again(ticket, context)
        except Exception as error:  # noqa: BLE001 - the boundary of a delivery: a handler may raise anything, the reason is kept
            await self._note_failure(ticket, error)
        finally:
            current_context.reset(token)

    async def run_these(self, tenant_id: UUID, ids: Sequence[int]) -> None:
        """The inline queue mode: lease what was just committed and run it in the present loop."""
        async with self._transaction(tenant_id) as uow:
            claimed = await deliveries.claim_these(uow, ids, lease_seconds=self._settings.lease_seconds)
        for item in claimed:
            await self.run(Ticket(tenant_id, item.id, item.attempt))

    async def _attempt_again(self, ticket: Ticket, context: RequestContext) -> None:
        async with self._transaction(ticket.tenant_id) as uow:
            suspect = await deliveries.was_lost(uow, ticket.delivery_id, ticket.attempt)
        async with self._suspects if suspect else nullcontext():
            async with self._transaction(ticket.tenant_id) as uow:
                await deliveries.note_start(
                    uow, ticket.delivery_id, ticket.attempt, lease_seconds=self._settings.lease_seconds
                )
            await self._attempt(ticket, context)

    async def _attempt(self, ticket: Ticket, context: RequestContext) -> None:
        uow = self._unit(context.request_id)
        try:
            await uow.begin(tenant_id=ticket.tenant_id)
            fenced = await deliveries.fence(uow, ticket.delivery_id, ticket.attempt)
            if fenced is None:
                logger.info("delivery fenced off", extra={"delivery": ticket.delivery_id, "attempt": ticket.attempt})
                self.outcomes["fenced"] += 1
                return
            context.request_id = uow.request_id = fenced.request_id
            outcome = await self._react(uow, ticket, fenced)
            await uow.commit()
            self.outcomes[outcome] += 1
        finally:
            await uow.rollback()

    async def _react(self, uow: UnitOfWork, ticket: Ticket, fenced: Fenced) -> str:
        handler = self._hub.handler(fenced.handler)
        event_type = self._hub.event_type(fenced.name, fenced.version)
        if handler is None or event_type is None:
            reason = (
                f"no handler {fenced.handler}"
                if handler is None
                else f"no event {fenced.name} version {fenced.version}"
            )
            await deliveries.park(uow, ticket.delivery_id, reason + " is installed")
            logger.warning("delivery parked", extra={"delivery": ticket.delivery_id, "reason": reason})
            return "parked"
        event = event_type.from_payload(fenced.payload)
        try:
            async with asyncio.timeout(handler.timeout_seconds) as limit:
                await handler.react(event, self._hub.commons(uow))
        except TimeoutError as error:
            if not limit.expired():
                raise
            raise TimeoutError(f"the handler took longer than {handler.timeout_seconds:g} s") from error
        return "done"

    async def _note_failure(self, ticket: Ticket, error: Exception) -> None:
        state = None
        try:
            async with self._transaction(ticket.tenant_id) as uow:
                state = await deliveries.fail(
                    uow,
                    ticket.delivery_id,
                    ticket.attempt,
                    max_attempts=self._settings.max_attempts,
                    backoff_seconds=self._settings.backoff_seconds,
                    jitter=random.uniform(0.5, 1.5),  # noqa: S311 - jitter, not a secret
                    error=reason_of(error),
                )
        except Exception:  # noqa: BLE001 - the database is away: the lease expires and the relay sends it again
            logger.warning("failure could not be noted", extra={"delivery": ticket.delivery_id})
            self.outcomes["unknown"] += 1
        else:
            self.outcomes["dead" if state == "dead" else "failed" if state else "fenced"] += 1
        logger.error(
            "delivery failed",
            extra={"delivery": ticket.delivery_id, "attempt": ticket.attempt, "state": state},
            exc_info=error,
        )

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
