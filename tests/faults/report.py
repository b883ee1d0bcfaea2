"""The table of faults, for the terminal and for docs/faults.md."""

import os
import platform
from collections.abc import Sequence
from datetime import UTC, datetime

from app.config import ROOT
from tests.faults.rows import ROWS
from tests.faults.rows.base import Outcome, Plan

DOCUMENT = ROOT / "docs" / "faults.md"
HEADS = (
    "row",
    "seed",
    "ok",
    "failed",
    "unknown",
    "lost",
    "phantom",
    "duplicate",
    "partial",
    "s",
    "holds",
    "the proof that it fired",
)


def line(outcome: Outcome) -> str:
    """One outcome, with what did not hold."""
    broken = "".join(f"\n    BROKEN {what}" for what in outcome.broken)
    return " | ".join(_cells(outcome)) + broken


def table(outcomes: Sequence[Outcome], seed: int, kept: Sequence[Sequence[str]] = ()) -> str:
    """All outcomes behind the rows that are kept of other runs, as Markdown that reads well in a terminal too."""
    found = {row[0]: row for row in (*kept, *(_row(outcome, seed) for outcome in outcomes))}
    rows = [HEADS, *(found[name] for name in ROWS if name in found)]
    widths = [max(len(row[number]) for row in rows) for number in range(len(HEADS))]
    lines = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |" for row in rows
    ]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(lines)


def kept_rows() -> list[list[str]]:
    """The cells of the rows that the document has."""
    text = DOCUMENT.read_text(encoding="utf-8") if DOCUMENT.exists() else ""
    lines = [line for line in text.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines[1:]]


def page(plan: Plan, outcomes: Sequence[Outcome], load: float) -> str:
    """The document: the command beside its table, and what each row does. Rows that were not run stay as they are."""
    rows = "" if len(outcomes) == len(ROWS) else "".join(f" --row {outcome.name}" for outcome in outcomes)
    command = (
        f"python -m tests.faults{rows} --seed {plan.seed} --operations {plan.operations} --kills {plan.kills} --write"
    )
    faults = "\n".join(f"- **{name}**: {row.fault}." for name, row in ROWS.items())
    broken = "\n".join(f"- {outcome.name}: {what}" for outcome in outcomes for what in outcome.broken)
    return f"""# Faults that lose nothing

Real processes, real servers (PostgreSQL as safe as in earnest), faults by a seeded schedule. A client writes numbered
operations over HTTP and notes what it was told of each; afterwards that is compared with the database. *Lost*: told ok, and a
trace or an effect is missing. *Phantom*: refused, and it is there. *Duplicate*: two effects of one. *Partial*: a row without
its event or its audit entry, or the other way round. A run counts only with the proof that the fault fired.

    {command}

The last run: {datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} processors, Python {platform.python_version()}, load at the end {load:.1f}. A row
whose seed is another is of a run before, with its own seed and as many operations and faults.

{table(outcomes, plan.seed, kept_rows())}

{faults}
{chr(10) + "## What did not hold" + chr(10) + chr(10) + broken + chr(10) if broken else ""}"""


def _row(outcome: Outcome, seed: int) -> list[str]:
    name, *rest = _cells(outcome)
    return [name, str(seed), *rest]


def _cells(outcome: Outcome) -> tuple[str, ...]:
    verdict = outcome.verdict
    found = (verdict.lost, verdict.phantom, verdict.duplicate, verdict.partial)
    return (
        outcome.name,
        *(str(outcome.counts[told]) for told in ("ok", "failed", "unknown")),
        *(str(len(names)) for names in found),
        f"{outcome.seconds:.0f}",
        "yes" if outcome.holds else "NO",
        ", ".join(f"{what}: {count}" for what, count in outcome.proof.items()),
    )
