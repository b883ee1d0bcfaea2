"""Orders and offers for tests, without a server."""

from datetime import UTC, datetime
from uuid import UUID, uuid4

from app.modules.orders.builders import new_cart
from app.modules.orders.models import Offer, Order, Receipt
from app.modules.orders.money import Money

AT = datetime(2026, 11, 29, 12, tzinfo=UTC)
TAKEN = Receipt(accepted=True, reference="ch_1")
DECLINED = Receipt(accepted=False, reason="no funds")


def offer(price: int = 450, currency: str = "EUR", *, for_sale: bool = True, variant_id: UUID | None = None) -> Offer:
    """What a catalog asks for tea."""
    return Offer(variant_id or uuid4(), uuid4(), "TEA-01", "Green tea", Money(price, currency), for_sale)


def cart(*offers: Offer, quantity: int = 1) -> Order:
    """A cart with these in it."""
    made = new_cart(uuid4(), "EUR", AT)
    for each in offers:
        made.put(each, quantity, AT)
    return made


def order_in(state: str) -> Order:
    """An order of one line that has come as far as that."""
    made = cart(offer())
    if state == "draft":
        return made
    made.place(1, AT)
    if state == "cancelled":
        made.move("cancelled", AT)
    if state in {"paid", "shipped", "delivered", "refunded"}:
        made.settle(made.begin("charge", "card_accept", AT), TAKEN, AT)
    if state in {"shipped", "delivered"}:
        made.move("shipped", AT)
    if state == "delivered":
        made.move("delivered", AT)
    if state == "refunded":
        made.settle(made.begin("refund", "ch_1", AT), Receipt(accepted=True, reference="re_1"), AT)
    return made
