"""Clients over raw sockets that note of every request whether it was answered whole."""

import asyncio
from collections import Counter
from dataclasses import dataclass, field

HEAD_END = b"\r\n\r\n"


@dataclass
class Answer:
    """What came back of one request."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def closes(self) -> bool:
        """Whether the server said that this connection ends here."""
        return self.headers.get("connection") == "close"


class Connection:
    """One connection, kept alive as long as the server keeps it."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    @classmethod
    async def open(cls, port: int) -> "Connection":
        """Raises ConnectionRefusedError where nobody listens any more."""
        return cls(*await asyncio.open_connection("127.0.0.1", port))

    async def get(self, path: str) -> Answer:
        """Raises ConnectionError or IncompleteReadError where the answer does not come whole."""
        self._writer.write(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        head = await self._reader.readuntil(HEAD_END)
        first, *lines = head.decode().rstrip().split("\r\n")
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
        return Answer(int(first.split()[1]), headers, await self._reader.readexactly(int(headers["content-length"])))

    def close(self) -> None:
        """Hang up."""
        self._writer.close()


@dataclass
class Load:
    """Clients that ask until nobody listens; half of them open a connection for every request."""

    port: int
    answers: list[Answer] = field(default_factory=list)
    lost: Counter[str] = field(default_factory=Counter)
    """Requests that were sent on a connection that stood and were not answered whole, by what happened."""

    async def run(self, path: str, clients: int) -> None:
        """Until the server refuses connections."""
        await asyncio.gather(*(self._client(path, keeps=number % 2 == 0) for number in range(clients)))

    async def _client(self, path: str, *, keeps: bool) -> None:
        while True:
            try:
                connection = await Connection.open(self.port)
            except ConnectionRefusedError:
                return
            try:
                answer = await connection.get(path)
                self.answers.append(answer)
                while keeps and not answer.closes:
                    answer = await connection.get(path)
                    self.answers.append(answer)
            except (ConnectionError, asyncio.IncompleteReadError) as error:
                self.lost[f"{type(error).__name__} keeps={keeps}"] += 1
            finally:
                connection.close()
