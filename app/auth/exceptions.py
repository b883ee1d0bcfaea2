"""Errors of auth."""

from app.exceptions import BadRequest, Conflict, Unauthenticated


class InvalidCredentials(Unauthenticated):
    """Unknown address and wrong password: one answer."""

    code, title = "invalid_credentials", "Address or password is wrong"


class MfaCodeInvalid(InvalidCredentials):
    """The code is wrong, was used or is too old: one answer."""

    code, title = "mfa_code_invalid", "The code does not work"


class MfaRequired(Unauthenticated):
    """The password was right, and the account has a second factor: go on with a code."""

    code, title = "mfa_required", "A second factor is required"


class MfaTokenInvalid(Unauthenticated):
    """The token of a half sign-in is unknown, used, expired or was tried too often: one answer."""

    code, title = "mfa_token_invalid", "Sign in again"


class MfaOn(Conflict):
    """The account has a second factor already."""

    code, title = "mfa_already_on", "The second factor is on already"


class MfaOff(Conflict):
    """There is no second factor, or none that waits to be confirmed."""

    code, title = "mfa_off", "The second factor is off"


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
