"""`manage audit verify`: whether anybody changed the audit log beside the platform."""

import asyncio
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer

from app.config import Settings
from app.db.audit_checks import Chain, verify_tenants
from app.embedded.places import Places
from app.embedded.servers import Servers
from app.manage.settings import DATA, Data, settings_with_logs
from app.runtime import Runtime

cli = typer.Typer()
audit = typer.Typer(no_args_is_help=True, help="The audit log: its chain of seals.")
cli.add_typer(audit, name="audit")


@audit.callback()
def _group() -> None:
    """Keeps `verify` a command of its own while it is the only one."""


@audit.command()
def verify(
    tenant: Annotated[UUID | None, typer.Option(help="only this tenant, by its id")] = None,
    head: Annotated[
        list[str] | None, typer.Option(help="an end of the chain seen before, number:mac; needs --tenant")
    ] = None,
    unsealed_seconds: Annotated[float, typer.Option(min=0, help="how long an entry may wait for its seal")] = 300.0,
    data: Data = DATA,
) -> None:
    """Compare every entry with its seal and every seal with the one before. Leaves with 1 where something is wrong.

    Keep the printed heads, or the log's `audit sealed` lines, outside the database: with `--head` a tail that was cut off,
    or cut off and made anew, is found too.
    """
    heads = _heads(head or [])
    if heads and tenant is None:
        raise typer.BadParameter("a head is of one chain: name its --tenant", param_hint="--head")
    if asyncio.run(_verify(settings_with_logs(), data, tenant, heads, unsealed_seconds)):
        raise typer.Exit(1)


def _heads(values: list[str]) -> dict[int, str]:
    found = {}
    for value in values:
        number, _, mac = value.partition(":")
        if not number.isdigit() or len(mac) != 64 or set(mac.lower()) - set("0123456789abcdef"):  # noqa: PLR2004 - SHA-256
            raise typer.BadParameter("write number:mac, the MAC in 64 hexadecimal digits", param_hint="--head")
        found[int(number)] = mac.lower()
    return found


async def _verify(
    settings: Settings, data: Path, tenant: UUID | None, heads: dict[int, str], unsealed_seconds: float
) -> int:
    """In the database that the settings name, else in the embedded one, which is adopted or started for the while."""
    if settings.database.system_url:
        return await _verify_in(settings, tenant, heads, unsealed_seconds)
    servers = Servers(settings, Places.prepare(data))
    try:
        return await _verify_in(await servers.start(), tenant, heads, unsealed_seconds)
    finally:
        await servers.stop(only_own=True)


async def _verify_in(settings: Settings, tenant: UUID | None, heads: dict[int, str], unsealed_seconds: float) -> int:
    """Print as it goes; returns the number of findings."""
    pool = Runtime(settings).system.pool
    key = settings.secrets.audit_key.get_secret_value().encode()
    tenants = [] if tenant is None else [tenant]
    await pool.open()
    count = findings = 0
    try:
        async for chain in verify_tenants(pool, key, tenants, heads=heads, unsealed_seconds=unsealed_seconds):
            count += 1
            findings += len(chain.findings)
            _print(chain)
    finally:
        await pool.close()
    logs = "1 log" if count == 1 else f"{count} logs"
    typer.echo(f"{logs}, {findings} findings." if findings else f"{logs}, nothing wrong.")
    return findings


def _print(chain: Chain) -> None:
    head = chain.head or "none"
    typer.echo(
        f"tenant {chain.tenant_id}: {chain.entries} entries in {chain.seals} seals, {chain.unsealed} unsealed, head {head}"
    )
    for finding in chain.findings:
        typer.echo(f"  {finding.kind.upper()}: {finding.where}: {finding.what}", err=True)
