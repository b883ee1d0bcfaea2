"""Where a call may go: a URL is judged before anything is resolved, an address when it is connected to."""

import re
from dataclasses import dataclass
from typing import Final

import httpx2

from app.services.http.addresses import parse_address
from app.services.http.errors import TargetRefusedError

MAX_URL: Final = 2048
DEFAULT_PORTS: Final = {"http": 80, "https": 443}
LABEL: Final = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
MAX_NAME: Final = 253
NUMERIC: Final = re.compile(r"[0-9]+|0x[0-9a-f]*")
PORT: Final = re.compile(r"[0-9]{0,5}")
SOME_HOST: Final = "the URL"


@dataclass(frozen=True, slots=True)
class Origin:
    """Scheme, host and port: what a connection belongs to."""

    scheme: str
    host: str
    port: int

    @classmethod
    def parse(cls, text: str) -> "Origin":
        """The origin that a setting names, as `https://name[:port]`.

        Raises:
            TargetRefusedError: it is none, or has a path.
        """
        url = _split(text)
        if url.raw_path not in {b"/", b""}:
            raise TargetRefusedError(url.host, "an origin has no path")
        return _origin(url)


@dataclass(frozen=True, slots=True)
class TargetPolicy:
    """Where the calls of one client may go. Without `origins` anywhere public, with them there and nowhere else.

    Origins come from settings: they may lie in networks of our own. What users give is called under `PUBLIC`.
    """

    schemes: frozenset[str] = frozenset({"http", "https"})
    ports: frozenset[int] = frozenset({80, 443})
    origins: frozenset[Origin] | None = None

    @classmethod
    def trusted(cls, *origins: str) -> "TargetPolicy":
        """These origins alone, wherever they lie."""
        return cls(origins=frozenset(Origin.parse(origin) for origin in origins))

    @property
    def private(self) -> bool:
        """Whether addresses in networks of our own may be called."""
        return self.origins is not None

    def judge(self, text: str) -> tuple[httpx2.URL, Origin]:
        """The URL and its origin.

        Raises:
            TargetRefusedError: it is not exactly one thing to every reader, or may not be called.
        """
        url = _split(text)
        origin = _origin(url)
        if self.origins is not None:
            if origin not in self.origins:
                raise TargetRefusedError(origin.host, "not on the list of trusted origins")
            return url, origin
        if origin.scheme not in self.schemes:
            raise TargetRefusedError(origin.host, "the scheme is not allowed")
        if origin.port not in self.ports:
            raise TargetRefusedError(origin.host, f"port {origin.port} is not allowed")
        if parse_address(origin.host) is None and "." not in origin.host:
            raise TargetRefusedError(origin.host, "no public host has a name of one word")
        return url, origin


PUBLIC: Final = TargetPolicy()
"""For URLs that users give: http and https, their usual ports, public addresses."""


def _split(text: str) -> httpx2.URL:
    """Parse what every parser understands alike: no spaces, backslashes, control characters or userinfo."""
    if len(text) > MAX_URL:
        raise TargetRefusedError(SOME_HOST, f"longer than {MAX_URL} characters")
    if any(char.isspace() or not char.isprintable() or char in '\\"<>^`{|}' for char in text):
        raise TargetRefusedError(SOME_HOST, "holds a character that URLs do not have")
    authority = re.split(r"[/?#]", text.partition("://")[2], maxsplit=1)[0]
    if "@" in authority:
        raise TargetRefusedError(SOME_HOST, "holds a user name or password")
    if not PORT.fullmatch(authority.rpartition("]")[2].partition(":")[2]):
        raise TargetRefusedError(SOME_HOST, "the port is no number")
    try:
        return httpx2.URL(text)
    except (httpx2.InvalidURL, ValueError):  # ValueError: idna's own errors for absurd names
        raise TargetRefusedError(SOME_HOST, "cannot be understood") from None


def _origin(url: httpx2.URL) -> Origin:
    """Scheme, host and port, the host as it goes into Host, SNI and the resolver."""
    if url.scheme not in DEFAULT_PORTS:
        raise TargetRefusedError(SOME_HOST, "the scheme must be http or https")
    host = url.raw_host.decode("ascii")
    if parse_address(host) is None and not _is_name(host):
        raise TargetRefusedError(SOME_HOST, "the host is neither a name nor an address")
    port = DEFAULT_PORTS[url.scheme] if url.port is None else url.port
    if not 0 < port < 1 << 16:
        raise TargetRefusedError(SOME_HOST, "there is no such port")
    return Origin(url.scheme, host, port)


def _is_name(host: str) -> bool:
    """A DNS name. One that ends in a number is what some parsers take for an address: 127.1, 0x7f.1, 2130706433."""
    labels = host.split(".")
    return (
        len(host) <= MAX_NAME
        and all(LABEL.fullmatch(label) for label in labels)
        and NUMERIC.fullmatch(labels[-1]) is None
    )
