"""One request out, one answer in: what is sent, and how faults of the wire become ours."""

import re
import ssl
from collections.abc import Mapping
from typing import Any, Final

import httpcore2
import httpx2

from app.extensions.context import current_context
from app.services.http.answers import ACCEPT_ENCODING, plain_headers, read_body
from app.services.http.errors import (
    BrokenAnswerError,
    CallTimeoutError,
    ConnectFailedError,
    HostBusyError,
    OutsideError,
    TargetRefusedError,
    TlsFailedError,
)
from app.utils.traces import child

METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"})
NAME: Final = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]{1,128}")
VALUE: Final = re.compile(r"[\x20-\x7e\t]{0,8192}")
OURS: Final = frozenset(
    {
        "host",
        "content-length",
        "transfer-encoding",
        "connection",
        "keep-alive",
        "upgrade",
        "te",
        "trailer",
        "expect",
        "accept-encoding",
        "idempotency-key",
        "x-request-id",
        "traceparent",
    }
)
SWITCHING: Final = 101


def build(
    method: str,
    url: httpx2.URL,
    *,
    headers: Mapping[str, str],
    content: bytes | None,
    json: Any,
    idempotency_key: str | None,
) -> httpx2.Request:
    """The request, with what every call of ours carries: the request it belongs to and the trace, and no secret.

    Raises:
        TargetRefusedError: a method or a header that is not the caller's to set, or that would break the line.
    """
    if method not in METHODS:
        raise TargetRefusedError(url.host, "the method is not allowed")
    if content is not None and json is not None:
        raise ValueError("give content or json, not both")
    extra = {"user-agent": "Atrium", **{name.lower(): value for name, value in headers.items()}}
    if taken := OURS.intersection(extra):
        raise TargetRefusedError(url.host, f"the header {min(taken)} is the client's")
    extra["accept-encoding"] = ACCEPT_ENCODING
    if idempotency_key is not None:
        extra["idempotency-key"] = idempotency_key
    context = current_context.get()
    if context is not None:
        extra["x-request-id"] = str(context.request_id)
        extra["traceparent"] = child(context.trace())
    for name, value in extra.items():
        if not NAME.fullmatch(name) or not VALUE.fullmatch(value) or value != value.strip():
            raise TargetRefusedError(url.host, "a header holds what headers may not hold")
    return httpx2.Request(method, url, headers=extra, content=content, json=json)


async def exchange(
    pool: httpcore2.AsyncConnectionPool, request: httpx2.Request, timeouts: Mapping[str, float], limit: int
) -> tuple[int, dict[str, str], bytes]:
    """Send it and read the whole answer: status, headers and body of at most `limit` bytes.

    Raises:
        OutsideError: there is no whole answer.
    """
    host = request.url.host
    outgoing = httpcore2.Request(
        method=request.method,
        url=httpcore2.URL(
            scheme=request.url.raw_scheme,
            host=request.url.raw_host,
            port=request.url.port,
            target=request.url.raw_path,
        ),
        headers=request.headers.raw,
        content=request.read(),
        extensions={"timeout": dict(timeouts)},
    )
    try:
        response = await pool.handle_async_request(outgoing)
        try:
            headers = plain_headers(response.headers)
            if response.status == SWITCHING:
                raise BrokenAnswerError(host, "wants to speak something else than HTTP")
            return response.status, headers, await read_body(response, headers, host, limit)
        finally:
            await response.aclose()
    except WIRE as fault:
        raise _ours(host, fault) from None


WIRE: Final = (
    httpcore2.TimeoutException,
    httpcore2.NetworkError,
    httpcore2.ProtocolError,
    httpcore2.UnsupportedProtocol,
    OSError,
)


def _ours(host: str, fault: Exception) -> OutsideError:
    """A fault of the wire as one of ours. Its text stays behind: it may quote what was sent or answered."""
    match fault:
        case httpcore2.PoolTimeout():
            return HostBusyError(host, "no connection is free")
        case httpcore2.ConnectTimeout():
            return CallTimeoutError(host, "no connection in time")
        case httpcore2.TimeoutException():
            return CallTimeoutError(host, "no answer in time")
        case httpcore2.ConnectError() if _is_of_tls(fault):
            return TlsFailedError(host, "does not prove its name by TLS")
        case httpcore2.ConnectError():
            return ConnectFailedError(host, "cannot be connected to")
        case httpcore2.LocalProtocolError() | httpcore2.UnsupportedProtocol():
            return TargetRefusedError(host, "the request is no HTTP")
        case httpcore2.RemoteProtocolError():
            return BrokenAnswerError(host, "the answer is cut off or no HTTP")
        case _:
            return BrokenAnswerError(host, "the connection broke")


def _is_of_tls(fault: BaseException) -> bool:
    """Whether a fault of TLS stands at the beginning: anyio wraps it once, httpcore once more."""
    cause: BaseException | None = fault
    while cause is not None and not isinstance(cause, ssl.SSLError):
        cause = cause.__cause__ or cause.__context__
    return cause is not None
