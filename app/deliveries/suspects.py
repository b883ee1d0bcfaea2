"""Suspects: deliveries that were begun and never ended, any of which may be what ended its worker."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

PROBATION_SECONDS: Final = 1.0
"""How long a handler is watched alone: one that ends its process does so soon, or not because of what it is."""


class Suspects:
    """Lets suspects begin one after another: the next when the one before has ended, or has survived so long.

    None waits for the end of another's hour of work.
    """

    def __init__(self) -> None:
        self._turn = asyncio.Lock()

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Wait for the turn and begin; the body may take longer than the turn lasts."""
        await self._turn.acquire()
        is_held = True

        def end() -> None:
            nonlocal is_held
            if is_held:
                is_held = False
                self._turn.release()

        # A handler that blocks the loop keeps its turn: nothing else runs meanwhile in any case.
        timer = asyncio.get_running_loop().call_later(PROBATION_SECONDS, end)
        try:
            yield
        finally:
            timer.cancel()
            end()
