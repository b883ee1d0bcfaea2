"""Errors of core."""

from app.exceptions import Conflict


class DeliveryNotDead(Conflict):
    """Only a delivery that was given up can be replayed."""

    code, title = "delivery_not_dead", "The delivery is not dead"
