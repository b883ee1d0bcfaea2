"""Connections that look well and are of no use: reset while they were idle, or to a server that is a replica by now."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
import rq
import uvloop
from redis.exceptions import ReadOnlyError

from app.extensions import wakes
from app.extensions.intake import Intake
from app.extensions.queue import HINT_KEY, DeliveryQueue, QueueAwayError
from app.extensions.tickets import Ticket
from tests.db.wire import Wire
from tests.extensions.carrier import QUEUE_KEY, TENANT, Server, eventually, push, put, tickets
from tests.extensions.worker_process import running_worker
from tests.faults.processes import until


@asynccontextmanager
async def wired(server: Server) -> AsyncIterator[Wire]:
    """A wire to the server."""
    wire = Wire("127.0.0.1", server.port)
    wire.flow()
    listener = await asyncio.start_server(wire.connected, "127.0.0.1", 0)
    wire.port = listener.sockets[0].getsockname()[1]
    try:
        yield wire
    finally:
        wire.cut()
        listener.close()


@dataclass
class Pair:
    """Two servers, and an address that leads to one of them."""

    old: Server
    new: Server
    wire: Wire

    @property
    def url(self) -> str:
        """The address."""
        return f"redis://127.0.0.1:{self.wire.port}/0"

    def fail_over(self) -> None:
        """Nobody's connection is closed."""
        self.old.redis.flushall()
        self.old.redis.replicaof("127.0.0.1", "1")
        self.wire.to = self.new.port


@pytest.fixture(scope="module")
def another() -> Iterator[Server]:
    server = Server()
    yield server
    server.close()


@pytest.fixture
async def pair(server: Server, another: Server) -> AsyncIterator[Pair]:
    another.redis.flushall()
    async with wired(server) as wire:
        yield Pair(server, another, wire)
        server.redis.replicaof("NO", "ONE")


async def pushes(queue: DeliveryQueue, to: Server) -> bool:
    """Whether what is pushed arrives there."""
    try:
        await queue.push("default", tickets(1))
    except QueueAwayError:
        return False
    return bool(to.redis.llen(QUEUE_KEY))


async def wakes_up(queue: DeliveryQueue, to: Server) -> bool:
    """Whether a hint arrives there."""
    await queue.wake(TENANT)
    return bool(to.redis.scard(HINT_KEY))


async def hears(queue: DeliveryQueue, to: Server) -> bool:
    """Whether a hint is taken from there."""
    with suppress(ReadOnlyError):
        to.redis.sadd(HINT_KEY, str(TENANT))
    return await queue.hints() == {TENANT}


class TestReset:
    """A connection that somebody in between has reset while it was idle"""

    def test_queue(self, server: Server) -> None:
        """uvloop has another word for it than any server that is away: it is a fault as any, and the next word gets through."""

        async def scene() -> None:
            async with wired(server) as wire:
                queue = DeliveryQueue(f"redis://127.0.0.1:{wire.port}/0")
                await queue.push("default", tickets(1))
                wire.reset()
                await until(lambda: wire.open == 0, "the connection is gone")
                with pytest.raises(QueueAwayError) as raised:
                    await queue.push("default", tickets(2))
                assert isinstance(raised.value.__cause__, RuntimeError)
                await queue.push("default", tickets(2))
                await queue.aclose()

        uvloop.run(scene())


class TestFailOver:
    """From a server that is a replica by now"""

    @pytest.mark.parametrize("works", [pushes, wakes_up, hears])
    async def test_queue(
        self, pair: Pair, monkeypatch: pytest.MonkeyPatch, works: Callable[[DeliveryQueue, Server], Awaitable[bool]]
    ) -> None:
        """One refusal, and the next word goes to the new primary, by a connection of its own."""
        monkeypatch.setattr(wakes, "REST_SECONDS", 0.0)
        queue = DeliveryQueue(pair.url)
        assert await works(queue, pair.old)
        pair.fail_over()
        assert not await works(queue, pair.old)
        assert await works(queue, pair.new)
        await queue.aclose()

    async def test_intake(self, pair: Pair) -> None:
        """It takes from the new primary, though the old one would have refused it for ever."""
        found: list[Ticket] = []

        async def work(some: list[Ticket]) -> None:
            found.extend(some)

        intake = Intake("default", pair.url, work, lambda _: None)
        running = asyncio.create_task(intake.run())
        await put(pair.old.url, 1)
        await until(lambda: found, "it takes from the old one")
        pair.fail_over()
        await put(pair.new.url, 2)
        await until(lambda: len(found) == 2, "it takes from the new one")
        await intake.end()
        await running
        assert [ticket.delivery_id for ticket in found] == [1, 2]

    async def test_registration(self, pair: Pair, tmp_path: Path) -> None:
        """The worker is seen there too, under its name."""

        def scene() -> None:
            with running_worker(pair.url, tmp_path) as worker:
                before = eventually(lambda: rq.Worker.all(connection=pair.old.redis))
                pair.fail_over()
                after = eventually(lambda: rq.Worker.all(connection=pair.new.redis))
                assert [seen.name for seen in after] == [seen.name for seen in before]
                push(pair.new.url, 77)
                eventually(lambda: worker.lines("done"))

        await asyncio.to_thread(scene)
