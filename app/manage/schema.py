"""Commands of the schema: migrations and what they make."""

import asyncio
import tempfile
from pathlib import Path

import typer

from app.config import Settings, load_settings
from app.db import migrate as migrations
from app.embedded.keys import write_secrets
from app.embedded.places import Places
from app.embedded.servers import Servers
from app.installed import metadata
from app.manage.settings import settings_with_logs

cli = typer.Typer()


@cli.command()
def migrate() -> None:
    """Bring the database to the newest schema, as the owner role."""
    migrations.upgrade(settings_with_logs().database.owner_url)
    typer.echo(f"The database is at {migrations.head()}.")


@cli.command()
def migrations_current() -> None:
    """Check on a fresh database that the migrations make exactly what the models declare."""
    with tempfile.TemporaryDirectory(prefix="atrium-") as folder:
        secrets = Path(folder) / "keys" / ".secrets.toml"
        secrets.parent.mkdir()
        write_secrets(secrets)
        found = asyncio.run(_fresh_drift(load_settings(secrets_file=secrets), Path(folder) / "data"))
    for line in found:
        typer.echo(line, err=True)
    if found:
        raise typer.Exit(1)
    typer.echo(f"Migrations are current: {migrations.head()}.")


async def _fresh_drift(settings: Settings, data: Path) -> list[str]:
    servers = Servers(settings, Places.prepare(data), fast=True)
    try:
        url = (await servers.start()).database.owner_url
        await asyncio.to_thread(migrations.upgrade, url)
        return await asyncio.to_thread(migrations.drift, url, metadata())
    finally:
        await servers.stop()
