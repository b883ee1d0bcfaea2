"""Events that happen without a request."""

from uuid import UUID

from app.db.uow import UnitOfWork
from app.extensions.events import Event
from app.runtime import Runtime
from app.utils.ids import uuid7


async def record(runtime: Runtime, tenant_id: UUID, *events: Event) -> None:
    """Let events happen, in one transaction; the inline queue mode runs their deliveries behind the commit."""
    uow = UnitOfWork(
        runtime.app_pool,
        clock=runtime.clock,
        request_id=uuid7(),
        hub=runtime.hub,
        after_commit=runtime.after_commit,
    )
    await uow.begin(tenant_id=tenant_id)
    try:
        for event in events:
            uow.record(event)
        await uow.commit()
    finally:
        await uow.rollback()
