"""Bodies of auth."""

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
from app.auth.schemas.sign_in import Password, Refresh, SignedIn, SignIn, Transport

__all__ = [
    "ChangePassword",
    "ConfirmEmail",
    "EmailChange",
    "ForgotPassword",
    "Password",
    "Refresh",
    "Register",
    "ResetPassword",
    "SignIn",
    "SignedIn",
    "StepUp",
    "Transport",
    "VerifyEmail",
]
