"""Errors of operators."""

from app.exceptions import AppError, Conflict, NotFound


class PersonNotFound(NotFound):
    """Nobody has that id or address."""


class ImpersonationNotFound(NotFound):
    """There is no such impersonation, or it is over."""


class ScheduleNotFound(NotFound):
    """No installed module has a schedule of that name."""


class DeletionNotDue(Conflict):
    """A purge before its day: nobody asked for the deletion, or it may still be taken back."""

    code, title = "deletion_not_due", "Not to be purged yet"


class NotPurgeable(AppError):
    """A table that no role may empty: a fault of the module that made it."""

    code, title = "table_not_purgeable", "A table cannot be purged"


class NotExportable(AppError):
    """A table that the app role cannot read: a fault of the module that made it."""

    code, title = "table_not_exportable", "A table cannot be exported"


class ExportInvalid(AppError):
    """An archive that was changed, cut off, or made by another installation."""

    code, title = "export_invalid", "Not an export of this installation"
