"""`manage audit verify`: whether anybody changed the audit log beside the platform."""

import asyncio
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer

from app.config import Settings
from app.db.audit_checks import Chain, verify_tenants
from app.db.base import Role
from app.embedded.places import Places
from app.embedded.servers import Servers
from app.exceptions import TenantNotFound
from app.manage.settings import DATA, Data, settings_with_logs
from app.operators.services import TenantDesk, by_command
from app.runtime import Runtime
from app.startup import check_database, reaching
from app.utils.ids import parse_uuid

cli = typer.Typer()
audit = typer.Typer(no_args_is_help=True, help="The audit log: its chain of seals.")
cli.add_typer(audit, name="audit")


@audit.callback()
def _group() -> None:
    """Keeps `verify` a command of its own while it is the only one."""


@audit.command()
def verify(
    tenant: Annotated[str | None, typer.Option(help="only this tenant, by its slug or id")] = None,
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
    try:
        findings = asyncio.run(_verify(settings_with_logs(), data, tenant, heads, unsealed_seconds))
    except TenantNotFound as error:
        typer.echo(error.detail, err=True)
        raise typer.Exit(1) from error
    if findings:
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
    settings: Settings, data: Path, tenant: str | None, heads: dict[int, str], unsealed_seconds: float
) -> int:
    """In the database that the settings name, else in the embedded one, which is adopted or started for the while."""
    if settings.database.system_url and settings.redis.url:
        return await _verify_in(settings, tenant, heads, unsealed_seconds)
    servers = Servers(settings, Places.prepare(data))
    try:
        return await _verify_in(await servers.start(), tenant, heads, unsealed_seconds)
    finally:
        await servers.stop(only_own=True)


async def _verify_in(settings: Settings, tenant: str | None, heads: dict[int, str], unsealed_seconds: float) -> int:
    """Print as it goes; returns the number of findings."""
    units = Runtime(settings).system
    pool, key = units.pool, settings.secrets.audit_key.get_secret_value().encode()
    count = findings = 0
    try:
        with reaching(Role.SYSTEM):
            await pool.open()
        await check_database({Role.SYSTEM: pool})
        tenants = [] if tenant is None else [await _id_of(tenant, TenantDesk(units, by_command(), settings))]
        async for chain in verify_tenants(pool, key, tenants, heads=heads, unsealed_seconds=unsealed_seconds):
            count += 1
            findings += len(chain.findings)
            _print(chain)
    finally:
        await pool.close()
    logs = "1 log" if count == 1 else f"{count} logs"
    typer.echo(f"{logs}, {findings} findings." if findings else f"{logs}, nothing wrong.")
    return findings


async def _id_of(tenant: str, desk: TenantDesk) -> UUID:
    """An id is taken as it is: of a tenant whose row is gone the head that was kept tells still."""
    return parse_uuid(tenant) or (await desk.find(tenant)).id


def _print(chain: Chain) -> None:
    head = chain.head or "none"
    typer.echo(
        f"tenant {chain.tenant_id}: {chain.entries} entries in {chain.seals} seals, {chain.unsealed} unsealed, head {head}"
    )
    for finding in chain.findings:
        typer.echo(f"  {finding.kind.upper()}: {finding.where}: {finding.what}", err=True)
