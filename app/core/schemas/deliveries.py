"""Bodies of /deliveries."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from app.extensions.pages import PageQuery, several
from app.utils.schemas import BaseSchema, Moment

MOST_AT_ONCE = 1000
"""How many deliveries one request replays at most."""


class LetterFilters(BaseSchema):
    """Which deliveries, whatever their state."""

    handler: str | None = Field(None, min_length=1, max_length=120, description="only this handler's")
    event: str | None = Field(None, min_length=1, max_length=120, description="only of events of this name")
    request_id: UUID | None = Field(None, description="only of what this request caused")
    created_at_gte: Moment | None = Field(None, alias="created_at[gte]", description="not earlier than")
    created_at_lt: Moment | None = Field(None, alias="created_at[lt]", description="earlier than")

    def filters(self) -> dict[str, Any]:
        """Those that are given, by name."""
        names = ("handler", "event", "request_id", "created_at_gte", "created_at_lt")
        given = {name: getattr(self, name) for name in names}
        return {name: value for name, value in given.items() if value is not None}


class DeliveryQuery(LetterFilters, PageQuery):
    """Filters of deliveries, and which page of them."""

    state: Annotated[str | None, several("pending", "leased", "done", "dead", "parked")] = None


class ReplayWish(LetterFilters):
    """Which dead deliveries are to be tried again: the oldest that pass all filters."""

    limit: Annotated[int, Field(strict=True, ge=1, le=MOST_AT_ONCE, description="at most so many")] = MOST_AT_ONCE


@dataclass(slots=True)
class DeliveryOut:
    """One event for one handler."""

    id: Annotated[str, Field(description="time-ordered")]
    event_id: Annotated[UUID, Field(description="the event")]
    event: Annotated[str, Field(description="the event's name")]
    request_id: Annotated[UUID, Field(description="the request that caused it, by way of however many handlers")]
    handler: Annotated[str, Field(description="who reacts")]
    queue: Annotated[str, Field(description="the queue that carries it")]
    state: Annotated[str, Field(description="pending, leased, done, dead or parked")]
    attempt: Annotated[int, Field(description="how often it was leased, over all replays")]
    tries: Annotated[int, Field(description="how many starts are known of, since it was last replayed")]
    replays: Annotated[int, Field(description="how often somebody replayed it")]
    error: Annotated[str | None, Field(description="why the last attempt failed")]
    created_at: Annotated[datetime, Field(description="when the event was committed")]
    due_at: Annotated[datetime, Field(description="not to be started before")]
    started_at: Annotated[datetime | None, Field(description="when the last attempt began")]
    finished_at: Annotated[datetime | None, Field(description="when it was done, or given up")]


@dataclass(slots=True)
class FailureOut:
    """An attempt that failed."""

    attempt: Annotated[int | None, Field(description="which")]
    at: Annotated[str | None, Field(description="when, ISO 8601")]
    error: Annotated[str | None, Field(description="why")]


@dataclass(slots=True)
class DeliveryDetail(DeliveryOut):
    """One delivery, with its event and how it failed."""

    lease_until: Annotated[datetime | None, Field(description="until when a worker has it")]
    ordering_key: Annotated[str | None, Field(description="deliveries with the same key run one after another")]
    event_version: Annotated[int, Field(description="the version of the event's fields")]
    payload: Annotated[dict[str, Any], Field(description="the event's fields; secret and personal ones are `***`")]
    actor: Annotated[str, Field(description="who caused the event, as the audit log names them")]
    at: Annotated[datetime, Field(description="when it happened")]
    cause: Annotated[
        str | None, Field(description="the delivery whose handler recorded the event; null: a request did")
    ]
    failures: Annotated[list[FailureOut], Field(description="the attempts that failed, oldest first; the last 20")]


@dataclass(slots=True)
class Replayed:
    """How many deliveries are due again."""

    replayed: Annotated[int, Field(description="how many are due again")]
    has_more: Annotated[bool, Field(description="whether dead ones that pass the filters are left")]
