"""How an order begins."""

from datetime import datetime
from uuid import UUID

from app.modules.orders.models import Order
from app.utils.ids import uuid7


def new_cart(buyer_id: UUID, currency: str, at: datetime) -> Order:
    """An empty cart of that person, in that currency."""
    return Order(uuid7(), buyer_id, currency, at, at)
