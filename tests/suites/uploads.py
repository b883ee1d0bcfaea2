"""Requirement 28: files from users: bounded, judged by content, named by us, handed out as attachments. A module enters by its ways in and out."""

import struct
import zlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import httpx

NAMES = (
    "../../../etc/passwd", "..\\..\\boot.ini", "/etc/passwd", "C:\\a.png", "a\x00.png", "a\r\nX-Evil: 1.png", '"; filename="evil.html',
    ".htaccess", "CON", "x" * 4000 + ".png", "\u202egnp.exe", "%2e%2e%2fa.png", "",
)  # fmt: skip
DISGUISED: dict[str, bytes] = {
    "HTML": b"<html><script>alert(1)</script></html>",
    "SVG": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "a program": b"MZ" + b"\x00" * 200,
    "an ELF": b"\x7fELF" + b"\x00" * 200,
    "a script": b"#!/bin/sh\nid\n",
    "nothing": b"",
}
"""Sent as image/png and called .png."""


def picture() -> bytes:
    """A PNG of one pixel: the legal file."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"\x00\xff\xff\xff")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


@dataclass(frozen=True)
class UploadEntry:
    """How a module's files come in and go out. It takes PNG pictures at least."""

    max_bytes: int
    send: Callable[[Any, str, bytes, str], Awaitable[httpx.Response]]
    """World, name, content, media type."""
    fetch: Callable[[Any, httpx.Response], Awaitable[httpx.Response]]
    """The file that the answer speaks of."""
    kept: Callable[[Any], list[str]]
    """The names under which files are kept."""


async def faults(entry: UploadEntry, world: Any) -> list[str]:
    """What is wrong with the module."""
    told, good = await _legal(entry, world), picture()
    for name, content in DISGUISED.items():
        status = (await entry.send(world, "a.png", content, "image/png")).status_code
        told += [] if 400 <= status < 500 else [f"{name} passes for a picture: {status}"]
    large = good + b"\x00" * (entry.max_bytes + 1 - len(good))
    status = (await entry.send(world, "a.png", large, "image/png")).status_code
    told += [] if status == 413 else [f"{len(large)} bytes: {status}"]
    for name in NAMES:
        told += await _named(entry, world, name, good)
    return told


async def _legal(entry: UploadEntry, world: Any) -> list[str]:
    taken = await entry.send(world, "holiday.png", picture(), "image/png")
    if not taken.is_success:
        return [f"a picture is legal: {taken.status_code}"]
    given = await entry.fetch(world, taken)
    told = [] if given.content == picture() else ["the picture comes back as another"]
    told += (
        []
        if given.headers.get("Content-Type") == "image/png"
        else [f"comes back as {given.headers.get('Content-Type')}"]
    )
    told += [] if given.headers.get("Content-Disposition", "").startswith("attachment") else ["is no attachment"]
    return told + ([] if given.headers.get("X-Content-Type-Options") == "nosniff" else ["may be sniffed"])


async def _named(entry: UploadEntry, world: Any, name: str, content: bytes) -> list[str]:
    """A name is refused, or it is only told again: it is no part of any path and breaks no header."""
    before = set(entry.kept(world))
    taken = await entry.send(world, name, content, "image/png")
    made = set(entry.kept(world)) - before
    if taken.status_code >= 500:
        return [f"the name {name[:40]!r}: {taken.status_code}"]
    if not taken.is_success:
        return [f"refused, and kept as {made}"] if made else []
    told = [
        f"{name[:40]!r} is kept under its own name"
        for kept in made
        if name and (kept.endswith(name[-200:]) or ".." in kept)
    ]
    given = await entry.fetch(world, taken)
    headers = given.headers.get("Content-Disposition", "")
    if "X-Evil" in given.headers or "evil.html" in headers or ".." in headers or "/" in headers.partition(";")[2]:
        told.append(f"{name[:40]!r} is handed out as {headers!r}")
    return told
