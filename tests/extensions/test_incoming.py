"""A body that is read as it arrives."""

import asyncio
from collections.abc import Iterable
from typing import Any

import pytest
from starlette.requests import Request

from app.exceptions import AppError, BadRequest, BodyTooLarge, RequestTimeout
from app.extensions.body import Incoming


def incoming(parts: Iterable[Any], *headers: tuple[bytes, bytes]) -> Incoming:
    """A body of these parts; a None never comes."""
    rest = iter(parts)

    async def receive() -> Any:
        part = next(rest, b"")
        if part is None:
            await asyncio.Event().wait()
        if part == "gone":
            return {"type": "http.disconnect"}
        return {"type": "http.request", "body": part, "more_body": part != b""}

    return Incoming(Request({"type": "http", "headers": list(headers)}, receive), pause_seconds=0.02)


async def read(body: Incoming, *, seconds: float = 5.0) -> bytes:
    """All of it, at most ten bytes."""
    return b"".join([part async for part in body.parts(max_bytes=10, seconds=seconds)])


async def test_read() -> None:
    """As it comes, up to the last byte that is allowed; with a length or without."""
    assert await read(incoming([b"12345", b"67890"])) == b"1234567890"
    assert await read(incoming([b"1"], (b"content-length", b"1"))) == b"1"
    assert await read(incoming([])) == b""


@pytest.mark.parametrize(
    ("parts", "headers", "error"),
    [
        ([b"12345", b"678901"], [], BodyTooLarge),
        ([b"1"], [(b"content-length", b"11")], BodyTooLarge),
        ([b"1"], [(b"content-length", b"x")], BadRequest),
        ([b"1", None], [], RequestTimeout),
        ([b"1", "gone"], [], BadRequest),
    ],
)
async def test_refused(parts: list[Any], headers: list[tuple[bytes, bytes]], error: type[AppError]) -> None:
    """Too long, told or not; a length that is none; a sender that rests or hangs up."""
    with pytest.raises(error):
        await read(incoming(parts, *headers))


async def test_trickle() -> None:
    """Who sends a byte now and then has no longer than all others."""
    with pytest.raises(RequestTimeout):
        await read(incoming([b"1"] * 5), seconds=0.0)


@pytest.mark.parametrize(
    ("headers", "told"),
    [
        ([], ""),
        ([(b"content-type", b"Image/PNG; a=b")], "image/png"),
        ([(b"content-type", b"image/png"), (b"content-encoding", b"gzip")], ""),
    ],
)
def test_media_type(headers: list[tuple[bytes, bytes]], told: str) -> None:
    """Without parameters; what is packed is of no type."""
    assert incoming([], *headers).media_type == told
