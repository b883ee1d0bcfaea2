"""Slugs are taken one at a time: of tenants' names and of the aliases that still answer, each slug leads to one tenant."""

from datetime import datetime
from uuid import UUID

from app.db.uow import UnitOfWork
from app.tenants.exceptions import TenantSlugTaken

# Held until the commit. Names of tenants are unique by constraint; that a name is no living alias, no constraint can say.
LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('slug:' || $1::text, 0))"
HELD = "SELECT 1 FROM slug_aliases WHERE slug = $1 AND owner_id <> $2 AND expires_at > $3"
ADD = """
INSERT INTO slug_aliases (slug, owner_id, expires_at) VALUES ($1, $2, $3)
"""
DROP = "DELETE FROM slug_aliases WHERE owner_id = $1 AND (slug = ANY($2::text[]) OR expires_at <= $3)"


async def take_slug(uow: UnitOfWork, slug: str, tenant_id: UUID, now: datetime, *, leaving: str | None = None) -> None:
    """Hold the slug for the tenant until the commit; `leaving` is the one that it gives up.

    Raises:
        TenantSlugTaken: another tenant still answers to it.
    """
    for name in sorted({slug, leaving or slug}):  # in one order, so that two who swap do not wait for each other
        await uow.connection.execute(LOCK, name)
    if await uow.connection.fetchrow(HELD, slug, tenant_id, now) is not None:
        raise TenantSlugTaken(f"The slug {slug} is taken.")


async def keep_alias(uow: UnitOfWork, old: str, new: str, tenant_id: UUID, now: datetime, until: datetime) -> None:
    """Let the tenant answer to its old slug until then; its own alias of the new one ends, and what has expired goes."""
    await uow.connection.execute(DROP, tenant_id, [old, new], now)
    await uow.connection.execute(ADD, old, tenant_id, until)
