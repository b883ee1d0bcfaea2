"""PostgreSQL restarted, commits that fail, an API that is killed: clean refusals, quick recovery, no partial state."""

import asyncio
import os
import signal
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import asyncpg
import httpx
import pytest

from app.config import Settings
from app.db import migrate
from app.demo import PASSWORD, seed
from app.embedded.places import Places
from app.embedded.postgres import Postgres
from app.embedded.servers import Servers
from tests.embedded.support import settings_without_servers
from tests.faults.processes import Child, Children, until
from tests.support.plain import plain_client
from tests.support.shops import Shop, Shops, product

RECOVERY_SECONDS = 5.0
LOCK = 20_260_101
TRIGGER = """
CREATE FUNCTION fault() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body}; RETURN NULL; END $$;
CREATE CONSTRAINT TRIGGER fault AFTER INSERT ON products {when} FOR EACH ROW WHEN (NEW.sku LIKE 'FAULT-%')
EXECUTE FUNCTION fault()
"""
DROP = "DROP TRIGGER IF EXISTS fault ON products; DROP FUNCTION IF EXISTS fault()"
TRACES = """
SELECT (SELECT count(*) FROM products WHERE sku = $1), (SELECT count(*) FROM events WHERE payload->>'sku' = $1),
  (SELECT count(*) FROM deliveries AS d JOIN events AS e USING (tenant_id) WHERE e.id = d.event_id AND e.payload->>'sku' = $1),
  (SELECT count(*) FROM audit_entries WHERE after->>'sku' = $1)
"""


@pytest.fixture(scope="module")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Servers]:
    """Servers of this module's own, as safe as in earnest, with the demo in them."""
    bare = settings_without_servers(tmp_path_factory.mktemp("settings"))
    servers = Servers(bare, Places.prepare(tmp_path_factory.mktemp("servers") / "data"))
    filled = asyncio.run(servers.start())
    migrate.upgrade(filled.database.owner_url)
    seed(filled)
    yield servers
    asyncio.run(servers.stop())


@pytest.fixture(scope="module")
def filled(servers: Servers) -> Settings:
    """A key of our own name, for the checkout's .secrets.toml may hold one of the usual name."""
    settings = servers.settings()
    keys = [key.model_copy(update={"kid": "faults"}) for key in settings.auth.keys]
    return settings.model_copy(update={"auth": settings.auth.model_copy(update={"keys": tuple(keys)})})


class Api:
    """A real API process and somebody who has signed in to it."""

    def __init__(self, child: Child, client: httpx.AsyncClient) -> None:
        self.child = child
        self.client = client

    async def get(self) -> httpx.Response:
        """A request that needs the database."""
        return await self.client.get("/api/v1/products", params={"limit": 1})

    async def post(self, sku: str) -> httpx.Response:
        """A request that writes."""
        return await self.client.post("/api/v1/products", json=product(sku=sku))


@pytest.fixture
async def api(filled: Settings, tmp_path: Path, free_tcp_port: int) -> AsyncIterator[Api]:
    port = free_tcp_port
    with Children(tmp_path) as children:
        child = children.api(filled, port)
        async with plain_client(base_url=f"http://127.0.0.1:{port}", headers={"X-Tenant-ID": "acme"}) as client:

            async def answers() -> bool:
                assert child.exit_code is None
                try:
                    return (await client.get("/health/live")).is_success
                except httpx.TransportError:
                    return False

            await until(answers, "the API answers")
            login = {"email": "owner@acme.example", "password": PASSWORD}
            answer = await client.post("/api/v1/auth/login", json=login)
            client.headers["Authorization"] = f"Bearer {answer.json()['access_token']}"
            made = Api(child, client)
            assert (await made.get()).status_code == 200
            yield made


@asynccontextmanager
async def trigger(owner: "asyncpg.Connection", body: str, when: str = "") -> AsyncIterator[None]:
    """A fault in the database, for products whose sku begins with FAULT-."""
    await owner.execute(DROP + ";" + TRIGGER.format(body=body, when=when))
    try:
        yield
    finally:
        await owner.execute(DROP)


async def traces(owner: "asyncpg.Connection", sku: str) -> tuple[int, ...]:
    """How many products, events, deliveries and audit entries tell of a sku."""
    [row] = await owner.fetch(TRACES, sku)
    return tuple(row)


class TestRestart:
    """PostgreSQL goes and comes back"""

    @pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGQUIT], ids=["fast", "immediate"])
    async def test_api_recovers(self, servers: Servers, api: Api, how: signal.Signals) -> None:
        """Meanwhile 503 with Retry-After and nothing else; within 5 s of its return 2xx again, from the same process."""
        postgres = servers.postgres
        assert isinstance(postgres, Postgres)
        process = await postgres.start()
        answers: list[httpx.Response] = []
        stop = asyncio.Event()

        async def ask() -> None:
            while not stop.is_set():
                answers.append(await api.get())

        asking = [asyncio.create_task(ask()) for _ in range(4)]
        try:
            os.kill(process.pid, how)
            assert await process.wait(10)
            refused = len(answers) + 20
            await until(lambda: len(answers) > refused, "the API answers while PostgreSQL is away")
            assert (await api.get()).status_code == 503
            assert (await postgres.start()).pid != process.pid
            ready = time.monotonic()

            async def succeeds() -> bool:
                return (await api.get()).status_code == 200

            await until(succeeds, "the API is well again", RECOVERY_SECONDS)
            assert time.monotonic() - ready < RECOVERY_SECONDS
        finally:
            stop.set()
            await asyncio.gather(*asking)
        counts = Counter(answer.status_code for answer in answers)
        assert counts.keys() == {200, 503}, counts
        assert all(int(answer.headers["Retry-After"]) > 0 for answer in answers if answer.status_code == 503)
        assert api.child.exit_code is None


class TestCommitFails:
    """COMMIT itself goes wrong"""

    @pytest.mark.parametrize(
        "body",
        ["RAISE EXCEPTION 'deferred'", "PERFORM 1 / 0", "PERFORM pg_terminate_backend(pg_backend_pid())"],
        ids=["exception", "error", "cut socket"],
    )
    async def test_never_2xx(self, shops: Shops, owner: "asyncpg.Connection", body: str) -> None:
        """Whoever is not told of success finds nothing of it, and the next request is served."""
        shop: Shop = await shops.shop()
        made: dict[str, Any] = product(sku=f"FAULT-{shop.slug}")
        async with trigger(owner, body, "DEFERRABLE INITIALLY DEFERRED"):
            answer = await shop.owner.post("/products", json=made)
        assert answer.status_code >= 400
        assert await traces(owner, made["sku"]) == (0, 0, 0, 0)
        assert (await shop.owner.post("/products", json=made)).status_code == 201
        assert await traces(owner, made["sku"]) == (1, 1, 1, 1)


class TestApiKilled:
    """kill -9 of the API in the middle of a request"""

    @pytest.mark.parametrize("when", ["", "DEFERRABLE INITIALLY DEFERRED"], ids=["writing", "committing"])
    async def test_no_partial_state(self, filled: Settings, api: Api, when: str) -> None:
        """There is an event if and only if there is a row."""
        sku = f"FAULT-{'commit' if when else 'write'}"
        owner = await asyncpg.connect(filled.database.owner_url)
        try:
            async with trigger(owner, f"PERFORM pg_advisory_xact_lock({LOCK})", when):
                await owner.execute(f"SELECT pg_advisory_lock({LOCK})")
                request = asyncio.create_task(api.post(sku))
                waits = "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND objid = $1 AND NOT granted"
                backend = await until(lambda: owner.fetchval(waits, LOCK), "the request is in its transaction")
                api.child.kill()
                await owner.execute(f"SELECT pg_advisory_unlock({LOCK})")
                with pytest.raises(httpx.TransportError):
                    await request
                left = "SELECT NOT EXISTS (SELECT FROM pg_stat_activity WHERE pid = $1)"
                await until(lambda: owner.fetchval(left, backend), "its backend has ended")
            assert await traces(owner, sku) == ((1, 1, 1, 1) if when else (0, 0, 0, 0))
        finally:
            await owner.close()
