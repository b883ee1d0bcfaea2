"""HttpClient: timeouts, a deadline, bounded answers, retries within a budget, a breaker for each host, pinned addresses."""

import asyncio
import logging
import ssl
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

import httpx2
from httpcore2 import AsyncNetworkBackend

from app.extensions.outside import refuse_inside_transaction
from app.services.http.answers import Answer
from app.services.http.breaker import Breaker
from app.services.http.budget import IDEMPOTENT, RETRYABLE, RetryBudget, backoff, retry_after
from app.services.http.errors import (
    AnswerTooLargeError,
    BrokenAnswerError,
    CallFailedError,
    CallNotMadeError,
    CallTimeoutError,
    CircuitOpenError,
    ConnectFailedError,
)
from app.services.http.hosts import Host, HostLimits, Hosts
from app.services.http.resolving import Resolver, SystemResolver
from app.services.http.sending import build, exchange
from app.services.http.targets import Origin, TargetPolicy
from app.services.http.timing import REAL, Timing
from app.services.http.transport import PinnedBackend, pool

logger = logging.getLogger("app.services.http")

BROKEN = 500
CANCELLED = "cancelled"
WORTH_ANOTHER_TRY = (CallTimeoutError, ConnectFailedError, BrokenAnswerError)


@dataclass(frozen=True, slots=True)
class Limits:
    """How long, how much and how many."""

    connect_seconds: float = 3.0
    read_seconds: float = 10.0
    deadline_seconds: float = 20.0
    """For the whole call: waiting, connecting, all attempts and the pauses between them."""
    max_bytes: int = 1 << 20
    connections: int = 64
    per_host: int = 8
    waiting_per_host: int = 32
    idle_seconds: float = 15.0
    """A connection that was not used for so long is closed, and with it what was judged of its address."""
    breaker_failures: int = 5
    breaker_rest_seconds: float = 10.0


@dataclass(frozen=True, slots=True)
class Retries:
    """How often a call is tried again, if it may be."""

    attempts: int = 3
    base_seconds: float = 0.2
    cap_seconds: float = 5.0
    longest_wait: float = 10.0
    """A Retry-After beyond it is left to the caller: see `Answer.retry_after`."""
    share: float = 0.1
    reserve: int = 2
    window_seconds: float = 10.0


@dataclass(frozen=True, slots=True)
class Call:
    """One attempt, for logs and metrics: no path, query, header or body."""

    host: str
    method: str
    attempt: int
    milliseconds: float
    status: int | None = None
    error: str | None = None


class HttpClient:
    """The calls of one process under one policy. Safe for any number of tasks of one event loop.

    Never followed: redirects. Never kept: cookies. Never read: proxies and netrc of the environment.
    """

    def __init__(
        self,
        policy: TargetPolicy,
        *,
        limits: Limits | None = None,
        retries: Retries | None = None,
        timing: Timing = REAL,
        resolver: Resolver | None = None,
        network: AsyncNetworkBackend | None = None,
        ssl_context: ssl.SSLContext | None = None,
        on_call: Callable[[Call], None] | None = None,
    ) -> None:
        """Connects to nothing yet. `on_call` is told of every attempt; `network` makes the sockets, under the judgement."""
        self._policy = policy
        self._limits = limits = limits or Limits()
        self._retries = retries or Retries()
        self._timing = timing
        self._on_call = on_call
        self._system = SystemResolver()  # its threads begin with the first look-up
        backend = PinnedBackend(resolver or self._system, private=policy.private, inner=network)
        self._pool = pool(backend, ssl_context, connections=limits.connections, idle_seconds=limits.idle_seconds)
        self._hosts = Hosts(self._new_host)
        self._timeouts = {
            "connect": limits.connect_seconds,
            "pool": limits.connect_seconds,
            "read": limits.read_seconds,
            "write": limits.read_seconds,
        }

    async def request(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        content: bytes | None = None,
        json: Any = None,
        idempotency_key: str | None = None,
        deadline_seconds: float | None = None,
        max_bytes: int | None = None,
        lane: str = "",
    ) -> Answer:
        """The answer to one call, of whatever status; `Answer.checked()` takes successes only.

        Tried again after faults of the wire, 429, 502, 503 and 504, if the method is idempotent or a key is given. Breaker,
        budget and places of a host are kept for each `lane`: one tenant's broken webhook closes no host for another.

        Raises:
            InsideTransactionError: a unit of work is open.
            OutsideError: the call was not made, or no whole answer came.
        """
        refuse_inside_transaction("an HTTP service")
        target, origin = self._policy.judge(url)
        seconds = self._limits.deadline_seconds if deadline_seconds is None else deadline_seconds
        until = asyncio.get_running_loop().time() + seconds
        limit = self._limits.max_bytes if max_bytes is None else max_bytes
        request = build(
            method, target, headers=headers or {}, content=content, json=json, idempotency_key=idempotency_key
        )
        host = self._hosts.get(lane, origin)
        host.budget.call()
        again = method in IDEMPOTENT or idempotency_key is not None
        attempt = 0
        while True:
            attempt += 1
            outcome = await self._outcome(request, host, attempt, until, limit)
            wait = self._pause(outcome, attempt, until, host) if again else None
            if wait is None:
                break
            await self._timing.sleep(wait)
        if isinstance(outcome, CallFailedError):
            raise outcome
        return outcome

    def state(self, origin: str, *, lane: str = "") -> str:
        """closed, open or half-open: the breaker of an origin, for health pages."""
        return self._hosts.get(lane, Origin.parse(origin)).breaker.state

    async def aclose(self) -> None:
        """Close the connections."""
        await self._pool.aclose()
        self._system.close()

    def _new_host(self, origin: Origin) -> Host:
        limits, retries, monotonic = self._limits, self._retries, self._timing.monotonic
        return Host(
            origin.host,
            Breaker(failures=limits.breaker_failures, rest_seconds=limits.breaker_rest_seconds, monotonic=monotonic),
            RetryBudget(
                share=retries.share, reserve=retries.reserve, seconds=retries.window_seconds, monotonic=monotonic
            ),
            HostLimits(limits.per_host, limits.waiting_per_host),
        )

    def _pause(self, outcome: Answer | CallFailedError, attempt: int, until: float, host: Host) -> float | None:
        """The seconds before another attempt, or None if there is to be none."""
        worth = outcome.status in RETRYABLE if isinstance(outcome, Answer) else isinstance(outcome, WORTH_ANOTHER_TRY)
        if not worth or attempt >= self._retries.attempts or host.breaker.state != "closed":
            return None
        asked = outcome.retry_after or 0.0
        wait = asked + backoff(
            attempt, self._timing.chance(), base=self._retries.base_seconds, cap=self._retries.cap_seconds
        )
        in_time = asyncio.get_running_loop().time() + wait < until
        return wait if asked <= self._retries.longest_wait and in_time and host.budget.take() else None

    async def _outcome(
        self, request: httpx2.Request, host: Host, attempt: int, until: float, limit: int
    ) -> Answer | CallFailedError:
        """One attempt, seen by breaker, log and metrics.

        Raises:
            CallNotMadeError: it was not made.
        """
        async with host.place(until):
            rest = host.breaker.wait()
            if rest is not None:
                raise CircuitOpenError(host.name, "fails too often and is left alone", retry_after=rest)
            is_probe = host.breaker.is_probing
            verdict = host.breaker.undecided
            started = self._timing.monotonic()
            status: int | None = None
            error: str | None = CANCELLED
            try:
                outcome: Answer | CallFailedError
                outcome = answer = await self._exchange(request, attempt, until, limit)
                status, error = answer.status, None
                verdict = host.breaker.failed if status >= BROKEN else host.breaker.succeeded
            except CallNotMadeError as fault:
                error = type(fault).__name__
                raise
            except CallFailedError as fault:
                outcome, error = fault, type(fault).__name__
                # One that answers too much answers; what is asked of it is the caller's affair.
                verdict = host.breaker.succeeded if isinstance(fault, AnswerTooLargeError) else host.breaker.failed
            finally:
                if is_probe or not host.breaker.is_probing:  # while one decides, calls from before it do not
                    verdict()
                milliseconds = round(1000 * (self._timing.monotonic() - started), 2)
                self._tell(Call(host.name, request.method, attempt, milliseconds, status, error))
        return outcome

    async def _exchange(self, request: httpx2.Request, attempt: int, until: float, limit: int) -> Answer:
        host = request.url.host
        try:
            async with asyncio.timeout_at(until):
                status, headers, body = await exchange(self._pool, request, self._timeouts, limit)
        except TimeoutError:
            raise CallTimeoutError(host, "no whole answer in time") from None
        wait = retry_after(headers.get("retry-after"), self._timing.now())
        return Answer(host, status, headers, body, attempt, wait)

    def _tell(self, call: Call) -> None:
        logger.info("call", extra=asdict(call))
        if self._on_call is not None:
            self._on_call(call)
