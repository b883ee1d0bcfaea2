"""Errors of core."""

from app.exceptions import Conflict, Unauthenticated


class DeliveryNotDead(Conflict):
    """Only a delivery that was given up can be replayed."""

    code, title = "delivery_not_dead", "The delivery is not dead"


class TaskFinished(Conflict):
    """The task has ended: there is nothing to cancel."""

    code, title = "task_finished", "The task has ended"


class WebhookRefused(Unauthenticated):
    """Nobody whom the tenant trusts has signed this message, or it is too old. Nothing more is told."""

    code, title = "webhook_refused", "The message is not signed as it should be"
