"""The map of the hub: which events there are, what they hold, and who reacts how. Read from the manifests, drawn by `make docs`."""

import types
import typing
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field, TypeAdapter

from app.extensions.events import Event
from app.extensions.module import Handler, Module
from app.extensions.priorities import Priority, Retries
from app.extensions.schedules import Schedule
from app.extensions.tasks import Task

EXAMPLES: dict[Any, Any] = {
    UUID: "01939b1e-6a80-7c3e-9d4f-5b8a7e2c1d00",
    datetime: "2026-01-31T12:00:00+00:00",
    date: "2026-01-31",
    bool: True,
    int: 1,
    float: 1.5,
}
"""What a field of such a type may hold, as it is stored."""


@dataclass(slots=True)
class RetryPolicy:
    """What becomes of a failure."""

    max_attempts: Annotated[int | None, Field(description="starts before it is dead; null: as the settings say")]
    backoff_seconds: Annotated[float | None, Field(description="the first pause; null: as the settings say")]
    longest_seconds: Annotated[float, Field(description="the longest pause")]


@dataclass(slots=True)
class HandlerEntry:
    """A reaction to an event."""

    name: Annotated[str, Field(description="how deliveries name it")]
    module: Annotated[str, Field(description="whose it is")]
    lane: Annotated[str, Field(description="inline: in the event's own transaction; worker: behind the outbox")]
    queue: Annotated[str | None, Field(description="the queue that carries it; null: inline")]
    priority: Annotated[str, Field(description="interactive goes before bulk")]
    timeout_seconds: Annotated[float, Field(description="its own time")]
    retries: RetryPolicy
    outside: Annotated[bool, Field(description="it calls outside systems: at least once, not exactly once")]
    ordered: Annotated[bool, Field(description="deliveries of one key run one after another")]
    unique: Annotated[bool, Field(description="while one of a key waits, no second is written")]


@dataclass(slots=True)
class FieldEntry:
    """A field of an event."""

    name: str
    type: Annotated[str, Field(description="as the code spells it")]


@dataclass(slots=True)
class EventEntry:
    """A fact that is recorded, and who reacts to it."""

    name: str
    event_version: Annotated[int, Field(description="another one means other fields")]
    module: Annotated[str, Field(description="whose fact it is")]
    description: str
    public: Annotated[bool, Field(description="people outside may be told of it")]
    retention_days: Annotated[int | None, Field(description="how long it is kept; null: for ever")]
    fields: list[FieldEntry]
    schema: Annotated[dict[str, Any], Field(description="of its payload: JSON Schema, draft 2020-12")]
    sample: Annotated[dict[str, Any], Field(description="a payload, made up")]
    handlers: list[HandlerEntry]


@dataclass(slots=True)
class TaskEntry:
    """A kind of long work."""

    kind: str
    module: str
    title: str
    queue: str
    priority: str
    timeout_seconds: Annotated[float, Field(description="of one attempt")]
    retries: RetryPolicy
    at_once: Annotated[int | None, Field(description="of one tenant; null: as the plan allows")]
    keep_days: Annotated[int | None, Field(description="after its end; null: for ever")]


@dataclass(slots=True)
class ScheduleEntry:
    """What is done at certain times."""

    name: str
    module: str
    cron: str
    time_zone: str
    per_tenant: Annotated[bool, Field(description="once for each active tenant; else once")]
    missed: Annotated[str, Field(description="of the times that nobody fired: skip, once or all")]
    queue: str
    priority: str
    timeout_seconds: float
    retries: RetryPolicy
    outside: bool


@dataclass(slots=True)
class HubMap:
    """Everything that is routed, in the order of the installed modules."""

    events: list[EventEntry]
    tasks: list[TaskEntry]
    schedules: list[ScheduleEntry]


def hub_map(modules: Sequence[Module], usual: Retries) -> HubMap:
    """The map of these modules; `usual` is what the settings say of failures."""
    reactions: dict[type[Event], list[HandlerEntry]] = {}
    for module in modules:
        for handler in module.handlers:
            reactions.setdefault(handler.event, []).append(_handler(handler, module.name, usual))
    return HubMap(
        [_event(event, module.name, reactions.get(event, [])) for module in modules for event in module.events],
        [_task(task, module.name, usual) for module in modules for task in module.tasks],
        [_schedule(schedule, module.name, usual) for module in modules for schedule in module.schedules],
    )


def sample(event: type[Event]) -> dict[str, Any]:
    """A payload of the event as it is stored, made up from the types of its fields; the same each time."""
    hints = typing.get_type_hints(event)
    return {field.name: _example(hints[field.name], field.name) for field in fields(event)}


def _event(event: type[Event], module: str, handlers: list[HandlerEntry]) -> EventEntry:
    hints = typing.get_type_hints(event)
    return EventEntry(
        event.name,
        event.version,
        module,
        _said(event),
        event.public,
        event.retention_days,
        [FieldEntry(field.name, _spelled(hints[field.name])) for field in fields(event)],
        TypeAdapter(event).json_schema(),
        sample(event),
        handlers,
    )


def _handler(handler: Handler, module: str, usual: Retries) -> HandlerEntry:
    return HandlerEntry(
        handler.name,
        module,
        "inline" if handler.inline else "worker",
        None if handler.inline else handler.queue,
        _priority(handler.priority),
        handler.timeout_seconds,
        _retries(handler.retries, usual),
        handler.outside,
        handler.ordering_key is not None,
        handler.unique_key is not None,
    )


def _task(task: Task, module: str, usual: Retries) -> TaskEntry:
    return TaskEntry(
        task.kind,
        module,
        task.title,
        task.queue,
        _priority(task.priority),
        task.timeout_seconds,
        _retries(task.retries, usual),
        task.at_once,
        task.keep_days,
    )


def _schedule(schedule: Schedule, module: str, usual: Retries) -> ScheduleEntry:
    return ScheduleEntry(
        schedule.name,
        module,
        schedule.cron,
        schedule.time_zone,
        schedule.per_tenant,
        schedule.missed,
        schedule.queue,
        _priority(schedule.priority),
        schedule.timeout_seconds,
        _retries(schedule.retries, usual),
        schedule.outside,
    )


def _retries(own: Retries, usual: Retries) -> RetryPolicy:
    """Its own where it has them, else the usual."""
    return RetryPolicy(
        usual.max_attempts if own.max_attempts is None else own.max_attempts,
        usual.backoff_seconds if own.backoff_seconds is None else own.backoff_seconds,
        own.longest_seconds,
    )


def _priority(priority: Priority) -> str:
    return priority.name.lower()


def _said(event: type[Event]) -> str:
    """The first line of the docstring."""
    return (event.__doc__ or "").strip().partition("\n")[0]


def _example(hint: Any, name: str) -> Any:
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin is typing.Literal:
        return arguments[0]
    if origin in {types.UnionType, typing.Union}:
        return _example(next(item for item in arguments if item is not type(None)), name)
    if isinstance(origin, type) and issubclass(origin, Iterable):
        return {} if issubclass(origin, dict) else [_example(arguments[0], name)]
    return EXAMPLES.get(hint, name)


def _spelled(hint: Any) -> str:
    return hint.__name__ if isinstance(hint, type) and not typing.get_args(hint) else str(hint)
