"""What a picture is, by its content."""

import struct
import time
import zlib
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.utils.pictures import JPEG, PNG, WEBP, NoPictureError, Picture, look_at
from tests.suites.uploads import picture

MOST_BYTES = 5 * 1024 * 1024
"""What a shop shows has no more."""


def png(width: int, height: int) -> bytes:
    """The head of a PNG that says so, and no pixel that would be it."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")


def jpeg(width: int = 3, height: int = 2, bits: bytes = b"\x12\xff\x00\x34\xff\xd0\x56") -> bytes:
    """An application's segment, a frame, a scan with a stuffed byte and a restart, the end."""
    frame = struct.pack(">HBHHB", 11, 8, height, width, 1) + b"\x01\x11\x00"
    scan = b"\x00\x08\x01\x01\x00\x00\x3f\x00"
    return b"\xff\xd8\xff\xe0\x00\x04ab\xff\xff\xc0" + frame + b"\xff\xda" + scan + bits + b"\xff\xd9"


def webp(kind: bytes, body: bytes, more: bytes = b"") -> bytes:
    """A container with one part, and what follows it."""
    part = kind + struct.pack("<I", len(body)) + body + b"\x00" * (len(body) % 2) + more
    return b"RIFF" + struct.pack("<I", 4 + len(part)) + b"WEBP" + part


LOSSY = webp(b"VP8 ", b"\x00\x00\x00\x9d\x01\x2a" + struct.pack("<HH", 5, 4) + b"..")
LOSSLESS = webp(b"VP8L", b"\x2f" + struct.pack("<I", (7 - 1) | (6 - 1) << 14) + b".")
MORE = b"VP8L" + struct.pack("<I", 5) + b"\x2f....\x00"
EXTENDED = webp(b"VP8X", b"\x00" * 4 + (8).to_bytes(3, "little") + (9).to_bytes(3, "little"), MORE)
LEGAL = {
    "png": (picture(), PNG, 1, 1),
    "jpeg": (jpeg(), JPEG, 3, 2),
    "lossy": (LOSSY, WEBP, 5, 4),
    "lossless": (LOSSLESS, WEBP, 7, 6),
    "extended": (EXTENDED, WEBP, 9, 10),
}
REFUSED = {
    "nothing": b"",
    "html": b"<html><script>alert(1)</script></html>",
    "gif": b"GIF89a\x01\x00\x01\x00",
    "a sound": b"RIFF\x04\x00\x00\x00WAVE",
    "a mark alone": b"\x89PNG\r\n\x1a\n",
    "html behind a mark": b"\x89PNG\r\n\x1a\n<html><script>alert(1)</script></html>",
    "damaged": picture()[:40] + b"?" + picture()[41:],
    "no pixels": png(1, 1).replace(struct.pack(">I", 0) + b"IDAT" + struct.pack(">I", zlib.crc32(b"IDAT")), b""),
    "no side": png(0, 1),
    "a bomb": png(16_000, 16_000),
    "a side too long": png(20_000, 1),
    "a frame without a scan": b"\xff\xd8\xff\xc0\x00\x0b\x08\x00\x01\x00\x01\x01\x01\x11\x00\xff\xd9",
    "no frame": b"\xff\xd8\xff\xd9",
    "an empty container": b"RIFF\x04\x00\x00\x00WEBP",
    "extended, and no pixels": webp(b"VP8X", b"\x00" * 10),
    "another part first": webp(b"EXIF", b"ab"),
    "a start that is none": webp(b"VP8 ", b"\x00" * 10),
}


@pytest.mark.parametrize("name", LEGAL)
def test_legal(name: str) -> None:
    """Type and size are told; what stands behind the picture is no part of it; cut anywhere, it is none."""
    data, media_type, width, height = LEGAL[name]
    found = Picture(media_type, width, height, len(data))
    assert look_at(data) == found
    assert look_at(data + b"PK\x03\x04<script>alert(1)</script>") == found
    for end in range(len(data)):
        with pytest.raises(NoPictureError):
            look_at(data[:end])


@pytest.mark.parametrize("name", REFUSED)
def test_refused(name: str) -> None:
    """Disguised, damaged, empty, or larger than what a shop shows."""
    with pytest.raises(NoPictureError):
        look_at(REFUSED[name])


@settings(max_examples=150, deadline=None)
@given(st.sampled_from([b"", *(data for data, *_ in LEGAL.values())]), st.binary(max_size=60), st.integers(0, 80))
def test_any_bytes(start: bytes, more: bytes, at: int) -> None:
    """Whatever it is given, it answers or refuses."""
    try:
        found = look_at(start[:at] + more + start[at + len(more) :])
    except NoPictureError:
        return
    assert found.width > 0


def test_no_file_is_slow() -> None:
    """The smallest parts, and bits that look like markers: four times as much takes four times as long, not sixteen times."""
    for made in (
        lambda size: b"\xff\xd8" + b"\xff\xe0\x00\x02" * (size // 4),
        lambda size: b"\xff\xd8" + b"\xff" * size,
        lambda size: jpeg(bits=b"\xff\x00" * (size // 2)),
        lambda size: jpeg(bits=b"\xff" * size + b"\x00"),
    ):
        quarter = 8_000  # where each byte is looked at from each before it, even the smallest takes moments
        while (small := seconds_for(made(quarter))) < 0.01 and quarter < MOST_BYTES // 4:
            quarter *= 2
        assert seconds_for(made(4 * quarter)) < 10 * max(small, 0.01)


def seconds_for(data: bytes) -> float:
    """Of the processor, to read or refuse it: the least of three, since others have their turns in between."""

    def once() -> float:
        begun = time.process_time()
        with suppress(NoPictureError):
            look_at(data)
        return time.process_time() - begun

    return min(once() for _ in range(3))
