"""Slugs are taken one at a time: of tenants' names and of the aliases that still answer, each slug leads to one tenant."""

from datetime import datetime
from uuid import UUID

from app.db.turns import hold_turn
from app.db.uow import UnitOfWork
from app.tenants.exceptions import TenantSlugTaken, TooManySlugs

MAX_ALIASES = 3

# Held until the commit. Names of tenants are unique by constraint; that a name is no living alias, no constraint can say.
HELD = "SELECT 1 FROM slug_aliases WHERE slug = $1 AND owner_id <> $2 AND expires_at > $3"
ADD = """
INSERT INTO slug_aliases (slug, owner_id, expires_at) VALUES ($1, $2, $3)
"""
KEPT = "SELECT count(*), min(expires_at) FROM slug_aliases WHERE owner_id = $1"
DROP = "DELETE FROM slug_aliases WHERE owner_id = $1 AND (slug = ANY($2::text[]) OR expires_at <= $3)"


async def take_slug(uow: UnitOfWork, slug: str, tenant_id: UUID, now: datetime, *, leaving: str | None = None) -> None:
    """Hold the slug for the tenant until the commit; `leaving` is the one that it gives up.

    Raises:
        TenantSlugTaken: another tenant still answers to it.
    """
    for name in sorted({slug, leaving or slug}):  # in one order, so that two who swap do not wait for each other
        await hold_turn(uow.connection, f"slug:{name}")
    if await uow.connection.fetchrow(HELD, slug, tenant_id, now) is not None:
        raise TenantSlugTaken(f"The slug {slug} is taken.")


async def keep_alias(uow: UnitOfWork, old: str, new: str, tenant_id: UUID, now: datetime, until: datetime) -> None:
    """Let the tenant, whose row is locked, answer to its old slug until then; what has expired goes, and its alias of the new.

    Raises:
        TooManySlugs: it answers to as many earlier slugs as a tenant may.
    """
    await uow.connection.execute(DROP, tenant_id, [old, new], now)
    kept, first = await uow.connection.fetchrow(KEPT, tenant_id)
    if kept >= MAX_ALIASES:
        raise TooManySlugs(
            f"A tenant keeps at most {MAX_ALIASES} earlier slugs; the first ends at {first.isoformat()}."
        )
    await uow.connection.execute(ADD, old, tenant_id, until)
