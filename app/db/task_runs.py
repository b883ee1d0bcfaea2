"""The life of a task, statement by statement: begun, stepped, ended, cancelled. What starts one is in `tasks.py`.

Every statement names the tenant. Whoever locks both takes a task's delivery before the task, and of several tasks the one
with the smallest id first; a cancellation locks tasks alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import orjson

from app.db.errors import storable
from app.db.tasks import NEVER
from app.db.uow import UnitOfWork
from app.extensions.events import Cause
from app.extensions.tasks import TaskQueued

MAX_MESSAGE = 300
MAX_UNIT = 40
MAX_ERROR = 2000
FINISHED = frozenset({"succeeded", "failed", "cancelled"})

# The fence of a step. KEY SHARE lets the lease be renewed meanwhile, and a claim passes the row by.
FENCE = """
SELECT FROM deliveries WHERE tenant_id = $1 AND id = $2 AND attempt = $3 AND state = 'leased' FOR KEY SHARE
"""
# A failed one is begun again where somebody replayed its delivery: nothing else leases that.
BEGIN = """
UPDATE tasks SET state = 'running', attempt = attempt + 1, started_at = coalesce(started_at, now()), error = NULL,
  cancel_requested_at = CASE WHEN state = 'failed' THEN NULL ELSE cancel_requested_at END,
  finished_at = NULL, expires_at = NULL, revision = revision + 1
WHERE tenant_id = $1 AND id = $2 AND state IN ('queued', 'running', 'failed')
RETURNING kind, payload, checkpoint, actor, request_id, created_at, cancel_requested_at IS NOT NULL
"""
LOOK = "SELECT state, cancel_requested_at IS NOT NULL FROM tasks WHERE tenant_id = $1 AND id = $2"
SAVE = """
UPDATE tasks SET checkpoint = coalesce($3::text::jsonb, checkpoint), done = coalesce($4, done), total = coalesce($5, total),
  unit = coalesce($6, unit), message = coalesce($7, message), partial = coalesce($8::text::jsonb, partial),
  revision = revision + 1
WHERE tenant_id = $1 AND id = $2
"""
# Work that goes on is no poison: starts are counted from the last progress on.
PROGRESSED = """
UPDATE deliveries SET tries = least(tries, 1) WHERE tenant_id = $1 AND id = $2 AND attempt = $3 AND tries > 1
"""
END = """
UPDATE tasks SET state = $3, result = $4::text::jsonb, finished_at = now(),
  expires_at = now() + make_interval(days => keep_days), revision = revision + 1
WHERE tenant_id = $1 AND id = $2 AND state = 'running'
RETURNING id
"""
FAIL = """
UPDATE tasks SET state = 'failed', error = $3, finished_at = now(),
  expires_at = now() + make_interval(days => keep_days), revision = revision + 1
WHERE tenant_id = $1 AND id = $2 AND state = 'running'
"""
OF_DELIVERY = """
SELECT (e.payload->>'task_id')::uuid FROM deliveries AS d JOIN events AS e ON e.tenant_id = $1 AND e.id = d.event_id
WHERE d.tenant_id = $1 AND d.id = $2 AND d.handler LIKE 'task:%'
"""
# Between two attempts it waits as it did before the first: a cancellation ends it at once then.
AGAIN = """
UPDATE tasks SET state = 'queued', error = $3, revision = revision + 1
WHERE tenant_id = $1 AND id = $2 AND state IN ('queued', 'running')
RETURNING cancel_requested_at IS NOT NULL
"""
DEAD = """
UPDATE tasks SET state = 'failed', error = $3, finished_at = now(), expires_at = now() + make_interval(days => keep_days),
  revision = revision + 1
WHERE tenant_id = $1 AND id = $2 AND state IN ('queued', 'running')
RETURNING id
"""
HELD = "SELECT state FROM tasks WHERE tenant_id = $1 AND id = $2 FOR UPDATE"
REQUEST = """
UPDATE tasks SET cancel_requested_at = now(), revision = revision + 1
WHERE tenant_id = $1 AND id = $2 AND state = 'running' AND cancel_requested_at IS NULL
"""
CANCEL = """
UPDATE tasks SET state = 'cancelled', error = $3, cancel_requested_at = coalesce(cancel_requested_at, now()),
  finished_at = now(), expires_at = now() + make_interval(days => keep_days), revision = revision + 1
WHERE tenant_id = $1 AND id = $2 AND state = 'queued'
"""
# All that wait for one of $2, however far behind it.
BEHIND = """
WITH RECURSIVE behind AS (
  SELECT id FROM tasks WHERE tenant_id = $1 AND state = 'queued' AND after && $2::uuid[]
  UNION
  SELECT t.id FROM tasks AS t JOIN behind ON t.after @> ARRAY[behind.id] WHERE t.tenant_id = $1 AND t.state = 'queued'
)
SELECT id FROM behind
"""
HELD_BEHIND = """
SELECT id FROM tasks WHERE tenant_id = $1 AND id = ANY($2) AND state = 'queued' ORDER BY id FOR UPDATE
"""
WAITING = """
SELECT id FROM tasks WHERE tenant_id = $1 AND state = 'queued' AND after @> ARRAY[$2::uuid] ORDER BY id FOR UPDATE
"""
# In a statement after that one: of two predecessors that end at once the second had to wait, and sees the first here.
# One that is gone had succeeded and was swept: what fails takes those with it that wait.
READY = """
SELECT id, kind, actor, request_id, generation FROM tasks AS t
WHERE t.tenant_id = $1 AND t.id = ANY($2) AND NOT EXISTS (
  SELECT FROM tasks AS p WHERE p.tenant_id = $1 AND p.id = ANY(t.after) AND p.state <> 'succeeded'
)
"""


@dataclass(frozen=True, slots=True)
class Begun:
    """A task whose attempt begins."""

    kind: str
    payload: dict[str, Any]
    checkpoint: dict[str, Any]
    actor: str
    request_id: UUID
    created_at: Any
    is_cancelled: bool


@dataclass(slots=True)
class Notes:
    """What a step notes of where the task stands; None: as it was."""

    checkpoint: Mapping[str, Any] | None = None
    done: int | None = None
    total: int | None = None
    unit: str | None = None
    message: str | None = None
    partial: Mapping[str, Any] | None = None


async def begin(uow: UnitOfWork, task_id: UUID) -> Begun | None:
    """Note that an attempt begins; None where there is nothing to run any more."""
    row = await uow.connection.fetchrow(BEGIN, uow.tenant_id, task_id)
    return None if row is None else Begun(*row)


async def fence(uow: UnitOfWork, delivery_id: int, attempt: int) -> bool:
    """Whether the delivery is still this attempt's; it stays so until the transaction ends."""
    return await uow.connection.fetchrow(FENCE, uow.tenant_id, delivery_id, attempt) is not None


async def look(uow: UnitOfWork, task_id: UUID) -> tuple[str, bool]:
    """The task's state, and whether somebody wants it cancelled; one that is gone is cancelled."""
    row = await uow.connection.fetchrow(LOOK, uow.tenant_id, task_id)
    return ("cancelled", True) if row is None else (row[0], row[1])


async def save(uow: UnitOfWork, task_id: UUID, notes: Notes) -> None:
    """Write what a step noted."""
    await uow.connection.execute(
        SAVE,
        uow.tenant_id,
        task_id,
        _json(notes.checkpoint),
        notes.done,
        notes.total,
        None if notes.unit is None else notes.unit[:MAX_UNIT],
        None if notes.message is None else notes.message[:MAX_MESSAGE],
        _json(notes.partial),
    )


async def progressed(uow: UnitOfWork, delivery_id: int, attempt: int) -> None:
    """Forget the starts that were lost before this progress, all but the present one."""
    await uow.connection.execute(PROGRESSED, uow.tenant_id, delivery_id, attempt)


async def succeed(uow: UnitOfWork, task_id: UUID, result: Mapping[str, Any] | None) -> bool:
    """End it with its result and queue those that waited for nothing else; False where it has ended otherwise.

    Each of those goes on as the act of whoever started it, not of whoever started this one.
    """
    ended = await uow.connection.fetchrow(END, uow.tenant_id, task_id, "succeeded", _json(result))
    if ended is None:
        return False
    waiting = [row[0] for row in await uow.connection.fetch(WAITING, uow.tenant_id, task_id)]
    if waiting:
        for key, kind, *whose in await uow.connection.fetch(READY, uow.tenant_id, waiting):
            uow.record(TaskQueued(key, kind), cause=Cause(*whose))
    return True


async def give_up(uow: UnitOfWork, task_id: UUID) -> None:
    """End a running one that somebody cancelled, and what waits for it."""
    await uow.connection.fetchrow(END, uow.tenant_id, task_id, "cancelled", None)
    await _cancel_behind(uow, task_id)


async def fail(uow: UnitOfWork, task_id: UUID, error: str) -> None:
    """End a running one that cannot succeed, and what waits for it."""
    await uow.connection.execute(FAIL, uow.tenant_id, task_id, storable(error, MAX_ERROR))
    await _cancel_behind(uow, task_id)


async def task_of(uow: UnitOfWork, delivery_id: int) -> UUID | None:
    """The task that a delivery carries; None where it carries none."""
    row = await uow.connection.fetchrow(OF_DELIVERY, uow.tenant_id, delivery_id)
    return None if row is None else row[0]


async def note_failure(uow: UnitOfWork, delivery_id: int, error: str, *, dead: bool) -> UUID | None:
    """Note that the attempt of a delivery failed, in the transaction that notes it of the delivery.

    Tried again, its task waits; dead, it has failed, and what waits for it never runs. Returns the task, if it carries one.
    """
    task_id = await task_of(uow, delivery_id)
    if task_id is None:
        return None
    text = storable(error, MAX_ERROR)
    if dead:
        await uow.connection.execute(DEAD, uow.tenant_id, task_id, text)
        await _cancel_behind(uow, task_id)
    else:
        row = await uow.connection.fetchrow(AGAIN, uow.tenant_id, task_id, text)
        if row is not None and row[0]:  # it was to be cancelled, and waits now
            await _cancel_queued(uow, task_id, text)
    return task_id


async def cancel(uow: UnitOfWork, task_id: UUID) -> str | None:
    """Cancel the task: at once where it waits, at its next step where it runs. Returns the state that was found; None: no task."""
    row = await uow.connection.fetchrow(HELD, uow.tenant_id, task_id)
    if row is None:
        return None
    if row[0] == "queued":
        await _cancel_queued(uow, task_id, None)
    elif row[0] == "running":
        await uow.connection.execute(REQUEST, uow.tenant_id, task_id)
    return str(row[0])


async def _cancel_queued(uow: UnitOfWork, task_id: UUID, error: str | None) -> None:
    await uow.connection.execute(CANCEL, uow.tenant_id, task_id, error)
    await _cancel_behind(uow, task_id)


async def _cancel_behind(uow: UnitOfWork, task_id: UUID) -> None:
    """Cancel all that wait for the task. They are locked in one order; what was started meanwhile is found by another look."""
    held: Sequence[Any] = ()
    while True:
        found = [row[0] for row in await uow.connection.fetch(BEHIND, uow.tenant_id, [task_id])]
        if len(found) <= len(held):
            break
        held = await uow.connection.fetch(HELD_BEHIND, uow.tenant_id, found)
    for row in held:
        await uow.connection.execute(CANCEL, uow.tenant_id, row[0], NEVER)


def _json(values: Mapping[str, Any] | None) -> str | None:
    return None if values is None else orjson.dumps(values, default=_plain).decode()


def _plain(value: Any) -> Any:
    """Asyncpg reads ids as a subclass of UUID, which orjson does not take for one."""
    if isinstance(value, UUID):
        return str(value)
    raise TypeError(f"{type(value).__name__} is no plain value")
