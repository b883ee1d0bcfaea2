"""/tenants."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import Body, Depends, Path, Query

from app.auth.commons import Commons
from app.auth.deps import commons_deps
from app.auth.permissions import access_control
from app.exceptions import ImpersonationRefused, NotFound, PersonRequired
from app.extensions.declared import declares
from app.extensions.responses import done
from app.extensions.routing import ModuleRouter
from app.extensions.views import cbv
from app.tenants.events import MemberRemoved, TenantCreated
from app.tenants.exceptions import DeletionNotPlanned, LastOwner, TenantSlugTaken, TooManySlugs, TooManyTenants
from app.tenants.permissions import TenantPermission
from app.tenants.schemas import (
    DeletionOut,
    DeletionRequest,
    MemberOut,
    ModuleSettingsOut,
    MyTenantQuery,
    OwnershipTransfer,
    TenantCreate,
    TenantOut,
    TenantUpdate,
)
from app.tenants.services import MemberService, SettingsService, TenantService
from app.utils.schemas import DefaultResponse, Page

router = ModuleRouter(prefix="/tenants", tag="tenants")
ModuleName = Annotated[str, Path(min_length=1, max_length=40, description="the module's name")]


@cbv(router)
class TenantViews:
    """The caller's tenants."""

    commons: Commons = Depends(commons_deps)

    @router.get("", summary="List my tenants")
    @access_control(signed_in=True)
    async def list_tenants(self, query: Annotated[MyTenantQuery, Query()]) -> Page[TenantOut]:
        """The tenants that the caller is a member of."""
        return await TenantService(self.commons).mine(query)

    @router.post("", status_code=201, summary="Create a tenant")
    @access_control(signed_in=True, own_hand=True)
    @declares(raises=(TenantSlugTaken, TooManyTenants), emits=(TenantCreated,))
    async def create_tenant(self, body: TenantCreate) -> TenantOut:
        """The caller becomes its owner."""
        return await TenantService(self.commons).create(body)

    @router.get("/current", summary="Get the chosen tenant")
    @access_control(permission=TenantPermission.SETTINGS_READ)
    async def get_tenant(self) -> TenantOut:
        """The tenant that X-Tenant-ID selects."""
        return await TenantService(self.commons).current()

    @router.patch("/current", summary="Change the chosen tenant")
    @access_control(permission=TenantPermission.SETTINGS_WRITE)
    @declares(raises=(ImpersonationRefused, PersonRequired, TenantSlugTaken, TooManySlugs))
    async def update_tenant(self, body: TenantUpdate) -> TenantOut:
        """Needs If-Match. With another slug, the old one selects the tenant for 30 more days; at most three do at a time."""
        return await TenantService(self.commons).update(body)

    @router.post("/current/deletion", status_code=202, summary="Have the chosen tenant deleted")
    @access_control(permission=TenantPermission.TENANT_DELETE, fresh=True)
    async def plan_deletion(self, body: DeletionRequest) -> DeletionOut:
        """With the slug typed out. Until the answered date it can be taken back; then nothing of the tenant is left."""
        return await TenantService(self.commons).plan_deletion(body.confirm)

    @router.delete("/current/deletion", summary="Take the deletion back")
    @access_control(permission=TenantPermission.TENANT_DELETE, own_hand=True)
    @declares(raises=(DeletionNotPlanned,))
    async def keep_tenant(self) -> DefaultResponse:
        """The tenant stays."""
        await TenantService(self.commons).keep()
        return done("The tenant stays.")

    @router.post("/current/leave", summary="Leave the chosen tenant")
    @access_control(permission=TenantPermission.SETTINGS_READ, own_hand=True)
    @declares(raises=(LastOwner,), emits=(MemberRemoved,))
    async def leave_tenant(self) -> DefaultResponse:
        """The caller's membership ends at once. The last owner stays."""
        await MemberService(self.commons).leave()
        return done("You are no member any more.")

    @router.post("/current/ownership", summary="Hand the tenant over")
    @access_control(permission=TenantPermission.TENANT_TRANSFER, fresh=True)
    @declares(raises=(NotFound, TooManyTenants))
    async def transfer_ownership(self, body: OwnershipTransfer) -> MemberOut:
        """Another member becomes an owner in the caller's place, who becomes an admin."""
        return await MemberService(self.commons).transfer(body.user_id)

    @router.get("/{tenant_id}", summary="Get one of my tenants")
    @access_control(signed_in=True)
    async def get_my_tenant(self, tenant_id: UUID) -> TenantOut:
        """The same 404 for a tenant of others and for one that does not exist."""
        return await TenantService(self.commons).get(tenant_id)


@cbv(router)
class SettingsViews:
    """What the chosen tenant decides for itself."""

    commons: Commons = Depends(commons_deps)

    @router.get("/current/settings/{module}", summary="Get the tenant's settings for a module")
    @access_control(permission=TenantPermission.SETTINGS_READ)
    async def get_settings(self, module: ModuleName) -> ModuleSettingsOut:
        """All of them, defaults included."""
        return await SettingsService(self.commons).get(module)

    @router.patch("/current/settings/{module}", summary="Change the tenant's settings for a module")
    @access_control(permission=TenantPermission.SETTINGS_WRITE)
    async def update_settings(self, module: ModuleName, body: Annotated[dict[str, Any], Body()]) -> ModuleSettingsOut:
        """Needs If-Match. A merge patch: what is absent stays, null brings the default back."""
        return await SettingsService(self.commons).update(module, body)
