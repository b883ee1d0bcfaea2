"""Errors of core."""

from app.exceptions import Conflict


class TaskFinished(Conflict):
    """The task has ended: there is nothing to cancel."""

    code, title = "task_finished", "The task has ended"
