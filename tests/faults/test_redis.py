"""Redis that is emptied, gone and back: it carries and never remembers, so nothing is lost with it."""

import asyncpg
import httpx
import pytest

from app.main import build_app
from tests.extensions.carrier import QUEUE_KEY, Server
from tests.faults.processes import MAX_ATTEMPTS, Workshop, until
from tests.faults.slow_worker import Asked
from tests.support.clock import MovableClock
from tests.support.shops import Shops, product
from tests.support.statements import look_at

COUNT = 20


async def test_flushall(shop: Workshop, valkey: Server) -> None:
    """Deliveries that were queued and leased when Redis was emptied are all done once, after their leases."""
    tenant = await shop.tenant()
    await shop.record(tenant, *(Asked(f"n{number}") for number in range(COUNT)))
    async with shop.relaying():
        await until(lambda: valkey.redis.llen(QUEUE_KEY), "the relay has enqueued a job")
        assert await shop.states(tenant) == {"leased": COUNT}
        valkey.redis.flushall()
        assert not valkey.redis.keys("rq:*")
        await shop.worker()
        found = await shop.settled(tenant)
    assert await shop.effects(tenant) == {f"n{number}": 1 for number in range(COUNT)}
    assert all(row["attempt"] >= 2 for row in found.values())


async def test_flushall_under_a_worker(shop: Workshop, valkey: Server) -> None:
    """A worker and a relay that lose everything they had in Redis go on as if nothing had happened."""
    tenant = await shop.tenant()
    worker = await shop.worker()
    async with shop.relaying():
        await shop.record(tenant, Asked("before"))
        await shop.settled(tenant)
        valkey.redis.flushall()
        await shop.record(tenant, Asked("after"))
        await shop.settled(tenant)
    assert worker.exit_code is None
    assert await shop.effects(tenant) == {"before": 1, "after": 1}


async def test_away(
    shop: Workshop,
    valkey: Server,
    owner: "asyncpg.Connection",
    clock: MovableClock,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """While Redis is away products are created all the same; when it returns, all of them are counted, once."""
    app = build_app(shop.settings, clock=clock, on_query=look_at)
    worker = await shop.worker()
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://testserver") as client,
        shop.relaying(),
    ):
        tenant = await Shops(app, owner, client).shop()
        valkey.kill()
        try:
            answers = [await tenant.owner.post("/products", json=product(status="active")) for _ in range(COUNT)]
            # Longer than it takes to use up every attempt, did trying in vain count as one.
            await until(lambda: shop.relay.faults > 2 * MAX_ATTEMPTS, "the relay has tried in vain")
            assert caplog.messages.count("relay waits") == 1
            assert {answer.status_code for answer in answers} == {201}
            assert await shop.states(tenant.id) == {"pending": COUNT}
        finally:
            valkey.start()
        await until(lambda: worker.lines("worker of default: redis is away (ConnectionError)"), "the worker saw it")
        found = await shop.deliveries(tenant.id)
        await shop.settled(tenant.id)
        summary = (await tenant.owner.get("/products/summary")).json()
    assert summary["by_status"] == {"draft": 0, "active": COUNT, "archived": 0}
    assert worker.exit_code is None
    assert len(found) == COUNT


async def test_relay_killed_before_it_enqueued(shop: Workshop, valkey: Server) -> None:
    """What a dead relay had leased and not enqueued is sent by the next one, when the lease is over."""
    tenant = await shop.tenant()
    await shop.record(tenant, *(Asked(f"n{number}") for number in range(COUNT)))
    assert len(await shop.claim(tenant)) == COUNT
    assert not valkey.redis.exists(QUEUE_KEY)
    await shop.worker()
    async with shop.relaying():
        found = await shop.settled(tenant, 5 * shop.settings.events.lease_seconds)
    assert await shop.effects(tenant) == {f"n{number}": 1 for number in range(COUNT)}
    assert all(row["attempt"] >= 2 for row in found.values())
