"""Events: facts that happened, past tense, immutable, made of plain values."""

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, ClassVar, Self
from uuid import UUID

from app.utils.ids import uuid7


@dataclass(frozen=True, slots=True)
class Event:
    """The base of all events. A subclass is a frozen dataclass with a stable `name` ("catalog.product_created")."""

    name: ClassVar[str] = ""
    version: ClassVar[int] = 1

    def payload(self) -> dict[str, Any]:
        """The event's fields, as they are stored."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    @classmethod
    def from_payload(cls, payload: dict[str, Any]) -> Self:
        """The event that was stored as `payload`.

        Raises:
            TypeError: where the payload has other fields than the class.
        """
        return cls(**{field.name: _revive(field.type, payload[field.name]) for field in fields(cls)})


@dataclass(frozen=True, slots=True)
class Recorded:
    """An event on its way: what happened, with who, where and when."""

    event: Event
    tenant_id: UUID
    actor: str
    request_id: UUID
    at: datetime
    id: UUID


def recorded(event: Event, *, tenant_id: UUID, actor: str, request_id: UUID, at: datetime) -> Recorded:
    """Give the event its id and its circumstances."""
    return Recorded(event=event, tenant_id=tenant_id, actor=actor, request_id=request_id, at=at, id=uuid7())


def _revive(annotation: Any, value: Any) -> Any:
    """JSON keeps text, numbers and booleans; ids and times come back from text."""
    if isinstance(value, str) and annotation is UUID:
        return UUID(value)
    if isinstance(value, str) and annotation is datetime:
        return datetime.fromisoformat(value)
    return value
