"""Retries, their budget, the breaker and the places: an outage is never multiplied. Time is injected; nothing waits."""

import asyncio
from datetime import UTC, datetime

import pytest

from app.config import Settings
from app.embedded.processes import free_port
from app.extensions.outside import InsideTransactionError, note_transaction, refuse_inside_transaction
from app.services.http import (
    CallTimeoutError,
    CircuitOpenError,
    ConnectFailedError,
    HostBusyError,
    Limits,
    Retries,
    TargetPolicy,
)
from app.services.http.breaker import MAX_REST, Breaker
from app.services.http.budget import RetryBudget, retry_after
from app.services.http.hosts import MAX_HOSTS, Host, HostLimits, Hosts
from app.services.http.targets import Origin
from tests.db.units import bench
from tests.services.calling import NOON, Caller, Time, calling
from tests.support import failing_server as fails
from tests.support.failing_server import HOST, Behaviour, Exchange, answers, ok, serving, status

GENEROUS = Retries(reserve=100)


class TestRetry:
    """Who is tried again, and when."""

    @pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "PUT", "DELETE"])
    @pytest.mark.parametrize(
        "behaviour", [status(429), status(502), status(503), status(504), fails.CLOSES, fails.reset]
    )
    async def test_idempotent(self, method: str, behaviour: Behaviour) -> None:
        """A call that may be repeated is, after what may pass."""
        async with serving(answers(behaviour, ok(b""))) as server, calling(server) as caller:
            answer = await caller.client.request(method, server.url)
        assert (answer.status, answer.attempts, len(server.seen)) == (200, 2, 2)

    @pytest.mark.parametrize("method", ["POST", "PATCH"])
    async def test_not_idempotent(self, method: str) -> None:
        """A POST or PATCH is sent once, unless it carries a key; then the same key goes with every attempt."""
        async with serving(status(503)) as server, calling(server) as caller:
            assert (await caller.client.request(method, server.url)).attempts == 1
        async with serving(answers(status(503), fails.reset, ok())) as server, calling(server) as caller:
            assert (await caller.client.request(method, server.url, content=b"x", idempotency_key="k-1")).attempts == 3
        assert [(seen.headers["idempotency-key"], seen.body) for seen in server.seen] == [("k-1", b"x")] * 3

    @pytest.mark.parametrize("code", [200, 302, 400, 401, 404, 409, 500, 501])
    async def test_pointless(self, code: int) -> None:
        """What another attempt would not change is not tried again."""
        async with serving(status(code)) as server, calling(server) as caller:
            assert (await caller.client.request("GET", server.url)).status == code
        assert len(server.seen) == 1

    async def test_gives_up(self) -> None:
        """After the last attempt its outcome is the call's: an answer or an error."""
        async with serving(status(503)) as server, calling(server, retries=GENEROUS) as caller:
            assert (await caller.client.request("GET", server.url)).attempts == 3
        caller = Caller(TargetPolicy.trusted(origin := f"http://{HOST}:{free_port()}"))
        with pytest.raises(ConnectFailedError):
            await caller.client.request("GET", origin)
        assert caller.outcomes == ["ConnectFailedError"] * 3
        await caller.client.aclose()

    async def test_backoff(self) -> None:
        """Pauses double and are drawn at random below that bound: here always a half of it."""
        retries = Retries(attempts=5, base_seconds=1.0, cap_seconds=3.0, reserve=10)
        limits = Limits(deadline_seconds=60.0, breaker_failures=10)
        async with serving(status(503)) as server, calling(server, retries=retries, limits=limits) as caller:
            await caller.client.request("GET", server.url)
        assert caller.time.slept == [0.5, 1.0, 1.5, 1.5]

    @pytest.mark.parametrize("value", ["3", "Wed, 25 Nov 2026 12:00:03 GMT"])
    async def test_retry_after(self, value: str) -> None:
        """Retry-After is waited for, as seconds or as a date, with the random pause on top."""
        limits = Limits(deadline_seconds=60.0)
        async with (
            serving(answers(status(503, retry_after=value), ok())) as server,
            calling(server, limits=limits) as caller,
        ):
            await caller.client.request("GET", server.url)
        assert caller.time.slept == [3.1]

    @pytest.mark.parametrize(("value", "seconds"), [("11", 11.0), ("86400", 86400.0)])
    async def test_retry_after_too_long(self, value: str, seconds: float) -> None:
        """One beyond the bound, or beyond the deadline, is the caller's affair, who is told."""
        async with serving(status(503, retry_after=value)) as server, calling(server) as caller:
            answer = await caller.client.request("GET", server.url)
        assert (answer.attempts, answer.retry_after, caller.time.slept) == (1, seconds, [])

    @pytest.mark.parametrize("value", [None, "", "soon", "-5", "1e9", "\uff19", "9" * 400, "Wed, 99 Nov 2026", "0.5"])
    def test_no_retry_after(self, value: str | None) -> None:
        """Nonsense asks for nothing."""
        assert retry_after(value, NOON) is None

    def test_retry_after_past(self) -> None:
        """A date that has passed asks for no wait."""
        assert retry_after("Wed, 25 Nov 2026 11:00:00 GMT", NOON) == 0.0
        assert retry_after("Wed, 25 Nov 2026 12:00:01", datetime(2026, 11, 25, 12, tzinfo=UTC)) == 1.0

    async def test_no_time_left(self) -> None:
        """No pause reaches beyond the deadline."""
        async with serving(status(503)) as server, calling(server) as caller:
            answer = await caller.client.request("GET", server.url, deadline_seconds=0.09)
        assert (answer.attempts, caller.time.slept) == (1, [])


class TestBudget:
    """Retries never multiply an outage."""

    async def test_outage(self) -> None:
        """Three hundred calls to a host that is down are a tenth more attempts, and the reserve of the window: no more, no less."""
        limits = Limits(breaker_failures=10_000)
        async with serving(status(503)) as server, calling(server, limits=limits) as caller:
            for _ in range(300):
                await caller.client.request("GET", server.url)
            assert caller.time.seconds - 1000.0 < 10.0
            assert 330 <= len(server.seen) <= 332

    def test_share(self) -> None:
        """Ten calls pay for one retry; unused retries are not saved beyond the window."""
        time = Time()
        budget = RetryBudget(share=0.1, reserve=0, seconds=10.0, monotonic=lambda: time.seconds)
        assert not budget.take()
        for _ in range(25):
            budget.call()
        assert [budget.take() for _ in range(3)] == [True, True, False]
        time.seconds += 9.0
        assert not budget.take()
        time.seconds += 2.0
        assert not budget.take()
        for _ in range(10):
            budget.call()
        assert [budget.take(), budget.take()] == [True, False]

    def test_reserve(self) -> None:
        """A call in a quiet time may be tried again, and later another."""
        time = Time()
        budget = RetryBudget(share=0.1, reserve=1, seconds=10.0, monotonic=lambda: time.seconds)
        budget.call()
        assert [budget.take(), budget.take()] == [True, False]
        time.seconds += 20
        assert budget.take()


class TestBreaker:
    """A host that fails is left alone."""

    async def test_opens(self) -> None:
        """After five failures in a row the host is not called, and the caller learns when it will be."""
        async with serving(status(500)) as server, calling(server) as caller:
            for _ in range(5):
                await caller.client.request("POST", server.url)
            with pytest.raises(CircuitOpenError) as raised:
                await caller.client.request("POST", server.url)
            assert raised.value.retry_after == 10.0
            assert raised.value.as_unavailable().headers == {"Retry-After": "10"}
            assert caller.client.state(server.origin) == "open"
        assert len(server.seen) == 5

    async def test_retries_end(self) -> None:
        """A call whose own failure opens the breaker is not tried again."""
        limits = Limits(breaker_failures=2)
        async with serving(status(503)) as server, calling(server, limits=limits, retries=GENEROUS) as caller:
            assert (await caller.client.request("GET", server.url)).attempts == 2

    async def test_one_probe(self) -> None:
        """After the rest one call is let through, and meanwhile no other; its success closes the breaker."""
        released = asyncio.Event()

        async def slowly(exchange: Exchange) -> None:
            await released.wait()
            await ok()(exchange)

        limits = Limits(breaker_failures=1)
        async with serving(answers(status(500), slowly, ok())) as server, calling(server, limits=limits) as caller:
            await caller.client.request("POST", server.url)
            caller.time.seconds += 11
            assert caller.client.state(server.origin) == "half-open"
            probe = asyncio.create_task(caller.client.request("POST", server.url))
            await server.asked(2)
            for _ in range(3):
                with pytest.raises(CircuitOpenError):
                    await caller.client.request("POST", server.url)
            released.set()
            assert (await probe).status == 200
            assert (await caller.client.request("POST", server.url)).status == 200
            assert caller.client.state(server.origin) == "closed"
        assert len(server.seen) == 3

    async def test_cancelled_probe(self) -> None:
        """A probe that is cancelled decides nothing and blocks nothing."""
        limits = Limits(breaker_failures=1)
        async with serving(answers(status(500), fails.never, ok())) as server, calling(server, limits=limits) as caller:
            await caller.client.request("POST", server.url)
            caller.time.seconds += 11
            probe = asyncio.create_task(caller.client.request("POST", server.url))
            await server.asked(2)
            probe.cancel()
            with pytest.raises(asyncio.CancelledError):
                await probe
            assert (await caller.client.request("POST", server.url)).status == 200

    def test_rest_doubles(self) -> None:
        """Each failed probe doubles the rest, up to two minutes; a success forgets it."""
        time = Time()
        breaker = Breaker(failures=1, rest_seconds=10.0, monotonic=lambda: time.seconds)
        rests: list[float] = []
        assert breaker.wait() is None
        breaker.failed()
        for _ in range(6):
            wait = breaker.wait()
            assert wait is not None
            rests.append(wait)
            time.seconds += wait
            assert breaker.wait() is None
            breaker.failed()
        assert rests == [10.0, 20.0, 40.0, 80.0, MAX_REST, MAX_REST]
        time.seconds += MAX_REST
        assert breaker.wait() is None
        breaker.succeeded()
        breaker.failed()
        assert breaker.wait() == 10.0

    def test_in_a_row(self) -> None:
        """A success between failures begins the count again; failures of calls under way prolong nothing."""
        time = Time()
        breaker = Breaker(failures=2, rest_seconds=10.0, monotonic=lambda: time.seconds)
        for step in (breaker.failed, breaker.succeeded, breaker.failed):
            step()
        assert breaker.state == "closed"
        breaker.failed()
        time.seconds += 9
        breaker.failed()
        assert breaker.wait() == 1.0

    @pytest.mark.parametrize("code", [400, 404, 429])
    async def test_refusals_do_not_count(self, code: int) -> None:
        """A host that refuses is not broken."""
        async with serving(status(code)) as server, calling(server) as caller:
            for _ in range(6):
                await caller.client.request("POST", server.url)
        assert len(server.seen) == 6

    async def test_lanes(self) -> None:
        """One tenant's failures at a host close it to that tenant alone."""
        limits = Limits(breaker_failures=1)
        async with serving(answers(status(500), ok())) as server, calling(server, limits=limits) as caller:
            await caller.client.request("POST", server.url, lane="a")
            with pytest.raises(CircuitOpenError):
                await caller.client.request("POST", server.url, lane="a")
            assert (await caller.client.request("POST", server.url, lane="b")).status == 200


class TestPlaces:
    """Bounded concurrency."""

    async def test_bounded(self) -> None:
        """So many calls run at one host, so many wait, the rest are refused at once; no more connections are made."""
        released = asyncio.Event()

        async def slowly(exchange: Exchange) -> None:
            await released.wait()
            await ok()(exchange)

        limits = Limits(per_host=2, waiting_per_host=3)
        async with serving(slowly) as server, calling(server, limits=limits) as caller:
            calls = [asyncio.create_task(caller.client.request("GET", server.url)) for _ in range(10)]
            await server.asked(2)
            released.set()
            done = await asyncio.gather(*calls, return_exceptions=True)
        assert [type(item).__name__ for item in done].count("Answer") == 5
        assert [type(item) for item in done].count(HostBusyError) == 5
        assert server.connections == 2

    async def test_waits_no_longer_than_the_deadline(self) -> None:
        """A call that waits for a place gives up at its deadline, and the host is not blamed."""
        limits = Limits(per_host=1, read_seconds=5.0)
        async with serving(fails.never) as server, calling(server, limits=limits) as caller:
            first = asyncio.create_task(caller.client.request("POST", server.url, deadline_seconds=0.2))
            await server.asked()
            with pytest.raises(HostBusyError):
                await caller.client.request("POST", server.url, deadline_seconds=0.05)
            with pytest.raises(CallTimeoutError):
                await first
        assert caller.outcomes == ["CallTimeoutError"]

    async def test_all_hosts(self) -> None:
        """So many connections stand to all hosts together; a call that gets none in time is not made, and no host is blamed."""
        limits = Limits(connections=1, connect_seconds=1.0, read_seconds=5.0, breaker_failures=1)
        async with serving(fails.never) as busy, serving(ok()) as idle:
            caller = Caller(TargetPolicy.trusted(busy.origin, idle.origin), limits=limits)
            first = asyncio.create_task(caller.client.request("POST", busy.url))
            await busy.asked()
            with pytest.raises(HostBusyError, match="no connection is free"):
                await caller.client.request("POST", idle.url)
            assert caller.client.state(idle.origin) == "closed"
            first.cancel()
            await asyncio.wait([first])
            assert (await caller.client.request("POST", idle.url)).status == 200
            await caller.client.aclose()

    def test_hosts_are_forgotten(self) -> None:
        """However many hosts are called, a bounded number is remembered."""
        time = Time()

        def make(origin: Origin) -> Host:
            breaker = Breaker(failures=1, rest_seconds=1, monotonic=lambda: time.seconds)
            budget = RetryBudget(share=0, reserve=0, seconds=1, monotonic=lambda: time.seconds)
            return Host(origin.host, breaker, budget, HostLimits(1, 1))

        hosts = Hosts(make)
        first = hosts.get("", Origin("https", "first", 443))
        for number in range(MAX_HOSTS + 50):
            hosts.get("", Origin("https", f"h{number}", 443))
        assert len(hosts) == MAX_HOSTS
        assert hosts.get("", Origin("https", "first", 443)) is not first


class Unit:
    """Stands for a unit of work."""

    is_open = True


class TestTransactions:
    """No transaction is open while anything outside PostgreSQL is awaited."""

    async def test_refused(self, settings: Settings) -> None:
        """While a unit of work of the task is open nothing is sent; after its commit or rollback it is."""
        async with serving(ok()) as server, calling(server) as caller, bench(settings, size=2) as made:
            for end in ("commit", "rollback"):
                unit, other = made.unit(), made.unit()
                await unit.begin()
                await other.begin()
                await getattr(other, end)()
                with pytest.raises(InsideTransactionError):
                    await caller.client.request("GET", server.url)
                with pytest.raises(InsideTransactionError):
                    await asyncio.create_task(caller.client.request("GET", server.url))
                await getattr(unit, end)()
                assert (await caller.client.request("GET", server.url)).status == 200
        assert len(server.seen) == 2

    async def test_other_tasks(self) -> None:
        """A unit of work of one task is nothing to another; a child sees its parent's end."""
        begun, refused, ended = asyncio.Event(), asyncio.Event(), asyncio.Event()

        async def holds() -> None:
            unit = Unit()
            note_transaction(unit)
            child = asyncio.create_task(waits_for_the_end())
            await refused.wait()
            begun.set()
            with pytest.raises(InsideTransactionError):
                refuse_inside_transaction("a test")
            unit.is_open = False
            ended.set()
            await child

        async def waits_for_the_end() -> None:
            with pytest.raises(InsideTransactionError):
                refuse_inside_transaction("a test")
            refused.set()
            await ended.wait()
            refuse_inside_transaction("a test")

        task = asyncio.create_task(holds())
        await begun.wait()
        refuse_inside_transaction("a test")
        await task
