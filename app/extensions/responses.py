"""What a view returned becomes the bytes that leave."""

from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from typing import Any
from urllib.parse import quote, urlencode
from uuid import UUID

import msgspec
from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from app.extensions.conditional import etag_of, is_known
from app.utils.schemas import DefaultResponse, Page


def _plain(value: Any) -> Any:
    """A schema inside a record."""
    if isinstance(value, BaseModel):
        return value.model_dump()
    raise NotImplementedError(f"no JSON for {type(value).__name__}")


_encoder = msgspec.json.Encoder(enc_hook=_plain)
JSON = "application/json"
VARY = "Authorization, X-Tenant-ID, Accept"
COMMONS = "atrium.commons"
"""Where the guarded route class puts the request's Commons, in the request's scope."""
STATUS = "atrium.status"
"""Where the guarded route class puts the success status of the route, in the request's scope."""


def encode(value: Any) -> bytes:
    """JSON of a record, a page of records or a schema. Records go straight to bytes; a test compares them with pydantic's."""
    if isinstance(value, BaseModel):
        return value.__pydantic_serializer__.to_json(value)
    return _encoder.encode(value)


def done(message: str) -> DefaultResponse:
    """Success without a resource."""
    return DefaultResponse(status=True, msg=message, details={})


def attachment(content: bytes, *, media_type: str, filename: str) -> Response:
    """A file that is small enough to be made whole; `filename` is plain ASCII without quotes."""
    headers = {
        "Cache-Control": "private, no-store",
        "Content-Disposition": disposition(filename),
        "Vary": VARY,
    }
    return Response(content, media_type=media_type, headers=headers)


def disposition(filename: str) -> str:
    """The header that has a browser keep the answer as a file, and never show it as a page of ours."""
    return f'attachment; filename="{filename}"'


class PartsResponse(StreamingResponse):
    """An answer in parts. What they hold is let go at its end, also where the client hangs up."""

    def __init__(self, parts: AsyncGenerator[bytes, None], *, media_type: str, headers: Mapping[str, str]) -> None:
        """Nothing is read of `parts` yet."""
        super().__init__(parts, media_type=media_type, headers=headers)
        self._parts = parts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send all of it."""
        # Where a client hangs up between two parts, nobody else would close them before garbage is collected.
        async with aclosing(self._parts):
            await super().__call__(scope, receive, send)


def reply(request: Request, value: Any) -> Response:
    """The answer of a view: body, ETag from the version, Location of what was created, Link to the next page, 304."""
    status: int = request.scope[STATUS]
    if isinstance(value, Response):
        return value
    reads = request.method == "GET"
    headers = {"Cache-Control": "private, no-cache" if reads else "no-store", "Vary": VARY}
    etag = etag_of(value, request.query_params)
    if etag is not None:
        headers["ETag"] = etag
    key = getattr(value, "id", None) or getattr(value, "key", None)
    if status == 201 and isinstance(key, UUID | str):  # noqa: PLR2004 - Created
        headers["Location"] = f"{quote(request.scope['path'])}/{key}"
    if isinstance(value, Page) and value.next_cursor is not None:
        asked = [pair for pair in request.query_params.multi_items() if pair[0] != "cursor"]
        following = urlencode([*asked, ("cursor", value.next_cursor)])
        headers["Link"] = f'<{quote(request.scope["path"])}?{following}>; rel="next"'
    if reads and etag is not None and is_known(request.headers, etag):
        response = Response(status_code=304, headers=headers)
    else:
        response = Response(encode(value), status_code=status, headers=headers, media_type=JSON)
    for name, text in request.scope[COMMONS].outgoing:
        response.headers.append(name, text)
    return response
