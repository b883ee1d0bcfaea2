"""A stop that loses nothing: real processes under load, and what happens to those that do not end."""

import asyncio
import signal
import socket
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import httpx

from app.api import LAST_SECONDS, LINGER_SECONDS
from app.config import Settings
from app.extensions.listeners import deafen
from tests.core.load import Answer, Connection, Load
from tests.core.stuck import serve_stuck
from tests.faults.processes import Child, Children, until
from tests.support.plain import plain_client

GRACE_SECONDS = 1.0
SHORT_SECONDS = 0.5
"""In the place of LAST_SECONDS."""
SPARE_SECONDS = 10.0  # what a busy machine may add
ITEMS = "/api/v1/mock/things"
SLOW = f"{ITEMS}?simulate=delay:400"
ENDLESS = f"{ITEMS}?simulate=delay:30000"
READY = "/health/ready"


@asynccontextmanager
async def serving(settings: Settings, folder: Path, port: int, *, drain_seconds: float) -> AsyncIterator[Child]:
    """An API process that is ready."""
    web = settings.web.model_copy(update={"drain_seconds": drain_seconds, "grace_seconds": GRACE_SECONDS})
    with Children(folder) as children:
        child = children.api(settings.model_copy(update={"web": web}), port)
        await until(lambda: answers(port), "the API listens")
        yield child


async def answers(port: int) -> bool:
    """Whether it is ready; before it listens it refuses."""
    try:
        return (await ask(port, READY)).status == 200
    except ConnectionRefusedError:
        return False


async def ask(port: int, path: str) -> Answer:
    """One request on a connection of its own."""
    connection = await Connection.open(port)
    try:
        return await connection.get(path)
    finally:
        connection.close()


async def ended(child: Child, since: float) -> tuple[int | None, float]:
    """The exit code and how long it took."""
    code = await asyncio.to_thread(child.wait)
    return code, time.monotonic() - since


def assert_nothing_lost(load: Load) -> None:
    """No request was lost; where the system keeps nobody from a closing listener, none but those that met it."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        may_reset = not deafen(listener)
    assert all(may_reset and "ConnectionResetError" in fault for fault in load.lost), load.lost


async def test_lossless(settings: Settings, tmp_path: Path, free_tcp_port_factory: Callable[[], int]) -> None:
    """SIGTERM under load: unready at once, serving on for the drain, every request answered whole, exit 0 in time."""
    port, drain_seconds = free_tcp_port_factory(), 0.6
    async with serving(settings, tmp_path, port, drain_seconds=drain_seconds) as child:
        load = Load(port)
        clients = [asyncio.create_task(load.run(ITEMS, 12)), asyncio.create_task(load.run(SLOW, 6))]
        await until(lambda: len(load.answers) > 100, "the load runs")
        before, since = len(load.answers), time.monotonic()
        child.send(signal.SIGTERM)
        refusal = await ask(port, READY)
        code, seconds = await ended(child, since)
        await asyncio.gather(*clients)
    assert (refusal.status, refusal.closes) == (503, True)
    assert code == 0
    assert drain_seconds <= seconds < drain_seconds + LINGER_SECONDS + GRACE_SECONDS + SPARE_SECONDS
    assert_nothing_lost(load)
    assert {answer.status for answer in load.answers} == {200}
    assert len(load.answers) > before + 18
    assert all(answer.closes for answer in load.answers[-18:])


async def test_without_drain(settings: Settings, tmp_path: Path, free_tcp_port_factory: Callable[[], int]) -> None:
    """Even without a drain: what was connected, idle or still in the listener's queue is answered."""
    port = free_tcp_port_factory()
    async with serving(settings, tmp_path, port, drain_seconds=0.0) as child:
        load = Load(port)
        clients = asyncio.create_task(load.run(ITEMS, 16))
        idle = await Connection.open(port)
        kept = await Connection.open(port)
        assert not (await kept.get(ITEMS)).closes
        await until(lambda: len(load.answers) > 100, "the load runs")
        child.send(signal.SIGTERM)
        late = await asyncio.gather(idle.get(ITEMS), kept.get(ITEMS))
        assert await asyncio.to_thread(child.wait) == 0
        await clients
        idle.close()
        kept.close()
    assert [(answer.status, answer.closes) for answer in late] == [(200, True)] * 2
    assert_nothing_lost(load)


async def test_beyond_grace(settings: Settings, tmp_path: Path, free_tcp_port_factory: Callable[[], int]) -> None:
    """A request that outlasts the grace is cut off with a whole 503, and the process ends cleanly and in time."""
    port = free_tcp_port_factory()
    async with serving(settings, tmp_path, port, drain_seconds=0.0) as child:
        hanging = asyncio.create_task(ask(port, ENDLESS))
        quick = await Connection.open(port)
        assert (await quick.get(SLOW)).status == 200  # meanwhile the hanging one has arrived
        quick.close()
        since = time.monotonic()
        child.send(signal.SIGTERM)
        code, seconds = await ended(child, since)
        answer = await hanging
    assert (answer.status, answer.closes, answer.headers["retry-after"]) == (503, True, "1")
    assert b'"code":"unavailable"' in answer.body
    assert "x-request-id" in answer.headers
    assert code == 0
    assert GRACE_SECONDS <= seconds < LINGER_SECONDS + GRACE_SECONDS + SPARE_SECONDS


async def test_impatience(settings: Settings, tmp_path: Path, free_tcp_port_factory: Callable[[], int]) -> None:
    """A second signal ends the drain, and nothing more than the drain."""
    port = free_tcp_port_factory()
    async with serving(settings, tmp_path, port, drain_seconds=600.0) as child:
        running = asyncio.create_task(ask(port, SLOW))
        await until(lambda: answers(port), "it still serves")
        child.send(signal.SIGTERM)
        assert (await ask(port, READY)).status == 503
        child.send(signal.SIGTERM)
        assert (await running).status == 200
        assert await asyncio.to_thread(child.wait) == 0


async def test_stuck(settings: Settings, tmp_path: Path, free_tcp_port_factory: Callable[[], int]) -> None:
    """A process whose loop is blocked is ended by force, and its log says where it stood."""
    port = free_tcp_port_factory()
    with Children(tmp_path) as children:
        child = children.start(
            serve_stuck,
            port,
            settings.web.model_copy(update={"drain_seconds": 0.0, "grace_seconds": 0.1}),
            SHORT_SECONDS,
        )
        await until(lambda: child.lines_of("stuck") or connects(port), "it is stuck")
        since = time.monotonic()
        child.send(signal.SIGTERM)
        code, seconds = await ended(child, since)
    assert code == 1
    assert SHORT_SECONDS <= seconds < LINGER_SECONDS + 0.1 + SHORT_SECONDS + SPARE_SECONDS
    assert SHORT_SECONDS < LAST_SECONDS <= 3.0
    assert any("_block" in line for line in child.lines_of("File")), child.lines_of("")


async def connects(port: int) -> bool:
    """Send a request that is never answered; whether the process is stuck is told by its log."""
    try:
        async with plain_client() as http:
            await http.get(f"http://127.0.0.1:{port}/", timeout=0.2)
    except httpx.TransportError:
        return False
    return False
