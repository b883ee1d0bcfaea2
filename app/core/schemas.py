"""Bodies of core."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field


@dataclass(slots=True)
class AuditEntryOut:
    """Who did what to what."""

    id: Annotated[str, Field(description="time-ordered")]
    at: Annotated[datetime, Field(description="when")]
    actor: Annotated[str, Field(description="`user:<id>` or system")]
    action: Annotated[str, Field(description="`<module>.<noun>.<verb>`")]
    target: Annotated[str | None, Field(description="`<noun>:<id>`")]
    before: Annotated[dict[str, Any] | None, Field(description="values before")]
    after: Annotated[dict[str, Any] | None, Field(description="values after")]
    address: Annotated[str | None, Field(description="the client's address")]
    user_agent: Annotated[str | None, Field(description="the client's software, as it says")]
    request_id: Annotated[UUID, Field(description="the request that caused it")]


@dataclass(slots=True)
class DeliveryOut:
    """One event for one handler."""

    id: Annotated[str, Field(description="time-ordered")]
    event_id: Annotated[UUID, Field(description="the event")]
    event: Annotated[str, Field(description="the event's name")]
    handler: Annotated[str, Field(description="who reacts")]
    queue: Annotated[str, Field(description="the queue that carries it")]
    state: Annotated[str, Field(description="pending, leased, done, dead or parked")]
    attempt: Annotated[int, Field(description="how often it was started")]
    error: Annotated[str | None, Field(description="why the last attempt failed")]
    created_at: Annotated[datetime, Field(description="when the event was committed")]
    finished_at: Annotated[datetime | None, Field(description="when it was done, or given up")]


@dataclass(slots=True)
class Health:
    """Whether the process lives."""

    status: Literal["ok"]


@dataclass(slots=True)
class ReadinessOut:
    """Whether the process serves, and what each check found."""

    status: Annotated[Literal["ok", "degraded"], Field(description="degraded: it serves, without Redis for a while")]
    checks: Annotated[dict[str, str], Field(description="`ok`, or what is wrong, by check")]
