"""Requirement 29: an address that a user gives is called in public or not at all. A module enters by saying how one is given and called."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx

LEGAL = ("https://hooks.example/in?a=b", "http://hooks.example/", "https://93.184.215.14/x")
REFUSED = (
    "", "hooks.example", "//hooks.example/", "ftp://hooks.example/", "file:///etc/passwd", "javascript:alert(1)", "gopher://hooks.example/",
    "http://hooks.example:22/", "http://hooks.example:6379/", "http://a:b@hooks.example/", "http://hooks.example@127.0.0.1/",
    "http://hooks.example/\r\nX-Evil: 1", "http://hooks.example/a b", "http://hooks.example\\@127.0.0.1/", "http://intranet/",
    "http://2130706433/", "http://0x7f.1/", "http://127.1/", "https://hooks.example/" + "a" * 5000,
)  # fmt: skip
"""Refused for what they spell, when they are given."""
LOCAL = (
    "http://127.0.0.1:{port}/",
    "http://localhost:{port}/",
    "http://127.1:{port}/",
    "http://[::ffff:127.0.0.1]:{port}/",
    "http://2130706433:{port}/",
)
"""Never connected to, even where they were stored before anybody looked."""


@dataclass(frozen=True)
class AddressEntry:
    """How a module takes an address, and how it calls one."""

    give: Callable[[Any, str], Awaitable[httpx.Response]]
    """Send the address to the route; the first argument is the suite's world."""
    call: Callable[[Any, str], Awaitable[None]]
    """Do what the module does with an address that is stored; it may raise what it likes."""


async def faults(entry: AddressEntry, world: Any) -> list[str]:
    """What is wrong with the module."""
    told = [
        f"{url!r} is legal: {status}" for url in LEGAL if not 200 <= (status := await _given(entry, world, url)) < 300
    ]
    told += [
        f"{url[:60]!r} is taken: {status}"
        for url in REFUSED
        if not 400 <= (status := await _given(entry, world, url)) < 500
    ]
    async with listening() as ear:
        for pattern in LOCAL:
            url = pattern.format(port=ear.port)
            await _tried(entry.call(world, url))
            if ear.heard:
                told.append(f"{url} was connected to")
                ear.heard.clear()
    return told


async def _given(entry: AddressEntry, world: Any, url: str) -> int:
    return (await entry.give(world, url)).status_code


async def _tried(calling: Awaitable[None]) -> None:
    """The module's own errors are its own business here."""
    await asyncio.gather(asyncio.wait_for(calling, 10), return_exceptions=True)


@dataclass
class Ear:
    """What reached the loopback."""

    port: int
    heard: list[bytes] = field(default_factory=list)


@asynccontextmanager
async def listening() -> AsyncIterator[Ear]:
    """A server on the loopback that notes who comes."""
    ear = Ear(0)

    async def note(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        ear.heard.append(b"somebody")
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(note, "127.0.0.1", 0)
    async with server:
        ear.port = server.sockets[0].getsockname()[1]
        yield ear
