"""Whether code may run on a schema: the newest revision without Alembic, and the marks that migrations leave."""

import asyncio
import shutil
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import asyncpg
import pytest
from alembic.config import Config
from sqlalchemy import Connection

from alembic import command
from app.config import ROOT, Settings
from app.db import migrate
from app.db.revision import head, history, mark, schema_fault
from tests.support.scratch import scratch_database

SCRIPT = '''"""Later."""
from alembic import op
revision = "{revision}"
down_revision = "{down}"
compatible_with = {compatible}


def upgrade() -> None:
    op.execute("CREATE TABLE t_{revision} (id int)")


def downgrade() -> None:
    op.execute("DROP TABLE t_{revision}")
'''
LATER = (("later1", head(), repr(head())), ("later2", "later1", repr("later1")), ("later3", "later2", "None"))


def test_alembic_agrees() -> None:
    """What start-up compares with is what Alembic would migrate to."""
    assert head() == migrate.head()
    assert history()[-1] == head()


def test_two_heads(tmp_path: Path) -> None:
    """A history that forks is refused, with the heads' names."""
    for name in ("a", "b"):
        (tmp_path / f"{name}.py").write_text(f'revision = "{name}"\ndown_revision = None\n')
    with pytest.raises(RuntimeError, match=r"'a', 'b'"):
        head(tmp_path)


def test_line(tmp_path: Path) -> None:
    """The history is in the order of the migrations, whatever their files are called."""
    for name, down in (("b", '"c"'), ("a", '"b"'), ("c", "None")):
        (tmp_path / f"{name}.py").write_text(f'revision = "{name}"\ndown_revision = {down}\n')
    assert history(tmp_path) == ("c", "b", "a")


def later(folder: Path) -> Config:
    """The history of a later release, with three migrations more."""
    shutil.copytree(ROOT / "alembic", folder / "alembic", ignore=shutil.ignore_patterns("__pycache__"))
    for revision, down, compatible in LATER:
        text = SCRIPT.format(revision=revision, down=down, compatible=compatible)
        (folder / "alembic" / "versions" / f"{revision}.py").write_text(text)
    config = Config()
    config.set_main_option("script_location", str(folder / "alembic"))
    return config


async def to(settings: Settings, config: Config, run: Any, revision: str) -> None:
    """Bring the scratch database to a revision, as the owner's runner does."""

    def steps(connection: Connection) -> None:
        config.attributes["connection"] = connection
        run(config, revision)

    def runner() -> None:
        asyncio.run(migrate._as_owner(settings.database.owner_url, lambda made: made.run_sync(steps)))

    await asyncio.to_thread(runner)


async def may_run(settings: Settings, code: str) -> bool:
    """Whether code of a revision says of itself that it may run, as the relay asks."""
    connection = await asyncpg.connect(settings.database.system_url, statement_cache_size=0)
    try:
        async with connection.transaction(readonly=True):
            return not await schema_fault(connection, code=code)
    finally:
        await connection.close()


async def test_rolling_deploy(settings: Settings, tmp_path: Path) -> None:
    """Old code runs on a newer schema that is compatible with it, and on no other; undoing a migration undoes its mark."""
    config = later(tmp_path)
    async with scratch_database(settings) as scratch:
        expected = {
            head(): {head()},
            "later1": {head(), "later1"},
            "later2": {"later1", "later2"},
            "later3": {"later3"},
        }
        codes = list(expected)
        for revision in codes[1:]:
            await to(scratch, config, command.upgrade, revision)
            assert {code for code in codes if await may_run(scratch, code)} == expected[revision]
        for revision in reversed(codes[:-1]):
            await to(scratch, config, command.downgrade, revision)
            assert {code for code in codes if await may_run(scratch, code)} == expected[revision]


def test_not_behind() -> None:
    """A script that claims to be compatible with what is not behind it ends its migration."""
    script = SimpleNamespace(revision="b", down_revision=None, module=SimpleNamespace(compatible_with="x"))

    class Held:
        """A connection that has the table."""

        def execute(self, *_: Any) -> Any:
            return SimpleNamespace(scalar=lambda: True)

    with pytest.raises(LookupError, match="compatible_with 'x'"):
        mark(Held(), {"b": script}, "b")  # type: ignore[arg-type]  # neither is more than it must be
