"""The database, its roles and their rights: made by whoever may, put right again whatever happened to them."""

import asyncio
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import asyncpg
import pytest
from typer.testing import CliRunner

from app.config import Settings
from app.db.bootstrap import ROLES, BootstrapError, Logins, bootstrap, role_url
from app.doctor import examine
from app.embedded.servers import Servers
from app.manage import cli as command_line
from tests.support.own import put_right, without_roles
from tests.support.scratch import run_sql

GIVES_BYPASS_SINCE = 16
DEARNESS = """
SELECT array_agg(DISTINCT substring(rolpassword, '^SCRAM-SHA-256[$](\\d+):')::int) FROM pg_authid WHERE rolname = ANY($1::text[])
"""
BARE = dict.fromkeys(("URL", "IDENTITY_URL", "SYSTEM_URL", "OWNER_URL"), "")


async def ask(url: str, question: str, *arguments: Any) -> Any:
    """One value."""
    connection = await asyncpg.connect(url)
    try:
        return await connection.fetchval(question, *arguments)
    finally:
        await connection.close()


async def hosted(admin_url: str, rights: str) -> str:
    """An administrator who is no superuser, as on managed servers."""
    await run_sql(admin_url, f"CREATE ROLE hosted_admin LOGIN PASSWORD 'secret' {rights}")
    return role_url(admin_url, "hosted_admin", "secret", "postgres")


class TestRights:
    """What an administrator may"""

    async def test_superuser(self, own_server: Servers) -> None:
        """From nothing: database, roles and rights; the passwords drawn open them, and repeating draws none.

        They are as dear to try as the server says.
        """
        limits = own_server.settings().database
        async with without_roles(own_server) as admin:
            drawn = await bootstrap(admin, "made", passwords=Logins(), limits=limits)
            assert set(drawn) == set(ROLES)
            for role, password in drawn.items():
                assert await ask(role_url(admin, role, password, "made"), "SELECT current_user::text") == role
            assert await bootstrap(admin, "made", passwords=Logins(), limits=limits) == {}
            assert await ask(role_url(admin, "atrium_app", drawn["atrium_app"], "made"), "SELECT 1") == 1
            assert await ask(admin, DEARNESS, list(ROLES)) == [1]  # as the suite's servers are set

    async def test_hosted(self, own_server: Servers) -> None:
        """CREATEROLE, CREATEDB and BYPASSRLS are enough (PostgreSQL 16), and the administrator is no member afterwards."""
        limits = own_server.settings().database
        async with without_roles(own_server) as admin:
            url = await hosted(admin, "CREATEROLE CREATEDB BYPASSRLS")
            version = await ask(admin, "SELECT current_setting('server_version_num')::int / 10000")
            if version < GIVES_BYPASS_SINCE:
                with pytest.raises(BootstrapError, match="may not give or take BYPASSRLS"):
                    await bootstrap(url, "made", passwords=Logins(), limits=limits)
                return
            for _ in range(2):
                await bootstrap(url, "made", passwords=Logins(), limits=limits)
            owner = "SELECT pg_get_userbyid(datdba)::text FROM pg_database WHERE datname = 'made'"
            assert await ask(admin, owner) == "atrium_owner"
            member = "SELECT pg_has_role('hosted_admin', 'atrium_owner', 'USAGE')"
            assert await ask(admin, member) is False

    @pytest.mark.parametrize(
        ("rights", "told"),
        [
            ("CREATEROLE CREATEDB", "may not give or take BYPASSRLS"),
            ("CREATEDB", "lacks a right"),
            ("", "lacks a right"),
        ],
    )
    async def test_lacking(self, own_server: Servers, rights: str, told: str) -> None:
        """Which right is lacking is told, and nothing was made."""
        async with without_roles(own_server) as admin:
            url = await hosted(admin, rights)
            with pytest.raises(BootstrapError, match=told):
                await bootstrap(url, "made", passwords=Logins(), limits=own_server.settings().database)
            left = "SELECT count(*) FROM pg_roles WHERE rolname = ANY($1::text[])"
            assert await ask(admin, left, list(ROLES)) == 0

    @pytest.mark.parametrize(
        "url", ["postgresql://nobody:x@127.0.0.1:1/postgres", "mysql://x/y", "postgresql://a:b@h:port/x"]
    )
    async def test_nowhere(self, own_server: Servers, url: str) -> None:
        """A URL that leads nowhere is one sentence."""
        with pytest.raises(BootstrapError, match="does not lead to a database"):
            await bootstrap(url, "made", passwords=Logins(), limits=own_server.settings().database)


MESS = (
    "ALTER ROLE atrium_app SUPERUSER CREATEDB CREATEROLE INHERIT BYPASSRLS",
    "ALTER ROLE atrium_system NOBYPASSRLS NOLOGIN",
    "ALTER ROLE atrium_app RESET ALL",
    "GRANT atrium_owner TO atrium_app",
    "GRANT atrium_system TO atrium_identity WITH ADMIN OPTION",
    "GRANT ALL ON DATABASE atrium TO PUBLIC",
    "ALTER DATABASE atrium OWNER TO postgres",
)


async def test_put_right(own_server: Servers) -> None:
    """Whatever became of the roles, the command makes them what they must be."""
    await run_sql(own_server.admin_url, *MESS)
    assert [item for item in await examine(own_server.settings()) if not item.well]
    await put_right(own_server)
    assert [item for item in await examine(own_server.settings()) if not item.well] == []


class TestCommand:
    """manage db bootstrap"""

    @pytest.fixture(autouse=True)
    def bare(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """The settings name no database."""
        for name, value in BARE.items():
            monkeypatch.setenv(f"ATRIUM_DATABASE__{name}", value)

    async def run(self, url: str, *arguments: str) -> Any:
        """The command as an operator runs it, with the URL where the list of processes does not show it."""
        words = ["db", "bootstrap", "--database", "made", *arguments]
        return await asyncio.to_thread(CliRunner().invoke, command_line.cli, words, env={"ATRIUM_ADMIN_URL": url})

    async def test_lines(self, own_server: Servers) -> None:
        """Standard output is the lines of an environment file and nothing else; the URLs open the database; once only."""
        async with without_roles(own_server) as admin:
            made = await self.run(admin)
            lines = dict(line.split("=", 1) for line in made.stdout.splitlines())
            assert set(lines) == {f"ATRIUM_DATABASE__{name}" for name in BARE}
            for url in lines.values():
                assert await ask(url, "SELECT current_database()::text") == "made"
            again = await self.run(admin)
            assert (again.exit_code, again.stdout) == (0, "")
            assert "Passwords kept: atrium_owner, atrium_app, atrium_identity, atrium_system" in again.stderr
            renewed = await self.run(admin, "--new-passwords")
            assert len(renewed.stdout.splitlines()) == 4
            with pytest.raises(asyncpg.InvalidPasswordError):
                await ask(lines["ATRIUM_DATABASE__URL"], "SELECT 1")

    async def test_write(self, own_server: Servers, tmp_path: Path) -> None:
        """--write makes a file of mode 0600 and prints no password; a file that is there is not touched, nor is the server."""
        file = tmp_path / "atrium.env"
        async with without_roles(own_server) as admin:
            made = await self.run(admin, "--write", str(file))
            assert (made.exit_code, made.stdout) == (0, "")
            assert file.stat().st_mode & 0o777 == 0o600
            passwords = [urlsplit(line.split("=", 1)[1]).password for line in file.read_text().splitlines()]
            assert len(passwords) == 4
            assert not [password for password in passwords if password is None or password in made.output]
            before = file.read_text()
            refused = await self.run(admin, "--write", str(file), "--new-passwords")
            assert refused.exit_code == 1
            assert "exists already" in str(refused.exception)
            assert file.read_text() == before

    async def test_given(self, own_server: Servers, monkeypatch: pytest.MonkeyPatch) -> None:
        """Passwords that the settings' URLs hold are set, and not shown."""
        async with without_roles(own_server) as admin:
            given = role_url(admin, "atrium_app", "given: 100% @ /mine/", "made")
            monkeypatch.setenv("ATRIUM_DATABASE__URL", given)
            made = await self.run(admin)
            assert made.exit_code == 0
            assert len(made.stdout.splitlines()) == 3
            assert "mine" not in made.output
            assert await ask(given, "SELECT current_user::text") == "atrium_app"

    @pytest.mark.parametrize(
        ("url", "told"),
        [
            ("postgresql://somebody:x@127.0.0.1/made", "logs in as somebody"),
            ("postgresql://atrium_app:x@127.0.0.1/other", "leads to 'other', not 'made'"),
            ("postgresql://atrium_app:p%C3%A4ss@127.0.0.1/made", "ASCII"),
        ],
    )
    async def test_refused(self, settings: Settings, monkeypatch: pytest.MonkeyPatch, url: str, told: str) -> None:
        """A URL that would not fit what is made is told before anything is."""
        monkeypatch.setenv("ATRIUM_DATABASE__URL", url)
        made = await self.run("postgresql://127.0.0.1:1/none")
        assert made.exit_code == 1
        assert told in str(made.exception)

    async def test_production(self, own_server: Servers, monkeypatch: pytest.MonkeyPatch) -> None:
        """In production, before any URL or secret is there, the command works: it is what makes them."""
        monkeypatch.setenv("ATRIUM_ENV", "production")
        async with without_roles(own_server) as admin:
            assert len((await self.run(admin)).stdout.splitlines()) == 4
