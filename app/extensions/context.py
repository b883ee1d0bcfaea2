"""What is known of a request from its first byte on: made by the middleware, read by everything above."""

from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from starlette.types import Scope

from app.utils import traces

SCOPE_KEY = "atrium"


@dataclass(slots=True)
class RequestContext:
    """The request's identity for logs, problems, audit entries and events."""

    request_id: UUID
    address: str
    user_agent: str | None
    arrived_at: datetime
    client_request_id: str | None = None
    route: str | None = None
    actor: str | None = None
    tenant_id: UUID | None = None
    traceparent: str | None = None
    """W3C Trace Context: the trace that what is done now belongs to; None until somebody asks, where nobody gave one."""
    delivery_id: int | None = None
    """The delivery that runs, where it is none of a request."""
    generation: int = 0
    """How many handlers stand between a request and what runs: none behind a request itself."""

    def trace(self) -> str:
        """The `traceparent`; begun when it is first asked for, since few requests need one."""
        if self.traceparent is None:
            self.traceparent = traces.begin(self.request_id)
        return self.traceparent

    @property
    def trace_id(self) -> str:
        """The trace's id alone: of a trace that is begun here it is the request's."""
        return self.request_id.hex if self.traceparent is None else traces.trace_id(self.traceparent)


current_context: ContextVar[RequestContext | None] = ContextVar("request_context", default=None)
"""The context of the running request or delivery, so that every log line carries it."""


def acting() -> str:
    """For whom events happen: while a delivery runs, for whoever brought it about; else the system's, until somebody is known."""
    context = current_context.get()
    return "system" if context is None or context.delivery_id is None else context.actor or "system"


def context_of(scope: Scope) -> RequestContext:
    """The context of the request."""
    context = scope[SCOPE_KEY]
    if not isinstance(context, RequestContext):
        raise TypeError("the request did not pass through the Edge middleware")
    return context
