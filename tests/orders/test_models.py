"""Orders, without anything around them."""

from collections.abc import Callable
from itertools import product as pairs
from uuid import uuid4

import pytest

from app.modules.orders.exceptions import (
    AmountTooLarge,
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
from app.modules.orders.models import MOVES, OrderState, copy_of
from app.utils.schemas import SAFE_INTEGER
from tests.orders.goods import AT, DECLINED, TAKEN, cart, offer, order_in


class TestCart:
    """An order in draft"""

    def test_totals(self) -> None:
        """The sum of the lines, less the discount in whole minor units; the discount follows the lines."""
        made = cart(offer(450), offer(333), quantity=3)
        assert (made.subtotal, made.discount, made.total) == (2349, 0, 2349)
        made.give_discount(50, AT)
        assert (made.subtotal, made.discount, made.total) == (2349, 1174, 1175)
        made.drop(made.lines[1], AT)
        assert (made.subtotal, made.discount, made.total) == (1350, 675, 675)
        made.give_discount(100, AT)
        assert made.total == 0

    def test_same_again(self) -> None:
        """The same variant again is more of the same line, at the price of now."""
        first = offer(450)
        made = cart(first, quantity=2)
        line = made.put(offer(500, variant_id=first.variant_id), 3, AT)
        assert made.lines == [line]
        assert (line.quantity, line.price.amount, made.total) == (5, 500, 2500)

    @pytest.mark.parametrize("quantity", [0, -1, MAX_QUANTITY + 1])
    def test_quantity(self, quantity: int) -> None:
        """None, less and too many are refused, and the cart stays as it is."""
        made = cart(offer())
        with pytest.raises(QuantityRefused):
            made.set_quantity(made.lines[0], quantity, AT)
        with pytest.raises(QuantityRefused) as refused:
            made.put(offer(), quantity, AT)
        assert [fault.pointer for fault in refused.value.errors] == ["/quantity"]
        assert [line.quantity for line in made.lines] == [1]

    def test_quantity_adds_up(self) -> None:
        """Twice the half of what a line holds is as much as it holds, and not one piece more."""
        goods = offer(1)
        made = cart(goods, quantity=MAX_QUANTITY)
        with pytest.raises(QuantityRefused):
            made.put(goods, 1, AT)

    def test_overflow(self) -> None:
        """A line, or a sum of lines, that is larger than any number of ours is refused."""
        with pytest.raises(AmountTooLarge):
            cart(offer(SAFE_INTEGER), quantity=2)
        with pytest.raises(AmountTooLarge):
            cart(offer(SAFE_INTEGER), offer(1))

    def test_refused(self) -> None:
        """What is not for sale, what is in another currency, and one line too many."""
        with pytest.raises(NotForSale) as caught:
            cart(offer(for_sale=False))
        assert [fault.pointer for fault in caught.value.errors] == ["/variant_id"]
        with pytest.raises(CurrencyMixed):
            cart(offer(currency="USD"))
        full = cart(*(offer() for _ in range(MAX_LINES)))
        with pytest.raises(CartFull):
            full.put(offer(), 1, AT)

    def test_versions(self) -> None:
        """Every change counts, one of a line alone too."""
        made = cart(offer())
        versions = [made.version]
        changes: list[Callable[[], object]] = [
            lambda: made.set_quantity(made.lines[0], 2, AT),
            lambda: made.give_discount(5, AT),
            lambda: made.drop(made.lines[0], AT),
        ]
        for change in changes:
            change()
            versions.append(made.version)
        assert versions == sorted(set(versions))

    def test_only_a_cart_changes(self) -> None:
        """What is placed has the lines, the prices and the discount that it has."""
        made = order_in("placed")
        line = made.lines[0]
        for change in (
            lambda: made.put(offer(), 1, AT),
            lambda: made.set_quantity(line, 2, AT),
            lambda: made.drop(line, AT),
            lambda: made.give_discount(5, AT),
            lambda: made.take_prices({}, AT),
        ):
            with pytest.raises(MoveRefused):
                change()


class TestPrices:
    """What is asked now, and what was"""

    def test_changed(self) -> None:
        """Another price is told, line by line; taken, it is the cart's."""
        goods, same = offer(450), offer(100)
        made = cart(goods, same)
        dearer = offer(500, variant_id=goods.variant_id)
        offers = {goods.variant_id: dearer, same.variant_id: same}
        with pytest.raises(PricesChanged) as caught:
            made.demand_placeable(offers)
        told = {"line_id": str(made.lines[0].id), "before": 450, "now": 500, "currency": "EUR"}
        assert caught.value.extra == {"changes": [told]}
        assert [change.as_dict() for change in made.take_prices(offers, AT)] == [told]
        made.demand_placeable(offers)
        assert made.total == 600

    def test_gone(self) -> None:
        """What is archived, unknown, or sold in another currency now is named."""
        goods = [offer() for _ in range(4)]
        made = cart(*goods)
        offers = {
            goods[0].variant_id: offer(for_sale=False, variant_id=goods[0].variant_id),
            goods[1].variant_id: offer(currency="USD", variant_id=goods[1].variant_id),
            goods[3].variant_id: goods[3],
        }
        for act in (made.demand_placeable, lambda found: made.take_prices(found, AT)):
            with pytest.raises(NotForSale) as caught:
                act(offers)
            assert [fault.pointer for fault in caught.value.errors] == ["/lines/0", "/lines/1", "/lines/2"]

    def test_empty(self) -> None:
        """Nothing cannot be ordered."""
        with pytest.raises(CartEmpty):
            cart().demand_placeable({})


class TestMoves:
    """The state machine"""

    @pytest.mark.parametrize(("state", "to"), list(pairs(OrderState, OrderState)))
    def test_every_move(self, state: OrderState, to: OrderState) -> None:
        """Each pair of states: what is allowed happens and counts, all else is refused with the state and changes nothing."""
        made = order_in(state)
        before = made.version
        if to in MOVES[state]:
            made.move(to, AT)
            assert (made.state, made.version > before) == (to, True)
        else:
            with pytest.raises(MoveRefused, match=f"is {state} and cannot become {to}"):
                made.move(to, AT)
            assert (made.state, made.version) == (state, before)

    def test_drawn(self) -> None:
        """The moves that there are, so that one that is added is thought of."""
        assert {f"{state} > {to}" for state, allowed in MOVES.items() for to in allowed} == {
            "draft > placed",
            "placed > paid",
            "placed > cancelled",
            "paid > shipped",
            "paid > refunded",
            "shipped > delivered",
            "shipped > refunded",
            "delivered > refunded",
        }

    def test_what_instead(self) -> None:
        """The reason says what to do."""
        with pytest.raises(MoveRefused, match="refund it"):
            order_in("paid").move("cancelled", AT)


class TestPayments:
    """Charges and refunds"""

    def test_charge(self) -> None:
        """The total is charged; taken, the order is paid, and the same answer again is no news."""
        made = order_in("placed")
        payment = made.begin("charge", "card_accept", AT)
        assert (payment.amount.amount, payment.state, made.state) == (made.total, "pending", "placed")
        assert made.settle(payment, TAKEN, AT) is True
        assert (payment.state, payment.reference, made.state) == ("accepted", "ch_1", "paid")
        version = made.version
        assert made.settle(payment, DECLINED, AT) is False
        assert (payment.state, made.state, made.version) == ("accepted", "paid", version)

    def test_declined(self) -> None:
        """Declined, the order stays placed, and another card may be tried."""
        made = order_in("placed")
        first = made.begin("charge", "card_decline", AT)
        made.settle(first, DECLINED, AT)
        assert (first.state, first.reason, made.state) == ("declined", "no funds", "placed")
        assert made.begin("charge", "card_accept", AT) is not first

    def test_under_way(self) -> None:
        """Until it is settled the same is the same payment, another is refused, and the order cannot be cancelled."""
        made = order_in("placed")
        payment = made.begin("charge", "card_timeout", AT)
        assert made.begin("charge", "card_timeout", AT) is payment
        with pytest.raises(PaymentPending):
            made.begin("charge", "card_accept", AT)
        with pytest.raises(PaymentPending):
            made.move("cancelled", AT)

    @pytest.mark.parametrize(("kind", "states"), [("charge", {"placed"}), ("refund", {"paid", "shipped", "delivered"})])
    def test_when(self, kind: str, states: set[str]) -> None:
        """A charge of what is placed, a refund of what is paid, however far it has come, and nothing else."""
        for state in OrderState:
            made = order_in(state)
            if state in states:
                assert made.begin(kind, "x", AT).kind == kind
            else:
                with pytest.raises(MoveRefused):
                    made.begin(kind, "x", AT)


def test_copy() -> None:
    """A copy says the same and shares nothing that changes."""
    made = order_in("paid")
    other = copy_of(made)
    made.lines[0].quantity = 9
    made.payments[0].state = "declined"
    made.lines.clear()
    assert (other.lines[0].quantity, other.payments[0].state, other.id) == (1, "accepted", made.id)
    assert other.line(other.lines[0].id) is other.lines[0]
    assert other.line(uuid4()) is None
