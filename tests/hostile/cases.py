"""What a case is: a legal request, spoilt in one place, and how that is answered."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.hostile.calls import Call

CANARY = "zq7canary"
"""In every value that is refused; no answer holds it."""
SERVED: frozenset[str] = frozenset()
"""The answer to what looks odd and is legal: a success."""
Spoil = Callable[[Call], Call]
COMMON, HEAVY = 4, 10
"""A case's turn in the short run: what is refused before any route's own code is asked, and alike for all; what is large."""


@dataclass(frozen=True)
class Case:
    """One hostile request of an operation, or one that only looks so."""

    family: str
    name: str
    spoil: Spoil
    codes: frozenset[str]
    """Any of these problems; none: the request is served, a positive control."""
    turn: int = 1
    """The long run sends it to every operation, the short one to one in so many."""

    @property
    def is_control(self) -> bool:
        """Whether it is legal."""
        return self.codes == SERVED


def case(family: str, name: str, spoil: Spoil, *codes: str, turn: int = 1) -> Case:
    """A case; without codes a control."""
    return Case(family, name, spoil, frozenset(codes), turn)
