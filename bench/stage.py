"""The servers and databases that the measurements run on, in a temporary folder of their own."""

import asyncio
import os
import shutil
import tempfile
from pathlib import Path

import asyncpg

from app.config import Settings, load_settings
from app.db import migrate
from app.db.bootstrap import bootstrap
from app.embedded.keys import write_secrets
from app.embedded.places import Places
from app.embedded.servers import DATABASE, Servers
from bench.data import Size, fill

# Whatever the environment names: two hundred thousand rows are never written into somebody's own server.
# Goals that send all they can to one tenant measure what a request costs; goal 1 and its like have the rates of an installation.
NO_RATES = dict.fromkeys(
    ("tenant", "person", "api_key", "owner"), dict.fromkeys(("read", "write", "heavy", "auth"), 10**9)
)
EMBEDDED_ONLY = {
    "database": dict.fromkeys(("url", "identity_url", "system_url", "owner_url"), ""),
    "redis": {"url": ""},
    "logs": {"level": "INFO"},
    "rates": NO_RATES,
}
CLIENT_BACKENDS = "SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"


class Stage:
    """PostgreSQL without fsync, so that the disk does not hide what the code costs, and Valkey."""

    def __init__(self) -> None:
        """Makes the folder and starts nothing."""
        os.environ["ATRIUM_ENV"] = "development"
        self.folder = Path(tempfile.mkdtemp(prefix="atrium-bench-"))
        (self.folder / "keys").mkdir()
        secrets = self.folder / "keys" / ".secrets.toml"
        write_secrets(secrets)
        self._loaded = load_settings(EMBEDDED_ONLY, secrets_file=secrets)
        self._servers = Servers(self._loaded, Places.prepare(self.folder / "data"), fast=True)
        self._settings = self._loaded
        self._known: dict[str, Settings] = {}

    def start(self) -> None:
        """Start both servers and migrate the database that the others are copied from."""
        self._settings = asyncio.run(self._servers.start())
        migrate.upgrade(self._settings.database.owner_url)

    def stop(self) -> None:
        """Stop the servers and remove everything they wrote."""
        asyncio.run(self._servers.stop())
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def settings(self) -> Settings:
        """Those that every measured application has, but for its database."""
        return self._settings

    def database(self, name: str, size: Size) -> Settings:
        """Settings of a database of that name and size; made and filled when it is first asked for."""
        if name not in self._known:
            asyncio.run(self._make(name, size))
            self._known[name] = self._pointed_at(name)
        return self._known[name]

    def admin_url(self, name: str) -> str:
        """The superuser's URL of a database: row-level security does not exist for it."""
        return self._servers.admin_url.rsplit("/", 1)[0] + f"/{name}"

    def version(self) -> str:
        """The version of PostgreSQL."""
        return str(asyncio.run(_value(self._servers.admin_url, "SHOW server_version")))

    def database_seconds(self) -> float | None:
        """Processor time that PostgreSQL has spent for its clients; None where the system does not tell (not Linux)."""
        pids = asyncio.run(_column(self._servers.admin_url, CLIENT_BACKENDS))
        try:
            return sum(int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) for pid in pids) / 1e9
        except OSError:
            return None

    async def _make(self, name: str, size: Size) -> None:
        admin = await asyncpg.connect(self._servers.admin_url)
        try:
            await admin.execute(f"CREATE DATABASE {name} TEMPLATE {DATABASE}")
        finally:
            await admin.close()
        if self._loaded.embedded is None:
            raise RuntimeError("the secrets hold no passwords of the embedded servers")
        await bootstrap(self._servers.admin_url, name, passwords=self._loaded.embedded, limits=self._settings.database)
        await fill(self.admin_url(name), size)

    def _pointed_at(self, name: str) -> Settings:
        database = self._settings.database
        urls = {
            field: getattr(database, field).rsplit("/", 1)[0] + f"/{name}"
            for field in ("url", "identity_url", "system_url", "owner_url")
        }
        return self._settings.model_copy(update={"database": database.model_copy(update=urls)})


async def _value(url: str, statement: str) -> object:
    (first, *_) = await _column(url, statement)
    return first


async def _column(url: str, statement: str) -> list[object]:
    connection = await asyncpg.connect(url)
    try:
        return [row[0] for row in await connection.fetch(statement)]
    finally:
        await connection.close()
