"""Reactions: the summary follows the products."""

from app.auth.commons import Commons
from app.modules.catalog.events import ProductCreated, ProductsImported, ProductStatusChanged

# Deltas commute, so the order of deliveries does not matter; each is applied exactly once by the delivery's fence.
MOVE = """
INSERT INTO product_summaries (tenant_id, draft, active, archived, updated_at) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (tenant_id) DO UPDATE SET
  draft = product_summaries.draft + excluded.draft,
  active = product_summaries.active + excluded.active,
  archived = product_summaries.archived + excluded.archived,
  updated_at = excluded.updated_at
WHERE product_summaries.tenant_id = $1
"""


async def count_created(event: ProductCreated, commons: Commons) -> None:
    """One more of its status."""
    await _move(commons, {event.status: 1})


async def count_status_changed(event: ProductStatusChanged, commons: Commons) -> None:
    """One less of the old status, one more of the new."""
    await _move(commons, {event.before: -1, event.after: 1})


async def count_imported(event: ProductsImported, commons: Commons) -> None:
    """Those that were made, and those that went from one status to the other."""
    went = event.activated - event.withdrawn
    await _move(commons, {"draft": event.created_draft - went, "active": event.created_active + went})


async def _move(commons: Commons, deltas: dict[str, int]) -> None:
    draft, active, archived = (deltas.get(status, 0) for status in ("draft", "active", "archived"))
    await commons.uow.connection.execute(MOVE, commons.tenant_id, draft, active, archived, commons.clock.now())
