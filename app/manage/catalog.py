"""`manage catalog`: products from a file on this machine."""

import asyncio
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Annotated, Literal, cast
from uuid import UUID

import typer

from app.core.schemas import TaskOut
from app.exceptions import ValidationFailed
from app.manage.serving import on_installation
from app.manage.settings import DATA, Data
from app.manage.tasks import follow, shown
from app.modules.catalog.repository import FileRepository
from app.modules.catalog.schemas import ProductsImport
from app.modules.catalog.services import FileService, file_key
from app.operators.services import TenantDesk, by_command
from app.runtime import Runtime

cli = typer.Typer()
catalog = typer.Typer(no_args_is_help=True, help="The catalog: products from a file.")
cli.add_typer(catalog, name="catalog")

FORMATS = {".csv": "csv", ".jsonl": "jsonl"}
CHUNK = 1024 * 1024
Mode = Literal["upsert", "create", "update"]


@catalog.callback()
def catalogs() -> None:
    """The catalog: products from a file."""


@catalog.command("import")
def import_file(
    file: Annotated[Path, typer.Argument(help="CSV or JSON Lines, by its ending", exists=True, dir_okay=False)],
    tenant: Annotated[str, typer.Option(help="whose it is: slug or id")],
    mode: Annotated[str, typer.Option(help="upsert, create or update")] = "upsert",
    data: Data = DATA,
) -> None:
    """Import products and follow the task: a bar on a terminal, else a line for every change. A worker of the queue `bulk` runs it.

    Exit status 1 unless it succeeded; refused rows are told of, and do not fail it.
    """

    async def work(runtime: Runtime) -> TaskOut:
        if file.suffix not in FORMATS:
            raise ValidationFailed(f"{file.name} ends in neither .csv nor .jsonl.")
        if mode not in Mode.__args__:  # type: ignore[attr-defined]  # a Literal has them
            raise ValidationFailed(f"The mode is upsert, create or update, not {mode}.")
        found = await TenantDesk(runtime.system, by_command(), runtime.settings).find(tenant)
        key = await begin(runtime, found.id, file, cast("Mode", mode))
        return await follow(runtime, found.id, key, shown())

    ended = on_installation(data, work)
    if sys.stdout.isatty():
        typer.echo()
    for row in (ended.result or {}).get("first_refused", ()):
        typer.echo(f"line {row['line']}: {row['field']} {row['reason']}", err=True)
    if ended.state != "succeeded":
        raise typer.Exit(1)


async def begin(runtime: Runtime, tenant_id: UUID, path: Path, mode: Mode) -> UUID:
    """Put the file where the task will read it, and start the task; returns its id."""
    by = by_command()
    async with runtime.identity.tenant_unit(by.request_id, tenant_id) as uow:
        file = await FileRepository(uow).make("import", FORMATS[path.suffix], at=runtime.clock.now())
    await runtime.files.write(file_key(tenant_id, file.id), _chunks(path))
    async with runtime.identity.tenant_unit(by.request_id, tenant_id) as uow:
        uow.actor = by.actor
        service = FileService(runtime.hub.commons(uow))
        return await service.import_products(ProductsImport(file_id=file.id, mode=mode), actor=by.actor)


async def _chunks(path: Path) -> AsyncIterator[bytes]:
    with path.open("rb") as file:
        while chunk := await asyncio.to_thread(file.read, CHUNK):
            yield chunk
