"""Connections, pinned: a name is resolved once, every address is judged, and what is connected to is a judged address.

Host, SNI and the proof of the certificate stay with the name, since httpcore takes them from the URL. Nothing is looked up
a second time, so a name that changes its address between look and connect gains nothing.
"""

import asyncio
import ssl
from collections.abc import Iterable, Sequence
from typing import Final

import httpcore2
from httpcore2 import SOCKET_OPTION, AsyncNetworkBackend, AsyncNetworkStream

from app.services.http.addresses import Address, parse_address, refusal
from app.services.http.errors import AddressRefusedError
from app.services.http.resolving import Resolver

MAX_TRIES: Final = 3
MAX_ADDRESSES: Final = 32


class PinnedBackend(AsyncNetworkBackend):
    """Connects to judged addresses only; `inner` makes the sockets. Unix sockets are not implemented, and stay so."""

    def __init__(self, resolver: Resolver, *, private: bool, inner: AsyncNetworkBackend | None = None) -> None:
        """`private` allows networks of our own: for origins that settings name."""
        self._resolver = resolver
        self._private = private
        self._inner = inner or httpcore2.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's signature
        local_address: str | None = None,
        socket_options: Iterable[SOCKET_OPTION] | None = None,
    ) -> AsyncNetworkStream:
        """Resolve, judge and connect, all within `timeout`.

        Raises:
            AddressRefusedError: *any* address of the name is refused: an honest name has no mixed answers.
            httpcore2.ConnectError, httpcore2.ConnectTimeout: no address could be connected to.
        """
        try:
            async with asyncio.timeout(timeout):
                addresses = await self._addresses(host, port)
                return await self._first(addresses, port, local_address, socket_options)
        except TimeoutError:
            raise httpcore2.ConnectTimeout("not connected in time") from None

    async def sleep(self, seconds: float) -> None:
        """For httpcore's own retries, which are off."""
        await self._inner.sleep(seconds)

    async def _addresses(self, host: str, port: int) -> Sequence[Address]:
        """Every address of the host, judged."""
        literal = parse_address(host)
        try:
            found = [literal] if literal is not None else await self._resolver.resolve(host, port)
        except (OSError, UnicodeError):
            found = []
        if not found:
            raise httpcore2.ConnectError("the name has no address")
        if len(found) > MAX_ADDRESSES:
            raise AddressRefusedError(host, "has too many addresses")
        for address in found:
            if (reason := refusal(address, private=self._private)) is not None:
                raise AddressRefusedError(host, f"leads to an address that is {reason}")
        return found

    async def _first(
        self,
        addresses: Sequence[Address],
        port: int,
        local_address: str | None,
        socket_options: Iterable[SOCKET_OPTION] | None,
    ) -> AsyncNetworkStream:
        """A connection to the first address that takes one; one that hangs uses up the time of the others."""
        fault: Exception = httpcore2.ConnectError("no address")
        for address in addresses[:MAX_TRIES]:
            try:
                return await self._inner.connect_tcp(
                    str(address), port, local_address=local_address, socket_options=socket_options
                )
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                fault = error
        raise fault


def pool(
    backend: AsyncNetworkBackend, ssl_context: ssl.SSLContext | None, *, connections: int, idle_seconds: float
) -> httpcore2.AsyncConnectionPool:
    """Connections over the backend. No proxy, whatever the environment says; HTTP/1.1, retries are ours."""
    return httpcore2.AsyncConnectionPool(
        ssl_context=ssl_context or httpcore2.default_ssl_context(),
        proxy=None,
        max_connections=connections,
        keepalive_expiry=idle_seconds,
        network_backend=backend,
    )
