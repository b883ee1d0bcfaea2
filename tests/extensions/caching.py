"""What the tests of the cache share: units, makers, and a look into Redis."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from tests.extensions.carrier import Server

SECRET = "a secret of the tests, long enough to be one"
MINUTE = timedelta(minutes=1)
CANARY = "canary-5f2b"


@dataclass
class Unit:
    """Stands for a unit of work."""

    tenant_id: UUID | None


@dataclass
class Counting:
    """Makes a value, and says how often it did."""

    value: Any = None
    made: int = 0
    pause: Callable[[], Awaitable[None]] | None = None

    async def __call__(self) -> Any:
        """Make it."""
        self.made += 1
        if self.pause is not None:
            await self.pause()
        return self.value


def keys(valkey: Server, pattern: str = "*") -> list[str]:
    """Everything that stands there."""
    return sorted(key.decode() for key in valkey.redis.keys(pattern) if isinstance(key, bytes))


def value_key(valkey: Server, pattern: str = "*") -> str:
    """The one key of a value."""
    (found,) = (key for key in keys(valkey, pattern) if not key.endswith("generation"))
    return found


def stored(valkey: Server, key: str) -> bytes:
    """What stands under a key."""
    found = valkey.redis.get(key)
    assert isinstance(found, bytes)
    return found


async def within(check: Callable[[], Awaitable[Any]]) -> Any:
    """Try until it holds: a server that was gone takes a moment."""
    for _ in range(500):
        found = await check()
        if found:
            return found
        await asyncio.sleep(0.01)
    raise AssertionError("it never held")
