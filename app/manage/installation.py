"""Commands that look at an installation or furnish it."""

import asyncio
from pathlib import Path

import typer

from app.config import Settings, load_settings
from app.demo import seed as seed_demo
from app.doctor import Finding, examine
from app.embedded.places import Places
from app.embedded.servers import Servers
from app.manage.settings import DATA, Data, settings_with_logs

cli = typer.Typer()


@cli.command()
def seed() -> None:
    """Write the demo tenants, people and products; refuses in production."""
    typer.echo("The demo was written." if seed_demo(settings_with_logs()) else "The demo is there already.")


@cli.command()
def doctor(data: Data = DATA) -> None:
    """Look at settings, roles, grants, policies, schema, binding, clock and Redis; says of each fault how to mend it."""
    findings = asyncio.run(_examine(load_settings(), data))
    for finding in findings:
        typer.echo(f"{'ok  ' if finding.well else 'BAD '} {finding.name}: {finding.found}")
        if not finding.well:
            typer.echo(f"     mend: {finding.mend}")
    if not all(finding.well for finding in findings):
        raise typer.Exit(1)


async def _examine(settings: Settings, data: Path) -> list[Finding]:
    """Of the servers that the settings name, else of the embedded ones, which are adopted or started for the while."""
    if settings.database.url and settings.redis.url:
        return await examine(settings)
    servers = Servers(settings, Places.prepare(data))
    try:
        return await examine(await servers.start())
    finally:
        await servers.stop(only_own=True)
