"""What sign-in works with: units of work of the identity role, the password vault, tokens and limits."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from uuid import UUID

from app.auth.factor_seal import FactorSeal
from app.auth.interfaces import Directory
from app.auth.limits import LoginLimiter, MailLimiter, RefreshLimiter, Windows
from app.auth.passwords import PasswordVault
from app.auth.tokens import TokenMaker
from app.config import Auth
from app.db.pool import Pool
from app.db.uow import UnitOfWork
from app.extensions.clock import Clock
from app.extensions.interfaces import AfterCommit, InlineHandlers
from app.utils.ids import PLATFORM_TENANT


@dataclass(frozen=True, slots=True)
class IdentityUnits:
    """Made once per process by the composition root."""

    pool: Pool
    app_pool: Pool
    directory: Directory
    vault: PasswordVault
    tokens: TokenMaker
    windows: Windows
    limiter: LoginLimiter
    mail_limiter: MailLimiter
    refresh_limiter: RefreshLimiter
    settings: Auth
    clock: Clock
    hub: InlineHandlers
    after_commit: AfterCommit
    cookie_secure: bool
    origins: frozenset[str]
    factor_seal: FactorSeal

    @asynccontextmanager
    async def unit(self, request_id: UUID, *, read_only: bool = False) -> AsyncIterator[UnitOfWork]:
        """One short transaction of the identity role, bound to the platform tenant; commits unless something is raised."""
        async with self._transaction(self.pool, request_id, PLATFORM_TENANT, None, read_only=read_only) as uow:
            yield uow

    @asynccontextmanager
    async def tenant_unit(
        self, request_id: UUID, tenant_id: UUID, user_id: UUID | None = None, *, read_only: bool = False
    ) -> AsyncIterator[UnitOfWork]:
        """One short transaction of the app role, bound to a tenant: where somebody arrives who belongs to none yet."""
        async with self._transaction(self.app_pool, request_id, tenant_id, user_id, read_only=read_only) as uow:
            yield uow

    async def aclose(self) -> None:
        """Close the pool, the threads and the limits' connections."""
        await self.pool.close()
        self.vault.close()
        await self.windows.aclose()

    @asynccontextmanager
    async def _transaction(
        self, pool: Pool, request_id: UUID, tenant_id: UUID, user_id: UUID | None, *, read_only: bool
    ) -> AsyncIterator[UnitOfWork]:
        uow = UnitOfWork(
            pool,
            clock=self.clock,
            request_id=request_id,
            hub=self.hub,
            after_commit=self.after_commit,
            read_only=read_only,
        )
        await uow.begin(tenant_id=tenant_id, user_id=user_id)
        try:
            yield uow
            await uow.commit()
        except BaseException as error:
            await uow.rollback()
            explained = uow.explain(error)
            if explained is not None:
                raise explained from error
            raise
