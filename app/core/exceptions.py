"""Errors of core."""

from app.exceptions import Conflict, ValidationFailed


class DeliveryNotDead(Conflict):
    """Only a delivery that was given up can be replayed."""

    code, title = "delivery_not_dead", "The delivery is not dead"


class TaskFinished(Conflict):
    """The task has ended: there is nothing to cancel."""

    code, title = "task_finished", "The task has ended"


class FileTaken(Conflict):
    """A file came by this link already; a link works once."""

    code, title = "file_taken", "The link was used"


class FileEmpty(ValidationFailed):
    """No byte came."""

    code, title = "file_empty", "The file is empty"
