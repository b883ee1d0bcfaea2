"""`manage up`: everything on one machine."""

from collections.abc import Sequence

import typer

from app.config import Settings
from app.db import migrate as migrations
from app.demo import seed as seed_demo
from app.embedded.up import run_up
from app.installed import INSTALLED
from app.manage.settings import DATA, Data, Port
from app.manifests import enabled_modules, known_queues

cli = typer.Typer()


@cli.command()
def up(port: Port = 8000, data: Data = DATA) -> None:
    """Start everything on this machine: servers, migrations, demo, API, worker, relay."""
    raise typer.Exit(run_up(port, data, _prepare))


def _prepare(settings: Settings) -> Sequence[str]:
    """What `up` does between the servers and the processes; returns the queues that need a worker."""
    migrations.upgrade(settings.database.owner_url)
    seed_demo(settings)
    return known_queues(enabled_modules(INSTALLED, settings))
