"""Bodies of auth."""

from app.auth.schemas.mfa import MfaOut, RecoveryCodesOut, SignInCode, TotpConfirm, TotpOut
from app.auth.schemas.registration import (
    ChangePassword,
    ConfirmEmail,
    EmailChange,
    ForgotPassword,
    Register,
    ResetPassword,
    StepUp,
    VerifyEmail,
)
from app.auth.schemas.sessions import SessionOut
from app.auth.schemas.sign_in import Password, Refresh, SignedIn, SignIn, Transport

__all__ = [
    "ChangePassword",
    "ConfirmEmail",
    "EmailChange",
    "ForgotPassword",
    "MfaOut",
    "Password",
    "RecoveryCodesOut",
    "Refresh",
    "Register",
    "ResetPassword",
    "SessionOut",
    "SignIn",
    "SignInCode",
    "SignedIn",
    "StepUp",
    "TotpConfirm",
    "TotpOut",
    "Transport",
    "VerifyEmail",
]
