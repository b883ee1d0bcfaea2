"""`make docs`: writes the table of grants in docs/security.md from what the models declare."""

import sys
from collections.abc import Mapping

from sqlalchemy import Table

from app.config import ROOT
from app.db.base import Role, facts
from app.installed import metadata
from tools import written

DOCUMENT = ROOT / "docs" / "security.md"
LETTERS = {"SELECT": "S", "INSERT": "I", "UPDATE": "U", "DELETE": "D"}


def parts() -> dict[str, str]:
    """What is written, by its name."""
    return {"grants": table_of_grants()}


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
    sys.exit(written.main(DOCUMENT, parts))
