"""Goal 18: what a quiet tenant waits while another asks far beyond its rate, and what counting costs a request."""

import asyncio
import json
import time
from collections.abc import Mapping, Sequence
from functools import partial
from statistics import median

from app.config import RateTable, Settings
from bench.apps.atrium import atrium, uncounted
from bench.asking import logged, pages
from bench.client import drive_at, shout
from bench.data import Size, tenant, tenants
from bench.goals.products import check_page, listing
from bench.line import Child
from bench.load import LoadError
from bench.rounds import Aim, Plan, Row, by_turns, compare, row
from bench.server import Server

SIZE = Size(tenants=200, rows=100)
LIST = "/api/v1/products?limit=50"
QUIET = tenants(10)
LOUD = tenant(11)
QUIET_PER_SECOND, LOUD_PER_SECOND = 50.0, 300.0
ALLOWED = RateTable(read=600, write=600, heavy=600, auth=600)
"""Ten requests a second: the loud tenant asks for thirty times as many."""
WARM_SECONDS = 3.0
AHEAD_SECONDS = 0.5


def limits(plan: Plan) -> Sequence[Row]:
    """The quiet tenants' pages alone and beside the loud tenant; and the list with and without counting."""
    return [_beside(plan), _cost(plan)]


def _beside(plan: Plan) -> Row:
    shared = plan.stage.database("rated", SIZE)
    settings = rated(shared, {"tenant": ALLOWED})
    with logged(plan, "limits", partial(atrium, settings)) as server:
        _both(plan, server, settings, WARM_SECONDS)
        both, alone = by_turns(
            plan,
            lambda: _both(plan, server, settings, plan.seconds),
            lambda: (asyncio.run(_quiet(server, settings, plan.seconds)), {}),
        )
    latency = [beside["p95_ms"] / quiet["p95_ms"] for (beside, _), (quiet, _) in zip(both, alone, strict=True)]
    refused = sum(loud["errors"] for _, loud in both) / sum(loud["answers"] for _, loud in both)
    beside_ms, alone_ms = (median(quiet["p95_ms"] for quiet, _ in found) for found in (both, alone))
    cells = (f"p95 {beside_ms:.1f} ms", f"p95 {alone_ms:.1f} ms")
    what = "p95 of quiet tenants' GET /products beside a tenant at thirty times its rate, against without it"
    note = f"{QUIET_PER_SECOND:g} and {LOUD_PER_SECOND:g} requests/s at random; {refused:.0%} of the loud one's refused"
    return row("18", what, cells, {"latency": latency}, plan, Aim(1.5, 2, at_most=True), note=note)


def _cost(plan: Plan) -> Row:
    settings = rated(plan.stage.database("rated", SIZE), {})
    with (
        logged(plan, "counted", partial(atrium, settings)) as on,
        logged(plan, "uncounted", partial(uncounted, settings)) as off,
    ):
        subjects = (listing(on, settings), listing(off, settings))
        for subject in subjects:
            check_page(subject)
        what = "GET /products?limit=50 with rates counted and told, against without"
        return compare("18 cost", what, subjects, plan, Aim(0.97, 0.95))


def rated(settings: Settings, changes: Mapping[str, RateTable]) -> Settings:
    """With the rates that settings.toml ships, so that leases are as frequent as in an installation, but for the changes."""
    tables = {
        "tenant": RateTable(read=6000, write=1800, heavy=120, auth=240),
        "person": RateTable(read=3000, write=900, heavy=60, auth=60),
        "owner": RateTable(read=12_000, write=3600, heavy=240, auth=480),
        **changes,
    }
    return settings.model_copy(update={"rates": settings.rates.model_copy(update=tables)})


def _both(plan: Plan, server: Server, settings: Settings, seconds: float) -> tuple[dict[str, float], dict[str, float]]:
    """The loud tenant asks from a process of its own, and longer on both sides: in one, the quiet ones' client would wait for its."""
    texts, told = pages(server, settings, [LOUD], LIST), plan.stage.folder / "loud.json"
    longer = {"per_second": LOUD_PER_SECOND, "seconds": seconds + 2 * AHEAD_SECONDS}
    loud = Child(plan.stage.folder / "loud.log", shout, server.port, texts, told, **longer)
    time.sleep(AHEAD_SECONDS)
    quiet = asyncio.run(_quiet(server, settings, seconds))
    loud.finish()
    return quiet, json.loads(told.read_text())


async def _quiet(server: Server, settings: Settings, seconds: float) -> dict[str, float]:
    texts = pages(server, settings, QUIET, LIST)
    counted = await drive_at(server.port, texts, per_second=QUIET_PER_SECOND, seconds=seconds)
    if counted["errors"]:
        raise LoadError(f"{server.name}: {counted['errors']:.0f} of a quiet tenant's requests were refused")
    return counted
