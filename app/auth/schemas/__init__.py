"""Bodies of auth."""

from app.auth.schemas.sign_in import Password, Refresh, SignedIn, SignIn, Transport

__all__ = ["Password", "Refresh", "SignIn", "SignedIn", "Transport"]
