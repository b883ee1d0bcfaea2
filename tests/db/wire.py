"""A wire to PostgreSQL that a test can hold up, cut or answer on by itself."""

import asyncio
import socket
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from app.config import Settings

FATAL = b"SFATAL\0VFATAL\0C57P03\0M\xfcberlastet\0\0"
NOT_UTF8 = b"E" + (len(FATAL) + 4).to_bytes(4, "big") + FATAL + b"Z\0\0\0\5I"
"""A refusal in Latin-1: before a client has said its encoding, a server may speak that of its own locale."""


@dataclass
class Wire:
    """Passes bytes on; `port` is where to connect."""

    host: str
    to: int
    port: int = 0
    answer: bytes | None = None
    """Said to whoever connects from now on, in PostgreSQL's place."""
    answered: int = 0
    held: int = 0
    """How many messages were held up."""
    spared: int = 0
    """So many connections at a time are never held up: those that come first."""
    word: bytes = b""
    """Who says it next never hears the answer: the server's next word cuts their wire."""
    _flows: asyncio.Event = field(default_factory=asyncio.Event)
    _ends: set[asyncio.StreamWriter] = field(default_factory=set)

    @property
    def open(self) -> int:
        """How many connections are open."""
        return len(self._ends) // 2

    def hold(self) -> None:
        """From now on nothing reaches the server, but of the spared."""
        self._flows.clear()

    def flow(self) -> None:
        """It does again, what was held up included."""
        self._flows.set()

    def cut(self) -> None:
        """Whoever is connected is not any more."""
        for end in self._ends:
            end.transport.abort()

    def reset(self) -> None:
        """As `cut`, without the courtesies: their socket is told that there never was a connection."""
        for end in self._ends:
            end.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.cut()

    async def connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One client."""
        if self.answer is not None:
            await reader.read(1)
            self.answered += 1
            writer.write(self.answer)
            await reader.read()
            writer.close()
            return
        theirs, to_server = await asyncio.open_connection(self.host, self.to)
        ends = {writer, to_server}
        self._ends |= ends
        holds = self.open > self.spared
        said = asyncio.Event()
        await asyncio.gather(
            self._pass(reader, to_server, said, holds=holds), self._pass(theirs, writer, said, answers=True)
        )
        self._ends -= ends

    async def _pass(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        said: asyncio.Event,
        *,
        holds: bool = False,
        answers: bool = False,
    ) -> None:
        with suppress(OSError):
            while data := await reader.read(65536):
                if answers and said.is_set():
                    break
                if not answers and self.word and self.word in data:
                    self.word = b""
                    said.set()
                if holds and not self._flows.is_set():
                    self.held += 1
                    await self._flows.wait()
                if writer.is_closing():
                    break
                writer.write(data)
                await writer.drain()
        writer.close()


@asynccontextmanager
async def wired(settings: Settings) -> AsyncIterator[tuple[Wire, Settings]]:
    """A wire to the database, and settings whose app role connects by it."""
    place = urlsplit(settings.database.url)
    wire = Wire(str(place.hostname), place.port or 5432)
    wire.flow()
    server = await asyncio.start_server(wire.connected, "127.0.0.1", 0)
    wire.port = server.sockets[0].getsockname()[1]
    url = place._replace(
        netloc=f"{place.username}:{place.password}@127.0.0.1:{wire.port}", query="sslmode=disable"
    ).geturl()
    try:
        yield wire, settings.model_copy(update={"database": settings.database.model_copy(update={"url": url})})
    finally:
        wire.flow()
        wire.cut()
        server.close()
        await server.wait_closed()
