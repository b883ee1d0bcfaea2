"""Money, without anything around it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.modules.orders.exceptions import AmountTooLarge, CurrencyMixed
from app.modules.orders.money import Money, shares
from app.utils.schemas import SAFE_INTEGER


def euros(amount: int) -> Money:
    """So many cents."""
    return Money(amount, "EUR")


@pytest.mark.parametrize(("amount", "currency"), [(-1, "EUR"), (1, "eur"), (1, "EURO"), (1, ""), (1, "EU\u0420")])
def test_no_amount(amount: int, currency: str) -> None:
    """What is below zero or in no currency is no money."""
    with pytest.raises(ValueError, match="no amount"):
        Money(amount, currency)


def test_arithmetic() -> None:
    """Sums, differences and multiples stay in the currency, and are new values."""
    assert euros(5).plus(euros(7)) == euros(12)
    assert euros(7).minus(euros(7)) == euros(0)
    assert euros(7).times(3) == euros(21)
    with pytest.raises(ValueError, match="no amount"):
        euros(5).minus(euros(7))


def test_one_currency() -> None:
    """Two currencies have no sum and no difference."""
    for act in (euros(5).plus, euros(5).minus):
        with pytest.raises(CurrencyMixed):
            act(Money(5, "USD"))


def test_overflow() -> None:
    """The largest number of ours is the largest amount; a sum or a multiple beyond it is refused, not wrapped or rounded."""
    assert euros(SAFE_INTEGER).amount == SAFE_INTEGER
    with pytest.raises(AmountTooLarge):
        euros(SAFE_INTEGER).plus(euros(1))
    with pytest.raises(AmountTooLarge):
        euros(SAFE_INTEGER // 2 + 1).times(2)


@pytest.mark.parametrize(
    ("amount", "rate", "part"),
    [(10, 5, 0), (30, 5, 2), (50, 5, 2), (70, 5, 4), (1, 50, 0), (3, 50, 2), (1, 49, 0), (1, 51, 1), (999, 0, 0),
     (999, 100, 999), (SAFE_INTEGER, 100, SAFE_INTEGER), (SAFE_INTEGER, 1, 90071992547410)],
)  # fmt: skip
def test_percent(amount: int, rate: int, part: int) -> None:
    """A part in whole minor units: the nearest, and a half goes to the even one; exact for the largest amounts."""
    assert euros(amount).percent(rate) == euros(part)


@given(weights=st.lists(st.integers(0, SAFE_INTEGER), max_size=20), part=st.integers(0, 100))
def test_shares(weights: list[int], part: int) -> None:
    """Together they are the total, to the last unit; none is further than one from its exact share, and nothing is below zero."""
    total = sum(weights) * part // 100
    found = shares(total, weights)
    assert (sum(found), len(found)) == (total, len(weights))
    for share, weight in zip(found, weights, strict=True):
        assert 0 <= share <= weight
        assert abs(share * sum(weights) - total * weight) < max(1, sum(weights))


def test_shares_are_fair() -> None:
    """What is left over goes to whoever lost most by rounding, among equals to the first."""
    assert shares(100, [1, 1, 1]) == [34, 33, 33]
    assert shares(3015, [1000, 3000, 500]) == [670, 2010, 335]
    assert shares(0, [0, 0]) == [0, 0]
