"""Refusals are remembered although their requests roll back: in memory first, then in a transaction of their own."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from contextvars import Context
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from app.db.errors import DATABASE_FAULTS
from app.db.uow import UnitOfWork
from app.exceptions import AppError, Forbidden, RateLimited, TenantNotFound, Unauthenticated
from app.extensions.clock import Clock
from app.extensions.context import RequestContext
from app.extensions.interfaces import AuditEntry
from app.utils.ids import PLATFORM_TENANT

logger = logging.getLogger(__name__)

ACTION = "auth.access.refused"
WINDOW_SECONDS = 60.0
MAX_REMEMBERED = 2000
"""How many different refusals are remembered at once; further ones are counted with the strangers'."""
REFUSALS = (Forbidden, Unauthenticated, TenantNotFound, RateLimited)
Unit = Callable[[UUID], AbstractAsyncContextManager[UnitOfWork]]


@dataclass(frozen=True, slots=True)
class Refused:
    """What is counted together: one principal, refused by one rule at one route."""

    tenant_id: UUID
    actor: str
    rule: str
    route: str


@dataclass(slots=True)
class Count:
    """How often since it was last written, and how the last one came."""

    due_at: float
    times: int = 0
    after: dict[str, Any] = field(default_factory=dict)
    context: RequestContext | None = None


class Refusals:
    """One per process. Allowed requests never come here; a crash loses a minute's counts, and no answer waits for it.

    A refusal of a proven member or key goes to the tenant's audit log: the first at once, its repeats once a minute with
    their number. Every other refusal goes to the log and, counted each minute, to the platform tenant's.
    """

    def __init__(self, unit: Unit, clock: Clock, *, seconds: float = WINDOW_SECONDS) -> None:
        """`unit` opens a transaction of a tenant."""
        self._unit = unit
        self._clock = clock
        self._seconds = seconds
        self._counts: dict[Refused, Count] = {}
        self._news = asyncio.Event()
        self._writing: asyncio.Task[None] | None = None
        self._turn = asyncio.Lock()

    def note(self, context: RequestContext, method: str, error: AppError) -> None:
        """Remember a refusal; of other errors there is nothing to remember. Never raises, never waits."""
        if not isinstance(error, REFUSALS):
            return
        decision = error.extra.get("decision") or {}
        rule = str(decision.get("rule") or error.code)
        route = f"{method} {context.route}"
        proven = isinstance(error, Forbidden) and context.tenant_id is not None and context.actor is not None
        if proven and context.tenant_id is not None and context.actor is not None:
            key = Refused(context.tenant_id, context.actor, rule, route)
            if key in self._counts or len(self._counts) < MAX_REMEMBERED:
                reasons = {name: decision[name] for name in ("reason", "missing") if name in decision}
                self._add(key, {"rule": rule, "error": error.code, "route": route, **reasons}, context, wait=0.0)
                return
        key = Refused(PLATFORM_TENANT, "anonymous", error.code, route)
        if not isinstance(error, RateLimited) or key not in self._counts:
            # Of a flood the first: a line each would cost the others more than the refusal does, and the access log has them.
            logger.info("refused", extra={"code": error.code, "rule": rule, "refused_at": route})
        self._add(key, {"rule": rule, "error": error.code, "route": route}, None, wait=self._seconds)

    async def flush(self, *, everything: bool = True) -> None:
        """Write what is due, or all there is; a database that is away costs these entries and nothing else."""
        async with self._turn:
            now = self._now()
            for key, count in list(self._counts.items()):
                if not everything and count.due_at > now:
                    continue
                if not count.times:
                    del self._counts[key]  # quiet for a whole window
                    continue
                times, count.times, count.due_at = count.times, 0, now + self._seconds
                await self._write(key, count, times)

    async def aclose(self) -> None:
        """Write what is left."""
        if self._writing is not None:
            async with self._turn:  # not in the middle of a writing
                self._writing.cancel()
            await asyncio.wait([self._writing])
        await self.flush()

    def _add(self, key: Refused, after: dict[str, Any], context: RequestContext | None, *, wait: float) -> None:
        count = self._counts.get(key)
        if count is None:
            count = self._counts[key] = Count(self._now() + wait)
            self._news.set()
        count.times += 1
        count.after, count.context = after, context
        if self._writing is None or self._writing.done():
            self._writing = asyncio.get_running_loop().create_task(self._keep_writing(), context=Context())

    async def _keep_writing(self) -> None:
        while self._counts:
            self._news.clear()
            await self.flush(everything=False)
            pause = min((count.due_at for count in self._counts.values()), default=0.0) - self._now()
            if pause > 0:
                try:
                    async with asyncio.timeout(pause):
                        await self._news.wait()
                except TimeoutError:
                    pass

    async def _write(self, key: Refused, count: Count, times: int) -> None:
        context = count.context
        try:
            async with self._unit(key.tenant_id) as uow:
                uow.track(
                    AuditEntry(
                        at=self._clock.now(),
                        actor=key.actor,
                        action=ACTION,
                        request_id=context.request_id if context else uow.request_id,
                        after={**count.after, "count": times},
                        address=context.address if context else None,
                        user_agent=context.user_agent if context else None,
                    )
                )
        except (AppError, *DATABASE_FAULTS) as error:
            logger.warning("a refusal was not written", extra={"error": repr(error), "times": times})

    def _now(self) -> float:
        return asyncio.get_running_loop().time()
