"""/roles and /permissions."""

from typing import Annotated

from fastapi import Depends, Path, Query

from app.auth.commons import Commons
from app.auth.deps import commons_deps
from app.auth.permissions import access_control
from app.extensions.declared import declares
from app.extensions.responses import done
from app.extensions.routing import ModuleRouter
from app.extensions.views import cbv
from app.tenants.exceptions import RoleInUse, RoleKeyTaken, SystemRoleFixed
from app.tenants.permissions import TenantPermission
from app.tenants.schemas import PermissionOut, PermissionQuery, RoleCreate, RoleOut, RoleQuery, RoleUpdate
from app.tenants.services import RoleService
from app.utils.schemas import DefaultResponse, Page

router = ModuleRouter(prefix="/roles", tag="roles")
permissions_router = ModuleRouter(prefix="/permissions", tag="permissions")
Key = Annotated[str, Path(min_length=1, max_length=40, description="the role's key")]


@cbv(router)
class RoleViews:
    """What people may be in the chosen tenant."""

    commons: Commons = Depends(commons_deps)

    @router.get("", summary="List roles")
    @access_control(permission=TenantPermission.ROLES_READ)
    async def list_roles(self, query: Annotated[RoleQuery, Query()]) -> Page[RoleOut]:
        """The four system roles come first; then the tenant's own, by key."""
        return await RoleService(self.commons).page(query)

    @router.post("", status_code=201, summary="Make a role")
    @access_control(permission=TenantPermission.ROLES_WRITE)
    @declares(raises=(RoleKeyTaken,))
    async def create_role(self, body: RoleCreate) -> RoleOut:
        """Of the permission catalogue; nobody grants what they lack."""
        return await RoleService(self.commons).create(body)

    @router.get("/{key}", summary="Get a role")
    @access_control(permission=TenantPermission.ROLES_READ)
    async def get_role(self, key: Key) -> RoleOut:
        """With its ETag."""
        return await RoleService(self.commons).get(key)

    @router.patch("/{key}", summary="Change a role")
    @access_control(permission=TenantPermission.ROLES_WRITE)
    @declares(raises=(SystemRoleFixed,))
    async def update_role(self, key: Key, body: RoleUpdate) -> RoleOut:
        """Needs If-Match. Whoever holds it has the new permissions on the very next request."""
        return await RoleService(self.commons).update(key, body)

    @router.delete("/{key}", summary="Delete a role")
    @access_control(permission=TenantPermission.ROLES_WRITE)
    @declares(raises=(RoleInUse, SystemRoleFixed))
    async def delete_role(self, key: Key) -> DefaultResponse:
        """Needs If-Match. Only one that nobody holds."""
        await RoleService(self.commons).remove(key)
        return done("The role was deleted.")


@cbv(permissions_router)
class PermissionViews:
    """The catalogue."""

    commons: Commons = Depends(commons_deps)

    @permissions_router.get("", summary="List the permissions that there are")
    @access_control(permission=TenantPermission.ROLES_READ)
    async def list_permissions(self, query: Annotated[PermissionQuery, Query()]) -> Page[PermissionOut]:
        """All of the installed modules, by id."""
        return await RoleService(self.commons).catalogue(query)
