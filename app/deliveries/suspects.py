"""Suspects: deliveries that were begun and never ended, any of which may be what ended its worker."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Final

PROBATION_SECONDS: Final = 1.0
"""How long a handler is watched alone: one that ends its process does so soon, or not because of what it is."""
QUIET_SECONDS: Final = 0.5
"""How long a suspect lets others go before it, and then how long it waits for those that run."""


class Suspects:
    """Lets suspects begin one after another, and alone: the next when the one before has ended, or has survived so long.

    While one is watched nothing else begins beside it, so that it takes nobody with it where it ends the process; and it begins
    when nothing runs, as far as that can be waited for. None waits for the end of another's hour of work.
    """

    def __init__(self) -> None:
        self._turn = asyncio.Lock()
        self._others = 0
        self._quiet = asyncio.Event()
        self._open = asyncio.Event()
        self._quiet.set()
        self._open.set()

    @asynccontextmanager
    async def beside(self) -> AsyncIterator[None]:
        """Begin what is no suspect: at once where none is watched."""
        while not self._open.is_set():
            await self._open.wait()
        self._others += 1
        self._quiet.clear()
        try:
            yield
        finally:
            self._others -= 1
            if not self._others:
                self._quiet.set()

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Wait for the turn and begin; the body may take longer than the turn lasts."""
        await self._turn.acquire()
        is_held = True

        def end() -> None:
            nonlocal is_held
            if is_held:
                is_held = False
                self._open.set()
                self._turn.release()

        try:
            await self._wait_for_others()
            self._open.clear()
            await self._wait_for_others()
            # A handler that blocks the loop keeps its turn: nothing else runs meanwhile in any case.
            timer = asyncio.get_running_loop().call_later(PROBATION_SECONDS, end)
            try:
                yield
            finally:
                timer.cancel()
        finally:
            end()

    async def _wait_for_others(self) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(QUIET_SECONDS):
                await self._quiet.wait()
