"""Use cases of auth, one class a file."""

from app.auth.services.sign_in import COOKIE, AuthService, CookieGuard

__all__ = ["COOKIE", "AuthService", "CookieGuard"]
