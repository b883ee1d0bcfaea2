"""`manage`: the groups of commands put together, and what a fault of the installation looks like."""

import sys

import typer

from app.config import ConfigError
from app.demo import DemoRefusedError
from app.embedded.places import EmbeddedError
from app.manage import config, installation, keys, mail, processes, schema
from app.manifests import ManifestError

cli = typer.Typer(
    no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help="Atrium: processes and chores."
)
for group in (processes, schema, installation, config, mail, keys):
    cli.add_typer(group.cli)


def main() -> None:
    """The entry point: faults of the installation are one clear sentence, not a stack."""
    try:
        cli()
    except (ConfigError, ManifestError, EmbeddedError, DemoRefusedError) as error:
        sys.stderr.write(f"{error}\n")
        raise SystemExit(1) from error


if __name__ == "__main__":
    main()
