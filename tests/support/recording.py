"""Events that happen without a request."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID

from app.db.uow import UnitOfWork
from app.extensions.events import Event
from app.runtime import Runtime
from app.utils.ids import uuid7


@asynccontextmanager
async def unit(runtime: Runtime, tenant_id: UUID) -> AsyncIterator[UnitOfWork]:
    """A transaction of the tenant, committed; the inline queue mode runs its deliveries behind the commit."""
    uow = UnitOfWork(
        runtime.app_pool,
        clock=runtime.clock,
        request_id=uuid7(),
        hub=runtime.hub,
        after_commit=runtime.after_commit,
    )
    await uow.begin(tenant_id=tenant_id)
    try:
        yield uow
        await uow.commit()
    finally:
        await uow.rollback()


async def record(runtime: Runtime, tenant_id: UUID, *events: Event) -> None:
    """Let events happen, in one transaction."""
    async with unit(runtime, tenant_id) as uow:
        for event in events:
            uow.record(event)
