"""What came back: read whole, bounded, unpacked."""

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeVar

import httpcore2
import msgspec

from app.services.http.errors import (
    AnswerTooLargeError,
    BrokenAnswerError,
    ClientStatusError,
    RedirectStatusError,
    ServerStatusError,
    StatusError,
)

T = TypeVar("T")
ACCEPT_ENCODING: Final = "gzip"
GZIP: Final = frozenset({"gzip", "x-gzip"})
SUCCESS, REDIRECT, CLIENT, SERVER = 200, 300, 400, 500
MAX_SINGLE_VALUE: Final = 8192


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer of any status."""

    host: str
    status: int
    headers: Mapping[str, str]
    """By lower-case name; the first of several. Bytes beyond ASCII are taken for Latin-1."""
    body: bytes
    attempts: int
    retry_after: float | None = None
    """Seconds that the host asks to wait."""

    def checked(self) -> "Answer":
        """The answer itself, if it is a success.

        Raises:
            StatusError: it is a redirect, a refusal or a failure.
        """
        if SUCCESS <= self.status < REDIRECT:
            return self
        kind: type[StatusError] = ServerStatusError
        if self.status < SERVER:
            kind = RedirectStatusError if self.status < CLIENT else ClientStatusError
        raise kind(self.host, self.status, retry_after=self.retry_after)

    def json(self, kind: type[T] | Any = Any) -> T:
        """The body, decoded as this type by msgspec: what does not fit is an error, not a surprise.

        Raises:
            BrokenAnswerError: it is no JSON, or of another shape.
        """
        try:
            decoded: T = msgspec.json.decode(self.body, type=kind)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            raise BrokenAnswerError(self.host, "the body is not the JSON that was expected") from None
        return decoded

    def text(self) -> str:
        """The body as UTF-8; bytes that are none are replaced."""
        return self.body.decode("utf-8", errors="replace")


def plain_headers(raw: list[tuple[bytes, bytes]]) -> dict[str, str]:
    """Headers by lower-case name, the first of each."""
    found: dict[str, str] = {}
    for name, value in raw:
        found.setdefault(name.decode("latin-1").lower(), value.decode("latin-1")[:MAX_SINGLE_VALUE])
    return found


async def read_body(response: httpcore2.Response, headers: Mapping[str, str], host: str, limit: int) -> bytes:
    """The whole body, unpacked; never more than `limit` bytes and one piece are held. Closing the response is the caller's.

    Raises:
        AnswerTooLargeError: packed or unpacked it is larger than `limit`.
        BrokenAnswerError: it is packed in a way that was not asked for, or the packing is broken.
    """
    encoding = headers.get("content-encoding", "").strip().lower()
    if encoding not in {"", "identity", *GZIP}:
        raise BrokenAnswerError(host, "the body is packed in a way that was not asked for")
    unpack = _Unpacker(host) if encoding in GZIP else None
    parts: list[bytes] = []
    packed = size = 0
    async for piece in response.aiter_stream():
        packed += len(piece)
        part = piece if unpack is None else unpack.feed(piece, limit - size)
        size += len(part)
        if packed > limit or size > limit:
            raise AnswerTooLargeError(host, f"the body has more than {limit} bytes")
        parts.append(part)
    if unpack is not None:
        unpack.end()
    return b"".join(parts)


class _Unpacker:
    """Unpacks gzip piece by piece, never beyond what is asked for."""

    def __init__(self, host: str) -> None:
        self._inner = zlib.decompressobj(zlib.MAX_WBITS | 16)
        self._host = host
        self._seen = False

    def feed(self, piece: bytes, room: int) -> bytes:
        """The piece unpacked: at most one byte more than there is room for."""
        self._seen = self._seen or bool(piece)
        try:
            return self._inner.decompress(piece, room + 1)
        except zlib.error:
            raise BrokenAnswerError(self._host, "the packing of the body is broken") from None

    def end(self) -> None:
        """The body is over: the packing must be, too."""
        if self._seen and (not self._inner.eof or self._inner.unused_data):
            raise BrokenAnswerError(self._host, "the packing of the body is broken")
