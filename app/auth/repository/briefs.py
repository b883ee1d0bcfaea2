"""Who is meant by an id, for all items of a page at once."""

from collections.abc import Iterable
from uuid import UUID

from app.auth.schemas.people import PersonBrief
from app.db.uow import UnitOfWork

BRIEFS = "SELECT user_id, name, email FROM memberships WHERE tenant_id = $1 AND user_id = ANY($2::uuid[])"


async def people_of(uow: UnitOfWork, ids: Iterable[UUID]) -> dict[UUID, PersonBrief]:
    """The bound tenant's members of these ids; who has left is not among them."""
    rows = await uow.connection.fetch(BRIEFS, uow.tenant_id, sorted(set(ids)))
    return {row[0]: PersonBrief(*row) for row in rows}
