"""Deadlines of calls to a Redis that is silent, where they pass while the process is busy with something else."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from typing import Any
from uuid import uuid4

import pytest
from redis.asyncio.connection import AbstractConnection

from app.extensions import bells as bells_module
from app.extensions import wakes as wakes_module
from app.extensions.bells import Bells
from app.extensions.cache import Cache
from app.extensions.rate_leases import Leases
from app.extensions.rates import Bucket, Rate
from app.extensions.wakes import Wakes
from tests.extensions.caching import SECRET, Unit
from tests.support.clock import MovableClock

SECONDS = 0.05

Call = Callable[[str], Coroutine[Any, Any, None]]


async def wake(url: str) -> None:
    """A hint."""
    wakes = Wakes(url)
    await wakes.wake(uuid4())
    await wakes.aclose()


async def ring(url: str) -> None:
    """A bell."""
    bells = Bells(url)
    bells.ring(uuid4())
    assert bells._ringing is not None
    await bells._ringing
    await bells.aclose()


async def lease(url: str) -> None:
    """A part of a window."""
    leases = Leases(url, lambda _: None, timeout_seconds=SECONDS)
    leases.ask(Bucket(Rate.of("tenant-read", 100, 60, 1), (uuid4(),)), time.monotonic())
    await leases.aclose()


async def look_up(url: str) -> None:
    """What is in the cache."""
    cache = Cache(url, SECRET, clock=MovableClock(), timeout_seconds=SECONDS)
    assert await cache.of(Unit(uuid4())).get("key", str) is None
    await cache.aclose()


@pytest.fixture
async def silent() -> AsyncIterator[str]:
    """The address of a server that never answers."""

    async def keep(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    server = await asyncio.start_server(keep, "127.0.0.1", 0)
    yield f"redis://127.0.0.1:{server.sockets[0].getsockname()[1]}/0"
    server.close()


@pytest.mark.parametrize("call", [wake, ring, lease, look_up])
async def test_busy(call: Call, silent: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The deadline is what ends the wait for an answer, once; the driver would wait as long as it likes, and try again."""
    pack, read = AbstractConnection.pack_command, AbstractConnection.read_response
    ends: list[type[BaseException]] = []

    def pack_slowly(self: AbstractConnection, *parts: Any) -> list[bytes]:
        began = time.monotonic()
        while time.monotonic() < began + 2 * SECONDS:
            pass  # the deadline passes here
        return pack(self, *parts)

    async def read_and_note(self: AbstractConnection, *options: Any, **named: Any) -> Any:
        try:
            return await read(self, *options, **named)
        except BaseException as error:
            ends.append(type(error))
            raise

    for module in (wakes_module, bells_module):
        monkeypatch.setattr(module, "WAKE_SECONDS", SECONDS)
    monkeypatch.setattr(bells_module, "REST_SECONDS", 0)
    monkeypatch.setattr(AbstractConnection, "pack_command", pack_slowly)
    monkeypatch.setattr(AbstractConnection, "read_response", read_and_note)
    await call(silent)
    assert ends == [asyncio.CancelledError]
