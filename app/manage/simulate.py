"""`manage simulate`: a shop day with real processes, faults on, and the audit of the books at its end."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from app.config import Settings
from app.db import migrate as migrations
from app.installed import INSTALLED
from app.manifests import enabled_modules, known_queues
from app.simulation.day import Day
from app.simulation.journal import Journal
from app.simulation.picture import picture
from app.simulation.plan import RATE, Plan
from app.simulation.run import Scene, settings_of_day, simulate
from app.simulation.table import rows_of, summary, table, verdict

cli = typer.Typer()
OUT = Path("build/simulation")


@cli.command("simulate")
def simulate_day(
    tenants: Annotated[int, typer.Option(min=1, max=100, help="how many shops")] = 20,
    minutes: Annotated[float, typer.Option(min=0.1, max=60, help="how long the day takes")] = 2.0,
    seed: Annotated[
        int, typer.Option(help="draws who comes when, what is bought, and who is killed in which order")
    ] = 1,
    rate: Annotated[float, typer.Option(min=0.1, max=60, help="visits a minute and shop")] = RATE,
    out: Annotated[Path, typer.Option(file_okay=False, help="the folder for day.txt, day.svg and processes.log")] = OUT,
    *,
    faults: Annotated[bool, typer.Option(help="kill api, worker, relay, Valkey and PostgreSQL in turn")] = True,
) -> None:
    """Live a shop day on servers and processes of its own, kill them in turn, and audit the books; not in production.

    Prints a row for each hour, writes a plot, and ends with 1 where the books do not balance, naming what.
    """
    plan = Plan(tenants, minutes, seed, faults, rate)
    day = Day(plan, Journal(plan))
    simulate(day, Scene(settings_of_day(), _prepare, out), typer.echo)
    rows = rows_of(day)
    lines = [*table(rows), "", *summary(day), "", *verdict(day)]
    typer.echo("\n".join(["", *lines]))
    (out / "day.txt").write_text("\n".join([str(plan), "", *map(str, day.struck), "", *lines, ""]), encoding="utf-8")
    (out / "day.svg").write_text(picture(day, rows), encoding="utf-8")
    typer.echo(f"{out}/day.svg and {out}/day.txt were written.")
    if day.faults:
        raise typer.Exit(1)


def _prepare(settings: Settings) -> Sequence[str]:
    """What the database needs before the processes start; returns the queues that need a worker."""
    migrations.upgrade(settings.database.owner_url)
    return known_queues(enabled_modules(INSTALLED, settings))
