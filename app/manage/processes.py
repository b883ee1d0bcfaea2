"""Commands that run a process until it is stopped."""

from pathlib import Path
from typing import Annotated

import typer

from app.api import serve
from app.config import Settings
from app.db import migrate as migrations
from app.demo import seed as seed_demo
from app.embedded.up import run_up
from app.extensions.health_files import age_of
from app.manage.settings import DATA, Data, settings_with_logs
from app.relay import relay_until_stopped
from app.worker import DeliveryWorker

cli = typer.Typer()

Port = Annotated[int, typer.Option(help="where the API listens")]


@cli.command()
def up(port: Port = 8000, data: Data = DATA) -> None:
    """Start everything on this machine: servers, migrations, demo, API, worker, relay."""
    raise typer.Exit(run_up(port, data, _prepare))


@cli.command()
def api(port: Port = 8000, host: str = "127.0.0.1") -> None:
    """Serve the API."""
    serve(port, host)


@cli.command()
def worker(queue: Annotated[str, typer.Argument(help="one queue a process")] = "default") -> None:
    """Run deliveries of one queue."""
    DeliveryWorker(settings_with_logs()).serve(queue)


@cli.command()
def relay() -> None:
    """Move due deliveries from Postgres to the queues; any number may run at once."""
    relay_until_stopped(settings_with_logs())


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


def _prepare(settings: Settings) -> None:
    """What `up` does between the servers and the processes."""
    migrations.upgrade(settings.database.owner_url)
    seed_demo(settings)
