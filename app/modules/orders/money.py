"""Money: whole minor units of one currency."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from app.modules.orders.exceptions import AmountTooLarge, CurrencyMixed
from app.utils.schemas import SAFE_INTEGER

CURRENCY = re.compile("[A-Z]{3}")
HUNDRED, HALF = 100, 50


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in minor units (cents) of an ISO 4217 currency: never below zero, never larger than any number of ours."""

    amount: int
    currency: str

    def __post_init__(self) -> None:
        """Refuse what is no amount.

        Raises:
            ValueError: below zero, or no currency.
            AmountTooLarge: beyond 2^53 - 1, which not every reader of JSON keeps exactly.
        """
        if self.amount < 0 or not CURRENCY.fullmatch(self.currency):
            raise ValueError(f"{self.amount} {self.currency} is no amount of money")
        if self.amount > SAFE_INTEGER:
            raise AmountTooLarge(f"No amount is larger than {SAFE_INTEGER}.")

    def plus(self, other: Self) -> "Money":
        """The sum.

        Raises:
            CurrencyMixed, AmountTooLarge.
        """
        self._demand_same(other)
        return Money(self.amount + other.amount, self.currency)

    def minus(self, other: Self) -> "Money":
        """The difference.

        Raises:
            CurrencyMixed.
            ValueError: the other is more.
        """
        self._demand_same(other)
        return Money(self.amount - other.amount, self.currency)

    def times(self, count: int) -> "Money":
        """So many times as much.

        Raises:
            AmountTooLarge.
        """
        return Money(self.amount * count, self.currency)

    def percent(self, rate: int) -> "Money":
        """So many hundredths of it, in whole minor units: a half goes to the even one, so that halves even out."""
        whole, rest = divmod(self.amount * rate, HUNDRED)
        return Money(whole + (1 if rest > HALF or (rest == HALF and whole % 2) else 0), self.currency)

    def _demand_same(self, other: Self) -> None:
        if other.currency != self.currency:
            raise CurrencyMixed(f"{self.currency} and {other.currency} have no sum.")


def shares(total: int, weights: Sequence[int]) -> list[int]:
    """The total split as the weights are to one another, in whole units: together it is the total, to the last one.

    What rounding down leaves over goes, one unit each, to those that lost most by it; among equals the first.
    """
    whole = sum(weights)
    if whole == 0:
        return [0 for _ in weights]
    parts = [divmod(total * weight, whole) for weight in weights]
    left = total - sum(part for part, _ in parts)
    gaining = sorted(range(len(parts)), key=lambda place: (-parts[place][1], place))[:left]
    return [part + (place in gaining) for place, (part, _) in enumerate(parts)]
