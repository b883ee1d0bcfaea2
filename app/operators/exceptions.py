"""Errors of operators."""

from app.exceptions import Conflict, NotFound


class PersonNotFound(NotFound):
    """Nobody has that id or address."""


class ImpersonationNotFound(NotFound):
    """There is no such impersonation, or it is over."""


class DeletionNotDue(Conflict):
    """A purge before its day: nobody asked for the deletion, or it may still be taken back."""

    code, title = "deletion_not_due", "Not to be purged yet"
