"""Orders as the business knows them: plain objects that know no storage and no framework. `orm.py` maps them from outside."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from app.exceptions import FieldFault, pointer_to
from app.modules.orders.exceptions import (
    CartEmpty,
    CartFull,
    CurrencyMixed,
    MoveRefused,
    NotForSale,
    PaymentPending,
    PricesChanged,
    QuantityRefused,
)
from app.modules.orders.limits import MAX_LINES, MAX_QUANTITY
from app.modules.orders.money import Money
from app.utils.ids import uuid7


class OrderState(StrEnum):
    """Where an order stands. A cart is an order in draft."""

    DRAFT = "draft"
    PLACED = "placed"
    PAID = "paid"
    SHIPPED = "shipped"
    DELIVERED = "delivered"
    CANCELLED = "cancelled"
    REFUNDED = "refunded"


MOVES: Mapping[str, frozenset[str]] = {
    OrderState.DRAFT: frozenset({OrderState.PLACED}),
    OrderState.PLACED: frozenset({OrderState.PAID, OrderState.CANCELLED}),
    OrderState.PAID: frozenset({OrderState.SHIPPED, OrderState.REFUNDED}),
    OrderState.SHIPPED: frozenset({OrderState.DELIVERED, OrderState.REFUNDED}),
    OrderState.DELIVERED: frozenset({OrderState.REFUNDED}),
    OrderState.CANCELLED: frozenset(),
    OrderState.REFUNDED: frozenset(),
}
INSTEAD: Mapping[tuple[str, str], str] = {
    (OrderState.DRAFT, OrderState.CANCELLED): "A cart is deleted.",
    (OrderState.DRAFT, OrderState.PAID): "Place it first.",
    (OrderState.PLACED, OrderState.REFUNDED): "Nothing is paid: cancel it.",
    (OrderState.PAID, OrderState.CANCELLED): "It is paid: refund it.",
}
"""What to do in the place of a move that is refused."""


@dataclass(frozen=True, slots=True)
class Offer:
    """What the catalog asks for one variant of a product, now."""

    variant_id: UUID
    product_id: UUID
    sku: str
    name: str
    price: Money
    for_sale: bool


@dataclass(frozen=True, slots=True)
class PriceChange:
    """A line whose price is another than the catalog's."""

    line_id: UUID
    before: Money
    now: Money

    def as_dict(self) -> dict[str, object]:
        """The change as the problem tells it."""
        return {
            "line_id": str(self.line_id),
            "before": self.before.amount,
            "now": self.now.amount,
            "currency": self.now.currency,
        }


@dataclass(eq=False)
class OrderLine:
    """So many pieces of one variant, at the price that it had when it came into the cart."""

    id: UUID
    position: int
    variant_id: UUID
    product_id: UUID
    sku: str
    name: str
    price: Money
    quantity: int

    @property
    def total(self) -> Money:
        """The price of all pieces.

        Raises:
            AmountTooLarge.
        """
        return self.price.times(self.quantity)


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the gateway says of a charge or a refund: taken, with its own name for it, or declined, with the reason."""

    accepted: bool
    reference: str | None = None
    reason: str | None = None


@dataclass(eq=False)
class Payment:
    """Money that goes to the tenant, or back. Its id is the key under which the gateway does it once."""

    id: UUID
    kind: str
    """"charge" or "refund"."""
    amount: Money
    source: str
    """The gateway's name for what it is taken from, or of the charge that goes back."""
    created_at: datetime
    state: str = "pending"
    """"pending" until the gateway has answered, then "accepted" or "declined"."""
    reference: str | None = None
    reason: str | None = None
    settled_at: datetime | None = None

    def settle(self, receipt: Receipt, at: datetime) -> None:
        """The gateway has answered."""
        self.state = "accepted" if receipt.accepted else "declined"
        self.reference, self.reason, self.settled_at = receipt.reference, receipt.reason, at


@dataclass(eq=False)
class Order:
    """The aggregate: its lines and payments change through it alone, and each change counts its version.

    `subtotal`, `discount` and `total` are in minor units of `currency`.
    """

    id: UUID
    buyer_id: UUID
    """The person whose cart it is, and who answers for the order."""
    currency: str
    created_at: datetime
    updated_at: datetime
    state: str = OrderState.DRAFT
    number: int = 0
    """Counts the tenant's orders; a cart has none."""
    discount_percent: int = 0
    subtotal: int = 0
    discount: int = 0
    total: int = 0
    placed_at: datetime | None = None
    version: int = 1
    lines: list[OrderLine] = field(default_factory=list)
    payments: list[Payment] = field(default_factory=list)

    def put(self, offer: Offer, quantity: int, at: datetime) -> OrderLine:
        """So many pieces more of what is offered. What is in the cart already takes the offer's price.

        Raises:
            MoveRefused, NotForSale, CurrencyMixed, CartFull, QuantityRefused, AmountTooLarge.
        """
        self._demand_draft()
        _demand_none([] if offer.for_sale else [pointer_to("variant_id")])
        if offer.price.currency != self.currency:
            raise CurrencyMixed(f"The cart is in {self.currency}, and the product is sold in {offer.price.currency}.")
        line = next((line for line in self.lines if line.variant_id == offer.variant_id), None)
        if line is None:
            if len(self.lines) >= MAX_LINES:
                raise CartFull(f"A cart has at most {MAX_LINES} lines.")
            position = max((each.position for each in self.lines), default=0) + 1
            line = OrderLine(
                uuid7(), position, offer.variant_id, offer.product_id, offer.sku, offer.name, offer.price,
                checked_quantity(quantity),
            )  # fmt: skip
            self.lines.append(line)
        else:
            line.price, line.quantity = offer.price, checked_quantity(line.quantity + quantity)
        self._reckon(at)
        return line

    def set_quantity(self, line: OrderLine, quantity: int, at: datetime) -> None:
        """So many pieces, no more and no less.

        Raises:
            MoveRefused, QuantityRefused, AmountTooLarge.
        """
        self._demand_draft()
        line.quantity = checked_quantity(quantity)
        self._reckon(at)

    def drop(self, line: OrderLine, at: datetime) -> None:
        """Take a line out.

        Raises:
            MoveRefused.
        """
        self._demand_draft()
        self.lines.remove(line)
        self._reckon(at)

    def give_discount(self, percent: int, at: datetime) -> None:
        """So many per cent off the whole, 0 to 100, in whole minor units; a half goes to the even one.

        Raises:
            MoveRefused.
        """
        self._demand_draft()
        self.discount_percent = percent
        self._reckon(at)

    def take_prices(self, offers: Mapping[UUID, Offer], at: datetime) -> list[PriceChange]:
        """Give every line the price that the catalog asks now; returns what has changed.

        Raises:
            MoveRefused, NotForSale, AmountTooLarge.
        """
        self._demand_draft()
        changes = self._compare(offers)
        if changes:
            for line in self.lines:
                line.price = offers[line.variant_id].price
            self._reckon(at)
        return changes

    def demand_placeable(self, offers: Mapping[UUID, Offer]) -> None:
        """Refuse to be placed where the catalog does not offer just what is in the cart, at the same prices.

        Raises:
            MoveRefused, CartEmpty, NotForSale, PricesChanged.
        """
        self._demand_move(OrderState.PLACED)
        if not self.lines:
            raise CartEmpty("Put something into the cart first.")
        if changes := self._compare(offers):
            told = [change.as_dict() for change in changes]
            raise PricesChanged("Take the new prices, and place it again.", extra={"changes": told})

    def place(self, number: int, at: datetime) -> None:
        """It is an order from now on, with a number of its own.

        Raises:
            MoveRefused.
        """
        self.move(OrderState.PLACED, at)
        self.number, self.placed_at = number, at

    def move(self, state: str, at: datetime) -> None:
        """Go on to another state.

        Raises:
            MoveRefused: saying why, and what to do instead.
            PaymentPending.
        """
        self._demand_move(state)
        self.state = state
        self._touch(at)

    @property
    def pending(self) -> Payment | None:
        """The payment or refund that the gateway has not answered yet, if there is one."""
        return next((payment for payment in self.payments if payment.state == "pending"), None)

    def begin(self, kind: str, source: str, at: datetime) -> Payment:
        """A charge of the total or the refund of one; where the same is under way already, that: it may have to be tried again.

        Raises:
            MoveRefused.
            PaymentPending: another is under way.
        """
        pending = self.pending
        if pending is not None and (pending.kind, pending.source) == (kind, source):
            return pending
        self._demand_move(OrderState.PAID if kind == "charge" else OrderState.REFUNDED)
        payment = Payment(uuid7(), kind, Money(self.total, self.currency), source, at)
        self.payments.append(payment)
        self._touch(at)
        return payment

    def settle(self, payment: Payment, receipt: Receipt, at: datetime) -> bool:
        """The gateway has answered; returns whether that is news: it may answer more than once."""
        if payment.state != "pending":
            return False
        payment.settle(receipt, at)
        self._touch(at)
        if receipt.accepted:
            self.move(OrderState.PAID if payment.kind == "charge" else OrderState.REFUNDED, at)
        return True

    def line(self, line_id: UUID) -> OrderLine | None:
        """The line with that id."""
        return next((line for line in self.lines if line.id == line_id), None)

    def _compare(self, offers: Mapping[UUID, Offer]) -> list[PriceChange]:
        known = {
            key: offer for key, offer in offers.items() if offer.for_sale and offer.price.currency == self.currency
        }
        _demand_none(
            [pointer_to("lines", place) for place, line in enumerate(self.lines) if line.variant_id not in known]
        )
        pairs = ((line, known[line.variant_id].price) for line in self.lines)
        return [PriceChange(line.id, line.price, price) for line, price in pairs if line.price != price]

    def _demand_move(self, state: str) -> None:
        """Refuse what the present state does not allow, or a payment under way forbids."""
        if state not in MOVES[self.state]:
            instead = INSTEAD.get((self.state, state), "")
            raise MoveRefused(f"The order is {self.state} and cannot become {state}. {instead}".strip())
        if self.pending is not None:
            raise PaymentPending(f"A {self.pending.kind} of the order is under way.")

    def _demand_draft(self) -> None:
        if self.state != OrderState.DRAFT:
            raise MoveRefused(f"The order is {self.state}: it does not change any more.")

    def _reckon(self, at: datetime) -> None:
        subtotal = Money(0, self.currency)
        for line in self.lines:
            subtotal = subtotal.plus(line.total)
        discount = subtotal.percent(self.discount_percent)
        self.subtotal, self.discount, self.total = subtotal.amount, discount.amount, subtotal.minus(discount).amount
        self._touch(at)

    def _touch(self, at: datetime) -> None:
        """Count the change: by it whoever read the order before is refused, even where only a line has changed."""
        self.version += 1
        self.updated_at = at


def checked_quantity(quantity: int) -> int:
    """The quantity, if a line may have it.

    Raises:
        QuantityRefused.
    """
    if not 1 <= quantity <= MAX_QUANTITY:
        told = f"A line holds 1 to {MAX_QUANTITY} pieces, not {quantity}."
        raise QuantityRefused(told, errors=[FieldFault("quantity_refused", told, pointer=pointer_to("quantity"))])
    return quantity


def _demand_none(places: Sequence[str]) -> None:
    if places:
        told = "The catalog does not offer it now, or in another currency."
        raise NotForSale(told, errors=[FieldFault("not_for_sale", told, pointer=place) for place in places])


def copy_of(order: Order) -> Order:
    """Another object that says the same, down to its lines and payments."""
    return replace(
        order, lines=[replace(line) for line in order.lines], payments=[replace(each) for each in order.payments]
    )
