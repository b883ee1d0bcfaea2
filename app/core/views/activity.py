"""What is read of one request's consequences: four statements, each with a bound, whatever there is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Integer, String, Uuid, any_, bindparam, case, cast, null, select
from sqlalchemy.dialects.postgresql import ARRAY

from app.core.schemas.activity import ActivityTask
from app.db.outbox import Delivery, StoredEvent
from app.db.query import Query
from app.db.tasks import StoredTask
from app.db.uow import UnitOfWork
from app.extensions.tasks import TaskQueued

_tenant = bindparam("tenant_id", type_=Uuid)
_request = bindparam("request_id", type_=Uuid)
_limit = bindparam("limit", type_=Integer)
_D, _E, _T = Delivery, StoredEvent, StoredTask


@dataclass(slots=True)
class EventRow:
    """An event, the delivery that it came of, and the task that it queues."""

    id: UUID
    name: str
    event_version: int
    actor: str
    at: datetime
    cause: int | None
    task_id: str | None


@dataclass(slots=True)
class DeliveryRow:
    """A delivery of an event."""

    event_id: UUID
    number: int
    id: str
    handler: str
    queue: str
    state: str
    attempt: int
    replays: int
    error: str | None
    created_at: datetime
    due_at: datetime
    started_at: datetime | None
    finished_at: datetime | None


EVENTS: Query[EventRow] = Query(
    select(
        _E.id,
        _E.name,
        _E.version.label("event_version"),
        _E.actor,
        _E.at,
        _E.cause,
        case((_E.name == TaskQueued.name, _E.payload["task_id"].astext), else_=null()).label("task_id"),
    )
    .where(_E.tenant_id == _tenant, _E.request_id == _request)
    .order_by(_E.at, _E.id)
    .limit(_limit),
    EventRow,
)
DELIVERIES: Query[DeliveryRow] = Query(
    select(
        _D.event_id, cast(_D.id, BigInteger).label("number"), cast(_D.id, String).label("id"), _D.handler, _D.queue,
        _D.state, _D.attempt, _D.replays, _D.error, _D.created_at, _D.due_at, _D.started_at, _D.finished_at,
    )
    .where(_D.tenant_id == _tenant, _D.event_id == any_(bindparam("events", type_=ARRAY(Uuid))))
    .order_by(_D.id)
    .limit(_limit),
    DeliveryRow,
)  # fmt: skip
TASKS: Query[ActivityTask] = Query(
    select(
        _T.id, _T.kind, _T.state, _T.attempt, _T.done, _T.total, _T.unit, _T.error, _T.created_at, _T.started_at,
        _T.finished_at,
    )
    .where(
        _T.tenant_id == _tenant,
        (_T.request_id == _request) | (_T.id == any_(bindparam("tasks", type_=ARRAY(Uuid)))),
    )
    .order_by(_T.created_at, _T.id)
    .limit(_limit),
    ActivityTask,
)  # fmt: skip


async def events_of(uow: UnitOfWork, request_id: UUID, limit: int) -> list[EventRow]:
    """What the request and the handlers behind it recorded, by time."""
    return await EVENTS.all(uow, request_id=request_id, limit=limit)


async def deliveries_of(uow: UnitOfWork, events: Sequence[UUID], limit: int) -> list[DeliveryRow]:
    """The deliveries of these events, oldest first."""
    ids: list[Any] = list(events)
    return await DELIVERIES.all(uow, events=ids, limit=limit)


async def tasks_of(uow: UnitOfWork, request_id: UUID, queued: Sequence[UUID], limit: int) -> list[ActivityTask]:
    """The tasks that the request and the handlers behind it started, and those that they queued for others, by time."""
    ids: list[Any] = list(queued)
    return await TASKS.all(uow, request_id=request_id, tasks=ids, limit=limit)
