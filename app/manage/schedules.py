"""`manage schedule`: what comes when, and one run now."""

from typing import Annotated

import typer

from app.manage.serving import on_installation
from app.manage.settings import DATA, Data
from app.operators.schemas import ScheduleOut, StartedRun
from app.operators.services import ScheduleDesk, TenantDesk, by_command
from app.runtime import Runtime

cli = typer.Typer()
schedule = typer.Typer(no_args_is_help=True, help="Schedules: list them, run one now.")
cli.add_typer(schedule, name="schedule")

Tenant = Annotated[str | None, typer.Option(help="the tenant's slug or id; for what each tenant has")]


@schedule.command("list")
def list_schedules(tenant: Tenant = None, data: Data = DATA) -> None:
    """All schedules: when each comes next, and how its last run ended."""

    async def work(runtime: Runtime) -> list[ScheduleOut]:
        desk = ScheduleDesk(runtime.system, by_command(), runtime.settings)
        return await desk.all(None if tenant is None else (await _tenants(runtime).find(tenant)).id)

    for item in on_installation(data, work):
        whose = "each tenant" if item.per_tenant else "installation"
        following = "never" if item.next_at is None else f"{item.next_at:%Y-%m-%d %H:%M} UTC"
        last = (
            "" if item.last_run is None else f"  last {item.last_run.due_at:%Y-%m-%d %H:%M} UTC {item.last_run.outcome}"
        )
        typer.echo(f"{item.name:<32} {item.cron:<16} {item.time_zone:<16} {whose:<13} next {following}{last}")


@schedule.command("run")
def run_schedule(
    name: Annotated[str, typer.Argument(help="the schedule's name")], tenant: Tenant = None, data: Data = DATA
) -> None:
    """Run a schedule now, beside its times; a relay and a worker must be there to do it."""

    async def work(runtime: Runtime) -> StartedRun:
        desk = ScheduleDesk(runtime.system, by_command(), runtime.settings)
        return await desk.run(name, None if tenant is None else (await _tenants(runtime).find(tenant)).id)

    made = on_installation(data, work)
    typer.echo(f"{made.name} runs as of {made.due_at:%Y-%m-%d %H:%M:%S} UTC, event {made.event_id}.")


def _tenants(runtime: Runtime) -> TenantDesk:
    return TenantDesk(runtime.system, by_command(), runtime.settings)
