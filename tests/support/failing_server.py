"""A real server on 127.0.0.1 that fails in every way, for the tests of whatever calls outside systems.

    async with serving(answers(hang_up_in_body, ok())) as server:
        await client.request("GET", server.url)

`answers` gives one behaviour to each request in turn, the last of them to all that follow.
"""

import asyncio
import gzip
import socket
import ssl
import struct
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import Any

import httpcore2

from app.services.http.addresses import Address

HOST = "shop.example"
PUBLIC_ADDRESS = "93.184.215.14"
LOOPBACK = "127.0.0.1"
ENDLESS_PIECE = b"x" * 65536


@dataclass
class Exchange:
    """One request that was read whole, and the connection to answer on."""

    head: str
    body: bytes
    writer: asyncio.StreamWriter

    @property
    def headers(self) -> dict[str, str]:
        """By lower-case name."""
        lines = self.head.split("\r\n")[1:]
        return {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}

    async def send(self, raw: bytes) -> None:
        """Bytes as they are."""
        self.writer.write(raw)
        await self.writer.drain()

    def close(self) -> None:
        """End the connection in order."""
        self.writer.close()

    def reset(self) -> None:
        """End it with a reset: SO_LINGER 0."""
        raw: socket.socket = self.writer.get_extra_info("socket")
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.writer.transport.abort()


Behaviour = Callable[[Exchange], Awaitable[None]]


@dataclass
class FailingServer:
    """The server: where it is, and what it has seen."""

    port: int
    scheme: str
    seen: list[Exchange] = field(default_factory=list)
    connections: int = 0
    more: asyncio.Event = field(default_factory=asyncio.Event)

    async def asked(self, times: int = 1) -> None:
        """Wait until it has read so many requests."""
        while len(self.seen) < times:
            self.more.clear()
            await self.more.wait()

    @property
    def url(self) -> str:
        """Under the name that `Names` leads here."""
        return f"{self.origin}/orders?token=geheim"

    @property
    def origin(self) -> str:
        """Scheme, name and port."""
        return f"{self.scheme}://{HOST}:{self.port}"


def raw(data: bytes) -> Behaviour:
    """These bytes, and the end."""

    async def behave(exchange: Exchange) -> None:
        await exchange.send(data)
        exchange.close()

    return behave


def status(code: int, body: bytes = b"{}", **headers: str) -> Behaviour:
    """A well-formed answer; the connection stays open. Underscores in names of headers stand for hyphens."""
    lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
    head = f"HTTP/1.1 {code} Any\r\nContent-Length: {len(body)}\r\n{lines}\r\n"

    async def behave(exchange: Exchange) -> None:
        await exchange.send(head.encode("latin-1") + (b"" if exchange.head.startswith("HEAD ") else body))

    return behave


def ok(body: bytes = b"{}", **headers: str) -> Behaviour:
    """200."""
    return status(200, body, **headers)


def bomb(unpacked: int) -> Behaviour:
    """A small body that becomes a large one: gzip."""
    return ok(gzip.compress(bytes(unpacked)), content_encoding="gzip")


def named_gzip(size: int) -> bytes:
    """One byte, packed under the name of a file of so many characters (RFC 1952, 2.3.1)."""
    plain = gzip.compress(b"x")
    return plain[:3] + b"\x08" + plain[4:10] + b"x" * size + b"\x00" + plain[10:]


async def never(exchange: Exchange) -> None:
    """Accept and keep silent for ever."""
    await asyncio.Event().wait()


async def drip(exchange: Exchange) -> None:
    """One byte of the body after the other, each well within any timeout of reading."""
    await exchange.send(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
    while True:
        await exchange.send(b"x")
        await asyncio.sleep(0.01)


async def drip_headers(exchange: Exchange) -> None:
    """One header after the other, for ever, by informational answers."""
    while True:
        await exchange.send(b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n")
        await asyncio.sleep(0.01)


async def endless(exchange: Exchange) -> None:
    """A body without end, in chunks."""
    await exchange.send(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    while True:
        await exchange.send(b"%x\r\n%s\r\n" % (len(ENDLESS_PIECE), ENDLESS_PIECE))


async def reset(exchange: Exchange) -> None:
    """A reset in place of an answer."""
    exchange.reset()


async def reset_in_body(exchange: Exchange) -> None:
    """A reset after half of the body."""
    await exchange.send(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf")
    exchange.reset()


CLOSES = raw(b"")
IN_HEADERS = raw(b"HTTP/1.1 200 OK\r\nContent-Le")
IN_BODY = raw(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf")
IN_CHUNKS = raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n")
NO_CHUNK = raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhalf\r\n")
NO_LENGTH = raw(b"HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n")
TWO_LENGTHS = raw(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}x")
NO_HTTP = raw(b"SSH-2.0-OpenSSH_9.9\r\n")
LARGE_HEADERS = raw(b"HTTP/1.1 200 OK\r\n" + b"X-Padding: " + b"x" * 200_000 + b"\r\n\r\n")
HTTP_1_0 = raw(b"HTTP/1.0 200 OK\r\n\r\n{}")
SWITCHES = raw(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n")


def answers(*behaviours: Behaviour) -> Behaviour:
    """One to each request in turn; the last to all that follow."""
    left = list(behaviours)

    async def behave(exchange: Exchange) -> None:
        await (left.pop(0) if len(left) > 1 else left[0])(exchange)

    return behave


@asynccontextmanager
async def serving(behave: Behaviour, *, ssl_context: ssl.SSLContext | None = None) -> AsyncIterator[FailingServer]:
    """The server with this behaviour; whatever it still does at the end is ended."""
    running: set[asyncio.Task[None]] = set()
    made = FailingServer(0, "https" if ssl_context else "http")

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        made.connections += 1
        with suppress(ConnectionError, asyncio.IncompleteReadError, ssl.SSLError):
            while not writer.is_closing():
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
                exchange = Exchange(head, b"", writer)
                exchange.body = await reader.readexactly(int(exchange.headers.get("content-length", 0)))
                made.seen.append(exchange)
                made.more.set()
                await behave(exchange)

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.ensure_future(talk(reader, writer))
        running.add(task)
        with suppress(asyncio.CancelledError):
            await task
        running.discard(task)
        writer.close()

    server = await asyncio.start_server(connected, LOOPBACK, 0, ssl=ssl_context)
    made.port = server.sockets[0].getsockname()[1]
    try:
        yield made
    finally:
        server.close()
        for task in tuple(running):
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)


class Names:
    """A resolver with one list of addresses for each look-up in turn, the last for all that follow."""

    def __init__(self, *lookups: Sequence[str] | OSError) -> None:
        self._left = list(lookups or ([LOOPBACK],))
        self.asked: list[str] = []

    async def resolve(self, host: str, port: int) -> Sequence[Address]:
        """What stands next."""
        self.asked.append(host)
        found = self._left.pop(0) if len(self._left) > 1 else self._left[0]
        if isinstance(found, OSError):
            raise found
        return [ip_address(text) for text in found]


class Detour(httpcore2.AsyncNetworkBackend):
    """Sockets that lead to 127.0.0.1 whatever address they are told, and a list of what they were told.

    So a test may call a public address: everything but the last hop is real.
    """

    def __init__(self, port: int | None = None) -> None:
        self._port = port
        self._inner = httpcore2.AnyIOBackend()
        self.told: list[str] = []

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: Any = None,  # noqa: ASYNC109 - httpcore's signature
        local_address: Any = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        """Note the address, connect to the loopback."""
        self.told.append(host)
        return await self._inner.connect_tcp(LOOPBACK, self._port or port, timeout=timeout)
