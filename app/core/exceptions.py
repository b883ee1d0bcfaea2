"""Errors of core."""

from app.exceptions import Conflict


class DeliveryNotDead(Conflict):
    """Only a delivery that was given up can be replayed."""

    code, title = "delivery_not_dead", "The delivery is not dead"


class TaskFinished(Conflict):
    """The task has ended: there is nothing to cancel."""

    code, title = "task_finished", "The task has ended"
