"""/operator: all tenants."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query

from app.auth.commons import Commons
from app.auth.deps import commons_deps, system_deps
from app.auth.permissions import access_control
from app.auth.system import SystemUnits
from app.exceptions import TenantNotFound
from app.extensions.declared import declares
from app.extensions.views import cbv
from app.operators.routes.base import router
from app.operators.schemas import (
    PlanChange,
    SuspendTenant,
    TenantMake,
    TenantQuery,
)
from app.operators.services import TenantDesk, by_operator
from app.tenants.events import TenantCreated
from app.tenants.exceptions import TenantSlugTaken
from app.tenants.schemas import TenantOut
from app.utils.schemas import Page


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
    @declares(raises=(TenantSlugTaken,), emits=(TenantCreated,))
    async def create_tenant(self, body: TenantMake) -> TenantOut:
        """The person of that address becomes its owner."""
        return await self._desk().create(body)

    @router.get("/tenants/{tenant_id}", summary="Get a tenant")
    @access_control(superuser=True)
    @declares(raises=(TenantNotFound,))
    async def get_tenant(self, tenant_id: UUID) -> TenantOut:
        """One tenant."""
        return await self._desk().get(tenant_id)

    @router.post("/tenants/{tenant_id}/suspend", summary="Suspend a tenant")
    @access_control(superuser=True)
    @declares(raises=(TenantNotFound,))
    async def suspend_tenant(self, tenant_id: UUID, body: SuspendTenant) -> TenantOut:
        """Its people are refused from the next request on; its deliveries wait."""
        return await self._desk().suspend(tenant_id, body.reason)

    @router.post("/tenants/{tenant_id}/resume", summary="Resume a tenant")
    @access_control(superuser=True)
    @declares(raises=(TenantNotFound,))
    async def resume_tenant(self, tenant_id: UUID) -> TenantOut:
        """Its people are let in again, and its deliveries go on."""
        return await self._desk().resume(tenant_id)

    @router.put("/tenants/{tenant_id}/plan", summary="Give a tenant another plan")
    @access_control(superuser=True)
    @declares(raises=(TenantNotFound,))
    async def set_plan(self, tenant_id: UUID, body: PlanChange) -> TenantOut:
        """Needs If-Match. In force from the next request on."""
        return await self._desk().set_plan(tenant_id, body.plan, self.commons.if_match)

    def _desk(self) -> TenantDesk:
        return TenantDesk(self.system, by_operator(self.commons), self.commons.settings)
