"""`manage hub map`: which events there are, and who reacts to them how. Asks no server."""

from collections.abc import Iterator
from typing import Annotated

import msgspec
import typer

from app.extensions.hub_map import EventEntry, HandlerEntry, HubMap, RetryPolicy, hub_map
from app.extensions.priorities import Retries
from app.extensions.responses import encode
from app.installed import INSTALLED
from app.manage.settings import settings_with_logs
from app.manifests import check_manifests, enabled_modules

cli = typer.Typer()
hub = typer.Typer(no_args_is_help=True, help="The message hub: events, handlers, tasks, schedules.")
cli.add_typer(hub, name="hub")


@hub.callback()
def _group() -> None:
    """Keeps `map` a command of its own while it is the only one."""


@hub.command("map")
def show_map(
    as_json: Annotated[bool, typer.Option("--json", help="the whole map, as GET /operator/hub answers it")] = False,
) -> None:
    """Print what is routed in this installation. Raises ManifestError where the manifests do not fit together."""
    settings = settings_with_logs()
    modules = enabled_modules(INSTALLED, settings, installed=INSTALLED)
    check_manifests(modules)
    found = hub_map(modules, Retries(settings.events.max_attempts, settings.events.backoff_seconds))
    if as_json:
        typer.echo(msgspec.json.format(encode(found)).decode())
    else:
        typer.echo("\n".join(lines(found)))


def lines(found: HubMap) -> Iterator[str]:
    """The map as text, an event a paragraph."""
    for event in found.events:
        yield from _event(event)
    for task in found.tasks:
        yield f"task {task.kind} ({task.module}): {task.title}"
        yield f"    queue {task.queue}, {task.priority}, {task.timeout_seconds:g} s, {_retries(task.retries)}"
    for schedule in found.schedules:
        whose = "for each tenant" if schedule.per_tenant else "once"
        yield f"schedule {schedule.name} ({schedule.module}): {schedule.cron} {schedule.time_zone}, {whose}"
        yield f"    queue {schedule.queue}, {schedule.priority}, {schedule.timeout_seconds:g} s, {_retries(schedule.retries)}"


def _event(event: EventEntry) -> Iterator[str]:
    kept = "for ever" if event.retention_days is None else f"{event.retention_days} days"
    public = ", public" if event.public else ""
    yield f"{event.name} v{event.event_version} ({event.module}{public}, kept {kept}): {event.description}"
    yield f"    {', '.join(f'{field.name}: {field.type}' for field in event.fields)}"
    for handler in event.handlers:
        yield f"    -> {handler.name}: {', '.join(_manner(handler))}"


def _manner(handler: HandlerEntry) -> Iterator[str]:
    if handler.lane == "inline":
        yield "inline"
        return
    yield from (f"queue {handler.queue}", handler.priority, f"{handler.timeout_seconds:g} s", _retries(handler.retries))
    for word, holds in (("outside", handler.outside), ("ordered", handler.ordered), ("unique", handler.unique)):
        if holds:
            yield word


def _retries(policy: RetryPolicy) -> str:
    return f"{policy.max_attempts} tries from {policy.backoff_seconds:g} s"
