"""A running transaction as another person sees it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID

from app.db.binding import binding
from app.db.uow import UnitOfWork


@asynccontextmanager
async def as_seen_by(uow: UnitOfWork, user_id: UUID) -> AsyncIterator[None]:
    """The transaction as a person sees it who need not be the caller: with their rows in all their tenants.

    An error inside leaves it so: the transaction is to be rolled back.
    """
    await uow.connection.execute(binding(uow.tenant_id, user_id))
    yield
    await uow.connection.execute(binding(uow.tenant_id, uow.user_id))
