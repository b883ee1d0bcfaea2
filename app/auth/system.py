"""Units of work of the system role, which looks past the policies: for what concerns tenants as wholes, never their business."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from uuid import UUID

from app.db.pool import Pool
from app.db.uow import UnitOfWork
from app.extensions.clock import Clock
from app.extensions.interfaces import AfterCommit, InlineHandlers
from app.utils.ids import PLATFORM_TENANT


@dataclass(frozen=True, slots=True)
class SystemUnits:
    """Made once per process by the composition root; the API, the relay and the commands open its pool."""

    pool: Pool
    clock: Clock
    hub: InlineHandlers
    after_commit: AfterCommit

    @asynccontextmanager
    async def unit(
        self, request_id: UUID, tenant_id: UUID = PLATFORM_TENANT, *, read_only: bool = False
    ) -> AsyncIterator[UnitOfWork]:
        """One short transaction; what it records stands in that tenant's log. Commits unless something is raised."""
        uow = UnitOfWork(
            self.pool,
            clock=self.clock,
            request_id=request_id,
            hub=self.hub,
            after_commit=self.after_commit,
            read_only=read_only,
        )
        await uow.begin(tenant_id=tenant_id)
        try:
            yield uow
            await uow.commit()
        finally:
            await uow.rollback()
