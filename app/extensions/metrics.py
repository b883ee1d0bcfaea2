"""What a process tells Prometheus, on an internal port of its own.

The path of a request adds to plain numbers and nothing else; what pools, relay and worker know of themselves is read when
somebody scrapes, in a thread: a scrape waits for no event loop, and answers while one is blocked (ADR 0018).
No label holds a tenant, a person, a raw path or any other text of a client: the number of series is bounded by the code.
"""

import asyncio
import contextlib
import errno
import logging
import platform
import time
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from wsgiref.simple_server import WSGIServer

from prometheus_client import CollectorRegistry, GCCollector, ProcessCollector, start_http_server
from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    InfoMetricFamily,
    Metric,
)

logger = logging.getLogger(__name__)

REQUEST_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
LAG_SECONDS = (0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0)
LAG_PERIOD = 0.25
RETRY_SECONDS = 1.0
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
OTHER_METHOD = "other"
NO_ROUTE = "none"
"""The one label of all that reached no route of a module: unknown paths, refused hosts, the app's own pages."""

Values = Mapping[tuple[str, ...], float]


class Tally:
    """A histogram of seconds that costs half a microsecond to add to. Written by one thread; any may read."""

    __slots__ = ("_bounds", "_counts", "_total")

    def __init__(self, bounds: Sequence[float]) -> None:
        """`bounds` are the upper ends of the buckets, ascending."""
        self._bounds = bounds
        self._counts = [0] * (len(bounds) + 1)
        self._total = 0.0

    def add(self, seconds: float) -> None:
        """Count one observation."""
        self._counts[bisect_left(self._bounds, seconds)] += 1
        self._total += seconds

    def buckets(self) -> list[tuple[str, float]]:
        """Cumulative counts by upper end, as the exposition format wants them."""
        ends = [*map(str, self._bounds), "+Inf"]
        found, so_far = [], 0
        for end, count in zip(ends, list(self._counts), strict=True):
            so_far += count
            found.append((end, float(so_far)))
        return found

    @property
    def total(self) -> float:
        """The sum of all observations."""
        return self._total


class HttpTally:
    """Requests by method, route template and status. Added to by the edge, for every request that ends."""

    __slots__ = ("_tallies", "in_flight")

    def __init__(self) -> None:
        self.in_flight = 0
        self._tallies: dict[tuple[str, str, int], Tally] = {}

    def add(self, method: str, route: str | None, status: int, seconds: float) -> None:
        """Count one request; status 0 where the client was gone before the answer."""
        key = (method if method in METHODS else OTHER_METHOD, route or NO_ROUTE, status)
        tally = self._tallies.get(key)
        if tally is None:
            tally = self._tallies[key] = Tally(REQUEST_SECONDS)
        tally.add(seconds)

    def families(self) -> Iterator[Metric]:
        """What is scraped."""
        yield GaugeMetricFamily("atrium_http_requests_in_flight", "requests that are being served", self.in_flight)
        family = HistogramMetricFamily(
            "atrium_http_request_duration_seconds",
            "time from the first byte to the end of the answer",
            labels=("method", "route", "status"),
        )
        for (method, route, status), tally in self._tallies.copy().items():  # at once: the loop goes on adding
            family.add_metric((method, route, str(status)), tally.buckets(), tally.total)
        yield family


@dataclass(frozen=True, slots=True)
class _Reading:
    """A family whose values are asked for at the scrape."""

    family: type[GaugeMetricFamily] | type[CounterMetricFamily]
    name: str
    meaning: str
    labels: tuple[str, ...]
    read: Callable[[], Values]


class Metrics:
    """All metrics of one process, and the port that serves them. A registry of its own: several may live in one process."""

    def __init__(self, version: str) -> None:
        """`version` is Atrium's, for the build info."""
        self.http: HttpTally | None = None
        self._version = version
        self._lag = Tally(LAG_SECONDS)
        self._readings: list[_Reading] = []
        self._server: WSGIServer | None = None
        self._tasks: tuple[asyncio.Task[None], ...] = ()
        self.registry = CollectorRegistry()
        self.registry.register(self)
        ProcessCollector(registry=self.registry)
        GCCollector(registry=self.registry)

    def count_http(self) -> HttpTally:
        """The tally of requests, for a process that serves them."""
        self.http = self.http or HttpTally()
        return self.http

    def gauge(self, name: str, meaning: str, read: Callable[[], Values], *, labels: tuple[str, ...] = ()) -> None:
        """A value that goes up and down; `read` runs in the scrape's thread and shall only look."""
        self._readings.append(_Reading(GaugeMetricFamily, name, meaning, labels, read))

    def counter(self, name: str, meaning: str, read: Callable[[], Values], *, labels: tuple[str, ...] = ()) -> None:
        """A count since the start; `read` runs in the scrape's thread and shall only look."""
        self._readings.append(_Reading(CounterMetricFamily, name, meaning, labels, read))

    def collect(self) -> Iterator[Metric]:
        """Everything, at this moment: prometheus_client's Collector."""
        build = InfoMetricFamily("atrium_build", "what runs")
        build.add_metric((), {"version": self._version, "python": platform.python_version()})
        yield build
        lag = HistogramMetricFamily("atrium_event_loop_lag_seconds", "how late the loop is to what is due")
        lag.add_metric((), self._lag.buckets(), self._lag.total)
        yield lag
        if self.http is not None:
            yield from self.http.families()
        for reading in self._readings:
            family = reading.family(reading.name, reading.meaning, labels=reading.labels)
            for values, value in reading.read().items():
                family.add_metric(values, value)
            yield family

    def start(self, host: str, port: int) -> None:
        """Watch the running loop and, where `port` is not 0, serve: now, or as soon as whoever has the port lets it go.

        A port that is taken, or an address that this machine has not, is told once. Whoever scrapes sees a target that is down
        meanwhile; customers see nothing.
        """
        loop = asyncio.get_running_loop()
        self._tasks = (loop.create_task(self._watch_loop()),)
        if port == 0:
            return
        try:
            self._serve(host, port)
        except OSError as error:
            is_taken = (
                error.errno == errno.EADDRINUSE
            )  # the one fault that passes; another might be a name, looked up each time
            told = "no metrics yet" if is_taken else "no metrics"
            logger.error(told, extra={"host": host, "port": port, "error": repr(error)})  # noqa: TRY400 - the reason is enough
            if is_taken:
                self._tasks += (loop.create_task(self._serve_later(host, port)),)

    async def stop(self) -> None:
        """End what `start` began; takes half a second at most."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._tasks = ()
        if self._server is not None:
            await asyncio.to_thread(self._server.shutdown)
            self._server.server_close()
            self._server = None

    def _serve(self, host: str, port: int) -> None:
        self._server, _ = start_http_server(port, addr=host, registry=self.registry)
        logger.info("metrics served", extra={"host": host, "port": port})

    async def _serve_later(self, host: str, port: int) -> None:
        while self._server is None:
            await asyncio.sleep(RETRY_SECONDS)
            with contextlib.suppress(OSError):  # told already
                self._serve(host, port)

    async def _watch_loop(self) -> None:
        while True:
            began = time.perf_counter()
            await asyncio.sleep(LAG_PERIOD)
            self._lag.add(max(0.0, time.perf_counter() - began - LAG_PERIOD))
