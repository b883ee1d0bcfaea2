"""Suspects: deliveries that were begun and never ended, any of which may be what ended its worker."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Final

from app.extensions.held import HeldTickets
from app.extensions.tickets import Ticket

PROBATION_SECONDS: Final = 1.0
"""How long a handler is watched alone: one that ends its process does so soon, or not because of what it is."""


class Suspects:
    """Lets suspects begin one after another: the next when the one before has ended, or has survived its probation.

    None waits for the end of another's hour of work.
    """

    def __init__(self) -> None:
        self._turn = asyncio.Lock()

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[Callable[[], None]]:
        """Wait for the turn and begin; what is yielded ends the turn before the body does."""
        await self._turn.acquire()
        is_held = True

        def end() -> None:
            nonlocal is_held
            if is_held:
                is_held = False
                self._turn.release()

        try:
            yield end
        finally:
            end()


@contextmanager
def probation(notes: HeldTickets, ticket: Ticket, passed: Callable[[], None]) -> Iterator[None]:
    """Note that the handler in the body begins and, a second later, that it is not what ends processes; then call `passed`.

    In this order: what begins behind it finds it noted. A handler that blocks the loop proves nothing meanwhile.
    """

    def prove() -> None:
        notes.prove(ticket)
        passed()

    notes.begin(ticket)
    timer = asyncio.get_running_loop().call_later(PROBATION_SECONDS, prove)
    try:
        yield
    finally:
        timer.cancel()
