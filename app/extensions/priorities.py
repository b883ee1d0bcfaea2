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
class Retries:
    """What becomes of a failure. None: as the settings say for all (`events.max_attempts`, `events.backoff_seconds`)."""

    max_attempts: int | None = None
    """Starts before it is dead."""
    backoff_seconds: float | None = None
    """The first pause, which doubles each time and is spread by half in both directions."""
    longest_seconds: float = 3600.0
    """The longest pause."""


USUAL = Retries()
"""As the settings say."""
