"""/auth/mfa: the second factor."""

from fastapi import Depends

from app.auth.commons import Commons
from app.auth.deps import commons_deps, identity_deps
from app.auth.events import MfaDisabled, MfaEnabled, RecoveryCodeUsed
from app.auth.exceptions import MfaCodeInvalid, MfaOff, MfaOn, MfaTokenInvalid
from app.auth.identity import IdentityUnits
from app.auth.permissions import access_control
from app.auth.routes.router import router
from app.auth.schemas import MfaOut, RecoveryCodesOut, SignedIn, SignInCode, TotpConfirm, TotpOut
from app.auth.services import FactorService, SignInService
from app.exceptions import RateLimited
from app.extensions.declared import declares
from app.extensions.responses import done
from app.extensions.views import cbv
from app.utils.schemas import DefaultResponse


@cbv(router)
class MfaViews:
    """The caller's second factor. No tenant is needed, so that who must have one can get it."""

    commons: Commons = Depends(commons_deps)
    identity: IdentityUnits = Depends(identity_deps)

    @router.post("/login/mfa", summary="Sign in, second half")
    @access_control(open=True)
    @declares(raises=(MfaCodeInvalid, MfaTokenInvalid, RateLimited), emits=(RecoveryCodeUsed,), headers=("Set-Cookie",))
    async def sign_in_with_code(self, body: SignInCode) -> SignedIn:
        """After a 401 `mfa_required`. The token lives five minutes and bears five tries; a code works once."""
        return await SignInService(self.commons, self.identity).sign_in_with_code(body)

    @router.get("/mfa", summary="Is my second factor on")
    @access_control(signed_in=True)
    async def get_mfa(self) -> MfaOut:
        """And how many recovery codes are left."""
        return await FactorService(self.commons, self.identity).state()

    @router.post("/mfa/totp", status_code=201, summary="Ask for an authenticator's secret")
    @access_control(signed_in=True, own_hand=True, fresh=True)
    @declares(raises=(MfaOn,))
    async def enrol_totp(self) -> TotpOut:
        """The secret is in this answer and never shown again; it counts once it is confirmed."""
        return await FactorService(self.commons, self.identity).enrol()

    @router.post("/mfa/totp/confirm", summary="Switch the second factor on")
    @access_control(signed_in=True, own_hand=True)
    @declares(raises=(MfaCodeInvalid, MfaOff, MfaOn, RateLimited), emits=(MfaEnabled,))
    async def confirm_totp(self, body: TotpConfirm) -> RecoveryCodesOut:
        """By the first code. The recovery codes are in this answer and never shown again; your other sessions end."""
        return await FactorService(self.commons, self.identity).confirm(body.code)

    @router.delete("/mfa/totp", summary="Switch the second factor off")
    @access_control(signed_in=True, own_hand=True, fresh=True)
    @declares(raises=(MfaOff,), emits=(MfaDisabled,))
    async def remove_totp(self) -> DefaultResponse:
        """The recovery codes go with it."""
        await FactorService(self.commons, self.identity).remove()
        return done("The second factor is off.")

    @router.post("/mfa/recovery-codes", summary="Make new recovery codes")
    @access_control(signed_in=True, own_hand=True, fresh=True)
    @declares(raises=(MfaOff,))
    async def renew_recovery_codes(self) -> RecoveryCodesOut:
        """The ones before are worthless from now on."""
        return await FactorService(self.commons, self.identity).renew_codes()
