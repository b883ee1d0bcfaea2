"""Commands that look at an installation or furnish it."""

import asyncio
import json
from pathlib import Path
from typing import Annotated

import typer

from app.config import Settings, load_settings
from app.demo import seed as seed_demo
from app.doctor import Finding, examine
from app.embedded.places import Places
from app.embedded.servers import Servers
from app.manage.settings import DATA, Data, settings_with_logs

cli = typer.Typer()
STATES = {"ok": "ok  ", "bad": "BAD ", "unknown": "??  "}


@cli.command()
def seed() -> None:
    """Write the demo tenants, people and products; refuses in production."""
    typer.echo("The demo was written." if seed_demo(settings_with_logs()) else "The demo is there already.")


@cli.command()
def doctor(
    data: Data = DATA,
    as_json: Annotated[bool, typer.Option("--json", help="one JSON list, for machines")] = False,
) -> None:
    """Look at secrets, logins, roles, schema, policies, grants, binding, pooler, clock and Redis; ends with 1 on a fault.

    Says of each fault how to mend it. Changes nothing.
    """
    findings = asyncio.run(_examine(load_settings(), data))
    if as_json:
        told = [
            {"name": item.name, "state": item.state, "found": item.found, "mend": item.mend or None}
            for item in findings
        ]
        typer.echo(json.dumps(told, indent=2))
    else:
        for finding in findings:
            typer.echo(f"{STATES[finding.state]} {finding.name}: {finding.found}")
            if finding.mend and not (finding.well and finding.looked):
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
