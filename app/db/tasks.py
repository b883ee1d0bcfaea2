"""Tasks as rows: what somebody started and watches, written in the transaction of its cause."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import BigInteger, CheckConstraint, DateTime, Index, Integer, String, Text, Uuid, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, Role, grant
from app.db.mixins import SECOND, TenantMixin
from app.exceptions import TaskUnknown, TooManyTasks
from app.extensions.interfaces import Connection

TASK_STATES = ("queued", "running", "succeeded", "failed", "cancelled")
PROGRESS = (
    "state", "attempt", "done", "total", "unit", "message", "partial", "result", "error", "checkpoint", "revision",
    "started_at", "cancel_requested_at", "finished_at", "expires_at",
)  # fmt: skip
"""What changes of a task; everything else of it is written once."""
UNFINISHED = "state IN ('queued', 'running')"


class StoredTask(TenantMixin, Base):
    """Long work, and where it stands. What carries it is a delivery of the event `core.task_queued`."""

    __tablename__ = "tasks"
    __table_args__ = (
        CheckConstraint(f"state IN {TASK_STATES}", name="state"),
        Index("ix_tasks_unfinished", "tenant_id", "kind", postgresql_where=text(UNFINISHED)),
        Index("ix_tasks_request", "tenant_id", "request_id"),
        Index("ix_tasks_expires", "expires_at", postgresql_where=text("expires_at IS NOT NULL")),
    )
    __grants__ = (
        grant(Role.APP, "SELECT", "INSERT", update=PROGRESS),
        grant(Role.SYSTEM, "SELECT", "INSERT", "DELETE"),
    )

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True, sort_order=SECOND)
    kind: Mapped[str] = mapped_column(String(120))
    state: Mapped[str] = mapped_column(String(10), server_default="queued")
    payload: Mapped[dict[str, Any]] = mapped_column(JSONB)
    after: Mapped[list[UUID]] = mapped_column(ARRAY(Uuid), server_default=text("'{}'::uuid[]"))
    """The tasks that must have succeeded before it is run."""
    done: Mapped[int] = mapped_column(BigInteger, server_default="0")
    total: Mapped[int | None] = mapped_column(BigInteger)
    unit: Mapped[str | None] = mapped_column(String(40))
    message: Mapped[str | None] = mapped_column(String(300))
    partial: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    result: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    error: Mapped[str | None] = mapped_column(Text)
    checkpoint: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default=text("'{}'::jsonb"))
    revision: Mapped[int] = mapped_column(BigInteger, server_default="1")
    """Counts every change: whoever watches knows by it what they have seen."""
    actor: Mapped[str] = mapped_column(String(120))
    request_id: Mapped[UUID] = mapped_column(Uuid)
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    started_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    cancel_requested_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    finished_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    expires_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    attempt: Mapped[int] = mapped_column(Integer, server_default="0")
    """How often it was begun or resumed."""
    keep_days: Mapped[int | None] = mapped_column(Integer)
    """How long it is kept after its end, as its kind said when it was started; None: for ever."""
    generation: Mapped[int] = mapped_column(Integer, server_default="0")
    """How many handlers stand between it and a request."""


@dataclass(frozen=True, slots=True)
class NewTask:
    """A task on its way, kept by the unit of work for the commit."""

    id: UUID
    kind: str
    payload: dict[str, Any]
    after: Sequence[UUID]
    actor: str
    request_id: UUID
    at: datetime
    generation: int = 0
    """How many handlers stand between it and a request: what waits for another keeps its own."""
    at_once: int | None = None
    """How many unfinished ones of the kind the tenant may have, and ..."""
    most: int | None = None
    """... how many of all kinds."""
    keep_days: int | None = None
    """How long it is kept after its end."""


NEVER = "a task that it waited for has not succeeded"

INSERT = """
INSERT INTO tasks
  (tenant_id, id, kind, payload, after, actor, request_id, created_at, state, error, finished_at,
  expires_at, keep_days, generation)
VALUES ($1, $2, $3, $4::text::jsonb, $5, $6, $7, $8, $9, $10, $11,
  $11::timestamptz + make_interval(days => $12::int), $12, $13)
"""
# Who starts limited tasks in one tenant does so one after another, from here to the commit: each counts what the other wrote.
# The count is a statement of its own, or it would be as old as the wait.
TURN = "SELECT pg_advisory_xact_lock($1, $2)"
TURN_OF_TASKS = 7_001
"""The first key of the lock, in the space of pairs; the second is the tenant's."""
UNFINISHED_KINDS = f"SELECT kind, count(*) FROM tasks WHERE tenant_id = $1 AND {UNFINISHED} GROUP BY kind"
# Held until the commit: what finishes meanwhile waits, and then finds who waits for it.
PREDECESSORS = "SELECT id, state FROM tasks WHERE tenant_id = $1 AND id = ANY($2) ORDER BY id FOR SHARE"


async def write(connection: Connection, tenant_id: UUID, tasks: Sequence[NewTask]) -> list[NewTask]:
    """Write the tasks that a unit of work started for one tenant; returns those with predecessors that are ready already.

    Raises:
        TooManyTasks: with these the tenant has more unfinished ones than it may; nothing was written.
        TaskUnknown: one waits for a task that the tenant does not have.
    """
    if any(task.at_once is not None or task.most is not None for task in tasks):
        await _count(connection, tenant_id, tasks)
    awaited = sorted({key for task in tasks for key in task.after})
    rows = await connection.fetch(PREDECESSORS, tenant_id, awaited) if awaited else ()
    states: dict[UUID, str] = {row[0]: row[1] for row in rows}
    ready = []
    for task in tasks:
        states[task.id] = state = _first_state(task, states)
        ended = task.at if state == "cancelled" else None
        values = orjson.dumps(task.payload).decode()
        await connection.execute(
            INSERT, tenant_id, task.id, task.kind, values, list(task.after), task.actor, task.request_id, task.at,
            state, None if ended is None else NEVER, ended, task.keep_days, task.generation,
        )  # fmt: skip
        if task.after and all(states[key] == "succeeded" for key in task.after):
            ready.append(task)
    return ready


def _first_state(task: NewTask, states: Mapping[UUID, str]) -> str:
    if missing := [key for key in task.after if key not in states]:
        raise TaskUnknown(f"There is no task {missing[0]}, so that nothing can wait for it.")
    return "cancelled" if any(states[key] in {"failed", "cancelled"} for key in task.after) else "queued"


async def _count(connection: Connection, tenant_id: UUID, tasks: Sequence[NewTask]) -> None:
    await connection.fetch(TURN, TURN_OF_TASKS, tenant_id.int % 2**31)
    counts = Counter({row[0]: row[1] for row in await connection.fetch(UNFINISHED_KINDS, tenant_id)})
    counts.update(task.kind for task in tasks)
    for task in tasks:
        if task.most is not None and counts.total() > task.most:
            raise TooManyTasks(f"The plan allows {task.most} unfinished tasks. Wait until some have ended.")
        if task.at_once is not None and counts[task.kind] > task.at_once:
            raise TooManyTasks(f"At most {task.at_once} unfinished tasks of this kind. Wait until one has ended.")
