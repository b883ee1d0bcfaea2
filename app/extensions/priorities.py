"""How deliveries are ordered within a tenant, and how they are tried again."""

from dataclasses import dataclass
from enum import IntEnum


class Priority(IntEnum):
    """Of the deliveries of one tenant that are due, those of the lower number go first."""

    INTERACTIVE = 0
    """Somebody waits for it."""
    BULK = 10
    """Nobody does."""


@dataclass(frozen=True, slots=True)
class Policy:
    """What becomes of a failure, with nothing left open."""

    max_attempts: int
    backoff_seconds: float
    longest_seconds: float


@dataclass(frozen=True, slots=True)
class Retries:
    """What becomes of a failure. None: as the settings say for all (`events.max_attempts`, `events.backoff_seconds`)."""

    max_attempts: int | None = None
    """Starts before it is dead. A first start in a transaction that ends its worker is not known of, and not counted."""
    backoff_seconds: float | None = None
    """The first pause, which doubles each time and is spread by half in both directions."""
    longest_seconds: float = 3600.0
    """The longest pause."""

    def over(self, max_attempts: int, backoff_seconds: float) -> Policy:
        """These, with what the settings say in the place of None."""
        return Policy(
            max_attempts if self.max_attempts is None else self.max_attempts,
            backoff_seconds if self.backoff_seconds is None else self.backoff_seconds,
            self.longest_seconds,
        )


USUAL = Retries()
"""As the settings say."""
