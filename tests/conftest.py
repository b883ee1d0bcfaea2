"""The suite's own servers, a database per worker, the app and its client."""

import asyncio
import faulthandler
import gc
import os
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import asyncpg
import httpx
import hypothesis
import pytest

from app.config import Settings
from app.db import migrate
from app.embedded.places import Places
from app.embedded.servers import Servers
from app.extensions.routing import ModularApp
from app.main import build_app
from app.runtime import Runtime
from tests.embedded.support import furnish, settings_without_servers
from tests.extensions.carrier import Server
from tests.support.clock import MovableClock
from tests.support.contract import SEEN, judged
from tests.support.covered import surface, unseen
from tests.support.mailbox import Mailbox
from tests.support.once import compile_once, made_once
from tests.support.ports import free_ports
from tests.support.servers import SuiteServers, worker_settings
from tests.support.shops import Shops
from tests.support.statements import FAULTS, SENT, look_at, watched

SEEN_KEY = "atrium_seen"
END_SECONDS, STUCK_SECONDS = 120.0, 5.0
PATIENCE_SECONDS = 10.0
"""For Redis, where customers would not wait: to a test a busy machine is no outage, of which what was counted would be forgiven."""
LONGEST = ("tests/hostile/", "tests/test_up.py", "tests/faults/", "tests/migrations/")
"""What is begun first: a worker that begins the longest test last keeps the others waiting. And hostile requests are compared with
all that is stored, which is little as long as little has run."""
SERVERS = pytest.StashKey[SuiteServers]()


def pytest_configure(config: pytest.Config) -> None:
    """The controller starts the servers; its workers find them in the environment."""
    os.environ["ATRIUM_ENV"] = "testing"
    os.environ["RES_OPTIONS"] = "timeout:1 attempts:3"  # a name that no server knows is looked up; a packet may be lost
    hypothesis.settings.register_profile(
        "suite", deadline=None
    )  # an example that others have a turn beside is not slow
    hypothesis.settings.load_profile("suite")
    gc.disable()  # as in `app.utils.collector`: what is imported and collected lives to the end
    compile_once()
    if hasattr(config, "workerinput") or config.option.collectonly:
        return
    servers = SuiteServers(workers=int(getattr(config.option, "numprocesses", 0) or 0))
    servers.start()
    config.stash[SERVERS] = servers


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest first, otherwise as collected."""
    items.sort(
        key=lambda item: next((n for n, path in enumerate(LONGEST) if item.nodeid.startswith(path)), len(LONGEST))
    )


def pytest_collection_finish() -> None:
    """From now on garbage is made."""
    gc.freeze()
    gc.enable()


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """A worker has ended: what it has seen answered."""
    SEEN.add(getattr(node, "workeroutput", {}).get(SEEN_KEY, {}))


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """A worker tells what it has seen; where the whole suite has run, the document promises nothing that nobody has seen."""
    config = session.config
    if hasattr(config, "workeroutput"):
        config.workeroutput[SEEN_KEY] = SEEN.packed()
        return
    is_whole = config.args_source is pytest.Config.ArgsSource.TESTPATHS
    chosen = config.option.collectonly or config.option.keyword or config.option.markexpr
    if exitstatus == 0 and is_whole and not chosen:
        lines = [*unseen(SEEN, surface())]
        sys.stderr.writelines(f"{line}\n" for line in lines)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED if lines else pytest.ExitCode.OK


def pytest_unconfigure(config: pytest.Config) -> None:
    """And stops them; a controller that then does not end says where it stands, and is ended."""
    servers = config.stash.get(SERVERS, None)
    if servers is not None:
        faulthandler.dump_traceback_later(END_SECONDS, exit=True, file=sys.__stderr__ or sys.stderr)
        servers.stop()


@pytest.fixture(scope="session")
def anyio_backend() -> tuple[str, dict[str, bool]]:
    """One loop for the whole session: pools live in it."""
    return ("asyncio", {"use_uvloop": True})


@pytest.fixture(scope="session")
async def _no_task_is_left() -> AsyncIterator[None]:
    """Behind everything else nothing runs in the loop any more: else the loop would wait for it, perhaps for ever."""
    yield
    left = {
        task for task in asyncio.all_tasks() if "TestRunner" not in str(task.get_coro())
    }  # but for the fixture's own
    for task in left:
        task.cancel()
    stuck = (await asyncio.wait(left, timeout=STUCK_SECONDS))[1] if left else set()
    assert not left, (left, stuck)


@pytest.fixture(scope="session")
def worker_number(worker_id: str) -> int:
    """Of this worker of the suite; 0 where there are none."""
    return 0 if worker_id == "master" else int(worker_id.removeprefix("gw")) + 1


@pytest.fixture(scope="session")
async def settings(worker_number: int, _no_task_is_left: None) -> Settings:
    """Settings of this worker's own database, cloned from the migrated template, and of its own Redis database."""
    return await worker_settings(worker_number)


@pytest.fixture(scope="session")
def free_tcp_port_factory(worker_number: int) -> Callable[[], int]:
    """A free port at each call, which nobody is given before it is listened on: in the place of anyio's."""
    return partial(next, free_ports(worker_number))


@pytest.fixture(scope="session")
def own_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Servers]:
    """A PostgreSQL and a Valkey whose roles a test may break: roles belong to a whole server."""
    bare = settings_without_servers(tmp_path_factory.mktemp("own-settings"))
    servers = Servers(bare, Places.prepare(tmp_path_factory.mktemp("own") / "data"), fast=True)
    migrate.upgrade(asyncio.run(servers.start()).database.owner_url)
    yield servers
    asyncio.run(servers.stop())


@pytest.fixture(scope="module")
def valkey() -> Iterator[Server]:
    """A Valkey of this module's own, which a test may empty, stop and kill."""
    server = Server()
    yield server
    server.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An installation's folder: the settings of the repository and fresh secrets."""
    furnish(tmp_path)
    return tmp_path


@pytest.fixture(scope="session")
def clock() -> MovableClock:
    """The injected time of the app."""
    return MovableClock()


@pytest.fixture(autouse=True, scope="session")
def _answers_are_judged() -> Iterator[None]:
    """Every answer of the app, whichever client asks, is compared with the document."""
    with judged():
        yield


@pytest.fixture(autouse=True, scope="session")
def _made_once() -> Iterator[None]:
    """What libraries would make anew at every request or client."""
    with made_once():
        yield


@pytest.fixture(autouse=True)
def _statements_keep_the_rules(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The hook on all SQL: whatever a test made the app send is judged at its end."""
    FAULTS.clear()
    SENT.clear()
    watched(monkeypatch)
    yield
    assert not FAULTS


@pytest.fixture(autouse=True)
def _clock_runs_on_time(clock: MovableClock) -> Iterator[None]:
    """A test that moves the clock puts it back."""
    yield
    clock.reset()


@pytest.fixture(scope="session")
async def app(settings: Settings, clock: MovableClock) -> AsyncIterator[ModularApp]:
    """The whole app on real servers, in the inline queue mode; every SQL statement of it is looked at."""
    built = build_app(settings, clock=clock, on_query=look_at)
    runtime: Runtime = built.state.runtime
    runtime.rates.leases._timeout = runtime.caches._timeout = PATIENCE_SECONDS
    async with built.router.lifespan_context(built):
        yield built


@pytest.fixture
async def client(app: ModularApp) -> AsyncIterator[httpx.AsyncClient]:
    """HTTP without a socket."""
    async with asking(app) as http:
        yield http


def asking(app: ModularApp) -> httpx.AsyncClient:
    """A client of the app in this process."""
    transport = httpx.ASGITransport(app, raise_app_exceptions=False, client=("127.0.0.1", 40000))
    return httpx.AsyncClient(transport=transport, base_url="http://testserver")


@pytest.fixture(scope="session")
async def owner(settings: Settings) -> AsyncIterator["asyncpg.Connection"]:
    """A connection of the owner role, which sees everything: for arranging and for looking behind the API."""
    connection = await asyncpg.connect(settings.database.owner_url)
    yield connection
    await connection.close()


@pytest.fixture
def mailbox(settings: Settings) -> Mailbox:
    """The mail that the app sent."""
    return Mailbox(Path(settings.mail.folder))


@pytest.fixture
async def shops(app: ModularApp, owner: "asyncpg.Connection", client: httpx.AsyncClient) -> AsyncIterator[Shops]:
    """Makes tenants with people, each with a session of their own; known plans are put back, for others look at all."""
    yield Shops(app, owner, client)
    await owner.execute("UPDATE tenants SET plan = 'standard' WHERE plan <> 'standard'")


@pytest.fixture(scope="module")
async def lasting_shops(app: ModularApp, owner: "asyncpg.Connection") -> AsyncIterator[Shops]:
    """The same, for what a module makes once for tests that leave it as it is."""
    async with asking(app) as client:
        yield Shops(app, owner, client)
