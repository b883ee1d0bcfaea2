"""`python -m bench` measures every goal, `python -m bench 1 8` some of them."""

import argparse
import os
import platform
import signal
import sys
import time
from datetime import UTC, datetime

from bench.goals import GOALS
from bench.load import LoadError, tool
from bench.report import write
from bench.rounds import Plan, Row
from bench.server import ServerError
from bench.stage import Stage


def main() -> int:
    """Measure, and write the results after each goal, so that an interruption loses only what was running."""
    options = _options()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # the servers are stopped on the way out
    before = os.getloadavg()[0]
    stage = Stage()
    rows: list[Row] = []
    table, failed = "", False
    try:
        stage.start()
        plan = Plan(stage, options.rounds, options.seconds)
        for number in options.goals or GOALS:
            began = time.monotonic()
            try:
                rows.extend(GOALS[number](plan))
            except (LoadError, ServerError) as error:
                print(f"goal {number} was not measured: {error}", file=sys.stderr)
                failed = True
                continue
            table = write(rows, _machine(options, stage, before))
            print(f"goal {number}: {time.monotonic() - began:.0f} s", file=sys.stderr)
    finally:
        stage.stop()
    print(table)
    return int(failed)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("goals", nargs="*", type=_goal, metavar="goal", help="default: all")
    parser.add_argument("--rounds", type=int, default=5, help="how often A and B take turns")
    parser.add_argument("--seconds", type=float, default=3.0, help="of each run")
    parser.add_argument("--note", default="", help="a sentence for the results: what else the machine was doing")
    return parser.parse_args()


def _goal(text: str) -> int:
    if not text.isdigit() or int(text) not in GOALS:
        raise argparse.ArgumentTypeError(f"{text} is not measured here; {', '.join(map(str, GOALS))} are")
    return int(text)


def _machine(options: argparse.Namespace, stage: Stage, before: float) -> dict[str, object]:
    return {
        "at": f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
        "python": platform.python_version(),
        "postgres": stage.version(),
        "processors": os.cpu_count(),
        "tool": tool(),
        "rounds": options.rounds,
        "seconds": options.seconds,
        "before": before,
        "after": os.getloadavg()[0],
        "note": options.note,
    }


if __name__ == "__main__":
    raise SystemExit(main())
