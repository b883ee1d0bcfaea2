"""`manage`: the groups of commands put together, and what a fault of the installation looks like."""

import sys

import typer

from app.config import ConfigError
from app.db.bootstrap import BootstrapError
from app.db.migrate import MigrationError
from app.demo import DemoRefusedError
from app.embedded.places import EmbeddedError
from app.manage import (
    audit,
    config,
    database,
    hub,
    installation,
    keys,
    mail,
    people,
    processes,
    schedules,
    schema,
    scripts,
    tasks,
    tenants,
)
from app.manifests import ManifestError
from app.startup import StartRefusedError

cli = typer.Typer(
    no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help="Atrium: processes and chores."
)
for group in (
    processes,
    schema,
    scripts,
    installation,
    config,
    keys,
    mail,
    people,
    tenants,
    tasks,
    schedules,
    audit,
    hub,
):
    cli.add_typer(group.cli)
cli.add_typer(database.cli, name="db")
FAULTS = (
    ConfigError,
    ManifestError,
    EmbeddedError,
    DemoRefusedError,
    StartRefusedError,
    BootstrapError,
    MigrationError,
)


def main() -> None:
    """The entry point: faults of the installation are one clear sentence, not a stack."""
    try:
        cli()
    except FAULTS as error:
        sys.stderr.write(f"{error}\n")
        raise SystemExit(1) from error


if __name__ == "__main__":
    main()
