"""What is counted, and the port that serves it, without an application around."""

import asyncio
import logging
import random
import time
from collections.abc import AsyncIterator, Callable

import httpx
import pytest
from prometheus_client import CollectorRegistry, Histogram

from app.extensions import metrics as metrics_module
from app.extensions.metrics import METHODS, NO_ROUTE, OTHER_METHOD, REQUEST_SECONDS, HttpTally, Metrics, Tally


@pytest.fixture
async def port(free_tcp_port_factory: Callable[[], int]) -> int:
    """A free port."""
    return free_tcp_port_factory()


@pytest.fixture
async def served(port: int) -> AsyncIterator[Metrics]:
    """Metrics that are served there."""
    metrics = Metrics("1.2.3")
    metrics.start("127.0.0.1", port)
    yield metrics
    await metrics.stop()


def scrape(port: int) -> str:
    """What Prometheus would get."""
    return httpx.get(f"http://127.0.0.1:{port}/metrics").text


class TestTally:
    """The histogram on the path of a request"""

    def test_as_the_library(self) -> None:
        """It counts what prometheus_client's own histogram counts, at the ends of buckets and beyond the last too."""
        seen = [*REQUEST_SECONDS, 0.0, 1e-9, 31.0, *(random.expovariate(10) for _ in range(1000))]
        registry = CollectorRegistry()
        theirs, ours = Histogram("seconds", "x", buckets=REQUEST_SECONDS, registry=registry), Tally(REQUEST_SECONDS)
        for seconds in seen:
            theirs.observe(seconds)
            ours.add(seconds)
        buckets = {end: registry.get_sample_value("seconds_bucket", {"le": end}) for end, _ in ours.buckets()}
        assert buckets == dict(ours.buckets())
        assert registry.get_sample_value("seconds_sum") == pytest.approx(ours.total)


class TestHttpTally:
    """Requests by method, route and status"""

    def test_bounded(self) -> None:
        """Whatever methods clients invent, they are one series; so is all that reached no route."""
        tally = HttpTally()
        for number in range(1000):
            tally.add(f"M{number}", None, 404, 0.1)
        for method in METHODS:
            tally.add(method, "/things/{id}", 200, 0.1)
        family = list(tally.families())[1]
        labels = {(item.labels["method"], item.labels["route"]) for item in family.samples}
        assert labels == {(OTHER_METHOD, NO_ROUTE), *((method, "/things/{id}") for method in METHODS)}


class TestMetrics:
    """The port"""

    async def test_reads_at_the_scrape(self, served: Metrics, port: int) -> None:
        """A value is asked for when somebody scrapes, and names keep the format's rules."""
        kept: dict[tuple[str, ...], float] = {("one",): 1.0}
        served.gauge("a_gauge", "x", lambda: kept, labels=("kind",))
        served.counter("a_counter", "x", lambda: {(): 7})
        text = await asyncio.to_thread(scrape, port)
        assert 'a_gauge{kind="one"} 1.0' in text
        assert "a_counter_total 7.0" in text
        assert 'atrium_build_info{python="3.' in text
        assert 'version="1.2.3"' in text
        assert "process_resident_memory_bytes" in text
        kept["one",] = 2.0
        assert 'a_gauge{kind="one"} 2.0' in await asyncio.to_thread(scrape, port)

    async def test_blocked_loop(self, served: Metrics, port: int) -> None:
        """A scrape is answered while the loop is blocked, and the lag is seen afterwards."""
        await asyncio.sleep(0)  # the watch begins
        assert "atrium_event_loop_lag_seconds" in scrape(port)  # in the loop's own thread: it stands still meanwhile
        time.sleep(0.8)  # noqa: ASYNC251 - blocking is the point
        await asyncio.sleep(0.05)  # what was due is done now
        assert (served.registry.get_sample_value("atrium_event_loop_lag_seconds_sum") or 0.0) > 0.4

    async def test_port_taken(
        self, served: Metrics, port: int, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A port that is taken is told once, and the process goes on without, until whoever had it has let it go."""
        monkeypatch.setattr(metrics_module, "RETRY_SECONDS", 0.01)
        caplog.set_level(logging.INFO)
        second = Metrics("4.5.6")
        second.start("127.0.0.1", port)
        await asyncio.sleep(0.1)
        assert 'version="1.2.3"' in await asyncio.to_thread(scrape, port)
        assert [record.message for record in caplog.records if record.name == metrics_module.__name__] == [
            "no metrics yet"
        ]
        await served.stop()
        async with asyncio.timeout(10):
            while "metrics served" not in {record.message for record in caplog.records}:  # noqa: ASYNC110 - a log has no event
                await asyncio.sleep(0.01)
        assert 'version="4.5.6"' in await asyncio.to_thread(scrape, port)
        await second.stop()

    async def test_no_such_address(self, port: int, caplog: pytest.LogCaptureFixture) -> None:
        """An address that is another machine's, or a name of none, is told once and not asked for again."""
        for host in ("203.0.113.1", "nowhere.invalid"):
            metrics = Metrics("1.2.3")
            metrics.start(host, port)
            assert len(metrics._tasks) == 1, "it watches the loop, and tries nothing"
            await metrics.stop()
        assert [record.message for record in caplog.records] == ["no metrics"] * 2

    async def test_port_kept(self, served: Metrics, port: int) -> None:
        """A port that is never let go keeps nobody from ending."""
        second = Metrics("4.5.6")
        second.start("127.0.0.1", port)
        await second.stop()
        assert 'version="1.2.3"' in await asyncio.to_thread(scrape, port)

    async def test_off(self, port: int) -> None:
        """Port 0 opens nothing; stopped, nothing listens any more."""
        metrics = Metrics("1.2.3")
        metrics.start("127.0.0.1", 0)
        await metrics.stop()
        metrics.start("127.0.0.1", port)
        await metrics.stop()
        with pytest.raises(httpx.ConnectError):
            await asyncio.to_thread(scrape, port)
