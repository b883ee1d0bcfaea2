"""Commands that run a process until it is stopped."""

from typing import Annotated

import typer

from app.api import serve
from app.manage.settings import Port, settings_with_logs
from app.relay import relay_until_stopped
from app.worker import work

cli = typer.Typer()


@cli.command()
def api(port: Port = 8000, host: str = "127.0.0.1") -> None:
    """Serve the API."""
    serve(port, host)


@cli.command()
def worker(queue: Annotated[str, typer.Argument(help="one queue a process")] = "default") -> None:
    """Run deliveries of one queue."""
    work(settings_with_logs(), queue)


@cli.command()
def relay() -> None:
    """Move due deliveries from Postgres to the queues; any number may run at once."""
    relay_until_stopped(settings_with_logs())
