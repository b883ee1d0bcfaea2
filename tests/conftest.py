"""The suite's own servers, a database per worker, the app and its client."""

import asyncio
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import asyncpg
import httpx
import pytest

from app.config import Settings, load_settings
from app.db import migrate
from app.db.bootstrap import bootstrap
from app.embedded.keys import write_secrets
from app.embedded.places import Places
from app.embedded.servers import Servers
from app.extensions.routing import ModularApp
from app.main import build_app
from tests.support.clock import MovableClock
from tests.support.shops import Shops
from tests.support.statements import FAULTS, look_at

FOLDER = "ATRIUM_TEST_FOLDER"
ADMIN = "ATRIUM_TEST_EMBEDDED_ADMIN"
REDIS = "ATRIUM_TEST_EMBEDDED_REDIS"
TEMPLATE = "atrium"
SETUP_LOCK = 4711
SERVERS = pytest.StashKey[Servers]()


def pytest_configure(config: pytest.Config) -> None:
    """The controller starts the servers; its workers find the folder in the environment."""
    os.environ["ATRIUM_ENV"] = "testing"
    if hasattr(config, "workerinput") or config.option.collectonly:
        return
    folder = Path(tempfile.mkdtemp(prefix="atrium-tests-"))
    os.environ[FOLDER] = str(folder)
    (folder / "keys").mkdir()
    write_secrets(folder / "keys" / ".secrets.toml")
    servers = _servers(folder)
    settings = asyncio.run(servers.start())
    config.stash[SERVERS] = servers
    os.environ[ADMIN], os.environ[REDIS] = servers.admin_url, settings.redis.url
    migrate.upgrade(settings.database.owner_url)


def pytest_unconfigure(config: pytest.Config) -> None:
    """And stops them."""
    servers = config.stash.get(SERVERS, None)
    if servers is not None:
        asyncio.run(servers.stop())
        shutil.rmtree(os.environ.pop(FOLDER), ignore_errors=True)


def _servers(folder: Path) -> Servers:
    settings = load_settings(secrets_file=folder / "keys" / ".secrets.toml")
    return Servers(settings, Places.prepare(folder / "data"), fast=True)


@pytest.fixture(scope="session")
def anyio_backend() -> tuple[str, dict[str, bool]]:
    """One loop for the whole session: pools live in it."""
    return ("asyncio", {"use_uvloop": True})


@pytest.fixture(scope="session")
async def settings(worker_id: str) -> Settings:
    """Settings of this worker's own database, cloned from the migrated template, and of its own Redis database."""
    number = 0 if worker_id == "master" else int(worker_id.removeprefix("gw")) + 1
    name = f"{TEMPLATE}_{number}"
    loaded = load_settings(secrets_file=Path(os.environ[FOLDER]) / "keys" / ".secrets.toml")
    assert loaded.embedded is not None
    admin = await asyncpg.connect(os.environ[ADMIN])
    try:
        await admin.execute(
            f"SELECT pg_advisory_lock({SETUP_LOCK})"
        )  # one template, one set of roles: workers take turns
        await admin.execute(f"DROP DATABASE IF EXISTS {name}")
        await admin.execute(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE} STRATEGY file_copy")
        await bootstrap(os.environ[ADMIN], name, passwords=loaded.embedded, limits=loaded.database)
    finally:
        await admin.close()
    place = os.environ[ADMIN].rsplit("@", 1)[1].split("/", 1)[0]
    urls = {
        field: f"postgresql://{role}:{secret.get_secret_value()}@{place}/{name}"
        for field, role, secret in (
            ("url", "atrium_app", loaded.embedded.app),
            ("identity_url", "atrium_identity", loaded.embedded.identity),
            ("system_url", "atrium_system", loaded.embedded.system),
            ("owner_url", "atrium_owner", loaded.embedded.owner),
        )
    }
    redis_url = os.environ[REDIS].rsplit("/", 1)[0] + f"/{number}"
    return loaded.model_copy(
        update={
            "database": loaded.database.model_copy(update=urls),
            "redis": loaded.redis.model_copy(update={"url": redis_url}),
            "events": loaded.events.model_copy(update={"queue_mode": "inline"}),
        }
    )


@pytest.fixture(scope="session")
def clock() -> MovableClock:
    """The injected time of the app."""
    return MovableClock()


@pytest.fixture(autouse=True)
def _statements_keep_the_rules() -> Iterator[None]:
    """The hook on all SQL: whatever a test made the app send is judged at its end."""
    FAULTS.clear()
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
    async with built.router.lifespan_context(built):
        yield built


@pytest.fixture
async def client(app: ModularApp) -> AsyncIterator[httpx.AsyncClient]:
    """HTTP without a socket."""
    transport = httpx.ASGITransport(app, raise_app_exceptions=False, client=("127.0.0.1", 40000))
    async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as http:
        yield http


@pytest.fixture(scope="session")
async def owner(settings: Settings) -> AsyncIterator["asyncpg.Connection"]:
    """A connection of the owner role, which sees everything: for arranging and for looking behind the API."""
    connection = await asyncpg.connect(settings.database.owner_url)
    yield connection
    await connection.close()


@pytest.fixture
def shops(app: ModularApp, owner: "asyncpg.Connection", client: httpx.AsyncClient) -> Shops:
    """Makes tenants with people, each with a session of their own."""
    return Shops(app, owner, client)
