"""`make docs`: draws the pictures of docs/architecture.md from the code, as Mermaid text.

Mermaid, because it needs no program to be drawn, is rendered where the file is read, and shows in a diff what has changed.
"""

import importlib
import sys
from collections.abc import Iterator

import grimp
from sqlalchemy import ForeignKeyConstraint, Table, UniqueConstraint
from sqlalchemy.dialects import postgresql

from app.config import ROOT
from app.db.base import facts
from app.installed import INSTALLED, metadata
from tools import written
from tools.request_path import request_path

DOCUMENT = ROOT / "docs" / "architecture.md"
MODULES = "modules"
Edges = set[tuple[str, str]]


def pictures() -> dict[str, str]:
    """All pictures by name, as they stand in the document."""
    drawn = {"module graph": module_graph(edges_of("app")), "tables": tables(), "request path": request_path()}
    return {name: f"```mermaid\n{picture}\n```\n" for name, picture in drawn.items()}


def edges_of(package: str) -> Edges:
    """Which part of the package imports which, parts being its files and folders, and the folders in `modules`."""
    graph = grimp.build_graph(package, cache_dir=None)
    found = set()
    for module in graph.modules:
        for imported in graph.find_modules_directly_imported_by(module):
            pair = _part(module), _part(imported)
            if all(pair) and pair[0] != pair[1]:
                found.add(pair)
    return found


def reduced(edges: Edges) -> Edges:
    """The imports that do not follow from others.

    Raises:
        ValueError: parts that import each other in a circle.
    """
    following = {part: _reached(edges, part) for pair in edges for part in pair}
    circles = sorted(part for part, reached in following.items() if part in reached)
    if circles:
        raise ValueError(f"these import each other in a circle: {', '.join(circles)}")
    return {(a, b) for a, b in edges if not any(b in following[c] for x, c in edges if x == a and c != b)}


def module_graph(edges: Edges) -> str:
    """A flow chart of the parts: modules with a manifest are boxes with double sides, folders boxes, single files round."""
    lines = ["flowchart TD"]
    for part in sorted({part for pair in edges for part in pair}):
        folder = ROOT / "app" / part.replace(".", "/")
        left, right = ("[[", "]]") if _is_module(part) else ("[", "]") if folder.is_dir() else ("([", "])")
        lines.append(f'    {part.replace(".", "_")}{left}"{part.replace(".", "/")}"{right}')
    lines += [f"    {a.replace('.', '_')} --> {b.replace('.', '_')}" for a, b in sorted(reduced(edges))]
    return "\n".join(lines)


def _is_module(part: str) -> bool:
    """Whether the part brings a manifest that is installed."""
    if not (ROOT / "app" / part.replace(".", "/") / "module.py").exists():
        return False
    return getattr(importlib.import_module(f"app.{part}.module"), "MODULE", None) in INSTALLED


def tables() -> str:
    """An entity-relationship diagram: each table with its class and its key columns, each foreign key a line."""
    lines = ["erDiagram", "    direction LR"]
    for table in sorted(metadata().tables.values(), key=lambda item: item.name):
        lines.append(f'    {table.name}["{table.name} ({facts(table).kind})"] {{')
        lines += [f"        {line}" for line in _key_columns(table)]
        lines.append("    }")
    for table in sorted(metadata().tables.values(), key=lambda item: item.name):
        lines += [
            f"    {_relation(key)}" for key in sorted(table.foreign_key_constraints, key=lambda key: str(key.name))
        ]
    return "\n".join(lines)


def _key_columns(table: Table) -> Iterator[str]:
    unique = {
        column
        for constraint in table.constraints
        if isinstance(constraint, UniqueConstraint)
        for column in constraint.columns
    } | {column for index in table.indexes if index.unique for column in index.columns}
    for column in table.columns:
        marks = [("PK", column.primary_key), ("FK", bool(column.foreign_keys)), ("UK", column in unique)]
        keys = ", ".join(mark for mark, holds in marks if holds)
        if keys:
            kind = str(column.type.compile(postgresql.dialect())).lower().replace(" ", "_")  # type: ignore[no-untyped-call]  # SQLAlchemy's dialects are untyped
            yield f"{kind} {column.name} {keys}"


def _relation(key: ForeignKeyConstraint) -> str:
    """One row there; here one at most, where the foreign key is the whole primary key, else any number."""
    columns = set(key.columns)
    one = columns == set(key.table.primary_key.columns)
    optional = any(column.nullable for column in columns)
    there, here = ("|o" if optional else "||"), ("o|" if one else "o{")
    label = ", ".join(column.name for column in key.columns)
    return f'{key.referred_table.name} {there}--{here} {key.table.name} : "{label}"'


def _part(module: str) -> str:
    """The part of the application that a module lies in; nothing for the application's own root."""
    names = module.split(".")[1:]
    if names[:1] == [MODULES]:
        return ".".join(names[:2]) if len(names) > 1 else ""
    return names[0] if names else ""


def _reached(edges: Edges, start: str) -> set[str]:
    found: set[str] = set()
    waiting = [start]
    while waiting:
        part = waiting.pop()
        new = {b for a, b in edges if a == part} - found
        found |= new
        waiting += new
    return found


if __name__ == "__main__":
    sys.exit(written.main(DOCUMENT, pictures))
