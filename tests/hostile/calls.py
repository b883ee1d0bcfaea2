"""Requests as they go into the app, byte for byte: no client makes anything right on the way."""

import asyncio
import json
from collections.abc import Callable, MutableMapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import lru_cache
from typing import Any, Self
from urllib.parse import quote, unquote

import httpx

from app.extensions.routing import ModularApp

HOST = b"testserver"
SECONDS = 30
"""How long an answer may take before the test gives it up; of a stream of events the first is enough."""
EVENT = b"\ndata: "


@dataclass(frozen=True)
class Call:
    """A request. What a case puts into `target`, `content` or `headers` is sent as it stands."""

    method: str
    template: str
    values: dict[str, str] = field(default_factory=dict)
    """What stands in the path's places."""
    query: str = ""
    headers: tuple[tuple[bytes, bytes], ...] = ()
    body: Any = None
    """The JSON value; `content`, where it is given, is sent in its place."""
    content: bytes | None = None
    target: bytes | None = None
    """Path and query as they stand, in the place of `template`, `values` and `query`."""
    bare: bool = False
    """Whether the headers are all there are: neither a Host nor a length is added."""
    signs: Callable[[bytes], tuple[tuple[bytes, bytes], ...]] | None = None
    """The headers that sign the body, whatever it has become."""

    @property
    def path(self) -> str:
        """The path with its values, percent-encoded."""
        return self.template.format(**{name: quote(value, safe="") for name, value in self.values.items()})

    @property
    def raw(self) -> bytes:
        """The body's bytes."""
        if self.content is not None:
            return self.content
        return b"" if self.body is None else json.dumps(self.body).encode()

    def at(self, target: str) -> Self:
        """The same request to another address."""
        return replace(self, target=target.encode("latin-1"))

    def asking(self, query: str) -> Self:
        """The same with more in the query."""
        return replace(self, query="&".join(filter(None, (self.query, query))))

    def having(self, name: str, *values: bytes) -> Self:
        """The same with that header once for each value, in the place of what stood there; without any, it is left out."""
        key = name.lower().encode()
        kept = [header for header in self.headers if header[0] != key]
        return replace(self, headers=(*kept, *((key, value) for value in values)))

    def holding(self, content: bytes) -> Self:
        """The same with another body."""
        return replace(self, content=content)

    def wired(self) -> tuple[bytes, list[tuple[bytes, bytes]], bytes]:
        """Target, headers and body."""
        names = {name for name, _ in self.headers}
        added = [] if b"host" in names or self.bare else [(b"host", HOST)]
        if self.raw and not self.bare and not names & {b"content-length", b"transfer-encoding"}:
            added.append((b"content-length", str(len(self.raw)).encode()))
        added += () if self.signs is None else self.signs(self.raw)
        query = f"?{self.query}" if self.query else ""
        return self.target or f"{self.path}{query}".encode(), [*added, *self.headers], self.raw


async def send(app: ModularApp, call: Call, address: str = "127.0.0.1") -> httpx.Response:
    """The answer to exactly these bytes."""
    target, headers, content = call.wired()
    path, _, query = target.partition(b"?")
    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": call.method,
        "scheme": "http",
        "path": unquote(path.decode("latin-1")),
        "raw_path": path,
        "query_string": query,
        "root_path": "",
        "headers": headers,
        "client": (address, 1),
        "server": (HOST.decode(), 80),
    }
    talk = _Talk(content)
    async with asyncio.timeout(SECONDS):
        await app(scope, talk.receive, talk.send)
    answer = httpx.Response(
        talk.status,
        headers=talk.headers,
        content=b"".join(talk.chunks),
        request=_asked(call.method, f"http://testserver{quote(str(scope['path']), errors='replace')}"),
    )
    answer.elapsed = timedelta(0)  # schemathesis wants to know; nobody looks at it
    return answer


@lru_cache(maxsize=256)
def _asked(method: str, url: str) -> httpx.Request:
    """What the answer is to, for those who judge it: read again for each of a thousand answers it would cost a tenth of them."""
    return httpx.Request(method, url)


class _Talk:
    """Both ends of one exchange; the client hangs up when the answer is there, or the first event of a stream."""

    def __init__(self, content: bytes) -> None:
        self._content: bytes | None = content
        self._answered = asyncio.Event()
        self.status = 0
        self.headers: list[tuple[bytes, bytes]] = []
        self.chunks: list[bytes] = []

    async def receive(self) -> dict[str, Any]:
        """The body, and then nothing until the answer is there."""
        if self._content is not None:
            content, self._content = self._content, None
            return {"type": "http.request", "body": content, "more_body": False}
        await self._answered.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: MutableMapping[str, Any]) -> None:
        """What the app answers."""
        if message["type"] == "http.response.start":
            self.status, self.headers = message["status"], message["headers"]
        else:
            self.chunks.append(message.get("body", b""))
            if not message.get("more_body") or EVENT in self.chunks[-1]:
                self._answered.set()
