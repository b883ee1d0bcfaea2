"""Metrics of real processes: API, worker and relay, each on its own internal port."""

import asyncio
import random
import string
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import asyncpg
import httpx
from prometheus_client.parser import text_string_to_metric_families

from app.config import Settings
from app.extensions.metrics import METHODS, NO_ROUTE, OTHER_METHOD
from app.relay import relay_until_stopped
from tests.faults.processes import Children, until, with_events, workshop
from tests.faults.slow_worker import Asked
from tests.support.plain import plain_client

SCHEDULING = ("catalog", "orders", "shipping", "analytics")
"""Modules whose schedules may fall due for every tenant of the suite while a relay runs."""
DURATION = "atrium_http_request_duration_seconds_count"
Samples = dict[tuple[str, frozenset[tuple[str, str]]], float]


async def scrape(port: int) -> Samples:
    """All samples of a process; none where nobody listens yet."""
    try:
        async with plain_client() as http:
            text = (await http.get(f"http://127.0.0.1:{port}/metrics")).text
    except httpx.TransportError:
        return {}
    families = text_string_to_metric_families(text)
    return {(item.name, frozenset(item.labels.items())): item.value for family in families for item in family.samples}


def value(samples: Samples, name: str, **labels: str) -> float:
    """One of them; 0 where there is none."""
    return samples.get((name, frozenset(labels.items())), 0.0)


def measured(settings: Settings, port: int) -> Settings:
    """The same settings, with metrics on the port."""
    return settings.model_copy(update={"metrics": settings.metrics.model_copy(update={"port": port})})


async def test_api(settings: Settings, tmp_path: Path, free_tcp_port_factory: Callable[[], int]) -> None:
    """Requests are counted under route templates, pools are seen, and no fuzz of paths and methods adds a series."""
    port, metrics = free_tcp_port_factory(), free_tcp_port_factory()
    with Children(tmp_path) as children:
        children.api(measured(settings, metrics), port)
        await until(lambda: scrape(metrics), "the API serves metrics")
        async with plain_client(base_url=f"http://127.0.0.1:{port}") as http:
            await until(lambda: answers(http), "the API listens")
            item = "/api/v1/mock/{collection}/{item_id}"
            for number in range(3):
                await http.get(f"/api/v1/mock/things/{number:032x}")
            slow = asyncio.create_task(http.get("/api/v1/mock/things?simulate=delay:3000"))
            await until(lambda: in_flight(metrics, 1), "a request in flight is seen")
            before = await scrape(metrics)
            assert value(before, DURATION, method="GET", route=item, status="404") == 3
            await fuzz(http)
            assert (await http.get("/metrics")).status_code == 404
            slow.cancel()
            await until(lambda: in_flight(metrics, 0), "it is in flight no more")
        after = await scrape(metrics)
    routes = {dict(labels)["route"] for name, labels in after if name == DURATION}
    assert routes <= {"/health/live", "/api/v1/mock/{collection}", item, NO_ROUTE}
    assert {dict(labels)["method"] for name, labels in after if name == DURATION} <= METHODS | {OTHER_METHOD}
    assert value(after, DURATION, method="GET", route=NO_ROUTE, status="404") >= 100
    assert value(after, "atrium_http_requests_in_flight") == 0
    assert value(after, "atrium_pool_connections", role="app") == 1, "one at a time was asked"
    assert value(after, "atrium_pool_connections", role="identity") == 1
    assert value(after, "atrium_event_loop_lag_seconds_count") > 0


async def answers(http: httpx.AsyncClient) -> bool:
    """Whether the API listens."""
    try:
        return (await http.get("/health/live")).is_success
    except httpx.TransportError:
        return False


async def in_flight(port: int, number: int) -> bool:
    """Whether so many requests are being served, as the metrics say."""
    return value(await scrape(port), "atrium_http_requests_in_flight") == number


async def fuzz(http: httpx.AsyncClient) -> None:
    """Paths and methods that nobody has declared."""
    for number in range(100):
        path = "/" + "".join(random.choices(string.ascii_lowercase + "/.-", k=12))
        await http.get(str(http.base_url).rstrip("/") + path)  # whole: what begins with // is no path of a relative one
        await http.request(["TRACE", "PURGE", "LOCK", "GET", "PUT"][number % 5], f"/api/v1/mock/things{path}x")


async def test_worker_and_relay(
    settings: Settings, owner: "asyncpg.Connection", tmp_path: Path, free_tcp_port_factory: Callable[[], int]
) -> None:
    """The relay tells what it moved and how old its backlog is, the worker how deliveries ended; neither names a tenant."""
    ports = free_tcp_port_factory(), free_tcp_port_factory()
    alone = settings.modules.model_copy(update={"disabled": SCHEDULING})
    quick = with_events(settings.model_copy(update={"modules": alone}), settings.redis.url)
    async with workshop(quick, owner, tmp_path) as shop:
        tenant, began = await shop.tenant(), await owner.fetchval("SELECT clock_timestamp()")
        await shop.record(tenant, Asked("a"), Asked("b"), Asked("c", mood="raise"))
        shop.children.start(relay_until_stopped, measured(quick, ports[0]))
        await until(lambda: backlog(ports[0]), "deliveries that wait are seen")
        await shop.children.worker(measured(quick, ports[1]))
        await shop.settled(tenant)
        await until(lambda: ends_agree(owner, ports[1], began), "the worker counts what ended")
        relay, worker = await scrape(ports[0]), await scrape(ports[1])
    assert value(relay, "atrium_relay_moved_total") >= 5
    assert 0 <= value(relay, "atrium_relay_sweep_age_seconds") < 5
    assert value(relay, "atrium_pool_connections", role="system") == 2
    assert value(worker, "atrium_deliveries_total", outcome="failed") == 2
    assert value(worker, "atrium_worker_running") == 0
    assert not [labels for name, labels in {*relay, *worker} if str(tenant) in str(labels)]


async def ends_agree(owner: "asyncpg.Connection", port: int, since: datetime) -> bool:
    """Whether done and dead are counted as they are in the database: a schedule's deliveries may end beside the test's."""
    rows = await owner.fetch("SELECT state, count(*) FROM deliveries WHERE finished_at > $1 GROUP BY state", since)
    kept, counted = {row[0]: row[1] for row in rows}, await scrape(port)
    return all(value(counted, "atrium_deliveries_total", outcome=end) == kept.get(end, 0) for end in ("done", "dead"))


async def backlog(port: int) -> bool:
    """Whether the relay has seen something wait: without a worker, leases expire."""
    return value(await scrape(port), "atrium_relay_backlog_seconds") > 0
