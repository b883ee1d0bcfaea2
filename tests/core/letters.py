"""Dead letters for tests, as a worker that gave up leaves them."""

from typing import Any
from uuid import UUID, uuid4

import asyncpg
import orjson

from app.extensions.tasks import TaskQueued
from app.utils.ids import uuid7

Owner = asyncpg.Connection
HANDLER = "catalog.handlers.count_created"
EVENT = "catalog.product_created"
FAILURES = [{"attempt": 4, "at": "2026-11-28T10:00:00Z", "error": "ValueError: no"}]
ADD_EVENT = """
INSERT INTO events (tenant_id, id, name, version, payload, actor, request_id, at, cause)
VALUES ($1, $2, $3, 1, $4::text::jsonb, 'user:x', $5, now(), $6)
"""
ADD = """
INSERT INTO deliveries (tenant_id, event_id, handler, queue, state, attempt, tries, error, failures, finished_at)
VALUES ($1, $2, $3, 'default', $4, 4, 4, 'ValueError: no', $5::text::jsonb, now()) RETURNING id
"""
ADD_TASK = """
INSERT INTO tasks (tenant_id, id, kind, state, payload, actor, request_id, created_at, finished_at, error)
VALUES ($1, $2, 'catalog.none', $4, '{}', 'user:x', $3, now(), now(), 'ValueError: no')
"""


async def event(
    owner: Owner,
    tenant_id: UUID,
    request_id: UUID,
    *,
    name: str = EVENT,
    payload: dict[str, Any] | None = None,
    cause: int | None = None,
) -> UUID:
    """A fact of the tenant; by default that a product was created."""
    key = uuid7()
    fields = {"product_id": str(uuid4()), "sku": "S", "status": "draft"} if payload is None else payload
    await owner.execute(ADD_EVENT, tenant_id, key, name, orjson.dumps(fields).decode(), request_id, cause)
    return key


async def delivery(
    owner: Owner, tenant_id: UUID, event_id: UUID, *, handler: str = HANDLER, state: str = "dead"
) -> int:
    """A delivery of the event, by default given up after four tries."""
    values = (tenant_id, event_id, handler, state, orjson.dumps(FAILURES).decode())
    return int(await owner.fetchval(ADD, *values))


async def letter(owner: Owner, tenant_id: UUID, request_id: UUID | None = None) -> str:
    """A dead letter whose handler would succeed now; its id, as the API spells it."""
    return str(await delivery(owner, tenant_id, await event(owner, tenant_id, request_id or uuid7())))


async def task(owner: Owner, tenant_id: UUID, request_id: UUID, *, state: str = "failed") -> UUID:
    """A task that nobody's code knows."""
    key = uuid7()
    await owner.execute(ADD_TASK, tenant_id, key, request_id, state)
    return key


async def task_letter(owner: Owner, tenant_id: UUID, task_id: UUID, request_id: UUID) -> str:
    """The dead delivery that carried the task."""
    fields = {"task_id": str(task_id), "kind": "catalog.none"}
    queued = await event(owner, tenant_id, request_id, name=TaskQueued.name, payload=fields)
    return str(await delivery(owner, tenant_id, queued, handler="task:catalog.none"))
