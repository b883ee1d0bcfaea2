"""All data of a tenant as one signed archive. The tables are those of the catalogue, so that new modules are in it too.

A zip file: `tables/<name>.jsonl`, one row a line as PostgreSQL writes it as JSON; `manifest.json` with the hash of every file;
`manifest.sig`, the manifest's HMAC-SHA256. The key never leaves the installation: it alone can say that an archive is its own.
"""

import hashlib
import hmac
import os
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO
from uuid import UUID

import orjson
from sqlalchemy import MetaData, Table

from app.auth.identity import IdentityUnits
from app.auth.system import SystemUnits
from app.config import Settings
from app.db.base import ALL_COLUMNS, Role, facts, is_secret, is_tenant_table
from app.db.revision import head
from app.db.uow import UnitOfWork
from app.operators.exceptions import ExportInvalid, NotExportable
from app.operators.services.desk import Acting, Desk
from app.operators.services.tenants import TenantDesk
from app.tenants.schemas import TenantOut

FORMAT = "atrium-tenant-export"
VERSION = 1
MANIFEST, SIGNATURE = "manifest.json", "manifest.sig"
PREFETCH = 500
CHUNK = 1 << 20
LARGEST_MANIFEST = 1 << 24
PURPOSE = b"atrium: signature of tenant exports, version 1"


def exported(table: Table) -> list[str]:
    """The columns that an export holds: what the app role may read, less what the model declares secret.

    Raises:
        NotExportable: the app role reads nothing of the table.
    """
    for grants in facts(table).grants:
        readable = grants.privileges.get("SELECT")
        if grants.role is Role.APP and readable is not None:
            return [
                c.name for c in table.columns if not is_secret(c) and (readable == ALL_COLUMNS or c.name in readable)
            ]
    raise NotExportable(f"{table.name} is not readable by {Role.APP}: an export would miss it.")


def exports(metadata: MetaData) -> Iterator[Table]:
    """The tables of an export, those that others point at first: an import could follow their order."""
    return (table for table in metadata.sorted_tables if is_tenant_table(table))


class ExportDesk(Desk):
    """Reads as the app role, bound to the tenant: the policies see to it that no other tenant's row gets in."""

    def __init__(
        self, units: SystemUnits, identity: IdentityUnits, acting: Acting, settings: Settings, metadata: MetaData
    ) -> None:
        """`identity` makes units of the app role; `metadata` names all tables."""
        super().__init__(units, acting, settings)
        self.identity = identity
        self.metadata = metadata

    async def export(self, tenant_id: UUID, path: Path) -> dict[str, Any]:
        """Write the archive as of one moment, row by row, whatever its size; returns its manifest.

        Raises:
            TenantNotFound, NotExportable.
            OSError: the file cannot be written; nothing of it is left then.
        """
        columns = {table: exported(table) for table in exports(self.metadata)}
        tenant = await TenantDesk(self.units, self.acting, self.settings).get(tenant_id)
        part = path.with_name(f"{path.name}.part")
        try:
            with _private(part) as file:
                manifest = await self._write(file, tenant, columns)
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
        async with self.unit(tenant_id) as uow:
            rows = sum(item["rows"] for item in manifest["tables"])
            self.note(uow, "operators.tenant.exported", f"tenant:{tenant_id}", after={"rows": rows})
        return manifest

    async def _write(self, file: BinaryIO, tenant: TenantOut, columns: dict[Table, list[str]]) -> dict[str, Any]:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            async with self.identity.tenant_unit(self.acting.request_id, tenant.id, read_only=True) as uow:
                # Before the first query, so that all tables are seen as of one moment.
                await uow.connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
                tables = [await _write_table(archive, uow, table, names) for table, names in columns.items()]
            left_out = {
                table.name: [c.name for c in table.columns if c.name not in names] for table, names in columns.items()
            }
            manifest = {
                "format": FORMAT,
                "version": VERSION,
                "tenant": {"id": str(tenant.id), "slug": tenant.slug, "name": tenant.name, "plan": tenant.plan},
                "taken_at": self.clock.now().isoformat(),
                "schema": head(),
                "left_out": {str(name): names for name, names in left_out.items() if names},
                "tables": tables,
            }
            text = orjson.dumps(manifest, option=orjson.OPT_INDENT_2)
            archive.writestr(MANIFEST, text)
            archive.writestr(SIGNATURE, _signature(self.settings, text))
        return manifest


def _private(path: Path) -> BinaryIO:
    """A new file that only its owner may read, in the place of what a broken export left; no link is followed."""
    path.unlink(missing_ok=True)
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600), "wb")


def verify_export(path: Path, settings: Settings) -> dict[str, Any]:
    """The manifest of an archive that this installation has made and nobody has changed since.

    Raises:
        ExportInvalid: saying what is wrong.
        OSError: the file cannot be read.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            return _verified(archive, settings)
    except (zipfile.BadZipFile, KeyError, ValueError, EOFError, NotImplementedError) as error:
        raise ExportInvalid(f"{path.name} is no whole export: {error}") from error


def _verified(archive: zipfile.ZipFile, settings: Settings) -> dict[str, Any]:
    if archive.getinfo(MANIFEST).file_size > LARGEST_MANIFEST:
        raise ExportInvalid("The manifest is too large to be one.")
    text, signature = archive.read(MANIFEST), archive.read(SIGNATURE)
    if not hmac.compare_digest(signature, _signature(settings, text)):
        raise ExportInvalid("The signature is not this installation's, or the manifest was changed.")
    manifest: dict[str, Any] = orjson.loads(text)
    listed = sorted([MANIFEST, SIGNATURE, *(item["file"] for item in manifest["tables"])])
    if sorted(archive.namelist()) != listed:
        raise ExportInvalid("There are other files than the manifest lists.")
    for item in manifest["tables"]:
        digest = hashlib.sha256()
        with archive.open(item["file"]) as member:
            while chunk := member.read(CHUNK):
                digest.update(chunk)
        if digest.hexdigest() != item["sha256"]:
            raise ExportInvalid(f"{item['file']} was changed.")
    return manifest


async def _write_table(archive: zipfile.ZipFile, uow: UnitOfWork, table: Table, columns: list[str]) -> dict[str, Any]:
    """One table's rows, by the primary key; its line in the manifest."""
    key = ", ".join(f'"{column.name}"' for column in table.primary_key.columns)
    names = ", ".join(f'"{name}"' for name in columns)
    rows = f"SELECT {names} FROM {table.name} WHERE tenant_id = $1 ORDER BY {key}"
    digest, count, name = hashlib.sha256(), 0, f"tables/{table.name}.jsonl"
    with archive.open(name, "w", force_zip64=True) as member:
        statement = f"SELECT row_to_json(one)::text FROM ({rows}) AS one"
        async for row in uow.connection.cursor(statement, uow.tenant_id, prefetch=PREFETCH):
            line = row[0].encode() + b"\n"
            member.write(line)
            digest.update(line)
            count += 1
    return {"name": str(table.name), "file": name, "rows": count, "sha256": digest.hexdigest(), "columns": columns}


def _signature(settings: Settings, text: bytes) -> bytes:
    """With a key of its own, made of the installation's: what is signed here is taken for nothing else."""
    key = hmac.digest(settings.secrets.cursor_key.get_secret_value().encode(), PURPOSE, "sha256")
    return hmac.digest(key, text, "sha256").hex().encode()
