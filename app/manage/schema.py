"""Commands that change or show the schema of a database, as the owner role."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

import typer

from app.config import Settings
from app.db import migrate as migrations
from app.db.migrate import MigrationError
from app.embedded.places import Places
from app.embedded.servers import Servers
from app.manage.settings import DATA, Data, settings_with_logs
from app.migrations.lint import history, notes
from app.migrations.render import Rendered
from app.migrations.rules import losses

PENDING, UNKNOWN = 3, 4
"""Exit codes of `status`, for scripts; 1 is left to errors."""
PRODUCTION = "production"

cli = typer.Typer()


@cli.command()
def migrate(
    revision: Annotated[str, typer.Argument(help="where to; the newest when left out")] = "head", data: Data = DATA
) -> None:
    """Bring the database to the newest schema, or to REVISION; waits while another runner is at it."""
    with _owner(settings_with_logs(), data) as url:
        migrations.upgrade(url, revision, say=typer.echo)
        typer.echo(f"The database is at {migrations.current(url)}.")


@cli.command()
def undo(
    *,
    yes: Annotated[bool, typer.Option("--yes", help="the data that goes may go")] = False,
    in_production: Annotated[bool, typer.Option("--in-production", help="needed where env is production")] = False,
    data: Data = DATA,
) -> None:
    """Take the newest migration back."""
    settings = settings_with_logs()
    if settings.env == PRODUCTION and not in_production:
        raise MigrationError("This is production: repair by a new migration, or say --in-production.")
    with _owner(settings, data) as url:
        script = _script(migrations.current(url))
        lost = losses(script.down)
        if lost and not yes:
            raise MigrationError(f"Data would be lost ({'; '.join(lost)}): say --yes if it may go.")
        migrations.undo(url, say=typer.echo)
        typer.echo(
            f"{script.script.revision} was taken back; the database is at {migrations.current(url) or 'nothing'}."
        )


@cli.command()
def status(data: Data = DATA) -> None:
    """Show the database's revision, the code's, and what is pending. Exit code 0: current, 3: pending, 4: unknown to this code."""
    with _owner(settings_with_logs(), data) as url:
        found = migrations.current(url)
    scripts = history()
    known = [script.script.revision for script in scripts]
    typer.echo(f"database: {found or 'nothing'}\ncode:     {known[-1]}")
    if found is not None and found not in known:
        typer.echo("The database is at a revision that this code does not know: it was migrated by newer code.")
        raise typer.Exit(UNKNOWN)
    pending = scripts[known.index(found) + 1 if found else 0 :]
    for script in pending:
        typer.echo(f"pending:  {script.script.revision} {script.script.doc}")
        for note in notes(script):
            typer.echo(f"          {note}")
    if pending:
        raise typer.Exit(PENDING)


@cli.command()
def reset(
    *, yes: Annotated[bool, typer.Option("--yes", help="everything in it may go")] = False, data: Data = DATA
) -> None:
    """Drop everything that the database holds and migrate it afresh; not in production."""
    settings = settings_with_logs()
    if settings.env == PRODUCTION:
        raise MigrationError("This is production: nothing is reset here.")
    embedded = not (settings.database.url or settings.database.owner_url)
    if embedded and not yes:
        raise MigrationError("Everything in the embedded database would go: say --yes if it may.")
    with _owner(settings, data) as url:
        if not embedded:
            name = urlsplit(url).path.removeprefix("/")
            place = urlsplit(url).netloc.rpartition("@")[2]
            typed = typer.prompt(f"Everything in {name} on {place} will go. Type the database's name", default="")
            if typed != name:
                raise MigrationError("That is not its name: nothing was done.")
        migrations.reset(url, say=typer.echo)
        typer.echo(f"The database is empty and at {migrations.current(url)}.")


@contextmanager
def _owner(settings: Settings, data: Path) -> Iterator[str]:
    """The owner role's URL: the settings', else the embedded server's, which is adopted or started for the while."""
    if settings.database.owner_url or settings.database.url:
        yield settings.database.owner_url
        return
    servers = Servers(settings, Places.prepare(data))
    try:
        yield asyncio.run(servers.start()).database.owner_url
    finally:
        asyncio.run(servers.stop(only_own=True))


def _script(revision: str | None) -> Rendered:
    """The script of a revision.

    Raises:
        MigrationError: there is none, or this code does not know it.
    """
    if revision is None:
        raise MigrationError("The database has no migration to take back.")
    for script in history():
        if script.script.revision == revision:
            return script
    raise MigrationError(
        f"The database is at {revision}, which this code does not know: undo it with the code it came with."
    )
