"""`manage undo`, `status` and `reset`: what they do, and what they refuse."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from app.config import Settings
from app.db import migrate
from app.db.migrate import MigrationError
from app.installed import metadata
from app.manage.schema import PENDING, UNKNOWN, reset_database, show_status, undo_newest
from tests.support.scratch import run_sql, scratch_database

pytestmark = pytest.mark.own_schema


@pytest.fixture(scope="module")
async def left_alone(settings: Settings) -> AsyncIterator[Settings]:
    """A database for what is refused, or only looked at."""
    async with scratch_database(settings) as own:
        yield own


@pytest.fixture
async def scratch(settings: Settings) -> AsyncIterator[Settings]:
    """A database of the test's own."""
    async with scratch_database(settings) as own:
        yield own


async def undone(settings: Settings, *, yes: bool = True, in_production: bool = False) -> None:
    """`manage undo`, in a thread."""
    await asyncio.to_thread(undo_newest, settings, Path(), yes=yes, in_production=in_production)


async def current(settings: Settings) -> str | None:
    """Where the database is."""
    return await asyncio.to_thread(migrate.current, settings.database.owner_url)


def in_production(settings: Settings) -> Settings:
    """The same, as if in earnest."""
    return settings.model_copy(update={"env": "production"})


def script_of(revision: str | None) -> str:
    """The text of a migration."""
    assert revision is not None
    found = migrate.scripts().get_revision(revision)
    return Path(found.path).read_text(encoding="utf-8")


class TestUndo:
    """manage undo"""

    async def test_step(self, scratch: Settings) -> None:
        """One step back, and with `migrate` forth again; nothing is left of the difference."""
        head = migrate.head()
        before = migrate.scripts().get_revision(head).down_revision
        await undone(scratch)
        assert await current(scratch) == before
        await asyncio.to_thread(migrate.upgrade, scratch.database.owner_url)
        assert await asyncio.to_thread(migrate.drift, scratch.database.owner_url, metadata()) == []

    async def test_all_the_way(self, scratch: Settings) -> None:
        """Without --yes nothing is dropped on the way. Undone to the first, there is nothing more to take back, and that is told."""
        asked = 0
        while revision := await current(scratch):
            if not asked and "DROP TABLE" in script_of(revision):
                with pytest.raises(MigrationError, match=r"Data would be lost \(.*DROP TABLE.*--yes"):
                    await undone(scratch, yes=False)
                assert await current(scratch) == revision
                asked += 1
            await undone(scratch)
        assert asked == 1
        with pytest.raises(MigrationError, match="no migration to take back"):
            await undone(scratch)

    async def test_production(self, scratch: Settings) -> None:
        """In production it must be meant."""
        with pytest.raises(MigrationError, match="--in-production"):
            await undone(in_production(scratch))
        assert await current(scratch) == migrate.head()
        await undone(in_production(scratch), in_production=True)
        assert await current(scratch) != migrate.head()

    async def test_unknown(self, scratch: Settings) -> None:
        """What newer code has made is not taken back by older code."""
        await run_sql(scratch.database.owner_url, "UPDATE alembic_version SET version_num = '9999'")
        with pytest.raises(MigrationError, match="9999, which this code does not know"):
            await undone(scratch)


class TestStatus:
    """manage status"""

    async def shown(self, settings: Settings, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
        """Exit code and output."""
        code = await asyncio.to_thread(show_status, settings, Path())
        return code, capsys.readouterr().out

    async def test_current(self, left_alone: Settings, capsys: pytest.CaptureFixture[str]) -> None:
        """A migrated database is current: exit code 0."""
        head = migrate.head()
        assert await self.shown(left_alone, capsys) == (0, f"database: {head}\ncode:     {head}\n")

    async def test_pending(self, scratch: Settings, capsys: pytest.CaptureFixture[str]) -> None:
        """What is pending is listed: exit code 3."""
        await undone(scratch)
        capsys.readouterr()
        code, text = await self.shown(scratch, capsys)
        assert (code, f"pending:  {migrate.head()} " in text) == (PENDING, True)

    async def test_unknown(self, scratch: Settings, capsys: pytest.CaptureFixture[str]) -> None:
        """A newer database is told apart: exit code 4."""
        await run_sql(scratch.database.owner_url, "UPDATE alembic_version SET version_num = '9999'")
        code, text = await self.shown(scratch, capsys)
        assert (code, "migrated by newer code" in text) == (UNKNOWN, True)


class TestReset:
    """manage reset"""

    async def test_typed(self, scratch: Settings) -> None:
        """A database that is not embedded is emptied and migrated when its name is typed."""
        url = scratch.database.owner_url
        await run_sql(url, "CREATE TABLE litter (id int)", "DROP POLICY products_app ON products")
        name = url.rsplit("/", 1)[1]
        await asyncio.to_thread(reset_database, scratch, Path(), yes=False, ask=lambda _question: name)
        assert await asyncio.to_thread(migrate.drift, url, metadata()) == []

    @pytest.mark.parametrize("answer", ["", "atrium", "yes"])
    async def test_not_typed(self, left_alone: Settings, answer: str) -> None:
        """Any other answer leaves everything, --yes or not."""
        await run_sql(left_alone.database.owner_url, "CREATE TABLE IF NOT EXISTS kept (id int)")
        with pytest.raises(MigrationError, match="not the database's name"):
            await asyncio.to_thread(reset_database, left_alone, Path(), yes=True, ask=lambda _question: answer)
        await run_sql(left_alone.database.owner_url, "SELECT id FROM kept")
        assert await current(left_alone) == migrate.head()

    async def test_production(self, left_alone: Settings) -> None:
        """In production never."""
        with pytest.raises(MigrationError, match="production"):
            await asyncio.to_thread(
                reset_database, in_production(left_alone), Path(), yes=True, ask=lambda _question: "atrium"
            )
        assert await current(left_alone) == migrate.head()

    async def test_no_owner(self, left_alone: Settings) -> None:
        """Where the settings name a server and no owner, that is told."""
        without = left_alone.model_copy(update={"database": left_alone.database.model_copy(update={"owner_url": ""})})
        with pytest.raises(MigrationError, match="owner_url is not set"):
            await asyncio.to_thread(show_status, without, Path())
