"""Events: facts that happened, past tense, immutable, made of plain values."""

from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, dataclass, fields
from datetime import datetime
from typing import Any, ClassVar, Self
from uuid import UUID

from app.extensions.context import current_context
from app.utils.ids import uuid7


class PayloadError(ValueError):
    """What is stored of an event does not fit its class; says which field."""


FOR_EVER = None
"""The retention of events that projections are rebuilt from."""


MAX_GENERATION = 50
"""How many handlers may follow upon one another, each because of an event that the one before it recorded."""


class EndlessChainError(RuntimeError):
    """Handlers record events for one another without an end; says which event was one too many."""


REVIVED: Mapping[Any, Callable[[str], Any]] = {UUID: UUID, datetime: datetime.fromisoformat}


@dataclass(frozen=True, slots=True)
class Event:
    """The base of all events. A subclass is a frozen dataclass with a stable `name` ("catalog.product_created").

    A field that is added at the end with a default needs no other `version`: what is stored without it takes the default, and
    code that does not know it passes over it. Any other change does; `upgrade` then says how an older payload is read. What is
    newer than the code is parked until newer code comes.
    """

    name: ClassVar[str] = ""
    version: ClassVar[int] = 1
    public: ClassVar[bool] = False
    """Whether people outside may be told of it (webhooks)."""
    retention_days: ClassVar[int | None] = 30
    """How long it is kept once nothing of it is open; `FOR_EVER` for what projections are rebuilt from."""
    foldable: ClassVar[bool] = True
    """Whether a handler may have a unique key: whoever records the event may join it to a delivery that waits."""

    def payload(self) -> dict[str, Any]:
        """The event's fields, as they are stored."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    @classmethod
    def upgrade(cls, payload: dict[str, Any], version: int) -> dict[str, Any]:  # noqa: ARG003 - overridden where versions differ
        """The payload of an older version as the present one would have been stored; a class with a `version` above 1 has it.

        Payloads of all versions that may still be stored come here, for as long as the event's retention, and longer where
        deliveries are dead: `if version < 2: payload = ...` for each, the oldest first.
        """
        return payload

    @classmethod
    def from_payload(cls, payload: dict[str, Any], version: int | None = None) -> Self:
        """The event that was stored as `payload` by code of that version; None: the present one.

        Raises:
            PayloadError: a field is missing, or is not what its type says. What `upgrade` raises goes on.
        """
        current = payload if version is None or version == cls.version else cls.upgrade(dict(payload), version)
        if not isinstance(current, dict):
            raise PayloadError(f"the payload of {cls.name} is no object")
        return cls(
            **{
                field.name: _field(cls, field, current)
                for field in fields(cls)
                if field.name in current or _demanded(field)
            }
        )


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
    generation: int = 0
    """How many handlers stand between it and a request."""


@dataclass(frozen=True, slots=True)
class Cause:
    """Whose act something is, where it is not the running request's or delivery's."""

    actor: str
    request_id: UUID
    generation: int


def next_generation(what: str) -> int:
    """Of what is recorded or started now.

    Raises:
        EndlessChainError: there may not be so many.
    """
    context = current_context.get()
    if context is None or context.delivery_id is None:
        return 0
    if context.generation >= MAX_GENERATION:
        raise EndlessChainError(
            f"{what} comes after {MAX_GENERATION} handlers, each of which brought about the next: they go round in a circle"
        )
    return context.generation + 1


def recorded(
    event: Event, *, tenant_id: UUID, actor: str, request_id: UUID, at: datetime, generation: int | None = None
) -> Recorded:
    """Give the event its id and its circumstances; cause and trace are those of the running request or delivery.

    Raises:
        EndlessChainError: too many handlers stand between it and a request.
    """
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
        generation=next_generation(event.name) if generation is None else generation,
    )


def _demanded(field: Field[Any]) -> bool:
    return field.default is MISSING and field.default_factory is MISSING


def _field(owner: type[Event], field: Field[Any], payload: dict[str, Any]) -> Any:
    """JSON keeps text, numbers and booleans; ids and times come back from text."""
    if field.name not in payload:
        raise PayloadError(f"the payload of {owner.name} has no {field.name}")
    value = payload[field.name]
    kind = field.type if isinstance(field.type, type) else object
    reviver = REVIVED.get(kind)
    if reviver is None or not isinstance(value, str):
        return value
    try:
        return reviver(value)
    except ValueError:
        raise PayloadError(f"the payload of {owner.name} has a {field.name} that is no {kind.__name__}") from None
