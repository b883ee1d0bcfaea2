"""Streams of events, without anything behind them."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from uuid import UUID

import pytest

from app.exceptions import AppError, PermissionDenied, RateLimited, Unavailable
from app.extensions.bells import Bells
from app.extensions.event_stream import HEARTBEAT, EventStream, Pace, State, rest_of
from app.utils.ids import uuid7

pytestmark = pytest.mark.anyio
QUICK = Pace(look_seconds=0.01)


@pytest.fixture
async def bells() -> AsyncIterator[Bells]:
    """Without a Redis."""
    made = Bells("redis://127.0.0.1:1/0")
    yield made
    await made.aclose()


class Watched:
    """What is looked at: these states one after another, the last one over and over."""

    def __init__(self, *states: State | AppError | None) -> None:
        self.states = list(states)
        self.looks = 0

    async def look(self) -> State | None:
        """The next one."""
        self.looks += 1
        state = self.states.pop(0) if len(self.states) > 1 else self.states[0]
        if isinstance(state, AppError):
            raise state
        return state


def stream(watched: Watched, bells: Bells, pace: Pace, after: int = 0) -> EventStream:
    """As long as there is something to watch."""
    return EventStream(watched.look, bells, uuid7(), name="x", after=after, is_over=lambda: False, pace=pace)


async def test_states(bells: Bells) -> None:
    """Each other state once, also one whose id is smaller; none that was seen; what is final is told all the same, and ends it."""
    for after, told in ((0, [7, 3, 9]), (7, [3, 9]), (9, [7, 3, 9])):
        watched = Watched(State(7, b"{}"), State(7, b"{}"), State(3, b"{}"), State(9, b"{}", is_final=True))
        parts = [part async for part in stream(watched, bells, QUICK, after).parts()]
        assert parts == [b"retry: 1000\n\n", *(b"id: %d\nevent: x\ndata: {}\n\n" % key for key in told)]
    seen = Watched(State(9, b"{}", is_final=True))
    assert len([part async for part in stream(seen, bells, QUICK, after=9).parts()]) == 2
    gone = Watched(State(1, b"{}"), None)
    assert len([part async for part in stream(gone, bells, QUICK).parts()]) == 2


async def test_refused(bells: Bells) -> None:
    """What is refused for now is looked at again, and the connection is kept; what is refused for good ends the stream."""
    for later in (RateLimited(), Unavailable()):
        watched = Watched(later, State(1, b"{}"), later, State(2, b"{}"), PermissionDenied())
        parts = [part async for part in stream(watched, bells, QUICK).parts()]
        assert [part[:5] for part in parts] == [b"retry", b"id: 1", b"id: 2"]
    full = Watched(RateLimited())
    pace = Pace(look_seconds=0.01, heartbeat_seconds=0.0)
    events = EventStream(full.look, bells, uuid7(), name="x", is_over=lambda: full.looks >= 2, pace=pace)
    async with asyncio.timeout(5):
        assert [part async for part in events.parts()][1:] == [HEARTBEAT, HEARTBEAT]


def ringing(watched: Watched, bells: Bells, key: UUID) -> Callable[[], Awaitable[State | None]]:
    """A look at something that rings all the time."""

    async def look() -> State | None:
        bells.ring(key)
        return await watched.look()

    return look


async def test_rests(bells: Bells) -> None:
    """What rings all the time is looked at no more often than it says; what is quiet is kept open."""
    watched, key, begun = Watched(State(1, b"{}")), uuid7(), time.monotonic()
    pace = Pace(look_seconds=5.0, rest_seconds=0.05, heartbeat_seconds=0.1)

    events = EventStream(
        ringing(watched, bells, key), bells, key, name="x", is_over=lambda: watched.looks >= 5, pace=pace
    )
    parts = [part async for part in events.parts()]
    assert 4 * pace.rest_seconds <= time.monotonic() - begun < pace.look_seconds
    assert HEARTBEAT in parts
    assert [part for part in parts if part != HEARTBEAT] == [b"retry: 1000\n\n", b"id: 1\nevent: x\ndata: {}\n\n"]


async def test_crowd(bells: Bells) -> None:
    """However many watch one thing that rings all the time, together they look no more often than a few; and whoever is alone, as ever."""
    watched, key, begun = Watched(State(1, b"{}")), uuid7(), time.monotonic()
    pace = Pace(look_seconds=1.0, rest_seconds=0.02, crowd=2)

    async def watch() -> None:
        events = EventStream(
            ringing(watched, bells, key), bells, key, name="x", is_over=lambda: watched.looks >= 60, pace=pace
        )
        assert len([part async for part in events.parts()]) == 2

    async with asyncio.timeout(20):
        await asyncio.gather(*[watch() for _ in range(20)])
    assert time.monotonic() - begun >= 2 * 10 * pace.rest_seconds
    assert rest_of(pace, 1) == rest_of(pace, 2) == pace.rest_seconds
    assert rest_of(pace, 1000) == pace.look_seconds


async def test_an_end(bells: Bells) -> None:
    """Who waits long for a bell looks once when it rings, and does not hold up a process that is about to end."""
    watched, key, over, pace = Watched(State(1, b"{}"), State(2, b"{}")), uuid7(), asyncio.Event(), Pace(600.0)
    events = EventStream(watched.look, bells, key, name="x", is_over=over.is_set, pace=pace)
    loop = asyncio.get_running_loop()
    async with asyncio.timeout(5):
        async for part in events.parts():
            if part.startswith(b"id: 1"):
                loop.call_later(0.05, bells.ring, key)
            elif part.startswith(b"id: 2"):
                loop.call_later(0.05, over.set)
    assert watched.looks == 2
    resting = EventStream(
        watched.look, bells, key, name="x", is_over=lambda: watched.looks > 2, pace=Pace(600.0, 600.0)
    )
    async with asyncio.timeout(5):
        assert len([part async for part in resting.parts()]) == 2
