"""The servers that the suite runs on: its own, or real ones that the environment names and that hold nothing else (ADR 0016).

On real ones it makes and drops only databases `atrium_test_*`, roles that carry its mark, and numbered Redis databases that
were empty. What a killed run has left is cleaned by the next.
"""

import asyncio
import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import asyncpg
import pytest
from redis import Redis
from redis.exceptions import RedisError, ResponseError

from app.config import Settings, load_settings
from app.db.bootstrap import OWNER, ROLES, Logins, bootstrap, role_url
from app.embedded.keys import write_secrets
from app.embedded.places import Places
from app.embedded.servers import Servers
from tests.support.newer import migrate_template

REAL_ADMIN, REAL_REDIS = "ATRIUM_TEST_ADMIN_URL", "ATRIUM_TEST_REDIS_URL"
BOUNCER = "ATRIUM_TEST_BOUNCER"
"""host:port of a PgBouncer in front of the real server, for the serving roles."""
FOLDER, ADMIN, REDIS = "ATRIUM_TEST_FOLDER", "ATRIUM_TEST_CHOSEN_ADMIN", "ATRIUM_TEST_CHOSEN_REDIS"
"""What the controller tells its workers."""
PREFIX = "atrium_test_"
TEMPLATE = f"{PREFIX}template"
MARK = "made by Atrium's tests, which drop it"
REDIS_MARK = "atrium-tests"
SPARED = ("autovacuum", "jit")
"""What our own server does not do: it lives for minutes and holds little. The bench's does."""
RUN_LOCK, SETUP_LOCK = 4710, 4711
# Whatever the environment names otherwise is somebody's installation.
NO_SERVERS = {
    "database": dict.fromkeys(("url", "identity_url", "system_url", "owner_url"), ""),
    "redis": {"url": ""},
}

STRANGERS = """
SELECT DISTINCT coalesce(d.datname, 'the server itself') FROM pg_shdepend AS s
JOIN pg_roles AS r ON s.refclassid = 'pg_authid'::regclass AND s.refobjid = r.oid
LEFT JOIN pg_database AS d
  ON d.oid = CASE WHEN s.dbid <> 0 THEN s.dbid WHEN s.classid = 'pg_database'::regclass THEN s.objid END
WHERE r.rolname = ANY($1::text[]) AND s.classid <> 'pg_auth_members'::regclass
  AND NOT starts_with(coalesce(d.datname, ''), $2)
"""
UNMARKED = """
SELECT rolname FROM pg_roles WHERE rolname = ANY($1::text[]) AND shobj_description(oid, 'pg_authid') IS DISTINCT FROM $2
"""


class SuiteServers:
    """Started by the controller before its workers, stopped after them, also when tests fail."""

    def __init__(self, workers: int) -> None:
        """`workers` is the number of processes beside the controller."""
        self._databases = range(workers + 1)
        self._folder = Path(tempfile.mkdtemp(prefix="atrium-tests-"))
        (self._folder / "keys").mkdir()
        write_secrets(self._folder / "keys" / ".secrets.toml")
        os.environ[FOLDER] = str(self._folder)
        self._servers: Servers | None = None
        self._claimed: Server | None = None
        self._carrier: Carrier | None = None

    def start(self) -> None:
        """Start or claim both, and migrate the database that the workers' are cloned from.

        Raises:
            pytest.UsageError: a server that the environment names is not the suite's to use.
        """
        try:
            self._start()
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Drop what was made, and stop what was started."""
        if self._claimed is not None:
            self._claimed.leave()
        if self._carrier is not None:
            self._carrier.leave()
        if self._servers is not None:
            asyncio.run(self._servers.stop())
        shutil.rmtree(self._folder, ignore_errors=True)

    def _start(self) -> None:
        loaded = suite_settings()
        assert loaded.embedded is not None
        admin, redis = os.environ.get(REAL_ADMIN, ""), os.environ.get(REAL_REDIS, "")
        if not admin:
            # Ours speaks no TLS: whoever connects, and that is done thousands of times, need not ask it first.
            os.environ.setdefault("PGSSLMODE", "disable")
        if admin:
            self._claimed = Server(admin)
            asyncio.run(bootstrap(admin, TEMPLATE, passwords=loaded.embedded, limits=loaded.database))
        if redis:
            self._carrier = Carrier(redis, self._databases)
        others = loaded.model_copy(
            update={
                "database": loaded.database.model_copy(update={"url": admin}),
                "redis": loaded.redis.model_copy(update={"url": redis}),
            }
        )
        servers = Servers(others, Places.prepare(self._folder / "data"), fast=True, database=TEMPLATE)
        self._servers = servers
        started = asyncio.run(servers.start())
        os.environ[ADMIN] = admin or servers.admin_url
        os.environ[REDIS] = started.redis.url
        if not admin:
            asyncio.run(spare(servers.admin_url))
        migrate_template(role_url(os.environ[ADMIN], OWNER, loaded.embedded.owner.get_secret_value(), TEMPLATE))


class Server:
    """A real PostgreSQL that was looked at, found free of other people's Atrium, cleaned, and locked for this run."""

    def __init__(self, admin_url: str) -> None:
        """Claim it.

        Raises:
            pytest.UsageError: it is not ours, with the reason.
        """
        self._loop = asyncio.new_event_loop()  # of its own, so that the lock's connection lives as long as the run
        try:
            self._admin = self._loop.run_until_complete(asyncpg.connect(admin_url, timeout=10))
        except (OSError, ValueError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
            self._loop.close()
            raise pytest.UsageError(f"{REAL_ADMIN} does not lead to a database: {error}") from error
        try:
            self._loop.run_until_complete(self._claim())
        except BaseException:
            self._loop.run_until_complete(self._admin.close())
            self._loop.close()
            raise

    def leave(self) -> None:
        """Drop everything that was made there."""
        with suppress(OSError, asyncpg.InterfaceError, asyncpg.PostgresConnectionError):  # the server went before us
            self._loop.run_until_complete(self._clean())
            self._loop.run_until_complete(self._admin.close())
        self._loop.close()

    async def _claim(self) -> None:
        admin = self._admin
        if not await admin.fetchval("SELECT rolsuper FROM pg_roles WHERE rolname = session_user"):
            raise pytest.UsageError(f"{REAL_ADMIN} must be a superuser's: tests end other sessions.")
        if not await admin.fetchval("SELECT pg_try_advisory_lock($1)", RUN_LOCK):
            raise pytest.UsageError(f"Another run of the suite is on the server of {REAL_ADMIN}.")
        strangers = [row[0] for row in await admin.fetch(STRANGERS, list(ROLES), PREFIX)]
        unmarked = [row[0] for row in await admin.fetch(UNMARKED, list(ROLES), MARK)]
        if strangers or unmarked:
            used = f", used by {', '.join(strangers)}" if strangers else ""
            raise pytest.UsageError(
                f"The server of {REAL_ADMIN} has roles of an Atrium ({', '.join(unmarked) or 'marked as the tests own'}{used}),"
                " whose passwords the suite would change: give it a server without."
            )
        await self._clean()
        async with admin.transaction():  # never a role without its mark, however this ends
            for role in ROLES:
                await admin.execute(f"CREATE ROLE {role}")
                await admin.execute(f"COMMENT ON ROLE {role} IS '{MARK.replace(chr(39), chr(39) * 2)}'")

    async def _clean(self) -> None:
        admin = self._admin
        names = await admin.fetch("SELECT datname FROM pg_database WHERE starts_with(datname, $1)", PREFIX)
        for row in names:
            await admin.execute(f'DROP DATABASE IF EXISTS "{row[0]}" WITH (FORCE)')
        for row in await admin.fetch(
            "SELECT rolname FROM pg_roles WHERE rolname = ANY($1::text[]) AND shobj_description(oid, 'pg_authid') = $2",
            list(ROLES),
            MARK,
        ):
            await admin.execute(f"DROP ROLE {row[0]}")


class Carrier:
    """Numbered databases of a real Redis: the URL's own holds the mark, those after it serve the workers."""

    def __init__(self, url: str, workers: range) -> None:
        """Claim them.

        Raises:
            pytest.UsageError: one of them holds what the suite did not put there, or cannot be used.
        """
        base = redis_number(url)
        self._mark = Redis.from_url(url, socket_timeout=10, decode_responses=True)
        self._numbers = [base + 1 + number for number in workers]
        self._url = url
        try:
            self._claim(base)
        except pytest.UsageError:
            self._mark.close()
            raise
        except (RedisError, OSError) as error:
            self._mark.close()
            hint = " It needs a numbered database for each worker." if isinstance(error, ResponseError) else ""
            raise pytest.UsageError(f"{REAL_REDIS} cannot be used: {error}.{hint}") from error

    def leave(self) -> None:
        """Empty them again."""
        with suppress(RedisError, OSError):
            for number in self._numbers:
                self._empty(number)
            self._mark.delete(REDIS_MARK)
        self._mark.close()

    def _claim(self, base: int) -> None:
        ours = {int(number) for number in self._mark.smembers(REDIS_MARK)}
        others = self._mark.dbsize() - self._mark.exists(REDIS_MARK)
        used = [base] if others else []
        used += [number for number in self._numbers if number not in ours and self._size(number)]
        if used:
            raise pytest.UsageError(
                f"The databases {used} of {REAL_REDIS} hold keys that the suite did not put there: empty them, or name"
                " another Redis."
            )
        self._mark.sadd(REDIS_MARK, *self._numbers, *ours)
        for number in {*self._numbers, *ours}:
            self._empty(number)

    def _size(self, number: int) -> int:
        with Redis.from_url(with_redis_number(self._url, number), socket_timeout=10) as redis:
            return int(redis.dbsize())

    def _empty(self, number: int) -> None:
        with Redis.from_url(with_redis_number(self._url, number), socket_timeout=10) as redis:
            redis.flushdb()


async def spare(admin_url: str) -> None:
    """Switch off what costs a server of ours time in vain."""
    admin = await asyncpg.connect(admin_url)
    try:
        for name in SPARED:
            await admin.execute(f"ALTER SYSTEM SET {name} = off")
        await admin.execute("SELECT pg_reload_conf()")
    finally:
        await admin.close()


def suite_settings() -> Settings:
    """Settings of this run, with secrets of its own and without servers, whatever the environment names."""
    return load_settings(NO_SERVERS, secrets_file=Path(os.environ[FOLDER]) / "keys" / ".secrets.toml")


async def worker_settings(number: int) -> Settings:
    """Settings of a worker's own database, cloned from the migrated template, and of its own Redis database."""
    loaded = suite_settings()
    assert loaded.embedded is not None
    admin_url, name = os.environ[ADMIN], f"{PREFIX}{number}"
    admin = await asyncpg.connect(admin_url)
    try:
        # one template, one set of roles: workers take turns
        await admin.execute(f"SELECT pg_advisory_lock({SETUP_LOCK})")
        await admin.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        await admin.execute(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE} STRATEGY file_copy")
        # The rights alone: a password that is set anew would have another verifier, which a pooler in between holds on to.
        await bootstrap(admin_url, name, passwords=Logins(), limits=loaded.database)
    finally:
        await admin.close()
    embedded = loaded.embedded
    serving = through_bouncer(admin_url)
    urls = {
        "url": role_url(serving, "atrium_app", embedded.app.get_secret_value(), name),
        "identity_url": role_url(serving, "atrium_identity", embedded.identity.get_secret_value(), name),
        "system_url": role_url(serving, "atrium_system", embedded.system.get_secret_value(), name),
        "owner_url": role_url(admin_url, OWNER, embedded.owner.get_secret_value(), name),
    }
    redis_url = with_redis_number(os.environ[REDIS], redis_number(os.environ[REDIS]) + 1 + number)
    return loaded.model_copy(
        update={
            "database": loaded.database.model_copy(update=urls),
            "redis": loaded.redis.model_copy(update={"url": redis_url}),
            "mail": loaded.mail.model_copy(update={"folder": str(Path(os.environ[FOLDER]) / f"mail-{number}")}),
            "payments": loaded.payments.model_copy(update={"folder": str(Path(os.environ[FOLDER]) / f"pay-{number}")}),
            "files": loaded.files.model_copy(update={"folder": str(Path(os.environ[FOLDER]) / f"files-{number}")}),
            "shipping": loaded.shipping.model_copy(update={"folder": str(Path(os.environ[FOLDER]) / f"ship-{number}")}),
            "events": loaded.events.model_copy(update={"queue_mode": "inline"}),
        }
    )


def through_bouncer(admin_url: str) -> str:
    """The place that the serving roles connect to."""
    bouncer = os.environ.get(BOUNCER, "")
    return urlunsplit(urlsplit(admin_url)._replace(netloc=f"x@{bouncer}", query="")) if bouncer else admin_url


def redis_number(url: str) -> int:
    """The numbered database that a URL names."""
    return int(urlsplit(url).path.lstrip("/") or 0)


def with_redis_number(url: str, number: int) -> str:
    """The same server, another numbered database."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{number}"))
