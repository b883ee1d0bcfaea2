"""`python -m bench.profile`: microseconds of processor time per layer of goal 1, in Atrium and in bare."""

import argparse
import asyncio
import json
import platform
import signal
import sys
from collections import defaultdict
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from bench import client
from bench.apps.seamed import seamed, seamed_bare
from bench.asking import logged
from bench.goals.products import LIST, SIZE, TENANTS, bare_creating, bare_listing, creating, listing
from bench.load import drive, request
from bench.rounds import Plan, Subject
from bench.seams import LEDGER
from bench.stage import Stage

COMMAND = "python -m bench.profile"
SEAMS = "seams"
TARGET = Path(__file__).with_name("profile.md")
HEAD = """# Where the time of a request goes

{machine}

`{command}` made these tables: microseconds of processor time of the server's thread per request, one client, median of
{rounds} rounds of {seconds:g} s, Atrium and bare in turn. The method stands in `bench/seams.py`: the time between two seams
belongs to the layer above, the event loop's work for a waiting statement to that statement. Crossing the seams itself costs
something too, which is spread over the layers and said below each table. One client shows shares, not ratios: with 32 the
event loop serves several requests a turn, and every layer is cheaper.
"""
TABLE = """
## {what}

| layer | Atrium µs | bare µs | over bare µs |
| --- | ---: | ---: | ---: |
"""


def main() -> int:
    """Measure both and write the table."""
    parser = argparse.ArgumentParser(prog="python -m bench.profile", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="how often the two take turns")
    parser.add_argument("--seconds", type=float, default=2.0, help="of each run")
    parser.add_argument("--note", default="", help="a sentence: what else the machine was doing")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    stage = Stage()
    try:
        stage.start()
        plan = Plan(stage, options.rounds, options.seconds)
        settings = stage.database("shops", SIZE)
        with (
            logged(plan, "seamed", partial(seamed, settings)) as ours,
            logged(plan, "seamed-bare", partial(seamed_bare, stage.admin_url("shops"), TENANTS[0])) as theirs,
        ):
            lists = _measure(listing(ours, settings), bare_listing(theirs), plan)
            creations = _measure(creating(ours, settings), bare_creating(theirs), plan)
        table = HEAD.format(
            machine=f"{_machine(stage)} {options.note}".rstrip(),
            command=COMMAND,
            rounds=plan.rounds,
            seconds=plan.seconds,
        )
        table += _table(f"GET {LIST}", *lists) + _table("POST /api/v1/products", *creations)
    finally:
        stage.stop()
    TARGET.write_text(table, encoding="utf-8")
    print(table)
    return 0


def _measure(a: Subject, b: Subject, plan: Plan) -> tuple[dict[str, float], dict[str, float]]:
    """Microseconds by layer, of both."""
    found: tuple[dict[str, list[float]], dict[str, list[float]]] = (defaultdict(list), defaultdict(list))
    for subject in (a, b):
        drive(subject.server, subject.requests(), clients=1, seconds=1)
    for number in range(plan.rounds):
        turns = [(a, found[0]), (b, found[1])]
        for subject, layers in turns if number % 2 == 0 else reversed(turns):
            texts = subject.requests()
            _ledger(subject)
            drive(subject.server, texts, clients=1, seconds=plan.seconds)
            told = _ledger(subject)
            for layer, spent in told["layers"].items():
                layers[layer].append(spent / told["requests"] / 1000)
            layers[SEAMS].append(told["crossings"] * told["crossing_ns"] / told["requests"] / 1000)
    medians = [{layer: median(spent) for layer, spent in layers.items()} for layers in found]
    return medians[0], medians[1]


def _ledger(subject: Subject) -> dict[str, Any]:
    """What the server's ledger holds; it begins anew."""
    status, body = asyncio.run(client.fetch(subject.server.port, request(subject.server, "GET", LEDGER)))
    if status != 200:
        raise RuntimeError(f"the ledger answers {status}")
    told: dict[str, Any] = json.loads(body)
    return told


def _table(what: str, a: Mapping[str, float], b: Mapping[str, float]) -> str:
    layers = sorted((layer for layer in a if layer != SEAMS), key=lambda layer: -a[layer])
    lines = [_line(layer, a[layer], b.get(layer, 0.0)) for layer in layers]
    total = [sum(layers[layer] for layer in layers if layer != SEAMS) for layers in (a, b)]
    foot = f"\nThe seams: about {a[SEAMS]:.0f} µs in Atrium, {b[SEAMS]:.0f} in bare.\n"
    return TABLE.format(what=what) + "".join([*lines, _line("**all**", total[0], total[1])]) + foot


def _line(layer: str, ours: float, theirs: float) -> str:
    return f"| {layer} | {ours:,.0f} | {theirs:,.0f} | {ours - theirs:,.0f} |\n"


def _machine(stage: Stage) -> str:
    return f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, Python {platform.python_version()}, PostgreSQL {stage.version()}."


if __name__ == "__main__":
    raise SystemExit(main())
