"""`make prove`: prints what became of each guard; 1 where the removal of one went unnoticed. `--guard NAME` tries one."""

import argparse
import sys
from collections.abc import Sequence

from app.config import ROOT
from tools.prove.report import merged, table
from tools.prove.runner import Result, proving
from tools.prove.table import GUARDS
from tools.written import part, rewritten

DOCUMENT = ROOT / "docs" / "security.md"


def main() -> int:
    """Run, print, and with --write keep in docs/security.md what holds."""
    options = _options()
    chosen = [guard for guard in GUARDS if not options.guard or guard.name in options.guard]
    results = proving(chosen, at_once=options.at_once)
    sys.stdout.write(table(results) + told(results))
    holds = all(result.holds for result in results)
    if options.write:
        keep([result for result in results if result.holds])
    return int(not holds)


def keep(results: Sequence[Result]) -> None:
    """Write these rows; the others stay, but for those of guards that are no more."""
    text = DOCUMENT.read_text(encoding="utf-8")
    before = part(text, "guards", by="make prove")
    DOCUMENT.write_text(rewritten(text, {"guards": merged(before, results, GUARDS)}, by="make prove"), encoding="utf-8")


def told(results: Sequence[Result]) -> str:
    """What is wrong, guard by guard."""
    return "".join(f"\n{result.guard.name}: {result.verdict}\n{result.why}\n" for result in results if not result.holds)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tools.prove", description=__doc__)
    parser.add_argument(
        "--guard",
        action="append",
        choices=[guard.name for guard in GUARDS],
        help="only this one; may be given several times",
    )
    parser.add_argument(
        "--at-once", type=int, default=2, help="how many trees are tried at a time, each on servers of its own"
    )
    parser.add_argument("--write", action="store_true", help="write the rows of those that hold into docs/security.md")
    return parser.parse_args()


if __name__ == "__main__":
    raise SystemExit(main())
