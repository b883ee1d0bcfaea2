"""Events: facts that happened, past tense, immutable, made of plain values."""

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, ClassVar, Self
from uuid import UUID

from app.extensions.context import current_context
from app.utils.ids import uuid7

FOR_EVER = None
"""The retention of events that projections are rebuilt from."""


@dataclass(frozen=True, slots=True)
class Event:
    """The base of all events. A subclass is a frozen dataclass with a stable `name` ("catalog.product_created").

    Another `version` means other fields. Code reads older ones (`from_payload`); a newer one is parked until newer code comes.
    """

    name: ClassVar[str] = ""
    version: ClassVar[int] = 1
    public: ClassVar[bool] = False
    """Whether people outside may be told of it (webhooks)."""
    retention_days: ClassVar[int | None] = 30
    """How long it is kept once nothing of it is open; `FOR_EVER` for what projections are rebuilt from."""

    def payload(self) -> dict[str, Any]:
        """The event's fields, as they are stored."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    @classmethod
    def from_payload(cls, payload: dict[str, Any]) -> Self:
        """The event that was stored as `payload`.

        Raises:
            TypeError, KeyError: where the payload has other fields than the class.
        """
        return cls(**{field.name: _revive(field.type, payload[field.name]) for field in fields(cls)})


@dataclass(frozen=True, slots=True)
class Recorded:
    """An event on its way: what happened, with who, where and when, and because of what."""

    event: Event
    tenant_id: UUID
    actor: str
    request_id: UUID
    at: datetime
    id: UUID
    cause: int | None = None
    """The delivery whose handler recorded it; None for what a request did."""
    traceparent: str | None = None
    """W3C Trace Context, level 1: the trace that it belongs to, and its parent in that."""


def recorded(event: Event, *, tenant_id: UUID, actor: str, request_id: UUID, at: datetime) -> Recorded:
    """Give the event its id and its circumstances; cause and trace are those of the running request or delivery."""
    context = current_context.get()
    return Recorded(
        event=event,
        tenant_id=tenant_id,
        actor=actor,
        request_id=request_id,
        at=at,
        id=uuid7(),
        cause=None if context is None else context.delivery_id,
        traceparent=None if context is None else context.trace(),
    )


def _revive(annotation: Any, value: Any) -> Any:
    """JSON keeps text, numbers and booleans; ids and times come back from text."""
    if isinstance(value, str) and annotation is UUID:
        return UUID(value)
    if isinstance(value, str) and annotation is datetime:
        return datetime.fromisoformat(value)
    return value
