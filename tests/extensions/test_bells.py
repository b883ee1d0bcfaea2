"""The bells of tasks: nothing listens on when nobody does."""

import asyncio
from collections.abc import Iterator
from uuid import uuid4

import anyio.lowlevel
import pytest

from app.config import Settings
from app.extensions.bells import Bells

pytestmark = pytest.mark.anyio
TURNS = 60
"""Of the loop: enough to be anywhere between the first look at Redis and the wait for a message."""


def hearing() -> Iterator[asyncio.Task[object]]:
    """Whatever listens."""
    return (task for task in asyncio.all_tasks() if "Bells._hear" in repr(task.get_coro()))


async def test_ends_with_its_listener(settings: Settings) -> None:
    """A listener that goes at once takes the listening along, wherever that was: each left over would keep a connection for ever."""
    before, bells = set(hearing()), Bells(settings.redis.url)
    for turns in range(TURNS):
        with bells.listening(uuid4()):
            for _ in range(turns):
                await anyio.lowlevel.checkpoint()
    left = set(hearing()) - before
    pending = (await asyncio.wait(left, timeout=5))[1] if left else set()
    await bells.aclose()
    assert pending == set()
