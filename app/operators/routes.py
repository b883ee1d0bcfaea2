"""/operator: for the platform's own staff. Nothing here reads or writes a tenant's business."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query

from app.auth.commons import Commons
from app.auth.deps import commons_deps, identity_deps, system_deps
from app.auth.identity import IdentityUnits
from app.auth.permissions import access_control
from app.auth.system import SystemUnits
from app.extensions.openapi import IF_MATCH
from app.extensions.pages import PageQuery
from app.extensions.responses import done
from app.extensions.routing import ModuleRouter
from app.extensions.views import cbv
from app.operators.schemas import (
    Impersonate,
    Impersonation,
    PlanChange,
    StartedImpersonation,
    SuspendTenant,
    TenantMake,
    TenantQuery,
)
from app.operators.services import ImpersonationDesk, PeopleDesk, TenantDesk, by_operator
from app.tenants.schemas import TenantOut
from app.utils.schemas import DefaultResponse, Page

router = ModuleRouter(prefix="/operator", tag="operator")


@cbv(router)
class OperatedTenantViews:
    """All tenants."""

    commons: Commons = Depends(commons_deps)
    system: SystemUnits = Depends(system_deps)

    @router.get("/tenants", summary="List all tenants")
    @access_control(superuser=True)
    async def list_tenants(self, query: Annotated[TenantQuery, Query()]) -> Page[TenantOut]:
        """By id; filtered by state, plan and a part of slug or name."""
        return await self._desk().page(query, self.commons.cursors)

    @router.post("/tenants", status_code=201, summary="Make a tenant for somebody")
    @access_control(superuser=True)
    async def create_tenant(self, body: TenantMake) -> TenantOut:
        """The person of that address becomes its owner."""
        return await self._desk().create(body)

    @router.get("/tenants/{tenant_id}", summary="Get a tenant")
    @access_control(superuser=True)
    async def get_tenant(self, tenant_id: UUID) -> TenantOut:
        """One tenant."""
        return await self._desk().get(tenant_id)

    @router.post("/tenants/{tenant_id}/suspend", summary="Suspend a tenant")
    @access_control(superuser=True)
    async def suspend_tenant(self, tenant_id: UUID, body: SuspendTenant) -> TenantOut:
        """Its people are refused from the next request on; its deliveries wait."""
        return await self._desk().suspend(tenant_id, body.reason)

    @router.post("/tenants/{tenant_id}/resume", summary="Resume a tenant")
    @access_control(superuser=True)
    async def resume_tenant(self, tenant_id: UUID) -> TenantOut:
        """Its people are let in again, and its deliveries go on."""
        return await self._desk().resume(tenant_id)

    @router.put("/tenants/{tenant_id}/plan", summary="Give a tenant another plan", openapi_extra=IF_MATCH)
    @access_control(superuser=True)
    async def set_plan(self, tenant_id: UUID, body: PlanChange) -> TenantOut:
        """Needs If-Match. In force from the next request on."""
        return await self._desk().set_plan(tenant_id, body.plan, self.commons.if_match)

    def _desk(self) -> TenantDesk:
        return TenantDesk(self.system, by_operator(self.commons), self.commons.settings)


@cbv(router)
class OperatedPeopleViews:
    """People."""

    commons: Commons = Depends(commons_deps)
    identity: IdentityUnits = Depends(identity_deps)
    system: SystemUnits = Depends(system_deps)

    @router.post("/users/{user_id}/disable", summary="Disable a person")
    @access_control(superuser=True, fresh=True)
    async def disable_user(self, user_id: UUID) -> DefaultResponse:
        """Sessions, memberships and API keys count no more, from the next request on."""
        await self._desk().disable(user_id)
        return done("The person is disabled.")

    @router.post("/users/{user_id}/enable", summary="Enable a person")
    @access_control(superuser=True, fresh=True)
    async def enable_user(self, user_id: UUID) -> DefaultResponse:
        """They sign in again, with the memberships they had."""
        await self._desk().enable(user_id)
        return done("The person is enabled.")

    def _desk(self) -> PeopleDesk:
        return PeopleDesk(self.system, self.identity, by_operator(self.commons), self.commons.settings)


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
