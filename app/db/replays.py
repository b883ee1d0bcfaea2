"""Replays: dead deliveries that somebody lets be tried again.

Statements of the app role, bound to the tenant, also where an operator asks. The task that a dead delivery carried is queued
again in the same statement. Whoever waits for a row that another has just replayed finds it dead no more.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from app.db.uow import UnitOfWork

# `attempt` goes on counting, for it is the fence: what still runs of an earlier attempt stays fenced off. The error stays
# until the next outcome, so that the letter does not lose its reason by being sent again.
AGAIN: Final = """
, again AS (
  UPDATE deliveries AS d SET
    state = 'pending', tries = 0, due_at = now(), lease_until = NULL, finished_at = NULL, replays = d.replays + 1
  FROM chosen WHERE d.tenant_id = $1 AND d.id = chosen.id AND d.state = 'dead'
  RETURNING d.id, d.event_id
), queued AS (
  UPDATE tasks AS t SET state = 'queued', error = NULL, finished_at = NULL, expires_at = NULL, revision = t.revision + 1
  FROM again JOIN events AS e ON e.tenant_id = $1 AND e.id = again.event_id AND e.name = 'core.task_queued'
  WHERE t.tenant_id = $1 AND t.state = 'failed'
    AND t.id = CASE WHEN e.name = 'core.task_queued' THEN (e.payload->>'task_id')::uuid END
  RETURNING t.id
)
SELECT id FROM again ORDER BY id
"""
ONE: Final = (
    "WITH chosen AS (SELECT id FROM deliveries WHERE tenant_id = $1 AND id = $2 AND state = 'dead' FOR UPDATE)" + AGAIN
)
# SKIP LOCKED: two that replay many at once share them out, and neither waits for the other.
MANY: Final = (
    """
WITH chosen AS (
  SELECT d.id FROM deliveries AS d
  WHERE d.tenant_id = $1 AND d.state = 'dead'
    AND ($2::text IS NULL OR d.handler = $2)
    AND ($3::timestamptz IS NULL OR d.created_at >= $3)
    AND ($4::timestamptz IS NULL OR d.created_at < $4)
    AND ($5::text IS NULL AND $6::uuid IS NULL OR EXISTS (
      SELECT FROM events AS e WHERE e.tenant_id = $1 AND e.id = d.event_id
        AND ($5::text IS NULL OR e.name = $5) AND ($6::uuid IS NULL OR e.request_id = $6)
    ))
  ORDER BY d.id LIMIT $7
  FOR UPDATE OF d SKIP LOCKED
)"""
    + AGAIN
)
NAMES: Final = ("handler", "created_at_gte", "created_at_lt", "event", "request_id")
"""The filters, in the order of the statement's parameters."""


async def replay_one(uow: UnitOfWork, delivery_id: int) -> bool:
    """Make a dead delivery due again; False where it is not dead, or not there."""
    return bool(_due_again(uow, await uow.connection.fetch(ONE, uow.tenant_id, delivery_id)))


async def replay_many(uow: UnitOfWork, filters: Mapping[str, Any], *, limit: int) -> int:
    """Make the oldest dead deliveries that pass the filters due again; returns how many there were."""
    values = [filters.get(name) for name in NAMES]
    return len(_due_again(uow, await uow.connection.fetch(MANY, uow.tenant_id, *values, limit)))


def _due_again(uow: UnitOfWork, rows: Sequence[Any]) -> list[int]:
    ids = [row[0] for row in rows]
    uow.redelivered.extend(ids)
    return ids
