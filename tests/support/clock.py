"""A clock that tests move."""

from datetime import UTC, datetime, timedelta


class MovableClock:
    """The computer's time, shifted by what tests say."""

    def __init__(self) -> None:
        self._shift = timedelta()

    def now(self) -> datetime:
        """The present moment, shifted."""
        return datetime.now(UTC) + self._shift

    def advance(self, **interval: float) -> None:
        """Move on, by timedelta's words."""
        self._shift += timedelta(**interval)

    def reset(self) -> None:
        """Back to the present."""
        self._shift = timedelta()
