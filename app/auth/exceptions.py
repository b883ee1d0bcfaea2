"""Errors of auth."""

from app.exceptions import BadRequest, Conflict, Unauthenticated


class InvalidCredentials(Unauthenticated):
    """Unknown address and wrong password: one answer."""

    code, title = "invalid_credentials", "Address or password is wrong"


class TokenInvalid(BadRequest):
    """A one-time token that is unknown, used, expired or for something else: one answer."""

    code, title = "token_invalid", "The link does not work"

    def __init__(self, detail: str = "The link was used, has expired or was replaced; ask for another.") -> None:
        """One sentence for all causes."""
        super().__init__(detail)


class KeyRevoked(Conflict):
    """A revoked API key does not come back."""

    code, title = "api_key_revoked", "The key was revoked"


class AddressTaken(Conflict):
    """Another person has the address. Told to nobody who has not proved the address."""

    code, title = "user_email_taken", "The address is taken"
