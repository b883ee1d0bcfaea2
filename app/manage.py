"""The command line: every process of Atrium and every chore of its operators."""

import asyncio
import sys
import tempfile
from pathlib import Path
from typing import Annotated

import typer

from app.api import serve
from app.config import ConfigError, Settings, load_settings
from app.db import migrate as migrations
from app.demo import DemoRefusedError
from app.demo import seed as seed_demo
from app.doctor import Finding, examine
from app.embedded.keys import write_secrets
from app.embedded.places import EmbeddedError, Places
from app.embedded.servers import Servers
from app.embedded.up import run_up
from app.extensions.logs import configure_logs
from app.hub import ManifestError
from app.installed import metadata
from app.relay import relay_until_stopped
from app.worker import DeliveryWorker

cli = typer.Typer(
    no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help="Atrium: processes and chores."
)

Port = Annotated[int, typer.Option(help="where the API listens")]
Data = Annotated[Path, typer.Option(help="the folder that holds everything the embedded servers keep")]


@cli.command()
def up(port: Port = 8000, data: Data = Path(".atrium")) -> None:
    """Start everything on this machine: servers, migrations, demo, API, worker, relay."""
    raise typer.Exit(run_up(port, data, _prepare))


@cli.command()
def api(port: Port = 8000, host: str = "127.0.0.1") -> None:
    """Serve the API."""
    serve(port, host)


@cli.command()
def worker(queue: Annotated[str, typer.Argument(help="one queue a process")] = "default") -> None:
    """Run deliveries of one queue."""
    DeliveryWorker(_settings()).serve(queue)


@cli.command()
def relay() -> None:
    """Move due deliveries from Postgres to the queues; any number may run at once."""
    relay_until_stopped(_settings())


@cli.command()
def migrate() -> None:
    """Bring the database to the newest schema, as the owner role."""
    migrations.upgrade(_settings().database.owner_url)
    typer.echo(f"The database is at {migrations.head()}.")


@cli.command()
def seed() -> None:
    """Write the demo tenants, people and products; refuses in production."""
    typer.echo("The demo was written." if seed_demo(_settings()) else "The demo is there already.")


@cli.command()
def migrations_current() -> None:
    """Check on a fresh database that the migrations make exactly what the models declare."""
    with tempfile.TemporaryDirectory(prefix="atrium-") as folder:
        secrets = Path(folder) / "keys" / ".secrets.toml"
        secrets.parent.mkdir()
        write_secrets(secrets)
        found = asyncio.run(_fresh_drift(load_settings(secrets_file=secrets), Path(folder) / "data"))
    for line in found:
        typer.echo(line, err=True)
    if found:
        raise typer.Exit(1)
    typer.echo(f"Migrations are current: {migrations.head()}.")


@cli.command()
def doctor(data: Data = Path(".atrium")) -> None:
    """Look at settings, roles, grants, policies, schema, binding, clock and Redis; says of each fault how to mend it."""
    findings = asyncio.run(_examine(load_settings(), data))
    for finding in findings:
        typer.echo(f"{'ok  ' if finding.well else 'BAD '} {finding.name}: {finding.found}")
        if not finding.well:
            typer.echo(f"     mend: {finding.mend}")
    if not all(finding.well for finding in findings):
        raise typer.Exit(1)


def main() -> None:
    """The entry point: faults of the installation are one clear sentence, not a stack."""
    try:
        cli()
    except (ConfigError, ManifestError, EmbeddedError, DemoRefusedError) as error:
        sys.stderr.write(f"{error}\n")
        raise SystemExit(1) from error


def _settings() -> Settings:
    settings = load_settings()
    configure_logs(settings.logs.level)
    return settings


def _prepare(settings: Settings) -> None:
    """What `up` does between the servers and the processes."""
    migrations.upgrade(settings.database.owner_url)
    seed_demo(settings)


async def _examine(settings: Settings, data: Path) -> list[Finding]:
    """Of the servers that the settings name, else of the embedded ones, which are adopted or started for the while."""
    if settings.database.url and settings.redis.url:
        return await examine(settings)
    servers = Servers(settings, Places.prepare(data))
    try:
        return await examine(await servers.start())
    finally:
        await servers.stop(only_own=True)


async def _fresh_drift(settings: Settings, data: Path) -> list[str]:
    servers = Servers(settings, Places.prepare(data), fast=True)
    try:
        url = (await servers.start()).database.owner_url
        await asyncio.to_thread(migrations.upgrade, url)
        return await asyncio.to_thread(migrations.drift, url, metadata())
    finally:
        await servers.stop()


if __name__ == "__main__":
    main()
