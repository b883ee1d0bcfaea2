"""/tenants and /members."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query

from app.auth.commons import Commons
from app.auth.deps import commons_deps
from app.auth.permissions import access_control
from app.extensions.openapi import IF_MATCH
from app.extensions.pages import PageQuery
from app.extensions.responses import done
from app.extensions.routing import ModuleRouter
from app.extensions.views import cbv
from app.tenants.permissions import TenantPermission
from app.tenants.schemas import MemberOut, MemberUpdate, TenantCreate, TenantOut
from app.tenants.services import MemberService, TenantService
from app.utils.schemas import DefaultResponse, Page

router = ModuleRouter(prefix="/tenants", tag="tenants")
members_router = ModuleRouter(prefix="/members", tag="members")


@cbv(router)
class TenantViews:
    """The caller's tenants."""

    commons: Commons = Depends(commons_deps)

    @router.get("", summary="List my tenants")
    @access_control(signed_in=True)
    async def list_tenants(self, query: Annotated[PageQuery, Query()]) -> Page[TenantOut]:
        """The tenants that the caller is a member of."""
        return await TenantService(self.commons).mine(query)

    @router.post("", status_code=201, summary="Create a tenant")
    @access_control(signed_in=True)
    async def create_tenant(self, body: TenantCreate) -> TenantOut:
        """The caller becomes its owner."""
        return await TenantService(self.commons).create(body)

    @router.get("/current", summary="Get the chosen tenant")
    @access_control(permission=TenantPermission.SETTINGS_READ)
    async def get_tenant(self) -> TenantOut:
        """The tenant that X-Tenant-ID selects."""
        return await TenantService(self.commons).current()

    @router.get("/{tenant_id}", summary="Get one of my tenants")
    @access_control(signed_in=True)
    async def get_my_tenant(self, tenant_id: UUID) -> TenantOut:
        """The same 404 for a tenant of others and for one that does not exist."""
        return await TenantService(self.commons).get(tenant_id)


@cbv(members_router)
class MemberViews:
    """The members of the chosen tenant."""

    commons: Commons = Depends(commons_deps)

    @members_router.get("", summary="List members")
    @access_control(permission=TenantPermission.MEMBERS_READ)
    async def list_members(self, query: Annotated[PageQuery, Query()]) -> Page[MemberOut]:
        """Everybody who belongs to the tenant."""
        return await MemberService(self.commons).page(query)

    @members_router.get("/{user_id}", summary="Get a member")
    @access_control(permission=TenantPermission.MEMBERS_READ)
    async def get_member(self, user_id: UUID) -> MemberOut:
        """One member."""
        return await MemberService(self.commons).get(user_id)

    @members_router.patch("/{user_id}", summary="Change a member's roles", openapi_extra=IF_MATCH)
    @access_control(permission=TenantPermission.MEMBERS_WRITE)
    async def update_member(self, user_id: UUID, body: MemberUpdate) -> MemberOut:
        """Needs If-Match. The last owner cannot be demoted."""
        return await MemberService(self.commons).set_roles(user_id, body)

    @members_router.delete("/{user_id}", summary="Remove a member", openapi_extra=IF_MATCH)
    @access_control(permission=TenantPermission.MEMBERS_WRITE)
    async def remove_member(self, user_id: UUID) -> DefaultResponse:
        """Needs If-Match. Refused from the very next request on. The last owner stays."""
        await MemberService(self.commons).remove(user_id)
        return done("The membership has ended.")
