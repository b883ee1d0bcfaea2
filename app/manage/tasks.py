"""`manage task`: long work, watched from the command line."""

import sys
from collections.abc import Callable
from typing import Annotated, Final
from uuid import UUID

import typer

from app.core import views
from app.core.schemas import TaskOut
from app.exceptions import NotFound, ValidationFailed
from app.extensions.event_stream import USUAL, ring_or_pause
from app.manage.serving import on_installation
from app.manage.settings import DATA, Data
from app.operators.services import TenantDesk, by_command
from app.runtime import Runtime
from app.utils.ids import parse_uuid, uuid7

cli = typer.Typer()
task = typer.Typer(no_args_is_help=True, help="Tasks: watch them.")
cli.add_typer(task, name="task")

WIDTH: Final = 30
CLEAR: Final = "\r\x1b[K"
"""Back to the beginning of the line, and empty it."""


@task.callback()
def tasks() -> None:
    """Tasks: watch them."""


@task.command("watch")
def watch_task(
    task_id: Annotated[str, typer.Argument(metavar="ID", help="the task's id")],
    tenant: Annotated[str, typer.Option(help="whose it is: slug or id")],
    data: Data = DATA,
) -> None:
    """Follow a task until it has ended: a bar on a terminal, else a line for every change. Exit status 1 unless it succeeded."""

    async def work(runtime: Runtime) -> TaskOut:
        key = parse_uuid(task_id)
        if key is None:
            raise ValidationFailed(f"{task_id} is no id of a task.")
        found = await TenantDesk(runtime.system, by_command(), runtime.settings).find(tenant)
        return await follow(runtime, found.id, key, shown())

    ended = on_installation(data, work)
    if sys.stdout.isatty():
        typer.echo()
    if ended.state != "succeeded":
        raise typer.Exit(1)


async def follow(runtime: Runtime, tenant_id: UUID, key: UUID, show: Callable[[TaskOut], None]) -> TaskOut:
    """Show every change that is noticed, and return the task as it ended.

    Raises:
        NotFound: the tenant has no such task, or no longer.
    """
    seen = 0
    with runtime.bells.listening(key) as rung:
        while True:
            rung.clear()
            async with runtime.system.unit(uuid7(), tenant_id, read_only=True) as uow:
                found = await views.task(uow, key)
            if found is None:
                raise NotFound("The tenant has no such task.")
            if found.revision > seen:
                seen = found.revision
                show(found)
            if found.finished_at is not None:
                return found
            await ring_or_pause(rung, USUAL.look_seconds)


def shown() -> Callable[[TaskOut], None]:
    """How a change is shown: a bar on a terminal, else a line."""
    return _bar if sys.stdout.isatty() else _line


def words(found: TaskOut) -> str:
    """Where it stands, in one line."""
    progress = found.progress
    total = "" if progress.total is None else f"/{progress.total}"
    parts = [found.state, f"{progress.done}{total} {progress.unit or ''}".strip(), progress.message, found.error]
    return "  ".join(part for part in parts if part)


def bar(found: TaskOut) -> str:
    """How much of it is done, as a bar; of a task that does not know its total there is none."""
    total = found.progress.total
    if not total:
        return ""
    filled = min(WIDTH, WIDTH * found.progress.done // total)
    return f"[{'#' * filled}{'.' * (WIDTH - filled)}] {min(100, 100 * found.progress.done // total):>3}%  "


def _bar(found: TaskOut) -> None:
    typer.echo(f"{CLEAR}{bar(found)}{words(found)}", nl=False)


def _line(found: TaskOut) -> None:
    typer.echo(words(found))
