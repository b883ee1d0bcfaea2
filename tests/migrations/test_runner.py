"""Running migrations: one at a time, all or nothing, and what goes wrong is told in a sentence."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import asyncpg
import pytest

from app.config import Settings
from app.db import migrate
from app.db.migrate import LOCK, MigrationError
from tests.migrations.support import own_history
from tests.migrations.test_lint import added
from tests.support.scratch import admin_url, run_sql, scratch_database

pytestmark = pytest.mark.own_schema
ALTER = "ALTER TABLE products ADD COLUMN colour TEXT"
ADDED = "SELECT count(*) FROM pg_attribute WHERE attrelid = 'products'::regclass AND attname = 'colour'"


async def upgraded(url: str, versions: Path, said: list[str] | None = None) -> None:
    """Run the migrations in a thread: they run a loop of their own."""
    say = migrate.silent if said is None else said.append
    await asyncio.to_thread(migrate.upgrade, url, versions=versions, say=say)


async def value(url: str, query: str) -> object:
    """The first value of a query."""
    connection = await asyncpg.connect(url)
    try:
        return await connection.fetchval(query)
    finally:
        await connection.close()


@pytest.fixture(scope="module")
async def scratch(settings: Settings) -> AsyncIterator[Settings]:
    """A database for migrations that leave nothing behind."""
    async with scratch_database(settings) as made:
        yield made


class TestOneAtATime:
    """The advisory lock"""

    async def test_waits(self, settings: Settings, tmp_path: Path) -> None:
        """A second runner waits for the first, says so, and then finds the work done or does it."""
        versions = own_history(tmp_path)
        added(versions, ALTER)
        said: list[str] = []
        async with scratch_database(settings) as scratch:
            url = scratch.database.owner_url
            first = await asyncpg.connect(url)
            await first.execute(f"SELECT pg_advisory_lock({LOCK})")
            second = asyncio.create_task(upgraded(url, versions, said))
            while not said:
                assert not second.done()
                await asyncio.sleep(0.02)
            assert await value(url, ADDED) == 0
            await first.close()
            await second
            assert await value(url, ADDED) == 1
        assert said == ["Another migration is running: waiting for its end."]

    async def test_concurrent_index(self, settings: Settings, tmp_path: Path) -> None:
        """A runner that waits does not stand in the way of an index that the other makes CONCURRENTLY."""
        versions = own_history(tmp_path)
        path = added(versions, down=())
        step = (
            "    with op.get_context().autocommit_block():\n"
            "        op.execute('DROP INDEX CONCURRENTLY IF EXISTS ix_p')\n"
            "        op.execute('CREATE INDEX CONCURRENTLY ix_p ON products (tenant_id, stock)')\n"
        )
        path.write_text(path.read_text().replace("def upgrade():\n    pass\n", f"def upgrade():\n{step}"))
        async with scratch_database(settings) as scratch:
            url = scratch.database.owner_url
            async with asyncio.timeout(20):
                await asyncio.gather(*(upgraded(url, versions) for _ in range(3)))
            assert await value(url, "SELECT indisvalid FROM pg_index WHERE indexrelid = 'ix_p'::regclass")


class TestAllOrNothing:
    """What fails leaves nothing"""

    async def test_rolled_back(self, scratch: Settings, tmp_path: Path) -> None:
        """A migration whose last statement fails leaves nothing of its first."""
        versions = own_history(tmp_path)
        added(versions, ALTER, "SELECT 1 / 0")
        url = scratch.database.owner_url
        with pytest.raises(MigrationError, match=r"failed and was rolled back: .*division by zero"):
            await upgraded(url, versions)
        assert await value(url, ADDED) == 0
        assert migrate.head() == await value(url, "SELECT version_num FROM alembic_version")

    async def test_no_queue(self, scratch: Settings, tmp_path: Path) -> None:
        """A table that stays in use ends the migration after lock_timeout instead of stopping everyone behind it."""
        versions = own_history(tmp_path)
        added(versions, "SET LOCAL lock_timeout = '50ms'", ALTER)
        url = scratch.database.owner_url
        reader = await asyncpg.connect(url)
        async with reader.transaction():
            await reader.fetch("SELECT FROM products")
            with pytest.raises(MigrationError, match="stayed in use for longer than lock_timeout"):
                await upgraded(url, versions)
        await reader.close()
        assert await value(url, ADDED) == 0

    async def test_session(self, settings: Settings, tmp_path: Path) -> None:
        """Every migration runs under lock_timeout and, for a cluster, one shard after another."""
        versions = own_history(tmp_path)
        added(
            versions,
            "CREATE TABLE seen AS SELECT current_setting('lock_timeout') AS a,"
            " current_setting('citus.multi_shard_modify_mode') AS b",
        )
        async with scratch_database(settings) as scratch:
            await upgraded(scratch.database.owner_url, versions)
            assert await value(scratch.database.owner_url, "SELECT a || ' ' || b FROM seen") == "5s sequential"

    @pytest.mark.parametrize(("rows", "well"), [("SELECT 1", True), ("SELECT 2", False), ("SELECT 0", False)])
    async def test_backfill(self, settings: Settings, tmp_path: Path, rows: str, well: bool) -> None:
        """A backfill that changes other rows than were counted takes the whole migration back."""
        versions = own_history(tmp_path)
        path = added(versions)
        call = f"    op.execute({ALTER!r})\n    backfill(\"UPDATE tenants SET name = 'P'\", rows={rows!r})\n"
        path.write_text(path.read_text().replace("def upgrade():\n    pass\n", f"def upgrade():\n{call}"))
        async with scratch_database(settings) as scratch:
            url = scratch.database.owner_url
            assert await value(url, "SELECT count(*) FROM tenants") == 1
            if well:
                await upgraded(url, versions)
            else:
                with pytest.raises(MigrationError, match="1 rows were changed where"):
                    await upgraded(url, versions)
            assert await value(url, ADDED) == int(well)


class TestDistribute:
    """On plain PostgreSQL; the catalogue and functions of a cluster are stood in for by a table and functions"""

    STAND_IN = (
        "CREATE TABLE asked (what text)",
        "CREATE TABLE pg_dist_partition (logicalrelid regclass)",
        (
            "CREATE FUNCTION create_distributed_table(t regclass, c text) RETURNS void LANGUAGE sql"
            " AS $$ INSERT INTO asked VALUES (t::text || ' by ' || c) $$"
        ),
    )

    @pytest.mark.parametrize(
        ("prepared", "expected"),
        [((), None), (STAND_IN, 0), ((*STAND_IN, "INSERT INTO pg_dist_partition VALUES ('tenants')"), 1)],
    )
    async def test_distribute(
        self, settings: Settings, tmp_path: Path, prepared: tuple[str, ...], expected: int | None
    ) -> None:
        """A new table is distributed where the others are, and nowhere else."""
        versions = own_history(tmp_path)
        added(versions, "CREATE TABLE boxes (tenant_id UUID NOT NULL)", "distribute")
        async with scratch_database(settings) as scratch:
            url = scratch.database.owner_url
            await run_sql(url, *prepared)
            await upgraded(url, versions)
            if expected is not None:
                assert await value(url, "SELECT count(*) FROM asked WHERE what = 'boxes by tenant_id'") == expected


class TestTold:
    """One sentence, no stack"""

    @pytest.mark.parametrize(
        ("url", "told"),
        [
            ("", "database.owner_url is not set"),
            ("postgresql://atrium_owner:x@127.0.0.1:1/atrium", "127.0.0.1:1 does not answer"),
        ],
    )
    async def test_no_server(self, url: str, told: str) -> None:
        """A URL that is missing or leads nowhere is told."""
        with pytest.raises(MigrationError, match=told):
            await asyncio.to_thread(migrate.upgrade, url)

    @pytest.mark.parametrize("path", ["/nowhere", "/atrium"])
    async def test_refused(self, path: str) -> None:
        """A database that is not there and a wrong password are told, without the password."""
        place = admin_url().rsplit("@", 1)[1].split("/")[0]
        with pytest.raises(MigrationError, match=r"refuses database\.owner_url") as caught:
            await asyncio.to_thread(migrate.upgrade, f"postgresql://atrium_owner:sesame@{place}{path}")
        assert "sesame" not in str(caught.value)

    async def test_unknown_revision(self, scratch: Settings) -> None:
        """A revision that nobody wrote is told."""
        with pytest.raises(MigrationError, match="Can't locate revision"):
            await asyncio.to_thread(migrate.upgrade, scratch.database.owner_url, "4711")
