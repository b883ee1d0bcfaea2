"""/operator: acting as somebody."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query

from app.auth.commons import Commons
from app.auth.deps import commons_deps, identity_deps, system_deps
from app.auth.identity import IdentityUnits
from app.auth.permissions import access_control
from app.auth.system import SystemUnits
from app.exceptions import TenantNotFound, TenantSuspended
from app.extensions.declared import declares
from app.extensions.pages import PageQuery
from app.extensions.responses import done
from app.extensions.views import cbv
from app.operators.routes.base import router
from app.operators.schemas import (
    Impersonate,
    Impersonation,
    StartedImpersonation,
)
from app.operators.services import ImpersonationDesk, by_operator
from app.utils.schemas import DefaultResponse, Page


@cbv(router)
class ImpersonationViews:
    """Acting as somebody."""

    commons: Commons = Depends(commons_deps)
    identity: IdentityUnits = Depends(identity_deps)
    system: SystemUnits = Depends(system_deps)

    @router.get("/impersonations", summary="List who acts as whom")
    @access_control(superuser=True)
    async def list_impersonations(self, query: Annotated[PageQuery, Query()]) -> Page[Impersonation]:
        """Those that are not over."""
        return await self._desk().page(query, self.commons.cursors)

    @router.post("/impersonations", status_code=201, summary="Act as somebody")
    @access_control(superuser=True, fresh=True)
    @declares(raises=(TenantNotFound, TenantSuspended))
    async def start_impersonation(self, body: Impersonate) -> StartedImpersonation:
        """In one tenant, for at most an hour; the tenant's audit log says so. Passwords, keys and deletion stay the person's."""
        return await self._desk().start(body, self.commons.user_id)

    @router.delete("/impersonations/{impersonation_id}", summary="Act as somebody no more")
    @access_control(superuser=True)
    async def end_impersonation(self, impersonation_id: UUID) -> DefaultResponse:
        """Whoever began it; effective at once."""
        await self._desk().end(impersonation_id)
        return done("The impersonation has ended.")

    def _desk(self) -> ImpersonationDesk:
        return ImpersonationDesk(self.system, self.identity, by_operator(self.commons), self.commons.settings)
