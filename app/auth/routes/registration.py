"""/auth: registration and recovery."""

from fastapi import Depends

from app.auth.commons import Commons
from app.auth.deps import commons_deps, identity_deps
from app.auth.events import (
    AddressVerified,
    EmailChanged,
    EmailChangeRequested,
    PasswordChanged,
    PasswordForgotten,
    RecoveryCodeUsed,
    RegistrationReceived,
)
from app.auth.exceptions import InvalidCredentials, MfaCodeInvalid, MfaRequired, TokenInvalid
from app.auth.identity import IdentityUnits
from app.auth.permissions import access_control
from app.auth.routes.router import router
from app.auth.schemas import (
    ChangePassword,
    ConfirmEmail,
    EmailChange,
    ForgotPassword,
    Register,
    ResetPassword,
    StepUp,
    VerifyEmail,
)
from app.auth.services import RecoveryService, RegistrationService
from app.exceptions import RateLimited
from app.extensions.declared import declares
from app.extensions.responses import done
from app.extensions.views import cbv
from app.utils.schemas import DefaultResponse

MAILED = "If the address is right, a mail is on its way."


@cbv(router)
class RegistrationViews:
    """How somebody becomes a person here."""

    commons: Commons = Depends(commons_deps)
    identity: IdentityUnits = Depends(identity_deps)

    @router.post("/register", status_code=202, summary="Register")
    @access_control(open=True)
    @declares(raises=(RateLimited,), emits=(RegistrationReceived,))
    async def register_person(self, body: Register) -> DefaultResponse:
        """202 always, whether or not the address is known; what to do next stands in the mail."""
        await RegistrationService(self.commons, self.identity).register(body)
        return done(MAILED)

    @router.post("/verify-email", summary="Prove the address of a registration")
    @access_control(open=True)
    @declares(raises=(InvalidCredentials, TokenInvalid), emits=(AddressVerified,))
    async def verify_email(self, body: VerifyEmail) -> DefaultResponse:
        """With the password that was registered. Then sign in."""
        await RegistrationService(self.commons, self.identity).verify(body)
        return done("The address is proved; sign in.")


@cbv(router)
class RecoveryViews:
    """A person's password and address."""

    commons: Commons = Depends(commons_deps)
    identity: IdentityUnits = Depends(identity_deps)

    @router.post("/password/forgot", status_code=202, summary="Ask for a new password")
    @access_control(open=True)
    @declares(raises=(RateLimited,), emits=(PasswordForgotten,))
    async def forgot_password(self, body: ForgotPassword) -> DefaultResponse:
        """202 always, whether or not the address is known."""
        await RecoveryService(self.commons, self.identity).forgot(body)
        return done(MAILED)

    @router.post("/password/reset", summary="Choose a new password by the mail's link")
    @access_control(open=True)
    @declares(raises=(TokenInvalid,), emits=(PasswordChanged,))
    async def reset_password(self, body: ResetPassword) -> DefaultResponse:
        """All sessions end. A second factor is asked for as before."""
        await RecoveryService(self.commons, self.identity).reset(body)
        return done("The password was changed; sign in.")

    @router.post("/password/change", summary="Change the password")
    @access_control(signed_in=True, own_hand=True)
    @declares(raises=(InvalidCredentials, RateLimited), emits=(PasswordChanged,))
    async def change_password(self, body: ChangePassword) -> DefaultResponse:
        """Needs the current one. All other sessions end."""
        await RecoveryService(self.commons, self.identity).change_password(body)
        return done("The password was changed; your other sessions were ended.")

    @router.post("/step-up", summary="Prove the password again")
    @access_control(signed_in=True, own_hand=True)
    @declares(raises=(InvalidCredentials, MfaCodeInvalid, MfaRequired, RateLimited), emits=(RecoveryCodeUsed,))
    async def step_up(self, body: StepUp) -> DefaultResponse:
        """After a 401 `step_up_required`: the same access token counts as fresh for ten minutes. With a code where MFA is on."""
        await RecoveryService(self.commons, self.identity).step_up(body)
        return done("You are signed in afresh.")

    @router.post("/email/change", status_code=202, summary="Ask for another address")
    @access_control(signed_in=True, fresh=True)
    @declares(raises=(RateLimited,), emits=(EmailChangeRequested,))
    async def change_email(self, body: EmailChange) -> DefaultResponse:
        """Confirmed by a mail to the new address; 202 whether or not somebody has it."""
        await RecoveryService(self.commons, self.identity).change_email(body)
        return done(MAILED)

    @router.post("/email/confirm", summary="Confirm another address")
    @access_control(open=True)
    @declares(raises=(TokenInvalid,), emits=(EmailChanged,))
    async def confirm_email(self, body: ConfirmEmail) -> DefaultResponse:
        """By the token of the mail; the old address is told."""
        await RecoveryService(self.commons, self.identity).confirm_email(body.token)
        return done("The address was changed.")
