"""/members."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query

from app.auth.commons import Commons
from app.auth.deps import commons_deps
from app.auth.permissions import access_control
from app.exceptions import ImpersonationRefused
from app.extensions.declared import declares
from app.extensions.responses import done
from app.extensions.routing import ModuleRouter
from app.extensions.views import cbv
from app.tenants.events import MemberRemoved
from app.tenants.exceptions import LastOwner, TooManyTenants
from app.tenants.permissions import TenantPermission
from app.tenants.schemas import MemberOut, MemberQuery, MemberUpdate
from app.tenants.services import MemberService
from app.utils.schemas import DefaultResponse, Page

router = ModuleRouter(prefix="/members", tag="members")


@cbv(router)
class MemberViews:
    """The members of the chosen tenant."""

    commons: Commons = Depends(commons_deps)

    @router.get("", summary="List members")
    @access_control(permission=TenantPermission.MEMBERS_READ)
    async def list_members(self, query: Annotated[MemberQuery, Query()]) -> Page[MemberOut]:
        """Everybody who belongs to the tenant."""
        return await MemberService(self.commons).page(query)

    @router.get("/{user_id}", summary="Get a member")
    @access_control(permission=TenantPermission.MEMBERS_READ)
    async def get_member(self, user_id: UUID) -> MemberOut:
        """One member."""
        return await MemberService(self.commons).get(user_id)

    @router.patch("/{user_id}", summary="Change a member's roles")
    @access_control(permission=TenantPermission.MEMBERS_WRITE)
    @declares(raises=(ImpersonationRefused, LastOwner, TooManyTenants))
    async def update_member(self, user_id: UUID, body: MemberUpdate) -> MemberOut:
        """Needs If-Match. The last owner cannot be demoted."""
        return await MemberService(self.commons).set_roles(user_id, body)

    @router.delete("/{user_id}", summary="Remove a member")
    @access_control(permission=TenantPermission.MEMBERS_WRITE)
    @declares(raises=(ImpersonationRefused, LastOwner), emits=(MemberRemoved,))
    async def remove_member(self, user_id: UUID) -> DefaultResponse:
        """Needs If-Match. Refused from the very next request on. The last owner stays."""
        await MemberService(self.commons).remove(user_id)
        return done("The membership has ended.")
