"""Protocols between the framework layer and what stands above it; `build_app` supplies the real ones."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from starlette.requests import Request

from app.exceptions import AppError
from app.extensions.access import AccessRule
from app.extensions.context import RequestContext
from app.extensions.events import Event, Recorded
from app.extensions.schedules import Schedule
from app.extensions.tasks import Task


class Connection(Protocol):
    """What raw statements need of a database connection (asyncpg's names)."""

    async def fetch(self, query: str, *args: Any) -> Sequence[Any]:
        """All rows."""

    async def fetchrow(self, query: str, *args: Any) -> Any:
        """The first row, or None."""

    async def execute(self, query: str, *args: Any) -> str:
        """The command tag."""


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """Who did what to what; the unit of work adds nothing but the tenant."""

    at: datetime
    actor: str
    action: str
    request_id: UUID
    target: str | None = None
    before: Mapping[str, Any] | None = None
    after: Mapping[str, Any] | None = None
    address: str | None = None
    user_agent: str | None = None


@dataclass(frozen=True, slots=True)
class Lane:
    """How a delivery of one event reaches a worker-lane handler."""

    handler: str
    queue: str
    priority: int = 0
    ordering_key: str | None = None
    unique_key: str | None = None


class InlineHandlers(Protocol):
    """What the unit of work asks of the hub."""

    def lanes(self, event: Event) -> Sequence[Lane]:
        """The worker-lane handlers of the event.

        Raises:
            LookupError: for an event type that no manifest declares.
        """

    @property
    def schedules(self) -> Mapping[str, Schedule]:
        """The schedules of the installed modules, by name."""

    def task(self, kind: str) -> Task:
        """The kind of task of that name.

        Raises:
            LookupError: no manifest declares it.
        """

    async def run_inline(self, recorded: Recorded, uow: Any) -> None:
        """Run the event's inline handlers in the present transaction; what one raises undoes all."""

    def ring(self, bell: UUID) -> None:
        """Tell whoever watches what has changed (`app/extensions/bells.py`); never waits."""


AfterCommit = Callable[[UUID, Sequence[int]], Awaitable[None]]
"""Told, after a commit, of the tenant and the deliveries that were written."""


class UnitOfWork(Protocol):
    """What the guarded route class needs of the transaction of a request."""

    async def commit(self) -> None:
        """Make it last: inline handlers, the outbox, COMMIT."""

    async def rollback(self) -> None:
        """Undo it; never waits for the database."""

    def explain(self, error: BaseException) -> AppError | None:
        """The answer to an error of the database or the driver, or None if it is none of these."""


class Authenticator(Protocol):
    """Who is asking, and may they. Called by the guarded route class in the order of refusals."""

    def identify(self, request: Request, rule: AccessRule) -> Any:
        """Check the credentials without the database.

        Raises:
            Unauthenticated: no or bad credentials on a route that is not open.
        """

    async def admit(self, request: Request, rule: AccessRule, identity: Any) -> tuple[UnitOfWork, Any]:
        """Open and bind the unit of work, judge session, tenant and static rule; returns it with the request's Commons.

        Raises:
            AppError: 401, 400, 404 or 403, in that order; nothing is left open then.
        """

    async def explain_refusal(self, error: AppError, commons: Any) -> None:
        """Let a refusal say which grant would change it, to those who may read it; the transaction still stands."""


class RefusalBook(Protocol):
    """Remembers who was refused what."""

    def note(self, context: RequestContext, method: str, error: AppError) -> None:
        """Remember the error if it is a refusal; never raises, never waits."""
