"""The breaker's probe: one call decides, and none that began before it."""

import asyncio

import pytest

from app.services.http import CircuitOpenError, Limits
from tests.services.calling import calling
from tests.support import failing_server as fails
from tests.support.failing_server import Exchange, answers, ok, serving, status

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize("ends", ["undecided", "failed"])
async def test_others_are_no_probe(ends: str) -> None:
    """A call that was under way when the breaker opened decides nothing in the place of the probe, however it ends."""
    released = asyncio.Event()

    async def late(exchange: Exchange) -> None:
        await released.wait()
        await status(500)(exchange)

    limits = Limits(breaker_failures=1)
    behaviour = answers(late, status(500), fails.never, ok())
    async with serving(behaviour) as server, calling(server, limits=limits) as caller:
        old = asyncio.create_task(caller.client.request("POST", server.url))
        await server.asked(1)
        await caller.client.request("POST", server.url)
        caller.time.seconds += 11
        probe = asyncio.create_task(caller.client.request("POST", server.url))
        await server.asked(3)
        if ends == "undecided":
            old.cancel()
        released.set()
        await asyncio.gather(old, return_exceptions=True)
        assert caller.client.state(server.origin) == "half-open"
        with pytest.raises(CircuitOpenError):
            await caller.client.request("POST", server.url)
        probe.cancel()
        with pytest.raises(asyncio.CancelledError):
            await probe
        assert (await caller.client.request("POST", server.url)).status == 200
