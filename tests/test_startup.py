"""A process that must not serve does not start, and says why."""

import pytest

from app.config import Settings
from app.main import build_app
from app.runtime import Runtime
from app.startup import StartRefusedError, check_database
from tests.support.scratch import admin_url, run_sql, scratch_database


def on(url: str, scratch: Settings) -> str:
    """The same role on the scratch database."""
    return f"{url.rsplit('/', 1)[0]}/{scratch.database.url.rsplit('/', 1)[1]}"


async def refusal(settings: Settings) -> str:
    """Why the database is refused; empty where it is not."""
    runtime = Runtime(settings)
    await runtime.open()
    try:
        await check_database(runtime.app_pool)
    except StartRefusedError as error:
        return error.detail
    finally:
        await runtime.close()
    return ""


async def test_fits(settings: Settings) -> None:
    """The app role on the code's own schema is let in."""
    assert await refusal(settings) == ""


@pytest.mark.parametrize("role", ["owner", "system", "superuser"])
async def test_looks_past(settings: Settings, role: str) -> None:
    """A role that looks past row-level security is refused."""
    async with scratch_database(settings) as scratch:
        database = scratch.database
        url = {"owner": database.owner_url, "system": database.system_url}.get(role, on(admin_url(), scratch))
        changed = database.model_copy(update={"url": url, "pool_size": 1})
        assert "looks past row-level security" in await refusal(scratch.model_copy(update={"database": changed}))


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("ALTER TABLE products NO FORCE ROW LEVEL SECURITY", "forced on products"),
        ("ALTER TABLE events DISABLE ROW LEVEL SECURITY", "forced on events"),
        ("CREATE TABLE notes (tenant_id uuid)", "forced on notes"),
        ("UPDATE alembic_version SET version_num = '0000'", "The database is at 0000"),
        ("DELETE FROM alembic_version", "The database is at None"),
        ("DROP TABLE alembic_version", "run `manage migrate`"),
    ],
)
async def test_schema(settings: Settings, statement: str, told: str) -> None:
    """A tenant table without its lock, or a schema that is not the code's, is refused by name."""
    async with scratch_database(settings) as scratch:
        await run_sql(scratch.database.owner_url, statement)
        assert told in await refusal(scratch)


async def test_owns(settings: Settings) -> None:
    """An app role that owns a table is refused: an owner could take the policies away."""
    async with scratch_database(settings) as scratch:
        await run_sql(on(admin_url(), scratch), "CREATE TABLE notes (id int)", "ALTER TABLE notes OWNER TO atrium_app")
        assert "owns tables" in await refusal(scratch)


async def test_app_does_not_start(settings: Settings) -> None:
    """The whole app refuses before it serves, and lets its connections go."""
    async with scratch_database(settings) as scratch:
        await run_sql(scratch.database.owner_url, "ALTER TABLE products NO FORCE ROW LEVEL SECURITY")
        app = build_app(scratch)
        with pytest.raises(StartRefusedError, match="products"):
            async with app.router.lifespan_context(app):
                pass
