"""Use cases of auth, one class a file."""

from app.auth.services.factors import FactorService
from app.auth.services.issuing import COOKIE
from app.auth.services.recovery import RecoveryService
from app.auth.services.registration import RegistrationService
from app.auth.services.renewal import CookieGuard, RenewalService
from app.auth.services.sessions import SessionService
from app.auth.services.sign_in import SignInService

__all__ = [
    "COOKIE",
    "CookieGuard",
    "FactorService",
    "RecoveryService",
    "RegistrationService",
    "RenewalService",
    "SessionService",
    "SignInService",
]
