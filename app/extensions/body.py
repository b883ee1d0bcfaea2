"""Reading a request's body: bounded in size and time, then as strict JSON (RFC 8259 and the limits of our API)."""

import asyncio
import json
import re
from collections.abc import AsyncGenerator
from typing import Any, NoReturn, TypeAlias

from starlette.requests import ClientDisconnect, Request

from app.exceptions import (
    BadRequest,
    BodyTooLarge,
    FieldFault,
    MalformedJson,
    RequestTimeout,
    UnsupportedMediaType,
    ValidationFailed,
)

MAX_DEPTH = 64
MAX_DIGITS = 40
MAX_KEY = 100
"""Characters of a key that an answer repeats."""
Path: TypeAlias = "tuple[Path, str | int] | None"
"""Where a value stands, from the inside out; made into a pointer only for a fault, since that may be long and often."""
JSON_TYPE = re.compile(rb"^application/(json|[a-z0-9!#$&^_.+-]+\+json)\s*(;\s*charset=\"?utf-8\"?\s*)?$", re.IGNORECASE)


class GuardedRequest(Request):
    """A request whose body is read and parsed before FastAPI or a view sees it."""

    raw: bytes = b""
    """The body as it came."""
    parsed: Any = None
    """The JSON value of `raw`, or None where there is none."""

    async def body(self) -> bytes:
        """The bytes as they came."""
        return self.raw

    async def json(self) -> Any:
        """The value that was parsed already."""
        return self.parsed


async def read_body(request: Request, *, expected: bool, max_bytes: int, seconds: float) -> bytes:
    """The whole body; no database connection is held meanwhile.

    Raises:
        UnsupportedMediaType: a body is expected and its type is not JSON in UTF-8.
        BodyTooLarge: more than `max_bytes`.
        RequestTimeout: slower than `seconds`.
    """
    headers = request.headers
    if "content-length" not in headers and "transfer-encoding" not in headers:
        return b""
    _check_length(request, max_bytes)
    chunks: list[bytes] = []
    size = 0
    try:
        async with asyncio.timeout(seconds):
            async for chunk in request.stream():
                size += len(chunk)
                if size > max_bytes:
                    raise BodyTooLarge(f"At most {max_bytes} bytes are read.")
                chunks.append(chunk)
    except TimeoutError as error:
        raise RequestTimeout(f"The body must arrive within {seconds:g} seconds.") from error
    except ClientDisconnect as error:
        raise BadRequest("The connection was closed before the body was complete.") from error
    raw = b"".join(chunks)
    if expected and raw:
        check_media_type(request)
    return raw


class Incoming:
    """A body that is read as it arrives: a file, which may be too long to be held."""

    def __init__(self, request: Request, *, pause_seconds: float) -> None:
        """`pause_seconds` is how long the next bytes may take."""
        self._request = request
        self._pause_seconds = pause_seconds

    @property
    def media_type(self) -> str:
        """Content-Type as it was sent, without parameters; empty for a body that is packed, which is of no type then."""
        headers = self._request.headers
        if headers.get("content-encoding", "identity") != "identity":
            return ""
        return headers.get("content-type", "").partition(";")[0].strip().lower()

    async def parts(self, *, max_bytes: int, seconds: float) -> AsyncGenerator[bytes, None]:
        """The bytes as they come, within so many seconds in all.

        Raises:
            BodyTooLarge: more than `max_bytes`. RequestTimeout: too slow. BadRequest: the connection was closed before the end.
        """
        _check_length(self._request, max_bytes)
        end, size = asyncio.get_running_loop().time() + seconds, 0
        stream = self._request.stream()
        try:
            while True:
                chunk = await _next(stream, end, self._pause_seconds)
                if chunk is None:
                    return
                size += len(chunk)
                if size > max_bytes:
                    raise BodyTooLarge(f"At most {max_bytes} bytes are read.")
                if chunk:
                    yield chunk
        except TimeoutError as error:
            raise RequestTimeout("The file came too slowly.") from error
        except ClientDisconnect as error:
            raise BadRequest("The connection was closed before the file was complete.") from error


async def _next(stream: AsyncGenerator[bytes, None], end: float, pause_seconds: float) -> bytes | None:
    """What comes next, None at its end; until a moment by the loop's clock, also of what never makes anybody wait."""
    loop = asyncio.get_running_loop()
    async with asyncio.timeout_at(min(end, loop.time() + pause_seconds)):
        chunk = await anext(stream, None)
    if loop.time() >= end:
        raise TimeoutError
    return chunk


def _check_length(request: Request, max_bytes: int) -> None:
    length = request.headers.get("content-length", "0")
    if not length.isascii() or not length.isdigit():
        raise BadRequest("Content-Length is not a number.")
    if int(length[:20]) > max_bytes:
        raise BodyTooLarge(f"At most {max_bytes} bytes are read.")


def check_media_type(request: Request) -> None:
    """Demand JSON in UTF-8.

    Raises:
        UnsupportedMediaType: for anything else, or none, or an encoded body.
    """
    types = [value for name, value in request.scope["headers"] if name == b"content-type"]
    encodings = [value for name, value in request.scope["headers"] if name == b"content-encoding"]
    if len(types) != 1 or not JSON_TYPE.match(types[0]) or (encodings and encodings != [b"identity"]):
        raise UnsupportedMediaType("Send the body as application/json in UTF-8, not compressed.")


def parse_json(raw: bytes) -> Any:
    """The value of a JSON text.

    Raises:
        MalformedJson: empty, not UTF-8, a BOM, NaN or Infinity, duplicate keys, deeper than 64, a number of more than 40
            digits, a lone surrogate, trailing data.
        ValidationFailed: a NUL character in a string, which PostgreSQL cannot store.
    """
    if not raw:
        raise MalformedJson("The body is empty; send a JSON object.")
    try:
        text = raw.decode("utf-8")
        value = json.loads(
            text, object_pairs_hook=_unique, parse_constant=_refuse_constant, parse_int=_integer, parse_float=_float
        )
    except UnicodeDecodeError as error:
        raise MalformedJson("The body is not UTF-8.") from error
    except RecursionError as error:
        raise MalformedJson(f"The body is nested deeper than {MAX_DEPTH}.") from error
    except json.JSONDecodeError as error:
        raise MalformedJson(f"{error.msg} at line {error.lineno}, column {error.colno}.") from error
    if isinstance(value, str | dict | list):
        _check_tree(value)
    return value


def check_text(text: str, *, parameter: str) -> None:
    """Refuse in a parameter what cannot be stored.

    Raises:
        ValidationFailed: a NUL character or a lone surrogate.
    """
    if "\x00" in text or not _encodable(text):
        raise ValidationFailed(
            errors=[FieldFault("invalid_text", "contains a character that cannot be stored", parameter=parameter)]
        )


def _check_tree(root: Any) -> None:
    pending: list[tuple[Any, Path, int]] = [(root, None, 1)]
    while pending:
        value, path, depth = pending.pop()
        if isinstance(value, str):
            _check_string(value, path)
            continue
        if depth > MAX_DEPTH:
            raise MalformedJson(f"The body is nested deeper than {MAX_DEPTH}.")
        for key, item in value.items() if isinstance(value, dict) else enumerate(value):
            if isinstance(key, str):
                _check_string(key, path)
            if isinstance(item, str | dict | list):
                pending.append((item, (path, key), depth + 1))


def _check_string(text: str, path: Path) -> None:
    if not _encodable(text):
        raise MalformedJson("A string holds half of a surrogate pair.")
    if "\x00" in text:
        raise ValidationFailed(errors=[FieldFault("invalid_text", "contains a NUL character", pointer=_pointer(path))])


def _pointer(path: Path) -> str:
    """The JSON Pointer (RFC 6901) of a path."""
    parts: list[str] = []
    while path is not None:
        path, key = path
        parts.append("/" + str(key)[:MAX_KEY].replace("~", "~0").replace("/", "~1"))
    return "".join(reversed(parts))


def _encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise MalformedJson("An object names the same key twice.")
    return value


def _refuse_constant(name: str) -> NoReturn:
    raise MalformedJson(f"{name} is not JSON.")


def _integer(digits: str) -> int:
    if len(digits) > MAX_DIGITS:
        raise MalformedJson(f"A number has more than {MAX_DIGITS} digits.")
    return int(digits)


def _float(digits: str) -> float:
    if len(digits) > MAX_DIGITS:
        raise MalformedJson(f"A number has more than {MAX_DIGITS} digits.")
    value = float(digits)
    if value in {float("inf"), float("-inf")}:
        raise MalformedJson("A number is too large.")
    return value
