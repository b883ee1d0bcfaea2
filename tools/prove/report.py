"""The table of guards, for the terminal and for docs/security.md."""

from collections.abc import Iterable, Sequence

from tools.prove.guards import Guard
from tools.prove.runner import Result

HEADS = ("guard", "without it", "taken out of", "s", "result", "went red")


def table(results: Sequence[Result]) -> str:
    """One row a guard, as Markdown."""
    rows = [HEADS, ("---",) * len(HEADS), *map(_cells, results)]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in rows)


def merged(before: str, results: Sequence[Result], guards: Iterable[Guard]) -> str:
    """The table with these results, and of guards that were not tried the rows that it held before."""
    known = {_name(line): line for line in before.splitlines(keepends=True)}
    known |= {_name(line): line for line in table(results).splitlines(keepends=True)}
    heads = table(()).splitlines(keepends=True)
    return "".join([*heads, *(known[guard.name] for guard in guards if guard.name in known)])


def _name(line: str) -> str:
    return line.strip("| \n").partition(" |")[0]


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
