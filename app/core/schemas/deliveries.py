"""Bodies of /deliveries."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from app.extensions.pages import PageQuery


class DeliveryQuery(PageQuery):
    """Filters of deliveries."""

    state: Annotated[
        Literal["pending", "leased", "done", "dead", "parked"] | None,
        Field(description="only deliveries in this state"),
    ] = None


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
