"""A client that hangs up while a part of an answer is on its way to it."""

import asyncio
from collections.abc import Mapping
from typing import Any

from starlette.types import ASGIApp, Message

SECONDS = 5


async def hang_up(answering: ASGIApp, scope: Mapping[str, Any]) -> None:
    """Ask, take the first part, read no further and go; returns when the answer has ended."""
    sending = asyncio.Event()

    async def receive() -> Message:
        await sending.wait()
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        if message.get("body"):
            sending.set()
            await asyncio.Event().wait()

    async with asyncio.timeout(SECONDS):
        await answering({"type": "http", "asgi": {"spec_version": "2.3"}, **scope}, receive, send)
