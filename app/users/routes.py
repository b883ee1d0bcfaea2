"""/me."""

from fastapi import Depends

from app.auth.commons import Commons
from app.auth.deps import commons_deps, identity_deps
from app.auth.identity import IdentityUnits
from app.auth.permissions import access_control
from app.extensions.routing import ModuleRouter
from app.extensions.views import cbv
from app.users.schemas import MeOut, ProfileUpdate
from app.users.services import MeService

router = ModuleRouter(prefix="/me", tag="users")


@cbv(router)
class MeViews:
    """The caller."""

    commons: Commons = Depends(commons_deps)
    identity: IdentityUnits = Depends(identity_deps)

    @router.get("", summary="Who am I, and what may I do here")
    @access_control(signed_in=True, optional_tenant=True)
    async def get_me(self) -> MeOut:
        """One call gates a whole menu: person, memberships and, with X-Tenant-ID, roles, permissions, features and limits."""
        return await MeService(self.commons, self.identity).me()

    @router.patch("", summary="Change my profile")
    @access_control(signed_in=True, own_hand=True)
    async def update_me(self, body: ProfileUpdate) -> MeOut:
        """Name, picture, language and time zone. What tenants see of the person follows a moment later."""
        return await MeService(self.commons, self.identity).update(body)
