"""Retries: which, when, and how many at most."""

from collections import deque
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final

IDEMPOTENT: Final = frozenset({"GET", "HEAD", "OPTIONS", "PUT", "DELETE"})  # RFC 9110, 9.2.2
RETRYABLE: Final = frozenset({429, 502, 503, 504})
MAX_DIGITS: Final = 9


class RetryBudget:
    """Retries of the last seconds stay below a share of the calls of the last seconds, and a small reserve.

    The reserve lets a rare call be tried again; the share keeps an outage from being multiplied: at 10 % a host that is down
    sees 1.1 times its load and not 3 times (the retry budget of Twitter's Finagle).
    """

    def __init__(self, *, share: float, reserve: int, seconds: float, monotonic: Callable[[], float]) -> None:
        """`seconds` is the window, counted in tenths of it."""
        self._share = share
        self._reserve = reserve
        self._tenth = seconds / 10
        self._monotonic = monotonic
        self._counts: deque[list[int]] = deque()  # [number of the tenth, calls, retries]

    def call(self) -> None:
        """Count a call, its retries not included."""
        self._present()[1] += 1

    def take(self) -> bool:
        """Take a retry, if there is one."""
        present = self._present()
        calls = sum(count[1] for count in self._counts)
        if sum(count[2] for count in self._counts) + 1 > self._reserve + self._share * calls:
            return False
        present[2] += 1
        return True

    def _present(self) -> list[int]:
        number = int(self._monotonic() / self._tenth)
        while self._counts and self._counts[0][0] <= number - 10:
            self._counts.popleft()
        if not self._counts or self._counts[-1][0] != number:
            self._counts.append([number, 0, 0])
        return self._counts[-1]


def backoff(attempt: int, chance: float, *, base: float, cap: float) -> float:
    """Seconds before the retry that follows this attempt (1, 2, ...): full jitter over a bound that doubles."""
    return float(chance * min(cap, base * 2 ** (attempt - 1)))


def retry_after(value: str | None, now: datetime) -> float | None:
    """The seconds that a Retry-After asks for, given as seconds or as a date (RFC 9110, 10.2.3); None if it is neither."""
    if not value:
        return None
    text = value.strip()
    if text.isascii() and text.isdigit():
        return float(text) if len(text) <= MAX_DIGITS else None
    try:
        date = parsedate_to_datetime(text)
        date = date if date.tzinfo else date.replace(tzinfo=UTC)
        return max(0.0, (date - now).total_seconds())
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
