"""Server-sent events of something that has a state: whenever that is another one, it is told.

What is sent is always the state as it is then, never a change to one: whoever comes back, to whatever process, has missed nothing.
"""

import asyncio
import time
from collections.abc import AsyncGenerator, Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from app.exceptions import AppError
from app.extensions.bells import Bells

EVENT_STREAM: Final = "text/event-stream"
HEARTBEAT: Final = b": still here\n\n"
NAP_SECONDS: Final = 1.0
"""A process that is about to end is noticed within it, however long a stream would wait."""
LAST_EVENT_ID: Final[dict[str, Any]] = {
    "parameters": [
        {
            "name": "Last-Event-ID",
            "in": "header",
            "required": False,
            "description": "The id of the last event that was seen: what it told is not told again.",
            "schema": {"type": "string", "pattern": "^[0-9]{1,18}$", "examples": ["7"]},
        }
    ]
}
"""What the document says besides of a route that answers such a stream."""


def streamed(description: str, example: str) -> dict[int | str, dict[str, Any]]:
    """The answer of such a route, for its document."""
    content = {EVENT_STREAM: {"schema": {"type": "string"}, "example": example}}
    return {200: {"description": description, "content": content}}


@dataclass(frozen=True, slots=True)
class State:
    """What is watched, as it stands."""

    id: int
    """Another one for every other state, of at most 18 digits; never 0, which nobody has seen."""
    data: bytes
    """JSON without line ends."""
    is_final: bool = False
    """It will not change any more."""


Look = Callable[[], Awaitable[State | None]]
"""Reads the state in a short transaction of its own, in which the caller is judged afresh (`Reader.look`); None: there is nothing to
watch any more. Raises AppError, as the unit does."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How often is looked."""

    look_seconds: float = 1.0
    """How long a stream trusts that no ring was lost; while Redis is away it looks at this pace."""
    rest_seconds: float = 0.0
    """How long it rests behind each look, whatever rings: what changes all the time is told this often."""
    heartbeat_seconds: float = 15.0
    crowd: int = 10
    """So many may watch one thing in a process and rest no longer than that. Of more each rests longer, until the next look is due."""


USUAL: Final = Pace()


class EventStream:
    """The states of one thing as they are noticed. Nothing is held while it waits: no connection, no transaction."""

    def __init__(
        self,
        look: Look,
        bells: Bells,
        bell: UUID,
        *,
        name: str,
        after: int = 0,
        is_over: Callable[[], bool],
        pace: Pace = USUAL,
    ) -> None:
        """`name` is that of its events, `after` the id that the client has seen last; `is_over`: the process is about to end."""
        self._look = look
        self._bells = bells
        self._bell = bell
        self._name = name
        self._seen = after
        self._is_over = is_over
        self._pace = pace

    async def parts(self) -> AsyncGenerator[bytes, None]:
        """Every state that is noticed, the newest only where several come together; ends after the one that is final.

        What is final is always told, also to whom has seen it. Where the process is about to end the stream does, and the
        client comes back to another with the id of the last event. It ends too where the caller may not look any more: who
        opens it again is answered why. What is refused for now alone is looked at again when the next look is due.
        """
        yield b"retry: 1000\n\n"  # the headers leave at once
        quiet_since = time.monotonic()
        with self._bells.listening(self._bell) as rung:
            while not self._is_over():
                rung.clear()  # before the look: what changes after it rings again
                state = await self._state()
                if state is None:
                    return
                if state.is_final or state.id != self._seen:
                    self._seen, quiet_since = state.id, time.monotonic()
                    yield event_of(self._name, state)
                if state.is_final:
                    return
                if time.monotonic() - quiet_since >= self._pace.heartbeat_seconds:
                    quiet_since = time.monotonic()
                    yield HEARTBEAT
                await self._wait(rung)

    async def _state(self) -> State | None:
        """What the look shows; as it was told where it shows nothing for now, None where it never will."""
        try:
            return await self._look()
        except AppError as refusal:  # a window that is used up, a database that is away; or a right that is lost
            return State(self._seen, b"") if refusal.retryable else None

    async def _wait(self, rung: asyncio.Event) -> None:
        """Rest, and then wait until it rings, at most until the next look is due."""
        now = time.monotonic()
        due, rested = now + self._pace.look_seconds, now + rest_of(self._pace, self._bells.watchers(self._bell))
        while not self._is_over() and (left := due - time.monotonic()) > 0:
            resting = rested - time.monotonic()
            if resting > 0:
                await asyncio.sleep(min(resting, NAP_SECONDS))
            elif rung.is_set():
                return
            else:
                await ring_or_pause(rung, min(left, NAP_SECONDS))


def rest_of(pace: Pace, watchers: int) -> float:
    """How many seconds each of them rests: a crowd does not use up its tenant's windows, nor all connections at once."""
    return min(pace.look_seconds, pace.rest_seconds * max(1.0, watchers / pace.crowd))


def event_of(name: str, state: State) -> bytes:
    """The state as one event."""
    return b"id: %d\nevent: %s\ndata: %s\n\n" % (state.id, name.encode(), state.data)


async def ring_or_pause(rung: asyncio.Event, seconds: float) -> None:
    """Wait until it rings, at most so long."""
    try:
        async with asyncio.timeout(seconds):
            await rung.wait()
    except TimeoutError:
        return
