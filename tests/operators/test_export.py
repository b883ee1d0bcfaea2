"""All data of a tenant as one signed archive."""

import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import asyncpg
import pytest
from pydantic import SecretStr

from app.config import Settings
from app.db.base import is_secret, is_tenant_table
from app.extensions.routing import ModularApp
from app.installed import metadata
from app.operators.exceptions import ExportInvalid
from app.operators.services import ExportDesk, by_command, verify_export
from app.operators.services import export as export_module
from tests.operators.test_purge import furnish
from tests.support.shops import Shop, Shops, product

pytestmark = pytest.mark.anyio  # at collection already: marked later, parametrised coroutines lose their parameters

Owner = asyncpg.Connection


@pytest.fixture(scope="module")
def desk(app: ModularApp) -> ExportDesk:
    """As the command has it."""
    runtime = app.state.runtime
    return ExportDesk(runtime.system, runtime.identity, by_command(), runtime.settings, metadata())


@pytest.fixture(scope="module")
async def exported(
    desk: ExportDesk, lasting_shops: Shops, owner: Owner, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Shop, Path]:
    """A tenant with rows of all kinds, and its export; another tenant has the like."""
    shop, other = await lasting_shops.shop(), await lasting_shops.shop()
    await furnish(shop, owner)
    await furnish(other, owner)
    path = tmp_path_factory.mktemp("exported") / "export.zip"
    await desk.export(shop.id, path)
    return shop, path


@pytest.fixture
def archive(exported: tuple[Shop, Path], tmp_path: Path) -> Path:
    """A copy of that export, which a test may change."""
    return Path(shutil.copy(exported[1], tmp_path))


class TestExport:
    """manage tenant export"""

    async def test_everything(self, exported: tuple[Shop, Path], owner: Owner, settings: Settings) -> None:
        """Requirement 22: every row of every tenant table is in it, no row of another tenant, and no secret."""
        shop, path = exported
        manifest = verify_export(path, settings)
        tables = {table.name: table for table in metadata().sorted_tables if is_tenant_table(table)}
        assert {item["name"] for item in manifest["tables"]} == set(tables)
        assert path.stat().st_mode & 0o777 == 0o600
        with zipfile.ZipFile(path) as opened:
            for item in manifest["tables"]:
                rows = [json.loads(line) for line in opened.read(item["file"]).splitlines()]
                count = await owner.fetchval(f"SELECT count(*) FROM {item['name']} WHERE tenant_id = $1", shop.id)
                exported_since = 1 if item["name"] == "audit_entries" else 0  # the entry of the export itself
                assert len(rows) == item["rows"] == count - exported_since
                assert {row["tenant_id"] for row in rows} <= {str(shop.id)}
                secret = {column.name for column in tables[item["name"]].columns if is_secret(column)}
                assert all(not secret & row.keys() for row in rows)

    async def test_one_moment(
        self, desk: ExportDesk, shops: Shops, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """What is written while the export runs is in none of its tables."""
        shop = await shops.shop()
        started = False

        async def late() -> None:
            assert (await shop.owner.post("/products", json=product())).status_code == 201

        original = export_module._write_table

        async def beside(*arguments: object) -> object:
            nonlocal started
            made = await original(*arguments)  # type: ignore[arg-type]  # as it is called
            if not started:
                started = True
                await late()
            return made

        monkeypatch.setattr(export_module, "_write_table", beside)
        manifest = await desk.export(shop.id, tmp_path / "e.zip")
        rows = {item["name"]: item["rows"] for item in manifest["tables"]}
        assert (rows["products"], rows["audit_entries"], rows["events"]) == (0, 0, 0)

    async def test_unwritable(self, desk: ExportDesk, shops: Shops, tmp_path: Path) -> None:
        """A file that cannot be written leaves nothing behind."""
        shop = await shops.shop()
        with pytest.raises(OSError, match="No such file"):
            await desk.export(shop.id, tmp_path / "missing" / "e.zip")
        assert listed(tmp_path) == []


async def test_private(desk: ExportDesk, shops: Shops, tmp_path: Path) -> None:
    """What lay in the place of the unfinished file is neither followed nor written to, whatever its mode."""
    victim = tmp_path / "victim"
    victim.write_text("mine")
    (tmp_path / "e.zip.part").symlink_to(victim)
    await desk.export((await shops.shop()).id, tmp_path / "e.zip")
    assert victim.read_text() == "mine"
    assert (tmp_path / "e.zip").stat().st_mode & 0o777 == 0o600


def listed(folder: Path) -> list[Path]:
    """What is in the folder."""
    return list(folder.iterdir())


def rewritten(path: Path, change: Callable[[dict[str, bytes]], None]) -> None:
    """The archive with its files changed."""
    with zipfile.ZipFile(path) as opened:
        files = {name: opened.read(name) for name in opened.namelist()}
    change(files)
    with zipfile.ZipFile(path, "w") as opened:
        for name, content in files.items():
            opened.writestr(name, content)


def more_rows(files: dict[str, bytes]) -> None:
    files["tables/products.jsonl"] += b"{}\n"


def other_plan(files: dict[str, bytes]) -> None:
    files["manifest.json"] = files["manifest.json"].replace(b"standard", b"deluxe")


def another_file(files: dict[str, bytes]) -> None:
    files["tables/more.jsonl"] = b""


def no_table(files: dict[str, bytes]) -> None:
    del files["tables/products.jsonl"]


def no_signature(files: dict[str, bytes]) -> None:
    del files["manifest.sig"]


class TestVerify:
    """manage tenant verify-export"""

    @pytest.mark.parametrize("change", [more_rows, other_plan, another_file, no_table, no_signature])
    async def test_changed(self, archive: Path, settings: Settings, change: Callable[[dict[str, bytes]], None]) -> None:
        """Whatever was changed, added or taken away is found."""
        verify_export(archive, settings)
        rewritten(archive, change)
        with pytest.raises(ExportInvalid):
            verify_export(archive, settings)

    def test_cut(self, archive: Path, settings: Settings) -> None:
        """A file that was cut off is no export."""
        archive.write_bytes(archive.read_bytes()[:-200])
        with pytest.raises(ExportInvalid):
            verify_export(archive, settings)

    async def test_another_installation(self, archive: Path, settings: Settings) -> None:
        """What another installation has signed is not ours."""
        secrets = settings.secrets.model_copy(update={"cursor_key": SecretStr("k" * 40)})
        with pytest.raises(ExportInvalid, match="signature"):
            verify_export(archive, settings.model_copy(update={"secrets": secrets}))


def test_secrets_are_declared() -> None:
    """Every column of a tenant's table that is called a hash or a secret is declared one, so that no export holds it."""
    for table in metadata().sorted_tables:
        for column in table.columns if is_tenant_table(table) else ():
            if column.name.endswith(("_hash", "secret", "password")):
                assert is_secret(column), f"{table.name}.{column.name}"
