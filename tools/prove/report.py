"""The table of guards, for the terminal and for docs/security.md."""

from collections.abc import Sequence

from tools.prove.runner import Result

HEADS = ("guard", "without it", "taken out of", "s", "result", "went red")


def table(results: Sequence[Result]) -> str:
    """One row a guard, as Markdown."""
    rows = [HEADS, ("---",) * len(HEADS), *map(_cells, results)]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in rows)


def _cells(result: Result) -> tuple[str, ...]:
    guard = result.guard
    files = ", ".join(f"`{edit.file}`" for edit in guard.edits)
    red = sorted({name.partition("[")[0] for name in result.red})
    return (
        guard.name,
        guard.protects,
        files,
        f"{result.seconds:.0f}",
        result.verdict,
        ", ".join(f"`{name}`" for name in red),
    )
