"""`make docs`: writes the table of grants in docs/security.md from what the models declare; `--check` says whether it is current."""

import sys
from collections.abc import Mapping

from sqlalchemy import Table

from app.config import ROOT
from app.db.base import Role, facts
from app.installed import metadata

DOCUMENT = ROOT / "docs" / "security.md"
BEGIN, END = "<!-- written by make docs: grants -->\n", "<!-- end of grants -->"
LETTERS = {"SELECT": "S", "INSERT": "I", "UPDATE": "U", "DELETE": "D"}


def main() -> int:
    """Write the table, or compare it; 1 where it is not current."""
    text = DOCUMENT.read_text(encoding="utf-8")
    written = rewritten(text)
    if "--check" in sys.argv[1:]:
        if written != text:
            sys.stderr.write("docs/security.md no longer shows the models' grants: run make docs.\n")
            return 1
        print("docs/security.md is current.")
        return 0
    DOCUMENT.write_text(written, encoding="utf-8")
    return 0


def rewritten(text: str) -> str:
    """The document with the table written afresh.

    Raises:
        ValueError: the table's place is missing.
    """
    before, found, rest = text.partition(BEGIN)
    _, closed, after = rest.partition(END)
    if not found or not closed:
        raise ValueError(f"docs/security.md has no place for the grants: it takes the lines {BEGIN}and {END}")
    return f"{before}{BEGIN}{table_of_grants()}{END}{after}"


def table_of_grants() -> str:
    """One row a table, in the order of names, one column a serving role."""
    head = ["table", "class", *(f"`{role}`" for role in Role)]
    lines = [head, ["---"] * len(head), *(_row(table) for _, table in sorted(metadata().tables.items()))]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def _row(table: Table) -> list[str]:
    declared = facts(table)
    held = {grants.role: grants.privileges for grants in declared.grants}
    return [table.name, declared.kind, *(_told(held.get(role, {})) for role in Role)]


def _told(privileges: Mapping[str, tuple[str, ...]]) -> str:
    told = [
        LETTERS[privilege] + (f" ({', '.join(privileges[privilege])})" if privileges[privilege] else "")
        for privilege in LETTERS
        if privilege in privileges
    ]
    return ", ".join(told)


if __name__ == "__main__":
    sys.exit(main())
