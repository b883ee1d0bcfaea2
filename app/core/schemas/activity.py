"""Bodies of /activity."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from app.core.schemas.audit import AuditEntryOut


@dataclass(slots=True)
class ActivityTask:
    """Long work, and where it stands."""

    id: Annotated[UUID, Field(description="the task")]
    kind: Annotated[str, Field(description="what it does")]
    state: Annotated[str, Field(description="queued, running, succeeded, failed or cancelled")]
    attempt: Annotated[int, Field(description="how often it was begun or resumed")]
    done: Annotated[int, Field(description="how much is done")]
    total: Annotated[int | None, Field(description="of how much, where that is known")]
    unit: Annotated[str | None, Field(description="what is counted")]
    error: Annotated[str | None, Field(description="why it failed")]
    created_at: Annotated[datetime, Field(description="when it was started by somebody")]
    started_at: Annotated[datetime | None, Field(description="when it began to run")]
    finished_at: Annotated[datetime | None, Field(description="when it ended")]


@dataclass(slots=True)
class ActivityDelivery:
    """One event for one handler, and what that did in its turn."""

    id: Annotated[str, Field(description="the delivery")]
    handler: Annotated[str, Field(description="who reacts")]
    queue: Annotated[str, Field(description="the queue that carries it")]
    state: Annotated[str, Field(description="pending, leased, done, dead or parked")]
    attempt: Annotated[int, Field(description="how often it was leased")]
    replays: Annotated[int, Field(description="how often somebody replayed it")]
    error: Annotated[str | None, Field(description="why the last attempt failed")]
    created_at: Annotated[datetime, Field(description="when the event was committed")]
    due_at: Annotated[datetime, Field(description="not to be started before")]
    started_at: Annotated[datetime | None, Field(description="when the last attempt began")]
    finished_at: Annotated[datetime | None, Field(description="when it was done, or given up")]
    task: Annotated[ActivityTask | None, Field(description="the task that it carries")] = None
    events: Annotated[list["ActivityEvent"], Field(description="what the handler recorded, by time")] = field(
        default_factory=list
    )


@dataclass(slots=True)
class ActivityEvent:
    """A fact, and who reacts to it in the background."""

    id: Annotated[UUID, Field(description="the event")]
    name: Annotated[str, Field(description="what happened")]
    event_version: Annotated[int, Field(description="the version of its fields")]
    actor: Annotated[str, Field(description="who caused it")]
    at: Annotated[datetime, Field(description="when")]
    deliveries: Annotated[
        list[ActivityDelivery], Field(description="oldest first; none: nobody reacts, or at once")
    ] = field(default_factory=list)


@dataclass(slots=True)
class Activity:
    """Everything that one request caused in the tenant."""

    request_id: Annotated[UUID, Field(description="the request")]
    events: Annotated[list[ActivityEvent], Field(description="what the request itself recorded, by time")]
    tasks: Annotated[list[ActivityTask], Field(description="tasks that no delivery carries yet: they wait for others")]
    audit: Annotated[
        list[AuditEntryOut] | None, Field(description="its entries of the audit log; null without `core.audit:read`")
    ]
    truncated: Annotated[bool, Field(description="there is more than 1,000 nodes, or 12 generations, of it")]
