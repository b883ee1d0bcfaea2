"""Commands for whoever writes migrations; they need no server, since each starts one of its own and throws it away."""

import asyncio
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import MetaData

from app.config import load_settings
from app.db import migrate as migrations
from app.embedded.keys import write_secrets
from app.embedded.places import Places
from app.embedded.servers import Servers
from app.installed import metadata
from app.migrations import lint
from app.migrations.proof import prove
from app.migrations.script import draft, write_scripts

cli = typer.Typer()


@cli.command()
def makemigration(slug: Annotated[str, typer.Argument(help="words_like_these, the end of the file's name")]) -> None:
    """Write the migration that the models ask for, and prove it on a throw-away database: there and back."""
    with throw_away_database() as url:
        written = make(url, slug, metadata())
    for path in written:
        typer.echo(f"Written: {path}")
    if not written:
        typer.echo("The migrations make what the models declare: nothing to write.")
        return
    typer.echo("Proved on a throw-away database: there, no drift, and back.")
    names = {path.name for path in written}
    found = [fault for fault in lint.faults() if fault.script in names]
    for fault in found:
        typer.echo(str(fault), err=True)
    if found:
        raise typer.Exit(1)


@cli.command()
def migrations_current() -> None:
    """Check on a fresh database that the migrations make exactly what the models declare."""
    with throw_away_database() as url:
        migrations.upgrade(url)
        found = migrations.drift(url, metadata())
    for line in found:
        typer.echo(line, err=True)
    if found:
        raise typer.Exit(1)
    typer.echo(f"Migrations are current: {migrations.head()}.")


@cli.command()
def migrations_lint() -> None:
    """Check every migration for locks, loss and the house's order."""
    found = lint.faults()
    for fault in found:
        typer.echo(str(fault), err=True)
    if found:
        raise typer.Exit(1)
    typer.echo("Migrations lock and lose nothing unsaid.")


def make(owner_url: str, slug: str, models: MetaData, versions: Path = migrations.VERSIONS) -> list[Path]:
    """Bring an empty database to the head, write what the models ask for beyond it, and prove it; an empty list: nothing.

    Raises:
        MigrationError: the name is not plain, or what was written does not do; the files stay, to be mended by hand.
    """
    migrations.upgrade(owner_url, versions=versions)
    changes = migrations.as_owner(owner_url, lambda connection: draft(connection, models))
    if not changes:
        return []
    head = migrations.head(versions)
    written = write_scripts(slug, changes, versions)
    prove(owner_url, head, models, versions)
    return written


@contextmanager
def throw_away_database() -> Iterator[str]:
    """The owner role's URL of a fresh database on a server of its own, which is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="atrium-") as folder:
        secrets = Path(folder) / "keys" / ".secrets.toml"
        secrets.parent.mkdir()
        write_secrets(secrets)
        servers = Servers(load_settings(secrets_file=secrets), Places.prepare(Path(folder) / "data"), fast=True)
        try:
            yield asyncio.run(servers.start()).database.owner_url
        finally:
            asyncio.run(servers.stop())
