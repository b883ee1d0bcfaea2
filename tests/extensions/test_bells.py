"""Bells: nothing listens on when nobody does, and what listens for all is nobody's."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import uuid4

import anyio.lowlevel
import pytest

from app.config import Settings
from app.extensions.bells import Bells
from app.extensions.context import RequestContext, current_context
from app.extensions.wakes import Outage

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


async def test_nobodys(monkeypatch: pytest.MonkeyPatch) -> None:
    """What listens and rings for everybody logs in the name of no request: the first that watched, or changed something, is no part of it."""
    logged, both = list[object](), asyncio.Event()

    def note(*_: object) -> None:
        logged.append(current_context.get())
        if len(logged) == 2:
            both.set()

    monkeypatch.setattr(Outage, "begins", note)
    bells, context = Bells("redis://127.0.0.1:1/0"), RequestContext(uuid4(), "127.0.0.1", None, datetime.now(UTC))
    token = current_context.set(context)
    try:
        with bells.listening(uuid4()):
            bells.ring(uuid4())
            async with asyncio.timeout(5):
                await both.wait()
    finally:
        current_context.reset(token)
        await bells.aclose()
    assert logged == [None, None]
