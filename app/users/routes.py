"""/me."""

from fastapi import Depends

from app.auth.commons import Commons
from app.auth.deps import commons_deps, identity_deps
from app.auth.identity import IdentityUnits
from app.auth.permissions import access_control
from app.extensions.declared import declares
from app.extensions.responses import done
from app.extensions.routing import ModuleRouter
from app.extensions.views import cbv
from app.tenants.events import MemberRemoved
from app.tenants.exceptions import LastOwner
from app.users.events import ProfileChanged
from app.users.schemas import Erasure, MeOut, PersonalData, ProfileUpdate
from app.users.services import ErasureService, MeService, PersonalDataService
from app.utils.schemas import DefaultResponse

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
    @declares(emits=(ProfileChanged,))
    async def update_me(self, body: ProfileUpdate) -> MeOut:
        """Name, picture, language and time zone. What tenants see of the person follows a moment later."""
        return await MeService(self.commons, self.identity).update(body)

    @router.get("/export", summary="Everything that is kept of me")
    @access_control(signed_in=True, fresh=True)
    async def export_me(self) -> PersonalData:
        """Profile, memberships, sessions, API keys, and what the audit logs say that I did."""
        return await PersonalDataService(self.commons, self.identity).collect()

    @router.delete("", summary="Erase me")
    @access_control(signed_in=True, fresh=True)
    @declares(raises=(LastOwner,), emits=(MemberRemoved,))
    async def erase_me(self, body: Erasure) -> DefaultResponse:
        """With the address typed out. For good: memberships end, nothing signs in any more, audit logs keep an id alone."""
        await ErasureService(self.commons, self.identity).erase(body.confirm)
        return done("You are erased.")
