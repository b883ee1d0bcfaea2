"""`make faults`: every row of the table of faults at length, on servers and processes of its own. `--row NAME` runs one."""

import argparse
import asyncio
import os
import random
import sys

from tests.faults.report import DOCUMENT, line, page, table
from tests.faults.rows import ROWS, Outcome, Plan
from tests.faults.site import site


def main() -> int:
    """Run, print the table, and with --write keep it; 1 where something did not hold."""
    options = _options()
    seed = random.SystemRandom().randrange(2**32) if options.seed is None else options.seed
    plan = Plan(seed, options.operations, options.kills)
    sys.stderr.write(f"seed {seed}\n")
    outcomes = asyncio.run(_run(plan, options.row or list(ROWS)))
    sys.stdout.write(table(outcomes, seed) + "\n")
    if options.write:
        DOCUMENT.write_text(page(plan, outcomes, os.getloadavg()[0]), encoding="utf-8")
    return int(not all(outcome.holds for outcome in outcomes))


async def _run(plan: Plan, names: list[str]) -> list[Outcome]:
    outcomes = []
    async with site() as made:
        for name in names:
            outcomes.append(await ROWS[name](made, plan).run())
            sys.stderr.write(line(outcomes[-1]) + "\n")
    return outcomes


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--seed", type=int, help="of the schedule of faults; drawn and printed otherwise")
    parser.add_argument("--operations", type=int, default=1000, help="to be acknowledged in each row")
    parser.add_argument("--kills", type=int, default=20, help="faults in each row")
    parser.add_argument("--row", action="append", choices=list(ROWS), help="only this row; may be given several times")
    parser.add_argument("--write", action="store_true", help="write docs/faults.md")
    return parser.parse_args()


if __name__ == "__main__":
    raise SystemExit(main())
