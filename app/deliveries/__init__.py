"""Running deliveries: what a worker does with a ticket, and the inline queue mode with a commit."""

from app.deliveries.runner import OUTCOMES, DeliveryRunner

__all__ = ["OUTCOMES", "DeliveryRunner"]
