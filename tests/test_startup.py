"""A process that must not serve does not start, and says why and how to mend it."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from app.config import Settings
from app.db.base import Role
from app.db.pool import Pool
from app.embedded.servers import Servers
from app.main import build_app
from app.runtime import Runtime
from app.startup import StartRefusedError, check_database
from tests.faults.processes import Children, environment, until
from tests.faults.slow_worker import run_main
from tests.support.own import put_right
from tests.support.scratch import admin_url, run_sql, scratch_database

URLS = {Role.APP: "url", Role.IDENTITY: "identity_url", Role.SYSTEM: "system_url"}


def on(url: str, scratch: Settings) -> str:
    """The same role on the scratch database."""
    return f"{url.rsplit('/', 1)[0]}/{scratch.database.url.rsplit('/', 1)[1]}"


def pool_of(settings: Settings, url: str) -> Pool:
    """A pool of one."""
    return Runtime(settings).pool(url, 1, role="app")


async def refusal(settings: Settings, role: Role = Role.APP, url: str | None = None) -> str:
    """Why the database is refused; empty where it is not."""
    pool = pool_of(settings, url or getattr(settings.database, URLS[role]))
    await pool.open()
    try:
        await check_database({role: pool})
    except StartRefusedError as error:
        return error.detail
    finally:
        await pool.close()
    return ""


@pytest.fixture(scope="module")
async def scratch(settings: Settings) -> AsyncIterator[Settings]:
    """A database of this module's own; a test that changes it puts it right again."""
    async with scratch_database(settings) as made:
        yield made


@pytest.fixture(scope="module")
async def older(settings: Settings) -> AsyncIterator[Settings]:
    """A database of an earlier release."""
    async with scratch_database(settings) as made:
        await run_sql(made.database.owner_url, "UPDATE alembic_version SET version_num = '0001'")
        yield made


class TestLogins:
    """Requirement 38: who serves"""

    @pytest.mark.parametrize("role", Role)
    async def test_fits(self, settings: Settings, role: Role) -> None:
        """Each role on the code's own schema is let in."""
        assert await refusal(settings, role) == ""

    @pytest.mark.parametrize("wrong", ["owner", "system", "superuser"])
    @pytest.mark.parametrize("role", [Role.APP, Role.IDENTITY])
    async def test_looks_past(self, scratch: Settings, role: Role, wrong: str) -> None:
        """A role that looks past row-level security is refused, for requests and for sign-in."""
        database = scratch.database
        url = {"owner": database.owner_url, "system": database.system_url}.get(wrong, on(admin_url(), scratch))
        assert "looks past row-level security" in await refusal(scratch, role, url)

    @pytest.mark.parametrize(
        ("wrong", "told"),
        [
            ("owner_url", "owns tables"),
            ("url", "logs in as atrium_app"),
            ("identity_url", "logs in as atrium_identity"),
        ],
    )
    async def test_relay(self, scratch: Settings, wrong: str, told: str) -> None:
        """The relay takes no other login than its own, least of all the owner's."""
        assert told in await refusal(scratch, Role.SYSTEM, getattr(scratch.database, wrong))

    async def test_swapped(self, settings: Settings) -> None:
        """Logins that are swapped are refused, though neither looks past anything."""
        assert "logs in as atrium_identity" in await refusal(settings, Role.APP, settings.database.identity_url)
        assert "logs in as atrium_app" in await refusal(settings, Role.IDENTITY, settings.database.url)

    @pytest.mark.parametrize("role", Role)
    async def test_owns(self, scratch: Settings, role: Role) -> None:
        """A role that owns a table is refused: an owner could take the policies away."""
        place = on(admin_url(), scratch)
        await run_sql(place, "CREATE TABLE notes (id int)", f"ALTER TABLE notes OWNER TO {role}")
        assert "owns tables (notes)" in await refusal(scratch, role)
        await run_sql(place, "DROP TABLE notes")
        assert await refusal(scratch, role) == ""

    @pytest.mark.parametrize(
        ("role", "statement", "told"),
        [
            (Role.SYSTEM, "ALTER ROLE atrium_system NOBYPASSRLS", "does not have BYPASSRLS"),
            (Role.SYSTEM, "ALTER ROLE atrium_system SUPERUSER", "looks past row-level security"),
            (Role.APP, "ALTER ROLE atrium_app BYPASSRLS", "looks past row-level security"),
            (Role.APP, "ALTER ROLE atrium_app CREATEROLE", "ALTER ROLE atrium_app NOCREATEROLE"),
            (Role.APP, "GRANT atrium_owner TO atrium_app", "REVOKE atrium_owner FROM atrium_app"),
            (Role.IDENTITY, "GRANT atrium_system TO atrium_identity", "REVOKE atrium_system FROM atrium_identity"),
        ],
    )
    async def test_changed_role(self, own_server: Servers, role: Role, statement: str, told: str) -> None:
        """A role that became more than it may be is refused, with the statement that undoes it or the command that does."""
        await run_sql(own_server.admin_url, statement)
        found = await refusal(own_server.settings(), role)
        await put_right(own_server)
        assert told in found
        assert await refusal(own_server.settings(), role) == ""


SCHEMA = {
    "ALTER TABLE products NO FORCE ROW LEVEL SECURITY": "forced on products",
    "ALTER TABLE events DISABLE ROW LEVEL SECURITY": "forced on events",
    "CREATE TABLE notes (tenant_id uuid)": "forced on notes",
    "DROP POLICY products_app ON products": "policy missing: ('products'",
    "CREATE POLICY more ON products TO atrium_app USING (true)": "policy not declared: ('products', 'more'",
    "ALTER POLICY products_app ON products USING (true)": "policy not declared: ('products', 'products_app'",
    "DROP POLICY users_own ON users": "policy missing: ('users'",
    "ALTER TABLE users DISABLE ROW LEVEL SECURITY": "row-level security not enabled and forced: users",
}
JUDGING = (Role.APP, Role.SYSTEM)
"""The roles that look at the schema as they start."""
OWN = re.compile(r"[Aa]s the owner role:? (?P<sql>.*)\.$")


class TestSchema:
    """What is served"""

    @pytest.mark.parametrize("statement", SCHEMA)
    async def test_open_table(self, scratch: Settings, statement: str) -> None:
        """A table without its lock is refused by name; the statements in the message, run as they stand, mend it."""
        await run_sql(scratch.database.owner_url, statement)
        found = await refusal(scratch)
        assert SCHEMA[statement] in found
        mend = OWN.search(found)
        assert mend is not None
        # a table that nobody declares has no policy to be mended by
        await run_sql(scratch.database.owner_url, "DROP TABLE notes" if "notes" in statement else mend["sql"])
        assert await refusal(scratch) == ""

    @pytest.mark.parametrize(
        ("statement", "told"),
        [
            ("UPDATE alembic_version SET version_num = '0001'", "is at 0001"),
            ("DELETE FROM alembic_version", "has no readable schema"),
            ("DROP TABLE alembic_version", "run `manage migrate`"),
            ("UPDATE alembic_version SET version_num = 'ffff'", "not marked as one"),
            ("UPDATE alembic_version SET version_num = 'ffff'; DROP TABLE schema_compatibility", "not marked as one"),
        ],
    )
    async def test_revision(self, settings: Settings, statement: str, told: str) -> None:
        """Requirement 38: a schema that is older, or newer and not marked, is refused, also by the relay."""
        async with scratch_database(settings) as other:
            await run_sql(other.database.owner_url, "DELETE FROM schema_compatibility", *statement.split("; "))
            for role in JUDGING:
                assert told in await refusal(other, role)

    async def test_newer_and_compatible(self, settings: Settings) -> None:
        """A newer schema that is marked as one this code may run on is served, its new policies too; one less is refused."""
        newer = ("UPDATE alembic_version SET version_num = 'ffff'", "CREATE TABLE later (id int)")
        async with scratch_database(settings) as later:
            await run_sql(later.database.owner_url, *newer, "ALTER TABLE later ENABLE ROW LEVEL SECURITY")
            await run_sql(later.database.owner_url, "CREATE POLICY later_app ON later TO atrium_app USING (true)")
            assert [await refusal(later, role) for role in JUDGING] == ["", ""]
            await run_sql(later.database.owner_url, "DROP POLICY products_app ON products")
            for role in JUDGING:
                assert "policy missing" in await refusal(later, role)


AWAY = "postgresql://nobody:secret@127.0.0.1:1/none"
FAULTS: dict[str, tuple[dict[str, str], str]] = {
    "schema": ({}, "run `manage migrate`"),
    "away": (
        {f"ATRIUM_DATABASE__{name}": AWAY for name in ("URL", "IDENTITY_URL", "SYSTEM_URL")},
        "does not lead to a database",
    ),
    "settings": ({"ATRIUM_EVENTS__WIDTH": "none"}, "events.width"),
}


class TestProcesses:
    """api, worker and relay"""

    async def test_app_does_not_start(self, settings: Settings) -> None:
        """The whole app refuses before it serves, and lets its connections go."""
        async with scratch_database(settings) as scratch:
            await run_sql(scratch.database.owner_url, "ALTER TABLE products NO FORCE ROW LEVEL SECURITY")
            app = build_app(scratch)
            with pytest.raises(StartRefusedError, match="products"):
                async with app.router.lifespan_context(app):
                    pass

    @pytest.mark.parametrize("command", ["api", "worker", "relay"])
    @pytest.mark.parametrize("fault", FAULTS)
    async def test_one_line(
        self, older: Settings, tmp_path: Path, free_tcp_port: int, command: str, fault: str
    ) -> None:
        """A process that refuses ends at once, with a code that is not 0 and one line that says why; never with a stack."""
        arguments = [command, *(["--port", str(free_tcp_port)] if command == "api" else [])]
        changed, told = FAULTS[fault]
        with Children(tmp_path) as children:
            child = children.start(run_main, environment(older) | changed, *arguments)
            # longer than a start should take: the first one imports the application
            await until(lambda: child.exit_code is not None, "the process has ended", 60)
            code, output = child.exit_code, child.output
        assert code not in {0, None}, output
        assert "Traceback" not in output
        assert len([line for line in output.splitlines() if told in line]) == 1, output
