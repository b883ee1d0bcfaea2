"""The circuit breaker of one host: closed, open, half-open."""

from collections.abc import Callable
from typing import Final

MAX_REST: Final = 120.0


class Breaker:
    """Closed until so many failures in a row; then open for a while; then one call is let through and decides.

    Each time that call fails the rest doubles, up to two minutes. All calls happen in one event loop: nothing is awaited here.
    """

    def __init__(self, *, failures: int, rest_seconds: float, monotonic: Callable[[], float]) -> None:
        """`monotonic` tells seconds."""
        self._limit = failures
        self._first_rest = self._rest = rest_seconds
        self._monotonic = monotonic
        self._failures = 0
        self._open_until: float | None = None
        self._probing = False

    @property
    def state(self) -> str:
        """closed, open or half-open."""
        if self._open_until is None:
            return "closed"
        return "open" if self._monotonic() < self._open_until and not self._probing else "half-open"

    @property
    def is_probing(self) -> bool:
        """Whether the one call that decides is under way."""
        return self._probing

    def wait(self) -> float | None:
        """Ask to call: None is yes, and must be followed by succeeded, failed or undecided; else the seconds to wait."""
        if self._open_until is None:
            return None
        left = self._open_until - self._monotonic()
        if left > 0 or self._probing:
            return max(left, self._first_rest) if self._probing else left
        self._probing = True
        return None

    def succeeded(self) -> None:
        """The host answered."""
        self._failures, self._open_until, self._probing, self._rest = 0, None, False, self._first_rest

    def failed(self) -> None:
        """The host did not answer, or answered that it is broken."""
        self._failures += 1
        if self._probing:
            self._rest = min(2 * self._rest, MAX_REST)
        elif self._open_until is not None or self._failures < self._limit:
            return  # too few; or a call that was under way when the breaker opened, which tells nothing new
        self._open_until, self._probing = self._monotonic() + self._rest, False

    def undecided(self) -> None:
        """The call ended without a word on the host, as by cancellation: the next one may try."""
        self._probing = False
