"""Errors of sign-in."""

from app.exceptions import Unauthenticated


class InvalidCredentials(Unauthenticated):
    """Unknown address and wrong password: one answer."""

    code, title = "invalid_credentials", "Address or password is wrong"
