"""Errors of orders."""

from collections.abc import Mapping
from typing import Any, ClassVar

from app.exceptions import Conflict, ValidationFailed


class QuantityRefused(ValidationFailed):
    """A line's quantity would be none, or more than a line may hold."""

    code, title = "quantity_refused", "No line has such a quantity"


class AmountTooLarge(Conflict):
    """The sum would be larger than any number of ours."""

    code, title = "amount_too_large", "The amount is too large"


class CurrencyMixed(Conflict):
    """An order has one currency, and this is in another."""

    code, title = "currency_mixed", "An order has one currency"


class NotForSale(Conflict):
    """The catalog does not offer it now: it is a draft, archived or unknown. `errors` names the lines."""

    code, title = "product_not_for_sale", "Not for sale"


class CartFull(Conflict):
    """An order has as many lines as it may."""

    code, title = "cart_full", "The cart is full"


class CartEmpty(Conflict):
    """Nothing is in it that could be ordered."""

    code, title = "cart_empty", "The cart is empty"


class PricesChanged(Conflict):
    """The catalog asks other prices than the cart was filled with. `changes` says which; `POST /carts/{id}/prices` takes them."""

    code, title = "prices_changed", "Prices have changed"
    members: ClassVar[Mapping[str, Any]] = {
        "changes": {
            "type": "array",
            "description": "Of `prices_changed`: the lines, and what a piece cost before and costs now, in minor units.",
            "items": {
                "type": "object",
                "required": ["line_id", "before", "now", "currency"],
                "properties": {
                    "line_id": {"type": "string", "format": "uuid"},
                    "before": {"type": "integer"},
                    "now": {"type": "integer"},
                    "currency": {"type": "string"},
                },
            },
        }
    }


class MoveRefused(Conflict):
    """The order's state does not allow it; the detail says what to do instead."""

    code, title = "order_move_refused", "The order's state does not allow it"


class PaymentPending(Conflict):
    """A payment or refund of the order is under way, and until it is settled the order stays as it is."""

    code, title = "payment_pending", "A payment is under way"


class PaymentUnknown(Conflict):
    """No payment has that id; the gateway's message may have come before the payment's own commit."""

    code, title, retryable = "payment_unknown", "There is no such payment yet", True


class PaymentMismatch(Conflict):
    """The gateway tells of another amount, currency or kind than it was asked for under that id."""

    code, title = "payment_mismatch", "That is not what was asked for"


class InvoiceMade(Conflict):
    """An order has one invoice, which names its recipient for ever."""

    code, title = "invoice_made", "The invoice is made already"


class PaymentsOff(Conflict):
    """The installation has no payment gateway."""

    code, title = "payments_off", "Payments are switched off"
