"""`manage makemigration`: what the models ask for becomes a script in the house's order, proved there and back."""

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import MetaData, UniqueConstraint

from app.config import Settings
from app.db import migrate
from app.db.migrate import MigrationError
from app.manage.scripts import make
from app.migrations import lint
from tests.migrations.support import add_crates, add_lids, models, own_history, widen_products
from tests.support.scratch import run_sql, scratch_database

pytestmark = pytest.mark.own_schema


async def made(settings: Settings, target: MetaData, versions: Path, slug: str = "more_things") -> list[str]:
    """The texts of the scripts that are written for the models, in order."""
    paths = await asyncio.to_thread(make, settings.database.owner_url, slug, target, versions)
    return [path.read_text() for path in paths]


def places(text: str, *parts: str) -> list[int]:
    """Where the parts stand; each is there."""
    assert [part for part in parts if part not in text] == []
    return [text.index(part) for part in parts]


@dataclass(frozen=True)
class Made:
    """What came of models: on which database, in which history, and what was written."""

    scratch: Settings
    target: MetaData
    versions: Path
    texts: list[str]

    async def drift(self) -> list[str]:
        """What the database still differs in."""
        return await asyncio.to_thread(migrate.drift, self.scratch.database.owner_url, self.target)


@asynccontextmanager
async def drafted(settings: Settings, folder: Path, *changes: Callable[[MetaData], object]) -> AsyncIterator[Made]:
    """Models with the changes, and what is written for them."""
    versions, target = own_history(folder), models()
    for change in changes:
        change(target)
    async with scratch_database(settings) as scratch:
        yield Made(scratch, target, versions, await made(scratch, target, versions))


@pytest.fixture(scope="module")
async def tables(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Made]:
    """Two new tables."""
    async with drafted(settings, tmp_path_factory.mktemp("tables"), add_crates, add_lids) as found:
        yield found


@pytest.fixture(scope="module")
async def widened(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Made]:
    """A table with more of everything."""
    async with drafted(settings, tmp_path_factory.mktemp("widened"), widen_products) as found:
        yield found


class TestNothing:
    """Models as they are installed"""

    async def test_nothing(self, settings: Settings, tmp_path: Path) -> None:
        """Where the migrations make what the models declare, no file is written."""
        versions = own_history(tmp_path)
        async with scratch_database(settings) as scratch:
            assert await made(scratch, models(), versions) == []
        assert sorted(path.name for path in versions.glob("*.py")) == sorted(
            path.name for path in migrate.VERSIONS.glob("*.py")
        )


class TestNewTable:
    """Tables that were not there"""

    async def test_order(self, tables: Made) -> None:
        """Sequence, table with its key to a reference table, policy, grants, distribution; at last keys between tenants' tables."""
        (text,) = tables.texts
        assert await tables.drift() == []
        found = places(
            text,
            "CREATE SEQUENCE crates_id_seq",
            "CREATE TABLE crates",
            "fk_crates_tenant_id FOREIGN KEY(tenant_id) REFERENCES tenants",
            "CREATE INDEX ix_crates_label",
            "ALTER TABLE crates ENABLE ROW LEVEL SECURITY",
            "ALTER TABLE crates FORCE ROW LEVEL SECURITY",
            "CREATE POLICY crates_app ON crates",
            "GRANT INSERT (tenant_id, product_id, label) ON crates TO atrium_app",
            "GRANT USAGE ON SEQUENCE crates_id_seq TO atrium_app",
            'distribute("crates", "tenant")',
            "CREATE TABLE boxes",
            "ALTER TABLE crates ADD CONSTRAINT fk_crates_tenant_id_product_id FOREIGN KEY",
            "ALTER TABLE boxes ADD CONSTRAINT fk_boxes_tenant_id_crate_id FOREIGN KEY",
            "def downgrade()",
            "ALTER TABLE crates DROP CONSTRAINT fk_crates_tenant_id_product_id",
            "DROP TABLE crates",
            "DROP SEQUENCE crates_id_seq",
        )
        assert found == sorted(found)
        assert [fault for fault in lint.faults(tables.versions) if "more_things" in fault.script] == []

    def test_header(self, tables: Made) -> None:
        """The file is dated, the revision the next; older code may run on it; a model that changes later changes nothing in it."""
        (text,) = tables.texts
        head = migrate.head()
        assert f'revision = "{int(head) + 1:04}"\ndown_revision = "{head}"\n' in text
        assert re.search(r'^compatible_with = "\d{4}"$', text, re.MULTILINE)
        imports = re.findall(r"^(?:from|import) .*$", text, re.MULTILINE)
        assert imports == ["from alembic import op", "from app.db.steps import distribute"]
        assert [path for path in tables.versions.iterdir() if re.match(r"^\d{8}_more_things\.py$", path.name)]


class TestChangedTable:
    """Tables that were there"""

    async def test_two_scripts(self, widened: Made) -> None:
        """What would lock a table for long goes into a script of its own; both together leave nothing to do, and are clean."""
        first, online = widened.texts
        assert await widened.drift() == []
        places(
            first,
            "ALTER TABLE products ADD COLUMN colour",
            "CHECK (colour <> '') NOT VALID",
            "REFERENCES products (tenant_id, id) ON DELETE RESTRICT NOT VALID",
            "REVOKE DELETE ON products FROM atrium_app",
            "GRANT UPDATE (colour, name) ON products TO atrium_app",
            "CREATE POLICY products_own ON products",
        )
        places(
            online,
            "CREATE INDEX CONCURRENTLY ix_products_colour",
            "CREATE UNIQUE INDEX CONCURRENTLY uq_products_parent_id",
            "VALIDATE CONSTRAINT ck_products_colour",
            "VALIDATE CONSTRAINT fk_products_tenant_id_parent_id",
            "with op.get_context().autocommit_block():",
        )
        assert [str(fault) for fault in lint.faults(widened.versions) if "more_things" in fault.script] == []

    async def test_unique(self, settings: Settings, tmp_path: Path) -> None:
        """A unique constraint is built beside readers and writers."""
        versions, target = own_history(tmp_path), models()
        products = target.tables["products"]
        products.append_constraint(UniqueConstraint("tenant_id", "name"))
        async with scratch_database(settings) as scratch:
            (online,) = await made(scratch, target, versions)
        assert "ADD CONSTRAINT uq_products_tenant_id_name UNIQUE USING INDEX" in online
        assert [str(fault) for fault in lint.faults(versions) if "more_things" in fault.script] == []

    async def test_repeated(self, widened: Made) -> None:
        """A broken run of an online script leaves nothing that stops the next."""
        url, head = widened.scratch.database.owner_url, migrate.head(widened.versions)
        await run_sql(url, f"UPDATE alembic_version SET version_num = '{int(head) - 1:04}'")
        await asyncio.to_thread(migrate.upgrade, url, versions=widened.versions)
        assert await widened.drift() == []

    async def test_loss(self, settings: Settings, tmp_path: Path) -> None:
        """A table that goes can be brought back with its rights; the script must say why nobody needs it."""
        versions, target = own_history(tmp_path), models()
        target.remove(target.tables["product_summaries"])
        async with scratch_database(settings) as scratch:
            (text,) = await made(scratch, target, versions)
        places(text, "compatible_with = None", "contracts = ", "DROP TABLE product_summaries")
        told = [fault.rule for fault in lint.faults(versions) if "more_things" in fault.script]
        assert told == ["loss"]


class TestRefused:
    """What is not written"""

    async def test_slug(self, settings: Settings, tmp_path: Path) -> None:
        """A name that is none is refused before anything is written."""
        versions, target = own_history(tmp_path), models()
        add_crates(target)
        async with scratch_database(settings) as scratch:
            with pytest.raises(MigrationError, match="no name for a migration"):
                await made(scratch, target, versions, "../More things")
        assert len(list(versions.glob("*.py"))) == len(list(migrate.VERSIONS.glob("*.py")))
