"""Time and chance, injected: tests of backoff, budget and breaker wait for nothing."""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime

_chance = random.SystemRandom()


@dataclass(frozen=True, slots=True)
class Timing:
    """Where the client takes time and chance from."""

    monotonic: Callable[[], float] = time.monotonic
    """Seconds that only grow."""
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    """Waits so many seconds."""
    chance: Callable[[], float] = _chance.random
    """0 to 1."""
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    """The time of day, for Retry-After as a date."""


REAL = Timing()
