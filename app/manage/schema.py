"""Commands that change or show the schema of a database, as the owner role."""

import asyncio
from collections.abc import Callable, Iterator
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
    undo_newest(settings_with_logs(), data, yes=yes, in_production=in_production)


@cli.command()
def status(data: Data = DATA) -> None:
    """Show the database's revision, the code's, and what is pending. Exit code 0: current, 3: pending, 4: unknown to this code."""
    raise typer.Exit(show_status(settings_with_logs(), data))


@cli.command()
def reset(
    *, yes: Annotated[bool, typer.Option("--yes", help="everything in it may go")] = False, data: Data = DATA
) -> None:
    """Drop everything that the database holds and migrate it afresh; not in production."""
    reset_database(settings_with_logs(), data, yes=yes, ask=lambda question: str(typer.prompt(question, default="")))


def undo_newest(settings: Settings, data: Path, *, yes: bool, in_production: bool) -> None:
    """Take the newest migration back; its loss of data must have been agreed to, and that this is production.

    Raises:
        MigrationError: something was not agreed to, or it cannot be done; nothing has changed.
    """
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


def show_status(settings: Settings, data: Path) -> int:
    """Print where database and code are and what is pending; the exit code.

    Raises:
        MigrationError: the database cannot be asked.
    """
    with _owner(settings, data) as url:
        found = migrations.current(url)
    scripts = history()
    known = [script.script.revision for script in scripts]
    typer.echo(f"database: {found or 'nothing'}\ncode:     {known[-1]}")
    if found is not None and found not in known:
        typer.echo("The database is at a revision that this code does not know: it was migrated by newer code.")
        return UNKNOWN
    pending = scripts[known.index(found) + 1 if found else 0 :]
    for script in pending:
        typer.echo(f"pending:  {script.script.revision} {script.script.doc}")
        for note in notes(script):
            typer.echo(f"          {note}")
    return PENDING if pending else 0


def reset_database(settings: Settings, data: Path, *, yes: bool, ask: Callable[[str], str]) -> None:
    """Empty and migrate; an embedded database needs `yes`, any other its name, typed.

    Raises:
        MigrationError: this is production, nobody agreed, or it cannot be done.
    """
    if settings.env == PRODUCTION:
        raise MigrationError("This is production: nothing is reset here.")
    embedded = not (settings.database.url or settings.database.owner_url)
    if embedded and not yes:
        raise MigrationError("Everything in the embedded database would go: say --yes if it may.")
    with _owner(settings, data) as url:
        name, place = urlsplit(url).path.removeprefix("/"), urlsplit(url).netloc.rpartition("@")[2]
        question = f"Everything in {name} on {place} will go. Type the database's name"
        if not embedded and (not url or ask(question) != name):
            raise MigrationError("That is not the database's name: nothing was done.")
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
