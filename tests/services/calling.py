"""Clients for the tests of the HTTP client: their own time, names and sockets."""

import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

from app.services.http import PUBLIC, Call, HttpClient, Limits, TargetPolicy, Timing
from tests.support.failing_server import FailingServer, Names

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
QUICK = Limits(connect_seconds=5.0, read_seconds=5.0, deadline_seconds=15.0, max_bytes=100_000)


NO_AUTHORITY = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""Trusts nobody, and takes no time to make, as reading the system's authorities does."""


class Time:
    """Seconds that pass only when somebody sleeps or says so; chance is always a half."""

    def __init__(self) -> None:
        self.seconds = 1000.0
        self.slept: list[float] = []
        self.timing = Timing(monotonic=lambda: self.seconds, sleep=self.sleep, chance=lambda: 0.5, now=lambda: NOON)

    async def sleep(self, seconds: float) -> None:
        """Pass at once."""
        self.slept.append(seconds)
        self.seconds += seconds


class Caller:
    """A client, and everything that can be looked at."""

    def __init__(self, policy: TargetPolicy, *, names: Names | None = None, **options: Any) -> None:
        self.time = Time()
        self.calls: list[Call] = []
        self.names = names or Names()
        given = {"limits": QUICK, "timing": self.time.timing, "resolver": self.names, "ssl_context": NO_AUTHORITY}
        options = {**given, **options}
        self.client = HttpClient(policy, on_call=self.calls.append, **options)

    @property
    def outcomes(self) -> list[int | str | None]:
        """Status or error of every attempt."""
        return [call.status or call.error for call in self.calls]


@asynccontextmanager
async def calling(
    server: FailingServer, *, policy: TargetPolicy | None = None, **options: Any
) -> AsyncIterator[Caller]:
    """A client that trusts the server's origin, or what the policy says."""
    caller = Caller(policy or TargetPolicy.trusted(server.origin), **options)
    try:
        yield caller
    finally:
        await caller.client.aclose()


@asynccontextmanager
async def calling_public(**options: Any) -> AsyncIterator[Caller]:
    """A client for URLs that users give."""
    caller = Caller(PUBLIC, **options)
    try:
        yield caller
    finally:
        await caller.client.aclose()
