"""`manage tenant`: tenants as operators keep them, from the command line."""

import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

import typer
from pydantic import ValidationError

from app.exceptions import AppError, FieldFault, ValidationFailed
from app.installed import metadata
from app.manage.serving import on_installation
from app.manage.settings import DATA, Data, settings_with_logs
from app.operators.schemas import TenantMake, TenantQuery
from app.operators.services import ExportDesk, PurgeDesk, TenantDesk, by_command, verify_export
from app.runtime import Runtime
from app.tenants.schemas import TenantOut

cli = typer.Typer()
tenant = typer.Typer(no_args_is_help=True, help="Tenants: make, list, suspend, resume, delete them.")
cli.add_typer(tenant, name="tenant")

Key = Annotated[str, typer.Argument(help="the tenant's slug or id")]


@tenant.command("create")
def create_tenant(
    slug: Annotated[str, typer.Argument(help="its name in X-Tenant-ID")],
    name: Annotated[str, typer.Option(help="what people call it")],
    owner: Annotated[str, typer.Option(help="the address of a person, who becomes its owner")],
    plan: Annotated[str, typer.Option(help="a key of `plans` in the settings")] = "standard",
    data: Data = DATA,
) -> None:
    """Make a tenant for a person."""

    async def work(runtime: Runtime) -> TenantOut:
        try:
            body = TenantMake.model_validate({"slug": slug, "name": name, "owner": owner, "plan": plan})
        except ValidationError as error:
            faults = [FieldFault("invalid", item["msg"], f"/{item['loc'][0]}") for item in error.errors()]
            raise ValidationFailed(errors=faults) from error
        return await _desk(runtime).create(body)

    _show(on_installation(data, work))


@tenant.command("list")
def list_tenants(data: Data = DATA) -> None:
    """All tenants, oldest first."""

    async def work(runtime: Runtime) -> list[TenantOut]:
        found: list[TenantOut] = []
        cursor = None
        while True:
            page = await _desk(runtime).page(TenantQuery(limit=100, cursor=cursor), runtime.cursors)
            found += page.data
            cursor = page.next_cursor
            if cursor is None:
                return found

    for item in on_installation(data, work):
        _show(item)


@tenant.command("suspend")
def suspend_tenant(
    key: Key,
    reason: Annotated[str, typer.Option(help="why; stands in the tenant's audit log")],
    data: Data = DATA,
) -> None:
    """Let nobody in, from the next request on."""
    _on_tenant(data, key, lambda desk, tenant_id: desk.suspend(tenant_id, reason))


@tenant.command("resume")
def resume_tenant(key: Key, data: Data = DATA) -> None:
    """Let people in again."""
    _on_tenant(data, key, TenantDesk.resume)


@tenant.command("plan")
def set_plan(key: Key, plan: Annotated[str, typer.Argument(help="a key of `plans`")], data: Data = DATA) -> None:
    """Give a tenant another plan."""
    _on_tenant(data, key, lambda desk, tenant_id: desk.set_plan(tenant_id, plan))


@tenant.command("delete")
def delete_tenant(
    key: Key,
    confirm: Annotated[str, typer.Option(help="the slug again, so that it is the right one")],
    data: Data = DATA,
) -> None:
    """Mark a tenant for deletion; it is purged after the time of grace."""

    async def work(runtime: Runtime) -> TenantOut:
        desk = _desk(runtime)
        found = await desk.find(key)
        if found.slug != confirm:
            raise ValidationFailed(f"The slug is {found.slug}, not {confirm}: nothing was done.")
        return await desk.plan_deletion(found.id)

    _show(on_installation(data, work))


@tenant.command("purge")
def purge_tenants(
    key: Annotated[str | None, typer.Argument(help="the tenant's slug or id")] = None,
    due: Annotated[
        bool, typer.Option("--due", help="all tenants whose time of grace is over: for a daily job")
    ] = False,
    data: Data = DATA,
) -> None:
    """Remove everything of tenants whose time of grace is over, and print a certificate of each, one JSON object a line."""
    if due == (key is not None):
        raise typer.BadParameter("name one tenant, or give --due")

    async def work(runtime: Runtime) -> None:
        desk = PurgeDesk(runtime.system, runtime.identity, by_command(), runtime.settings, metadata(), runtime.files)
        found = await desk.due() if key is None else [await _desk(runtime).find(key)]
        for item in found:
            typer.echo(json.dumps((await desk.purge(item.id)).as_dict()))

    on_installation(data, work)


@tenant.command("export")
def export_tenant(
    key: Key,
    to: Annotated[Path, typer.Option(help="the file to be written; only its owner may read it")],
    data: Data = DATA,
) -> None:
    """Write all data of a tenant as a signed archive: JSON lines, table by table, as of one moment."""

    async def work(runtime: Runtime) -> dict[str, Any]:
        found = await _desk(runtime).find(key)
        desk = ExportDesk(runtime.system, runtime.identity, by_command(), runtime.settings, metadata())
        return await desk.export(found.id, to)

    _show_export(on_installation(data, work))
    typer.echo(f"{to} was written.")


@tenant.command("verify-export")
def verify(file: Annotated[Path, typer.Argument(help="an archive of `manage tenant export`")]) -> None:
    """Check that this installation has made an archive and that nobody has changed it."""
    try:
        manifest = verify_export(file, settings_with_logs())
    except (AppError, OSError) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from error
    _show_export(manifest)
    typer.echo(f"{file} is whole, and this installation's.")


def _on_tenant(data: Path, key: str, act: Callable[[TenantDesk, UUID], Awaitable[TenantOut]]) -> None:
    async def work(runtime: Runtime) -> TenantOut:
        desk = _desk(runtime)
        return await act(desk, (await desk.find(key)).id)

    _show(on_installation(data, work))


def _show_export(manifest: dict[str, Any]) -> None:
    for item in manifest["tables"]:
        typer.echo(f"{item['rows']:>10}  {item['name']}")
    typer.echo(f"of {manifest['tenant']['slug']} ({manifest['tenant']['id']}), taken {manifest['taken_at']}")


def _show(item: TenantOut) -> None:
    due = "" if item.deletion_due_at is None else f"  to be purged {item.deletion_due_at:%Y-%m-%d %H:%M} UTC"
    typer.echo(f"{item.id}  {item.slug:<24} {item.state:<10} {item.plan:<12} {item.name}{due}")


def _desk(runtime: Runtime) -> TenantDesk:
    return TenantDesk(runtime.system, by_command(), runtime.settings)
