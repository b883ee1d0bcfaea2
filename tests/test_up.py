"""`manage up`: one command that starts everything, keeps it running and leaves nothing behind."""

import os
import re
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import anyio
import asyncpg
import httpx
import pytest

from app.config import Settings
from app.demo import PASSWORD, DemoRefusedError, seed
from app.embedded.places import Places
from app.embedded.processes import alive
from app.embedded.up import MAIL, environment, programs, run_up
from app.installed import INSTALLED
from app.manifests import known_queues
from tests.analytics.told import facts, said
from tests.embedded.support import until
from tests.support.servers import ADMIN, PREFIX, SETUP_LOCK, TEMPLATE
from tests.support.shops import product
from tests.support.up import STOP_SECONDS, Installation, running_up
from tests.test_tutorial import SEALS, assert_tutorials

NAMES = ("api", "worker", "relay", "postgres", "redis")
IDS = """
SELECT 'tenant', id, slug FROM tenants UNION ALL SELECT 'user', id, email FROM users
UNION ALL SELECT 'product', id, sku FROM products ORDER BY 1, 3
"""


def descendants(pid: int) -> set[int]:
    """All processes below this one."""
    parents: dict[int, int] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            parents[int(stat.parent.name)] = int(stat.read_text().rpartition(")")[2].split()[1])
    found = {pid}
    while more := {child for child, parent in parents.items() if parent in found} - found:
        found |= more
    return found - {pid}


def test_up(tmp_path: Path, free_tcp_port_factory: Callable[[], int], capsys: pytest.CaptureFixture[str]) -> None:
    """It starts and greets, serves, is walked through as the tutorials show, restarts what dies, refuses a second of
    itself, and leaves nothing behind.
    """
    with running_up(tmp_path / "a place" / ".atrium", free_tcp_port_factory(), SEALS) as up:
        assert_welcome(up)
        assert_tutorials(up)
        with up.sign_in() as client:
            before = client.get("/products/summary").json()["total"]
            assert client.post("/products", json=product(sku="UP-1")).status_code == 201
            until(lambda: client.get("/products/summary").json()["total"] == before + 1, "the summary follows")
            kill_worker(up)
            assert client.post("/products", json=product(sku="UP-2")).status_code == 201
            assert_refused(up, free_tcp_port_factory(), capsys)
            until(lambda: client.get("/products/summary").json()["total"] == before + 2, "the summary follows", 60)
        assert_ends(up)


async def test_mail_folder(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Mail goes into the data folder, unless whoever starts it has named another."""
    places = Places(tmp_path / "data")
    monkeypatch.delenv(MAIL, raising=False)
    assert environment(settings, places)[MAIL] == str(places.mail)
    monkeypatch.setenv(MAIL, "elsewhere")
    assert environment(settings, places)[MAIL] == "elsewhere"


def assert_welcome(up: Installation) -> None:
    """The address, the documentation, the demo sign-ins with their password and what to try."""
    assert f"{up.url} " in up.output
    assert f"{up.url}/docs" in up.output
    assert PASSWORD in up.output
    people = {"owner@acme.example", "owner@globex.example", "both@example.com", "operator@atrium.example"}
    assert people <= set(re.findall(r"[\w.]+@[\w.]+", up.output))
    assert f"curl -s {up.url}/api/v1/products" in up.output
    places = re.findall(r"(http://127.0.0.1:\d+/metrics)    what (\w+) measures", up.output)
    assert [name for _, name in places] == list(programs(known_queues(INSTALLED)))
    assert {"api", "worker", "mail", "relay"} <= {name for _, name in places}
    for place, name in places:
        assert_scraped(place, name)


def assert_scraped(place: str, name: str) -> None:
    """Metrics are served there, soon: the welcome waits for the API alone."""
    until(lambda: "atrium_build_info" in scrape(place), f"the metrics of {name}")


def scrape(place: str) -> str:
    """What Prometheus would get; nothing where nobody listens yet."""
    try:
        return httpx.get(place).text
    except httpx.TransportError:
        return ""


def kill_worker(up: Installation) -> None:
    """kill -9: another one runs soon, its number is in the file, and the reason is in the log."""
    pid = up.pid("worker")
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    until(lambda: up.pid("worker") not in {pid, None}, "another worker")
    assert not alive(pid)
    assert "worker   | ended by signal SIGKILL" in up.output


def assert_refused(up: Installation, port: int, capsys: pytest.CaptureFixture[str]) -> None:
    """A second one on the same data is refused in one sentence that names the first."""
    capsys.readouterr()
    assert run_up(port, up.data, lambda _settings: []) == 1
    printed = capsys.readouterr()
    assert not printed.out
    assert printed.err.splitlines() == [
        f"Atrium already runs on {up.data} (process {up.process.pid}): stop it first, or choose another folder with DATA=."
    ]


def assert_ends(up: Installation) -> None:
    """Ctrl-C ends everything soon, with exit code 0, no process and no pid file left; nobody who works has to be killed.

    Alone it takes less than five seconds; other tests run beside it here, so it may take ten.
    """
    family = descendants(up.process.pid)
    assert {up.pid(name) for name in NAMES} <= family
    up.process.send_signal(signal.SIGINT)
    assert up.process.wait(2 * STOP_SECONDS) == 0
    workers = [name for name, command in programs(known_queues(INSTALLED)).items() if command[0] == "worker"]
    assert [name for name in workers if not says(up, name, "worker stopped")] == []
    assert not [pid for pid in family if alive(pid)]
    assert not list((up.data / "run").glob("*.pid"))


def says(up: Installation, name: str, words: str) -> bool:
    """Whether it has logged this."""
    return any(line.startswith(f"{name:<8} | ") and words in line for line in up.output.splitlines())


@asynccontextmanager
async def fresh_database(settings: Settings, name: str) -> AsyncIterator[Settings]:
    """A database from the migrated template, for the owner role."""
    admin = await asyncpg.connect(os.environ[ADMIN])
    try:
        await admin.execute(f"SELECT pg_advisory_lock({SETUP_LOCK})")
        await admin.execute(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE} STRATEGY file_copy")
        await admin.execute(f"SELECT pg_advisory_unlock({SETUP_LOCK})")
        owner_url = urlunsplit(urlsplit(settings.database.owner_url)._replace(path=f"/{name}"))
        yield settings.model_copy(update={"database": settings.database.model_copy(update={"owner_url": owner_url})})
        await admin.execute(f"DROP DATABASE {name}")
    finally:
        await admin.close()


class TestSeed:
    """The demo"""

    async def test_production(self, settings: Settings) -> None:
        """Requirement 13: it is refused in production, before anything is asked of the database."""
        nowhere = settings.database.model_copy(update={"owner_url": "postgresql://nobody@127.0.0.1:1/nothing"})
        with pytest.raises(DemoRefusedError):
            seed(settings.model_copy(update={"env": "production", "database": nowhere}))

    async def test_nobody_without(self, settings: Settings) -> None:
        """Requirement 13: migrations make no account: whoever comes first is made by registering or by a command."""
        number = settings.database.owner_url.rsplit("_", 1)[1]
        async with fresh_database(settings, f"{PREFIX}demo_none_{number}") as fresh:
            owner = await asyncpg.connect(fresh.database.owner_url)
            for table in ("users", "credentials", "operators", "memberships", "api_keys"):
                assert await owner.fetchval(f"SELECT count(*) FROM {table}") == 0
            await owner.close()

    async def test_deterministic(self, settings: Settings) -> None:
        """The same ids on every machine; written once, however often it is called. Sales are what the events say."""
        number = settings.database.owner_url.rsplit("_", 1)[1]
        seen: list[list[Any]] = []
        for name in ("one", "two"):
            async with fresh_database(settings, f"{PREFIX}demo_{name}_{number}") as fresh:
                assert await anyio.to_thread.run_sync(seed, fresh)
                assert not await anyio.to_thread.run_sync(seed, fresh)
                owner = await asyncpg.connect(fresh.database.owner_url)
                seen.append([tuple(row) for row in await owner.fetch(IDS)])
                acme = await owner.fetchval("SELECT id FROM tenants WHERE slug = 'acme'")
                assert len(counted := await facts(owner, acme)) == 10  # eight facts of five orders, two shipments
                assert counted == await said(owner, acme)
                await owner.close()
        assert seen[0] == seen[1]
        products, variants = 8 + 200 + 2000, 1 + 25 + 250
        assert len(seen[0]) == 4 + 8 + products + variants  # the platform is a tenant too
