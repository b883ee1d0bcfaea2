"""`manage db`: what an administrator does with the server before the schema."""

import asyncio
import os
from pathlib import Path
from typing import Annotated
from urllib.parse import unquote, urlsplit

import typer
from pydantic import SecretStr

from app.config import ConfigError, Database, load_database
from app.db.bootstrap import APP, IDENTITY, OWNER, SYSTEM, BootstrapError, Logins, bootstrap, draw, role_url

cli = typer.Typer()
db = typer.Typer(no_args_is_help=True, help="The database server: made ready before the first migration.")
cli.add_typer(db, name="db")

SETTINGS = {"owner_url": OWNER, "url": APP, "identity_url": IDENTITY, "system_url": SYSTEM}
LOGINS = {OWNER: "owner", APP: "app", IDENTITY: "identity", SYSTEM: "system"}


@db.callback()
def _group() -> None:
    """Keeps `bootstrap` a command of its own while it is the only one."""


@db.command(name="bootstrap")
def bootstrap_command(
    admin_url: Annotated[
        str,
        typer.Option(
            envvar="ATRIUM_ADMIN_URL",
            show_default=False,
            help="an administrator's URL; better in the variable, where the list of processes does not show it",
        ),
    ],
    database: Annotated[str, typer.Option(help="the database to make")] = "atrium",
    write: Annotated[
        Path | None, typer.Option(help="write the new URLs to this new file, mode 0600, rather than to standard output")
    ] = None,
    new_passwords: Annotated[
        bool,
        typer.Option("--new-passwords", help="draw new ones for roles that exist and whose URL is not in the settings"),
    ] = False,
) -> None:
    """Make database, roles and rights, or put them right again; safe to repeat.

    Passwords come from the settings' database URLs where those are given. Others are drawn and shown this once, as lines
    of an environment file; a role that exists keeps its password.
    """
    limits = load_database()
    given = {role: password for setting, role in SETTINGS.items() if (password := _given(limits, setting, database))}
    if write is not None and write.exists():
        raise ConfigError(f"{write} exists already: name a new file, or remove it.")
    drawn = {role: draw() for role in LOGINS if role not in given} if new_passwords else {}
    passwords = Logins(**{LOGINS[role]: SecretStr(password) for role, password in (given | drawn).items()})
    drawn |= asyncio.run(bootstrap(admin_url, database, passwords=passwords, limits=limits))
    lines = [
        f"ATRIUM_DATABASE__{setting.upper()}={role_url(admin_url, role, drawn[role], database)}"
        for setting, role in SETTINGS.items()
        if role in drawn
    ]
    typer.echo(f"The database {database} and its roles are ready.", err=True)
    kept = [role for role in LOGINS if role not in drawn and role not in given]
    if kept:
        typer.echo(f"Passwords kept: {', '.join(kept)}; --new-passwords draws new ones.", err=True)
    if lines:
        _hand_over(lines, write)
    typer.echo("Next: manage migrate, with ATRIUM_DATABASE__OWNER_URL; then manage doctor.", err=True)


def _given(database: Database, setting: str, name: str) -> str:
    """The password that the settings give a role.

    Raises:
        ConfigError: the URL is another role's or leads to another database, so that it would not fit what is made.
    """
    url = getattr(database, setting)
    if not url:
        return ""
    parts = urlsplit(url)
    role = SETTINGS[setting]
    if unquote(parts.username or "") != role:
        raise ConfigError(f"database.{setting} logs in as {parts.username}: it must be {role}.")
    if unquote(parts.path.lstrip("/")) != name:
        raise ConfigError(
            f"database.{setting} leads to {parts.path.lstrip('/')!r}, not {name!r}: mend it, or use --database."
        )
    password = unquote(parts.password or "")
    if not password.isascii():
        raise ConfigError(f"database.{setting}: the password must be ASCII.")
    return password


def _hand_over(lines: list[str], file: Path | None) -> None:
    """To a file of this user alone, or to standard output."""
    text = "\n".join(lines) + "\n"
    if file is None:
        typer.echo(
            "Keep these lines: the passwords are nowhere else. The owner's is for manage migrate alone.", err=True
        )
        typer.echo(text, nl=False)
        return
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        typer.echo(text, nl=False)  # else nobody would ever know them
        raise BootstrapError(
            f"{file} cannot be written ({error.strerror}): the lines are on standard output."
        ) from error
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        out.write(text)
    typer.echo(f"The URLs of the new passwords are in {file}. The owner's is for manage migrate alone.", err=True)
