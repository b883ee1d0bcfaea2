"""Liveness and readiness, as an orchestrator asks them."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit, urlunsplit

import asyncpg
import httpx
import pytest

from app.config import Settings
from app.core.module import MODULE as CORE
from app.core.readiness import FRESH_SECONDS, OK, Readiness
from app.db.pool import Pool
from app.db.probe import Probe
from app.exceptions import Unavailable
from app.extensions.wakes import Wakes
from app.main import build_app
from app.runtime import Runtime
from tests.support.scratch import admin_url, run_sql, scratch_database

READY, LIVE = "/health/ready", "/health/live"
PROBES = "FROM pg_stat_activity WHERE datname = $1 AND application_name = 'atrium readiness'"


@asynccontextmanager
async def black_hole() -> AsyncIterator[int]:
    """A port that takes connections and says nothing: what a server that hangs looks like."""
    silent: list[asyncio.StreamWriter] = []
    server = await asyncio.start_server(lambda _, writer: silent.append(writer), "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        for writer in silent:
            writer.close()


@asynccontextmanager
async def passing(url: str) -> AsyncIterator[tuple[str, asyncio.Event]]:
    """The same database behind a wire that lets nothing through any more once the event is set."""
    parts, hushed, ends = urlsplit(url), asyncio.Event(), list[asyncio.StreamWriter]()

    async def carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        ends.append(writer)
        while data := await reader.read(65_536):
            if not hushed.is_set():
                writer.write(data)

    async def join(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        far_reader, far_writer = await asyncio.open_connection(parts.hostname, parts.port)
        await asyncio.gather(carry(reader, far_writer), carry(far_reader, writer), return_exceptions=True)

    server = await asyncio.start_server(join, "127.0.0.1", 0)
    place = f"127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield urlunsplit(parts._replace(netloc=f"{parts.netloc.rpartition('@')[0]}@{place}")), hushed
    finally:
        server.close()
        for writer in ends:
            writer.close()


@asynccontextmanager
async def judging(
    settings: Settings, *, queue_url: str | None = None, fresh_seconds: float = FRESH_SECONDS
) -> AsyncIterator[Readiness]:
    """A readiness of its own over a pool of its own."""
    runtime = Runtime(settings, connections=1)
    carrier = Wakes(queue_url) if queue_url else None
    readiness = Readiness(
        app=Probe(settings.database.url),
        identity=Probe(settings.database.identity_url),
        pools=(runtime.app_pool,),
        carrier=carrier,
        fresh_seconds=fresh_seconds,
    )
    await runtime.app_pool.open()
    try:
        yield readiness
    finally:
        await readiness.close()
        await runtime.close()
        if carrier is not None:
            await carrier.aclose()


@asynccontextmanager
async def unstarted(settings: Settings) -> AsyncIterator[httpx.AsyncClient]:
    """A client of an app that was built and never started, of the core alone, under the host name of a prober."""
    app = build_app(settings, modules=(CORE,))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://10.0.0.7:8000") as http:
        yield http
    await app.state.readiness.close()


@asynccontextmanager
async def started(settings: Settings) -> AsyncIterator[tuple[Pool, httpx.AsyncClient]]:
    """The pool and a client of an app that nobody else asks, and that has nothing left to do of earlier requests."""
    app = build_app(settings, modules=(CORE,))
    transport = httpx.ASGITransport(app)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://testserver") as http,
    ):
        yield app.state.runtime.app_pool, http


async def probes(settings: Settings, what: str) -> int:
    """Ask the server, as its superuser, about the connections of probes: `what` of them."""
    admin = await asyncpg.connect(admin_url())
    try:
        return len(await admin.fetch(f"SELECT {what} {PROBES}", settings.database.url.rsplit("/", 1)[1]))
    finally:
        await admin.close()


def with_database(settings: Settings, **urls: str) -> Settings:
    """The same settings with other addresses."""
    return settings.model_copy(update={"database": settings.database.model_copy(update=urls)})


async def refusal(readiness: Readiness) -> dict[str, str]:
    """What is wrong."""
    try:
        await readiness.check()
    except Unavailable as error:
        checks: dict[str, str] = error.extra["checks"]
        return checks
    return {}


class TestLive:
    """GET /health/live"""

    async def test_touches_nothing(self, settings: Settings) -> None:
        """It answers where nothing was ever connected, under any host name, to GET and HEAD."""
        async with unstarted(with_database(settings, url="postgresql://nobody@127.0.0.1:1/x")) as http:
            assert (await http.get(LIVE)).json() == {"status": "ok"}
            assert (await http.head(LIVE)).status_code == 200


class TestReady:
    """GET /health/ready"""

    async def test_ready(self, client: httpx.AsyncClient) -> None:
        """Every check by name, under any host name."""
        answer = await client.get(READY, headers={"Host": "10.0.0.7:8000"})
        assert answer.status_code == 200
        assert answer.json() == {"status": "ok", "checks": {"database": OK, "identity": OK}}
        assert (await client.head(READY)).status_code == 200

    async def test_before_start(self, settings: Settings) -> None:
        """Before the pool is open it is 503, though the database is well."""
        async with unstarted(settings) as http:
            answer = await http.get(READY)
        assert answer.status_code == 503
        assert answer.json()["details"]["checks"]["database"] == "no connection stands"

    async def test_hangs(self, settings: Settings) -> None:
        """A database that hangs is 503 within 2 s, and the answer names no host, port, role or password."""
        async with black_hole() as port:
            url = f"postgresql://somebody:hidden@127.0.0.1:{port}/somewhere"
            async with unstarted(with_database(settings, url=url)) as http:
                began = time.monotonic()
                answer = await http.get(READY)
                assert time.monotonic() - began < 4.0  # the bound is 2 s; a busy machine adds to it
        assert answer.status_code == 503
        assert answer.headers["Retry-After"] == "1"
        checks = answer.json()["details"]["checks"]
        assert checks == {"database": "does not answer in time", "identity": OK}
        assert not [word for word in ("127.0.0.1", str(port), "somebody", "hidden", "somewhere") if word in answer.text]

    async def test_falls_silent(self, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
        """A database that hangs after it has answered before is found out as quickly, again and again."""
        async with (
            passing(settings.database.identity_url) as (url, hushed),
            judging(with_database(settings, identity_url=url), fresh_seconds=0.0) as readiness,
        ):
            assert await refusal(readiness) == {}
            monkeypatch.setattr(
                "app.core.readiness.DATABASE_SECONDS", 0.4
            )  # connected by now: it is asking that shall take no longer
            hushed.set()
            for _ in range(2):
                began = time.monotonic()
                assert await refusal(readiness) == {"database": OK, "identity": "does not answer in time"}
                assert time.monotonic() - began < 1.4  # the bound is 0.4 s; a busy machine adds to it

    async def test_refuses(self, settings: Settings) -> None:
        """A port where nobody listens, and a wrong password, are told apart."""
        nobody = with_database(settings, identity_url="postgresql://nobody@127.0.0.1:1/x")
        async with judging(nobody) as readiness:
            assert (await refusal(readiness))["identity"] == "refuses"
        wrong = with_database(settings, identity_url=settings.database.url.replace(":", ":x", 2).replace(":x//", "://"))
        async with judging(wrong) as readiness:
            assert (await refusal(readiness))["identity"] == "answers with an error"

    async def test_schema(self, settings: Settings) -> None:
        """A schema that is not the code's is 503."""
        async with scratch_database(settings) as scratch, judging(scratch) as readiness:
            await run_sql(scratch.database.owner_url, "UPDATE alembic_version SET version_num = '0001'")
            found = await refusal(readiness)
        assert found["database"] == "the schema is not the one that the code works on"

    async def test_newer_schema(self, settings: Settings) -> None:
        """A newer schema that is marked as one this code may run on is ready; the mark gone, it is not."""
        async with scratch_database(settings) as scratch, judging(scratch, fresh_seconds=0.0) as readiness:
            await run_sql(scratch.database.owner_url, "UPDATE alembic_version SET version_num = 'ffff'")
            assert await refusal(readiness) == {}
            await run_sql(scratch.database.owner_url, "DELETE FROM schema_compatibility")
            assert (await refusal(readiness))["database"] == "the schema is not the one that the code works on"

    async def test_full_pool(self, settings: Settings) -> None:
        """With every connection leased it is still ready: a hundred probes share one question, beside the pool."""
        async with scratch_database(settings) as scratch, started(scratch) as (pool, client):
            slots = [await pool.acquire() for _ in range(pool.stats().size)]
            asked = pool.stats().asked
            found = await asyncio.gather(*(client.get(READY) for _ in range(100)))
            assert {answer.status_code for answer in found} == {200}
            assert pool.stats().asked == asked
            assert await probes(scratch, "pid") == 2  # one of each role
            for slot in slots:
                pool.release(slot, clean=True)

    async def test_lasts(self, settings: Settings) -> None:
        """A verdict is given again while it is fresh, whatever has happened since."""
        async with judging(settings, fresh_seconds=600.0) as readiness:
            assert await refusal(readiness) == {}
            assert await probes(settings, "pg_terminate_backend(pid)") >= 2
            assert await refusal(readiness) == {}

    async def test_recovers(self, settings: Settings) -> None:
        """A probe's connection that was cut is made anew, and nobody is told that the database is away."""
        async with judging(settings, fresh_seconds=0.0) as readiness:
            assert await refusal(readiness) == {}
            assert await probes(settings, "pg_terminate_backend(pid)") >= 2
            assert await refusal(readiness) == {}

    async def test_redis_away(self, settings: Settings) -> None:
        """Without Redis it is degraded and ready, whether Redis refuses or hangs, well within a second."""
        async with black_hole() as port:
            for url in ("redis://127.0.0.1:1", f"redis://127.0.0.1:{port}"):
                async with judging(settings, queue_url=url, fresh_seconds=0.0) as readiness:
                    await readiness.check()  # connects to the database
                    began = time.monotonic()
                    found = await readiness.check()
                    assert time.monotonic() - began < 1.0
                assert found == {"database": OK, "identity": OK, "redis": "does not answer"}

    async def test_redis(self, settings: Settings) -> None:
        """Redis is asked where it carries deliveries."""
        async with judging(settings, queue_url=settings.redis.url) as readiness:
            assert (await readiness.check())["redis"] == OK

    async def test_hang_up(self, settings: Settings) -> None:
        """One who hangs up does not end the question for the others."""
        async with judging(settings) as readiness:
            first = asyncio.create_task(readiness.check())
            second = asyncio.create_task(readiness.check())
            await asyncio.sleep(0)
            first.cancel()
            assert (await second)["database"] == OK

    async def test_draining(self, settings: Settings) -> None:
        """A process that is about to end is unready at once, whatever was found a moment before."""
        async with judging(settings) as readiness:
            assert await refusal(readiness) == {}
            readiness.drain()
            assert await refusal(readiness) == {"process": "is shutting down"}

    async def test_draining_meanwhile(self, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
        """Nor is it ready to those who asked before and are answered after, though every check is well."""
        async with judging(settings) as readiness:
            fits = readiness._app.schema_fits

            async def drains() -> bool:
                readiness.drain()
                return await fits()

            monkeypatch.setattr(readiness._app, "schema_fits", drains)
            assert await refusal(readiness) == {"database": OK, "identity": OK}
