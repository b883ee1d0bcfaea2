"""manage doctor: nothing to say of a healthy installation; of a broken one, what is broken and how to mend it."""

import asyncio
import json
import os
import re
import shlex
import socket
import stat
import time
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import datetime, timedelta, tzinfo
from functools import cache
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

import asyncpg
import pytest
from pydantic import SecretStr
from sqlalchemy import MetaData
from typer.testing import CliRunner

from app.config import Settings
from app.db.migrate import table_drift
from app.doctor import Finding, examine
from app.embedded.servers import Servers
from app.extensions.schedules import HEARTBEAT
from app.manage.cli import cli
from tests.faults.processes import environment
from tests.support.own import put_right
from tests.support.scratch import admin_url, run_sql, scratch_database
from tests.support.servers import BOUNCER
from tests.support.shops import Shops, product

SECONDS = 12.0
"""Longer than a server that never answers may keep somebody waiting."""
NAMES = (
    "secrets", "database.url", "database.identity_url", "database.system_url", "database.owner_url",
    *(f"{kind} atrium_{role}" for role in ("owner", "app", "identity", "system") for kind in ("role", "timeouts of")),
    "ownership", "modules", "plans", "migrations", "policies", "grants", "tables", "binding", "pooler", "heartbeat", "clock",
    "redis", "redis eviction", "redis persistence", "redis memory", "files",
)  # fmt: skip


def bad(findings: list[Finding]) -> dict[str, Finding]:
    """The faults, by name."""
    return {finding.name: finding for finding in findings if not finding.well}


def with_database(settings: Settings, **changes: Any) -> Settings:
    """Other settings of the database."""
    return settings.model_copy(update={"database": settings.database.model_copy(update=changes)})


def with_redis(settings: Settings, url: str) -> Settings:
    """Another Redis."""
    return settings.model_copy(update={"redis": settings.redis.model_copy(update={"url": url})})


@cache
def remembered(url: str, metadata: MetaData) -> list[str]:
    """What Alembic finds in a database."""
    return table_drift(url, metadata)


def statements(mend: str, variable: str) -> list[str]:
    """The SQL of a command as the shell would read it; the variable must be the connection's."""
    words = shlex.split(mend.split("    #", maxsplit=1)[0])
    assert words[:2] == ["psql", f"${variable}"], mend
    return [word for flag, word in zip(words[2::2], words[3::2], strict=True) if flag == "-c"]


@pytest.fixture(autouse=True)
def _compared_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Alembic compares each database once: no test changes tables between two looks, and this is most of what a look costs."""
    monkeypatch.setattr("app.doctor.schema.migrate.table_drift", remembered)


@pytest.fixture(autouse=True)
async def _no_relay_has_run(owner: asyncpg.Connection) -> None:
    """Heartbeats that other tests have fired are older at each look: what is healthy here would depend on the order."""
    await owner.execute("DELETE FROM schedule_runs WHERE name = $1", HEARTBEAT)


@pytest.fixture(scope="module")
async def scratch(settings: Settings) -> AsyncIterator[Settings]:
    """A database of this module's own; a test that changes it puts it right again, and looks whether it has."""
    async with scratch_database(settings) as made:
        yield made


class TestHealthy:
    """Nothing to say"""

    async def test_everything(self, scratch: Settings) -> None:
        """An installation as bootstrap and migrations make it has no fault, and everything was looked at."""
        findings = await examine(scratch)
        assert bad(findings) == {}
        assert {finding.name for finding in findings} - {"secrets file"} == set(NAMES)
        assert all(finding.looked for finding in findings)

    async def test_serving_process(self, settings: Settings, shops: Shops) -> None:
        """Where the owner's URL is not given, all is looked at all the same; the binding with real rows."""
        shop = await shops.shop()
        await shop.owner.post("/products", json=product())
        findings = await examine(with_database(settings, owner_url=""))
        assert bad(findings) == {}
        pooler = next(finding for finding in findings if finding.name == "pooler")
        assert pooler.found.startswith("in between" if BOUNCER in os.environ else "none in between")
        assert {finding.name for finding in findings} - {"secrets file"} == set(NAMES) - {"database.owner_url"}


async def test_prepared_statements(settings: Settings) -> None:
    """A statement cache is no fault, but behind a PgBouncer in transaction mode; there the variable that mends it is told."""
    found = bad(await examine(with_database(settings, statement_cache=True)))
    assert set(found) == ({"pooler"} if BOUNCER in os.environ else set())
    if not found:
        return
    assert "prepared statements do not survive it" in found["pooler"].found
    assert found["pooler"].mend.startswith("export ATRIUM_DATABASE__STATEMENT_CACHE=false ")


SQL = {
    "policies: missing": ("DROP POLICY products_app ON products",),
    "policies: changed": ("ALTER POLICY products_app ON products USING (true)",),
    "policies: more": ("CREATE POLICY more ON products TO atrium_app USING (true)",),
    "policies: FORCE": ("ALTER TABLE products NO FORCE ROW LEVEL SECURITY",),
    "grants: column": ("GRANT UPDATE (email) ON users TO atrium_app",),
    "grants: more": ("GRANT SELECT ON credentials TO atrium_app",),
    "grants: everybody": ("GRANT SELECT ON operators TO PUBLIC",),
    "grants: less": ("REVOKE INSERT ON events FROM atrium_app",),
    "grants: sequence": ("REVOKE USAGE ON SEQUENCE deliveries_id_seq FROM atrium_app",),
}


class TestSchema:
    """What a hand has changed in one database"""

    @pytest.mark.parametrize("name", SQL)
    async def test_mended(self, scratch: Settings, name: str) -> None:
        """Policies and grants: the change is found, and the command that is given, run as it stands, mends it."""
        look = name.split(":", maxsplit=1)[0]
        await run_sql(scratch.database.owner_url, *SQL[name])
        found = bad(await examine(scratch))
        assert set(found) <= {look, "binding"}
        await run_sql(scratch.database.owner_url, *statements(found[look].mend, "ATRIUM_DATABASE__OWNER_URL"))
        assert bad(await examine(scratch)) == {}

    async def test_older(self, settings: Settings) -> None:
        """A database that is older than the code: migrate, and nothing else is asked for."""
        async with scratch_database(settings) as older:
            await run_sql(older.database.owner_url, "UPDATE alembic_version SET version_num = '0001'")
            findings = await examine(older)
        assert bad(findings)["migrations"].mend == "manage migrate"
        assert {finding.name for finding in findings if not finding.looked} == {"tables"}

    async def test_newer(self, settings: Settings) -> None:
        """A newer database is a fault, unless it is marked as one that this code may run on."""
        async with scratch_database(settings) as newer:
            await run_sql(
                newer.database.owner_url,
                "UPDATE alembic_version SET version_num = 'ffff'",
                "CREATE TABLE later (id int)",
                "GRANT SELECT ON later TO atrium_app",
            )
            assert bad(await examine(newer)) == {}
            await run_sql(newer.database.owner_url, "DELETE FROM schema_compatibility")
            found = bad(await examine(newer))
        assert set(found) == {"migrations"}
        assert "ffff" in found["migrations"].found

    async def test_column(self, settings: Settings) -> None:
        """A column that no model declares."""
        async with scratch_database(settings) as changed:
            await run_sql(changed.database.owner_url, "ALTER TABLE products ADD COLUMN colour text")
            assert "colour" in bad(await examine(changed))["tables"].found

    async def test_ownership(self, scratch: Settings) -> None:
        """A table of a serving role; the command gives it to the owner."""
        place = f"{admin_url().rsplit('/', 1)[0]}/{scratch.database.url.rsplit('/', 1)[1]}"
        await run_sql(place, "ALTER TABLE products OWNER TO atrium_app")
        found = bad(await examine(scratch))["ownership"]
        change, *others = statements(found.mend, "ATRIUM_ADMIN_URL")
        assert change == f"\\c {place.rsplit('/', 1)[1]}"
        await run_sql(place, *others)
        assert "ownership" not in bad(await examine(scratch))

    async def test_open_binding(self, settings: Settings, shops: Shops) -> None:
        """The probe on the real tables sees what an unbound connection must not see."""
        shop = await shops.shop()
        await shop.owner.post("/products", json=product())
        found = bad(await examine(with_database(settings, url=settings.database.system_url)))
        assert "logs in as atrium_system" in found["database.url"].found
        owner = bad(await examine(with_database(settings, url=settings.database.owner_url)))
        assert "products shows rows to a connection that is not bound" in owner["binding"].found
        assert "products shows rows of others" in owner["binding"].found


ROLE_FAULTS = {
    "role atrium_app: BYPASSRLS": ("ALTER ROLE atrium_app BYPASSRLS", "looks past every policy"),
    "role atrium_app: superuser": ("ALTER ROLE atrium_app SUPERUSER", "is a superuser"),
    "role atrium_system: lacks": ("ALTER ROLE atrium_system NOBYPASSRLS", "lacks BYPASSRLS"),
    "role atrium_owner: lacks": ("ALTER ROLE atrium_owner NOBYPASSRLS", "lacks BYPASSRLS"),
    "role atrium_identity: member": ("GRANT atrium_owner TO atrium_identity", "is a member of atrium_owner"),
    "role atrium_app: TEMP": ("GRANT TEMP ON DATABASE atrium TO PUBLIC", "has CREATE or TEMP"),
    "timeouts of atrium_app": ("ALTER ROLE atrium_app RESET statement_timeout", "statement_timeout is not set"),
    "timeouts of atrium_identity": ("ALTER ROLE atrium_identity SET lock_timeout = 0", "lock_timeout is 0"),
}


class TestRoles:
    """What a hand has changed on the server"""

    @pytest.mark.parametrize("name", ROLE_FAULTS)
    async def test_mended(self, own_server: Servers, name: str) -> None:
        """The change is found, and what `manage db bootstrap` does mends it."""
        statement, told = ROLE_FAULTS[name]
        await run_sql(own_server.admin_url, statement)
        found = bad(await examine(own_server.settings()))
        await put_right(own_server)
        look = name.split(":", maxsplit=1)[0]
        assert told in found[look].found
        assert found[look].mend.startswith("manage db bootstrap --database atrium ")
        assert bad(await examine(own_server.settings())) == {}


def elsewhere(url: str, place: str) -> str:
    """The same login at another place."""
    return re.sub(r"@[^/]+/", f"@{place}/", url)


LOGIN_FAULTS: dict[str, tuple[Callable[[str, str], str], str, str]] = {
    "password": (lambda url, _: re.sub(r":[^:@/]+@", ":wrong-password@", url), "refuses the login", "mend the password"),
    "database": (lambda url, _: url.rsplit("/", 1)[0] + "/none", "no such database", "manage db bootstrap --database none"),
    "port": (lambda url, _: elsewhere(url, "127.0.0.1:1"), "cannot be reached", "ATRIUM_DATABASE__URL"),
    "silent": (elsewhere, "does not answer within", "see to the server"),
    "name": (lambda url, _: elsewhere(url, "no-such-host.invalid:5432"), "cannot be reached", "ATRIUM_DATABASE__URL"),
    "scheme": (lambda _url, _: "mysql://atrium_app@127.0.0.1/atrium", "cannot be read", "postgresql://atrium_app:PASSWORD@"),
    "port number": (lambda _url, _: "postgresql://atrium_app@127.0.0.1:abc/atrium", "cannot be read", "postgresql://atrium_app"),
}  # fmt: skip


@pytest.fixture
def silent() -> Iterator[str]:
    """A port that takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield f"127.0.0.1:{listener.getsockname()[1]}"


class TestReach:
    """URLs that lead nowhere"""

    @pytest.mark.parametrize("name", LOGIN_FAULTS)
    async def test_app_login(self, settings: Settings, silent: str, name: str) -> None:
        """The fault is told within seconds, with no password in it; what other logins can show is looked at all the same."""
        change, told, mend = LOGIN_FAULTS[name]
        began = time.monotonic()
        url = settings.database.url
        if name == "database":  # of which a pooler in between says nothing
            url = elsewhere(url, urlsplit(settings.database.owner_url).netloc.rpartition("@")[2])
        findings = await examine(with_database(settings, url=change(url, silent)))
        assert time.monotonic() - began < SECONDS
        found = bad(findings)
        assert told in found["database.url"].found
        assert mend in found["database.url"].mend
        assert set(found) == {"database.url"}
        assert [f.name for f in findings if not f.looked and f.name != "heartbeat"] == [
            "binding, pooler"
        ]  # of other tests' relays
        assert "wrong-password" not in str(findings)

    async def test_all_silent(self, settings: Settings, silent: str) -> None:
        """Servers that take connections and never answer cost seconds together, not each."""
        urls = {
            name: elsewhere(getattr(settings.database, name), silent)
            for name in ("url", "identity_url", "system_url", "owner_url")
        }
        began = time.monotonic()
        found = bad(await examine(with_redis(with_database(settings, **urls), f"redis://{silent}/0")))
        assert time.monotonic() - began < SECONDS
        assert set(found) == {*(f"database.{name}" for name in urls), "redis"}
        assert all(finding.mend for finding in found.values())


class TestServers:
    """PostgreSQL as it is"""

    async def test_old(self, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
        """A server that says a version before 15 is too old, for whichever login."""
        monkeypatch.setattr("app.doctor.reach.WHO", "SELECT session_user::text, '14.19', 140019")
        found = bad(await examine(settings))
        assert set(found) == {f"database.{name}" for name in ("url", "identity_url", "system_url", "owner_url")}
        assert {finding.found for finding in found.values()} == {"PostgreSQL 14.19 is too old"}
        assert {finding.mend for finding in found.values()} == {"run PostgreSQL 15 or newer"}

    @pytest.mark.parametrize(
        ("seconds", "told"), [(3, r"[23]\.\d\d s apart"), (-3600, r"3(599|600)\.\d\d s apart"), (1, None)]
    )
    async def test_clock(
        self, settings: Settings, monkeypatch: pytest.MonkeyPatch, seconds: int, told: str | None
    ) -> None:
        """A clock here that is more than 2 s before or behind the database's is a fault, and the only one."""

        class Wrong(datetime):
            @classmethod
            def now(cls, tz: tzinfo | None = None) -> Self:
                return super().now(tz) + timedelta(seconds=seconds)

        monkeypatch.setattr("app.doctor.link.datetime", Wrong)
        found = bad(await examine(settings))
        assert set(found) == ({"clock"} if told else set())
        if told:
            assert re.fullmatch(told, found["clock"].found)
            assert found["clock"].mend.startswith("timedatectl set-ntp true ")


class TestSecrets:
    """What must be secret"""

    @pytest.mark.parametrize(
        ("key", "told"), [("change-me-" * 4, "example value"), ("a" * 40, "hardly random"), ("", "are the same")]
    )
    async def test_cursor_key(self, settings: Settings, key: str, told: str) -> None:
        """An example, one that is hardly random, and one that serves two purposes are told by name."""
        value = key or settings.auth.keys[0].secret.get_secret_value()
        secrets = settings.secrets.model_copy(update={"cursor_key": SecretStr(value)})
        found = bad(await examine(settings.model_copy(update={"secrets": secrets})))
        assert set(found) == {"secrets"}
        assert told in found["secrets"].found
        assert "secrets.cursor_key" in found["secrets"].found
        assert value not in str(found)

    async def test_file(self, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A secrets file that others may read; the command mends it."""
        file = tmp_path / ".secrets.toml"
        file.touch(mode=0o644)
        monkeypatch.setattr("app.doctor.secrets.FILE", file)
        found = bad(await examine(settings))["secrets file"]
        assert shlex.split(found.mend) == ["chmod", "600", str(file)]
        file.chmod(stat.S_IRUSR | stat.S_IWUSR)
        assert bad(await examine(settings)) == {}


class TestCommand:
    """manage doctor"""

    @pytest.mark.parametrize("broken", [False, True], ids=["healthy", "broken"])
    async def test_json(self, settings: Settings, monkeypatch: pytest.MonkeyPatch, broken: bool) -> None:
        """--json is one list for machines; the exit code is 1 where there is a fault, and only there."""
        # a key of our own name, for the checkout's .secrets.toml may hold one of the usual name
        keys = tuple(key.model_copy(update={"kid": "doctor"}) for key in settings.auth.keys)
        named = settings.model_copy(update={"auth": settings.auth.model_copy(update={"keys": keys})})
        known = environment(named) | ({"ATRIUM_REDIS__URL": "redis://127.0.0.1:1/0"} if broken else {})
        for name, value in known.items():
            monkeypatch.setenv(name, value)
        made = await asyncio.to_thread(CliRunner().invoke, cli, ["doctor", "--json"])
        told = {item["name"]: item for item in json.loads(made.stdout)}
        assert made.exit_code == (1 if broken else 0)
        assert told["redis"]["state"] == ("bad" if broken else "ok")
        assert (told["redis"]["mend"] is not None) is broken

    async def test_text(self, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
        """For people: one line a look, and below a fault how to mend it."""
        for name, value in (environment(settings) | {"ATRIUM_REDIS__URL": "redis://127.0.0.1:1/0"}).items():
            monkeypatch.setenv(name, value)
        made = await asyncio.to_thread(CliRunner().invoke, cli, ["doctor"])
        lines = made.stdout.splitlines()
        place = next(number for number, line in enumerate(lines) if line.startswith("BAD  redis: cannot be reached"))
        assert lines[place + 1].startswith("     mend: start the server")
        assert "ok   policies: as declared" in lines
