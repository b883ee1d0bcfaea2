"""What is read of tasks, newest first."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, Uuid, bindparam, select

from app.core.schemas import TaskOut, TaskProgress, TaskQuery
from app.db.listing import Listing, among, equals
from app.db.query import Query
from app.db.tasks import NewTask, StoredTask
from app.db.uow import UnitOfWork
from app.extensions.pagination import CursorCodec
from app.utils.schemas import Page

_tenant = bindparam("tenant_id", type_=Uuid)
_T = StoredTask
ENDED = frozenset({"succeeded", "failed", "cancelled"})


@dataclass(slots=True)
class TaskRow:
    """A task as it is stored, without what it was started with."""

    id: UUID
    kind: str
    state: str
    done: int
    total: int | None
    unit: str | None
    message: str | None
    partial: dict[str, Any] | None
    result: dict[str, Any] | None
    error: str | None
    after: list[UUID]
    attempt: int
    actor: str
    request_id: UUID
    revision: int
    created_at: datetime
    started_at: datetime | None
    cancel_requested_at: datetime | None
    finished_at: datetime | None
    expires_at: datetime | None


def _rows() -> Select[*tuple[Any, ...]]:
    return select(
        _T.id,
        _T.kind,
        _T.state,
        _T.done,
        _T.total,
        _T.unit,
        _T.message,
        _T.partial,
        _T.result,
        _T.error,
        _T.after,
        _T.attempt,
        _T.actor,
        _T.request_id,
        _T.revision,
        _T.created_at,
        _T.started_at,
        _T.cancel_requested_at,
        _T.finished_at,
        _T.expires_at,
    ).where(_T.tenant_id == _tenant)


TASK: Query[TaskRow] = Query(_rows().where(_T.id == bindparam("key", type_=Uuid)), TaskRow)
TASKS: Listing[TaskRow] = Listing(
    "tasks",
    TaskRow,
    _rows(),
    TaskQuery,
    key={"id": _T.id},
    order="-id",
    filters={"state": among(_T.state), "kind": equals(_T.kind)},
)


async def task(uow: UnitOfWork, key: UUID) -> TaskOut | None:
    """One task."""
    row = await TASK.first(uow, key=key)
    return None if row is None else _out(row)


async def task_page(uow: UnitOfWork, cursors: CursorCodec, query: TaskQuery) -> Page[TaskOut]:
    """One page, newest first."""
    return (await TASKS.page(uow, cursors, query)).each(_out)


def new_task(started: NewTask) -> TaskOut:
    """A task that is about to be committed."""
    return TaskOut(
        id=started.id,
        kind=started.kind,
        state="queued",
        progress=TaskProgress(0, None, None, None, None),
        result=None,
        error=None,
        cancellable=True,
        after=list(started.after),
        attempt=0,
        actor=started.actor,
        request_id=started.request_id,
        revision=1,
        created_at=started.at,
        started_at=None,
        cancel_requested_at=None,
        finished_at=None,
        expires_at=None,
    )


def _out(row: TaskRow) -> TaskOut:
    return TaskOut(
        id=row.id,
        kind=row.kind,
        state=row.state,
        progress=TaskProgress(row.done, row.total, row.unit, row.message, row.partial),
        result=row.result,
        error=row.error,
        cancellable=row.state not in ENDED and row.cancel_requested_at is None,
        after=list(row.after),
        attempt=row.attempt,
        actor=row.actor,
        request_id=row.request_id,
        revision=row.revision,
        created_at=row.created_at,
        started_at=row.started_at,
        cancel_requested_at=row.cancel_requested_at,
        finished_at=row.finished_at,
        expires_at=row.expires_at,
    )
