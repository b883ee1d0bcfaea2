"""`manage probe`: whether a process works. Called every few seconds, it imports next to nothing."""

from pathlib import Path
from typing import Annotated

import typer

from app.extensions.health_files import age_of

cli = typer.Typer()


@cli.command()
def probe(
    file: Annotated[Path, typer.Argument(help="what events.health_file names")],
    seconds: Annotated[float, typer.Option(help="how old it may be")] = 10.0,
) -> None:
    """Whether a worker or relay works, by its health file: code 0, or 1 and a sentence. For probes of Kubernetes."""
    age = age_of(file)
    if age is None:
        typer.echo(f"There is no {file}: the process does not run, or events.health_file names another.", err=True)
    elif age > seconds:
        typer.echo(f"{file} was touched {age:.1f} s ago, more than {seconds:g}: the process hangs.", err=True)
    if age is None or age > seconds:
        raise typer.Exit(1)
