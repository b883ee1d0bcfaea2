"""Goal 15: what the API process imports, against everything that the platform is made of."""

import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from statistics import median

from bench.rounds import Aim, Plan, Row

SERVE = "import app.main"
# Every module of app: command line, worker, relay, migrations, embedded servers, and the libraries behind them.
ALL = "import importlib, pkgutil, app; [importlib.import_module(m.name) for m in pkgutil.walk_packages(app.__path__, 'app.')]"
PROBE = """
import json, os, resource, sys, time
cpu, wall = time.process_time(), time.perf_counter()
{imports}
cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
try:
    with open("/proc/self/statm") as file:
        memory = int(file.read().split()[1]) * os.sysconf("SC_PAGESIZE")
except OSError:
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
print(json.dumps(dict(cpu=cpu, wall=wall, memory=memory / 2**20, modules=len(sys.modules))))
"""


def start(plan: Plan) -> Sequence[Row]:
    """Processor time and resident memory after the imports, each in a fresh interpreter, by turns."""
    for imports in (SERVE, ALL):
        _probe(imports)  # writes the byte code
    serve: list[dict[str, float]] = []
    everything: list[dict[str, float]] = []
    for number in range(max(plan.rounds, 5)):
        pair = [(serve, SERVE), (everything, ALL)]
        for found, imports in pair if number % 2 == 0 else reversed(pair):
            found.append(_probe(imports))
    return [
        _row("15 time", "imports of the API process against everything: processor time", "cpu", serve, everything, lambda value: f"{value * 1000:,.0f} ms"),
        _row("15 memory", "the same: resident memory", "memory", serve, everything, lambda value: f"{value:,.1f} MiB"),
    ]  # fmt: skip


def _row(
    key: str, what: str, figure: str, a: Sequence[dict[str, float]], b: Sequence[dict[str, float]],
    show: Callable[[float], str],
) -> Row:  # fmt: skip
    by_round = [x[figure] / y[figure] for x, y in zip(a, b, strict=True)]
    aim, ratio = Aim(0.75, 0.85, at_most=True), round(median(by_round), 3)
    cells = [show(median(sample[figure] for sample in samples)) for samples in (a, b)]
    note = " / ".join(f"{samples[0]['modules']:.0f}" for samples in (a, b)) + " modules"
    return Row(
        key, what, cells[0], cells[1], {figure: ratio}, ratio, (round(min(by_round), 3), round(max(by_round), 3)),
        aim, aim.verdict(ratio), len(a), 0, note,
    )  # fmt: skip


def _probe(imports: str) -> dict[str, float]:
    command = [sys.executable, "-c", PROBE.format(imports=imports)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - our own command
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found
