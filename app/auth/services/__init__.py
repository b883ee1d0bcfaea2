"""Use cases of auth, one class a file."""

from app.auth.services.factors import FactorService
from app.auth.services.recovery import RecoveryService
from app.auth.services.registration import RegistrationService
from app.auth.services.sessions import SessionService
from app.auth.services.sign_in import COOKIE, AuthService, CookieGuard

__all__ = [
    "COOKIE",
    "AuthService",
    "CookieGuard",
    "FactorService",
    "RecoveryService",
    "RegistrationService",
    "SessionService",
]
