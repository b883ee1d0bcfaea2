"""The edge: one pure ASGI middleware around everything. Request id, Host, size of target and headers, security headers,
the access log line, and the answer to what nobody expected. Within it stands CORS.
"""

import asyncio
import logging
import time
from collections.abc import Sequence
from ipaddress import ip_address, ip_network
from typing import Any

from starlette.datastructures import Headers
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.exceptions import AppError, BadHeader, BadHost, HeadersTooLarge, InternalError, Unavailable, UriTooLong
from app.extensions.clock import Clock
from app.extensions.context import SCOPE_KEY, RequestContext, current_context
from app.extensions.errors import render
from app.extensions.lifespan import run_lifespan
from app.extensions.metrics import HttpTally
from app.utils import traces
from app.utils.ids import parse_uuid, uuid7

access_log = logging.getLogger("app.access")
logger = logging.getLogger(__name__)

MAX_TARGET = 8 * 1024
MAX_HEADERS = 32 * 1024
HEALTH = "/health/"
LINKS = "/api/v1/files/"
"""Below it the path itself is what lets one in: it is not logged."""
TRACEPARENT = b"traceparent"
SINGLE = (b"host", b"content-length", b"content-type", b"authorization", b"idempotency-key", b"if-match")

SECURITY_HEADERS: tuple[tuple[bytes, bytes], ...] = (
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
)
VARY = b"vary"
POLICY = b"default-src 'none'; frame-ancestors 'none'"
TRANSPORT = (b"strict-transport-security", b"max-age=31536000; includeSubDomains")


class Edge:
    """The outermost layer; nothing above it sees a request without a context."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        hosts: Sequence[str],
        trusted_proxies: Sequence[str],
        secure: bool,
        clock: Clock,
        tally: HttpTally,
    ) -> None:
        """`hosts` without ports; `trusted_proxies` are networks; `secure` adds HSTS; `tally` counts."""
        self._tally = tally
        self._clock = clock
        self._app = app
        self._hosts = frozenset(host.lower() for host in hosts)
        self._proxies = tuple(ip_network(network) for network in trusted_proxies)
        self._fixed = SECURITY_HEADERS + ((TRANSPORT,) if secure else ())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] == "lifespan":
            await run_lifespan(self._app, scope, receive, send)
            return
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        context = scope[SCOPE_KEY] = self._context(scope)
        token = current_context.set(context)
        self._tally.in_flight += 1
        started = time.perf_counter()
        status = 0
        fixed = (*self._fixed, (b"x-request-id", str(context.request_id).encode()))

        async def send_with_headers(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                names = {name for name, _ in message["headers"]}
                extra = () if b"content-security-policy" in names else ((b"content-security-policy", POLICY),)
                message["headers"] = [*message["headers"], *fixed, *extra]
            await send(message)

        try:
            refusal = self._refusal(scope)
            if refusal is None:
                await self._app(scope, receive, send_with_headers)
            else:
                await render(Request(scope), refusal)(scope, receive, send_with_headers)
        except asyncio.CancelledError:  # the server's grace is over
            if not status:
                await render(Request(scope), Unavailable("The server is shutting down."))(
                    scope, receive, send_with_headers
                )
            raise
        except Exception:
            logger.exception("unexpected error")
            if status:
                raise  # too late for an answer: the server closes the connection
            await render(Request(scope), InternalError())(scope, receive, send_with_headers)
        finally:
            seconds = time.perf_counter() - started
            self._tally.in_flight -= 1
            self._tally.add(scope["method"], context.route, status, seconds)
            access_log.info("request", extra=_line(scope, context, status, seconds))
            current_context.reset(token)

    def _context(self, scope: Scope) -> RequestContext:
        headers = Headers(scope=scope)
        peer = scope["client"][0] if scope.get("client") else ""
        trusted = self._is_proxy(peer)
        given = headers.get("x-request-id", "")
        known = parse_uuid(given) if trusted else None
        return RequestContext(
            request_id=known or uuid7(),
            address=self._client(peer, headers) if trusted else peer,
            user_agent=_printable(headers.get("user-agent"), 300),
            arrived_at=self._clock.now(),
            client_request_id=None if known else _printable(given, 100),
            traceparent=_trace(scope),
        )

    def _client(self, peer: str, headers: Headers) -> str:
        """The nearest address in X-Forwarded-For that is no proxy of ours: what stands left of it is the client's invention."""
        for item in reversed(",".join(headers.getlist("x-forwarded-for")).split(",")):
            address = item.strip()
            if _is_address(address) and not self._is_proxy(address):
                return address
        return peer

    def _is_proxy(self, address: str) -> bool:
        return bool(self._proxies) and _is_address(address) and any(ip_address(address) in net for net in self._proxies)

    def _refusal(self, scope: Scope) -> AppError | None:
        """What is wrong with the request before any route is looked for."""
        names = [name for name, _ in scope["headers"]]
        seen = set(names)
        if len(scope["raw_path"]) + len(scope["query_string"]) > MAX_TARGET:
            return UriTooLong(f"The address may have {MAX_TARGET} bytes.")
        if sum(len(name) + len(value) + 4 for name, value in scope["headers"]) > MAX_HEADERS:
            return HeadersTooLarge(f"All headers together may have {MAX_HEADERS} bytes.")
        hosts = [value for name, value in scope["headers"] if name == b"host"]
        if len(hosts) != 1:
            return BadHost("Send exactly one Host header.")
        if not scope["path"].startswith(HEALTH) and _hostname(hosts[0]) not in self._hosts:
            return BadHost("This host name is not served here.")
        if len(seen) < len(names) and (repeated := [name.decode() for name in SINGLE if names.count(name) > 1]):
            return BadHeader(f"{repeated[0]} is given more than once.")
        if b"content-length" in seen and b"transfer-encoding" in seen:
            return BadHeader("Content-Length and Transfer-Encoding exclude each other.")
        return None


class Origins(CORSMiddleware):
    """CORS. A request without Origin has nothing to be judged: its answer says that another might differ, and that is all."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http" or any(name == b"origin" for name, _ in scope["headers"]):
            await super().__call__(scope, receive, send)
            return

        async def varied(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = message["headers"]
                vary = [value for name, value in headers if name == VARY]
                kept = [header for header in headers if header[0] != VARY]
                message["headers"] = [*kept, (VARY, b", ".join([*vary, b"Origin"]))]
            await send(message)

        await self.app(scope, receive, varied)


def _hostname(value: bytes) -> str:
    """The host of a Host header, without its port."""
    text = value.decode("latin-1").lower()
    name, colon, port = text.rpartition(":")
    return name if colon and port.isdigit() else text


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def _trace(scope: Scope) -> str | None:
    """The caller's trace, one step on, where it names exactly one. Anybody may choose it: it proves nothing."""
    given = [value for name, value in scope["headers"] if name == TRACEPARENT]
    known = traces.parse(given[0].decode("latin-1")) if len(given) == 1 else None
    return None if known is None else traces.child(known)


def _printable(text: str | None, length: int) -> str | None:
    if not text:
        return None
    text = text[:length]
    return text if text.isprintable() else "".join(character if character.isprintable() else "?" for character in text)


def _line(scope: Scope, context: RequestContext, status: int, seconds: float) -> dict[str, Any]:
    """The access log line: no query string, since it may hold what must not be logged."""
    return {
        "method": scope["method"],
        "path": f"{LINKS}..." if scope["path"].startswith(LINKS) else scope["path"],
        "route": context.route,
        "status": status,
        "milliseconds": round(seconds * 1000, 2),
        "address": context.address,
        "client_request_id": context.client_request_id,
    }
