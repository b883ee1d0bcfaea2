"""Tasks as rows: what somebody started and watches, written in the transaction of its cause."""

from collections.abc import Sequence
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


INSERT = """
INSERT INTO tasks (tenant_id, id, kind, payload, after, actor, request_id, created_at)
VALUES ($1, $2, $3, $4::text::jsonb, $5, $6, $7, $8)
"""


async def write(connection: Connection, tenant_id: UUID, tasks: Sequence[NewTask]) -> None:
    """Write the tasks that a unit of work started for one tenant."""
    for task in tasks:
        await connection.execute(
            INSERT,
            tenant_id,
            task.id,
            task.kind,
            orjson.dumps(task.payload).decode(),
            list(task.after),
            task.actor,
            task.request_id,
            task.at,
        )
