"""The app asked without a client in between: what a server hands over, and somebody who hangs up on it."""

import asyncio
from collections.abc import MutableMapping
from typing import Any

from starlette.types import ASGIApp, Message

SECONDS = 5


def scope_of(path: str) -> dict[str, Any]:
    """A GET, as a server hands it over."""
    return {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "root_path": "",
        "headers": [(b"host", b"testserver")],
        "client": ("127.0.0.1", 1),
        "server": ("testserver", 80),
    }


async def hang_up(answering: ASGIApp, scope: MutableMapping[str, Any]) -> None:
    """Take the first part, read no further and go; returns when the answer has ended."""
    sending = asyncio.Event()

    async def receive() -> Message:
        await sending.wait()
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        if message.get("body"):
            sending.set()
            await asyncio.Event().wait()

    async with asyncio.timeout(SECONDS):
        await answering(scope, receive, send)
