"""/invitations."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query

from app.auth.commons import Commons
from app.auth.deps import commons_deps, identity_deps
from app.auth.events import AddressVerified
from app.auth.identity import IdentityUnits
from app.auth.permissions import access_control
from app.exceptions import ImpersonationRefused, RateLimited, TenantSuspended
from app.extensions.declared import declares
from app.extensions.responses import done
from app.extensions.routing import ModuleRouter
from app.extensions.views import cbv
from app.tenants.events import InvitationSent, MemberJoined
from app.tenants.exceptions import (
    AlreadyMember,
    InvitationEnded,
    InvitationForAnother,
    InvitationInvalid,
    InvitationPending,
    SignInFirst,
    TooManyTenants,
)
from app.tenants.permissions import TenantPermission
from app.tenants.schemas import InvitationAccept, InvitationCreate, InvitationOut, InvitationQuery, Joined
from app.tenants.services import AcceptanceService, InvitationService
from app.utils.schemas import DefaultResponse, Page

router = ModuleRouter(prefix="/invitations", tag="invitations")


@cbv(router)
class InvitationViews:
    """Who is asked to join."""

    commons: Commons = Depends(commons_deps)
    identity: IdentityUnits = Depends(identity_deps)

    @router.get("", summary="List invitations")
    @access_control(permission=TenantPermission.INVITATIONS_READ)
    async def list_invitations(self, query: Annotated[InvitationQuery, Query()]) -> Page[InvitationOut]:
        """The ended ones included."""
        return await InvitationService(self.commons, self.identity).page(query)

    @router.post("", status_code=201, summary="Invite somebody")
    @access_control(permission=TenantPermission.INVITATIONS_WRITE)
    @declares(raises=(AlreadyMember, ImpersonationRefused, InvitationPending), emits=(InvitationSent,))
    async def create_invitation(self, body: InvitationCreate) -> InvitationOut:
        """By mail, whether or not the address is known to the platform. Nobody grants what they lack."""
        return await InvitationService(self.commons, self.identity).create(body)

    @router.post("/accept", summary="Accept an invitation")
    @access_control(open=True, optional_person=True)
    @declares(
        raises=(
            AlreadyMember,
            ImpersonationRefused,
            InvitationForAnother,
            InvitationInvalid,
            RateLimited,
            SignInFirst,
            TenantSuspended,
            TooManyTenants,
        ),
        emits=(AddressVerified, MemberJoined),
    )
    async def accept_invitation(self, body: InvitationAccept) -> Joined:
        """Signed in with the invited address, or as a new person with name and password."""
        return await AcceptanceService(self.commons, self.identity).accept(body)

    @router.get("/{invitation_id}", summary="Get an invitation")
    @access_control(permission=TenantPermission.INVITATIONS_READ)
    async def get_invitation(self, invitation_id: UUID) -> InvitationOut:
        """One invitation."""
        return await InvitationService(self.commons, self.identity).get(invitation_id)

    @router.post("/{invitation_id}/resend", summary="Mail an invitation again")
    @access_control(permission=TenantPermission.INVITATIONS_WRITE)
    @declares(raises=(ImpersonationRefused, InvitationEnded), emits=(InvitationSent,))
    async def resend_invitation(self, invitation_id: UUID) -> InvitationOut:
        """With a new link and a new time; the link before works no more."""
        return await InvitationService(self.commons, self.identity).resend(invitation_id)

    @router.delete("/{invitation_id}", summary="Take an invitation back")
    @access_control(permission=TenantPermission.INVITATIONS_WRITE)
    @declares(raises=(InvitationEnded,))
    async def revoke_invitation(self, invitation_id: UUID) -> DefaultResponse:
        """Its link is dead at once."""
        await InvitationService(self.commons, self.identity).revoke(invitation_id)
        return done("The invitation was taken back.")
