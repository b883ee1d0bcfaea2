"""Bodies of /tasks."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from app.extensions.pages import PageQuery, several


class TaskQuery(PageQuery):
    """Filters of tasks."""

    state: Annotated[str | None, several("queued", "running", "succeeded", "failed", "cancelled")] = None
    kind: Annotated[
        str | None, Field(max_length=120, pattern=r"^[a-z][a-z0-9_.]*$", description="only tasks of this kind")
    ] = None


@dataclass(slots=True)
class TaskProgress:
    """How far a task has come."""

    done: Annotated[int, Field(description="units that are done")]
    total: Annotated[int | None, Field(description="units in all, once that is known")]
    unit: Annotated[str | None, Field(description="of what")]
    message: Annotated[str | None, Field(description="what it does now, for people")]
    partial: Annotated[dict[str, Any] | None, Field(description="what it has found so far")]


@dataclass(slots=True)
class TaskOut:
    """Long work, and where it stands."""

    id: Annotated[UUID, Field(description="the task's id")]
    kind: Annotated[str, Field(description="what is done")]
    state: Annotated[str, Field(description="queued, running, succeeded, failed or cancelled")]
    progress: Annotated[TaskProgress, Field(description="how far it has come")]
    result: Annotated[dict[str, Any] | None, Field(description="what came of it, once it has succeeded")]
    error: Annotated[str | None, Field(description="why it failed, or what its last attempt failed of")]
    cancellable: Annotated[bool, Field(description="whether a cancellation would still be heard")]
    after: Annotated[list[UUID], Field(description="the tasks that must have succeeded before it runs")]
    attempt: Annotated[int, Field(description="how often it was begun or resumed")]
    actor: Annotated[str, Field(description="who started it")]
    request_id: Annotated[UUID, Field(description="the request that it came of")]
    revision: Annotated[int, Field(description="counts every change; the id of its events")]
    created_at: Annotated[datetime, Field(description="when it was started")]
    started_at: Annotated[datetime | None, Field(description="when it first began to run")]
    cancel_requested_at: Annotated[datetime | None, Field(description="when somebody cancelled it")]
    finished_at: Annotated[datetime | None, Field(description="when it ended")]
    expires_at: Annotated[datetime | None, Field(description="until when it is kept; null: no end, or not yet over")]
