"""What a picture is, by its content: PNG, JPEG and WebP, read as far as their containers go. No pixel is unpacked.

So a bomb costs nothing here, and what is told of width and height is what a decoder would be told. PNG (ISO/IEC 15948), JPEG
(ITU-T T.81, annex B), WebP (RFC 9649).
"""

import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

PNG, JPEG, WEBP = "image/png", "image/jpeg", "image/webp"
PNG_MARK, JPEG_MARK = b"\x89PNG\r\n\x1a\n", b"\xff\xd8"
MAX_SIDE = 16_384
MAX_PIXELS = 50_000_000
"""What unpacks to more than 200 MB is no picture of a product."""
MAX_PIECES = 20_000
"""Of which a container is made: a legal file has hundreds."""
FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""JPEG's markers of a frame, which say how large it is."""
SCAN, END, ALONE = 0xDA, 0xD9, frozenset((0x01, *range(0xD0, 0xD8)))
AFTER_SCAN = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
"""The next marker behind the bits of a scan: a stuffed byte and a restart are none. Bytes that fill up before it are passed
over one by one; a pattern that took them together would look at a long row of them once for each."""
VP8_START = b"\x9d\x01\x2a"


class NoPictureError(ValueError):
    """It is none; the message says why, in words for people, and quotes nothing of the file."""


@dataclass(frozen=True, slots=True)
class Picture:
    """What a file is."""

    media_type: str
    width: int
    height: int
    end: int
    """Where the picture ends: bytes behind it are no part of it, whatever they are."""


def look_at(data: bytes) -> Picture:
    """The picture that the bytes are.

    Raises:
        NoPictureError: they are none that a shop shows.
    """
    try:
        if data.startswith(PNG_MARK):
            found = _png(data)
        elif data.startswith(JPEG_MARK):
            found = _jpeg(data)
        elif data[:4] == b"RIFF" and data[8:12] == b"WEBP":
            found = _webp(data)
        else:
            raise NoPictureError("The file is neither PNG nor JPEG nor WebP.")
    except (struct.error, IndexError) as error:
        raise NoPictureError("The file ends before the picture does.") from error
    if not (0 < found.width <= MAX_SIDE and 0 < found.height <= MAX_SIDE and found.width * found.height <= MAX_PIXELS):
        raise NoPictureError(
            f"A picture has at most {MAX_SIDE} pixels a side and {MAX_PIXELS} in all, and one at least."
        )
    return found


def _png(data: bytes) -> Picture:
    size: tuple[int, int] | None = None
    has_pixels = False
    place = len(PNG_MARK)
    for _ in range(MAX_PIECES):
        length, kind = struct.unpack_from(">I4s", data, place)
        body_end = place + 8 + length
        (told,) = struct.unpack_from(">I", data, body_end)
        if zlib.crc32(data[place + 4 : body_end]) != told:
            raise NoPictureError("A part of the file is damaged.")
        if (size is None) != (kind == b"IHDR"):
            raise NoPictureError("The file does not begin as a PNG does.")
        if kind == b"IHDR":
            size = struct.unpack_from(">II", data, place + 8)
        has_pixels = has_pixels or kind == b"IDAT"
        place = body_end + 4
        if kind == b"IEND" and has_pixels and size is not None:
            return Picture(PNG, *size, place)
    raise NoPictureError("The file has too many parts.")


def _jpeg(data: bytes) -> Picture:
    size: tuple[int, int] | None = None
    has_scan = False
    place = len(JPEG_MARK)
    for _ in range(MAX_PIECES):
        if data[place] != 0xFF:  # noqa: PLR2004 - what every marker begins with
            raise NoPictureError("A part of the file is damaged.")
        code = data[place + 1]
        if code == 0xFF:  # noqa: PLR2004 - a byte that fills up
            place += 1
        elif code == END:
            if size is None or not has_scan:
                raise NoPictureError("The file holds no picture.")
            return Picture(JPEG, *size, place + 2)
        elif code in ALONE:
            place += 2
        else:
            (length,) = struct.unpack_from(">H", data, place + 2)
            if code in FRAMES:
                height, width = struct.unpack_from(">HH", data, place + 5)
                size = (width, height)
            place += 2 + length
            if code == SCAN:
                has_scan = True
                place = _behind_scan(data, place)
    raise NoPictureError("The file has too many parts.")


def _behind_scan(data: bytes, place: int) -> int:
    found = AFTER_SCAN.search(data, place)
    if found is None:
        raise NoPictureError("The file ends before the picture does.")
    return found.end() - 2


def _webp(data: bytes) -> Picture:
    (length,) = struct.unpack_from("<I", data, 4)
    end = 8 + length
    if end > len(data):
        raise NoPictureError("The file ends before the picture does.")
    size: tuple[int, int] | None = None
    has_pixels = False
    for kind, body in _webp_parts(data, end):
        if size is None:
            size = _webp_size(kind, body)
        has_pixels = has_pixels or kind in {b"VP8 ", b"VP8L", b"ANMF"}
    if size is None or not has_pixels:
        raise NoPictureError("The file holds no picture.")
    return Picture(WEBP, *size, end)


def _webp_parts(data: bytes, end: int) -> Iterator[tuple[bytes, bytes]]:
    """Each part's name and its first bytes."""
    place = 12
    for _ in range(MAX_PIECES):
        if place >= end:
            return
        kind, length = struct.unpack_from("<4sI", data, place)
        if place + 8 + length > end:
            raise NoPictureError("A part of the file is damaged.")
        yield kind, data[place + 8 : place + 8 + min(length, 10)]
        place += 8 + length + length % 2
    raise NoPictureError("The file has too many parts.")


def _webp_size(kind: bytes, body: bytes) -> tuple[int, int]:
    if kind == b"VP8X":
        return 1 + int.from_bytes(body[4:7], "little"), 1 + int.from_bytes(body[7:10], "little")
    if kind == b"VP8L" and body[:1] == b"\x2f":
        (bits,) = struct.unpack_from("<I", body, 1)
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    if kind == b"VP8 " and body[3:6] == VP8_START:
        width, height = struct.unpack_from("<HH", body, 6)
        return width & 0x3FFF, height & 0x3FFF
    raise NoPictureError("The file does not begin as a WebP does.")
