"""Whether the code may run on the schema that it finds. Read without Alembic: serving processes need none of it.

Every migration leaves in `schema_compatibility` the revisions of the code that may run on what it made: its own, and,
where its script says `compatible_with = "<revision>"`, all from that one on. So old code that meets a newer database
during a rolling deploy need not know the newer revisions: it looks for its own.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import Connection, String, delete, insert, text
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base, Role, TableKind, grant

VERSIONS = Path(__file__).resolve().parents[2] / "alembic" / "versions"
REVISION = re.compile(r'^revision = "([^"]+)"$', re.MULTILINE)
DOWN_REVISION = re.compile(r'^down_revision = "([^"]+)"$', re.MULTILINE)
HAS_REVISION = "SELECT coalesce(has_table_privilege(to_regclass('public.alembic_version'), 'SELECT'), false)"
HAS_MARKS = "SELECT coalesce(has_table_privilege(to_regclass('public.schema_compatibility'), 'SELECT'), false)"
STORED = "SELECT version_num FROM alembic_version"
MAY_RUN = "SELECT EXISTS (SELECT FROM schema_compatibility WHERE revision = $1)"
EXISTS = text("SELECT to_regclass('public.schema_compatibility') IS NOT NULL")


class SchemaCompatibility(Base):
    """A revision of the code that may run on this schema. Written by migrations alone."""

    __tablename__ = "schema_compatibility"
    __kind__ = TableKind.LOCAL
    __grants__ = (grant(Role.APP, "SELECT"), grant(Role.SYSTEM, "SELECT"))

    revision: Mapped[str] = mapped_column(String(32), primary_key=True)


class Connected(Protocol):
    """The part of an asyncpg connection that the look needs."""

    async def fetchval(self, query: str, *args: Any) -> Any:
        """The first value of the first row."""


class Script(Protocol):
    """The part of Alembic's script that the mark needs."""

    revision: str
    down_revision: Any
    module: Any


@cache
def history(folder: Path = VERSIONS) -> tuple[str, ...]:
    """Every revision that the code knows, the oldest first.

    Raises:
        RuntimeError: the history is not one line.
    """
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.py"))]
    parents = {name: DOWN_REVISION.findall(text) for text in texts for name in REVISION.findall(text)}
    ends = parents.keys() - {parent for names in parents.values() for parent in names}
    if len(ends) != 1:
        raise RuntimeError(f"the migrations in {folder} end in {sorted(ends)}: the history must be one line")
    line = [ends.pop()]
    while parents.get(line[-1]):
        line.append(parents[line[-1]][0])
    return tuple(reversed(line))


def head(folder: Path = VERSIONS) -> str:
    """The newest revision that the code knows.

    Raises:
        RuntimeError: the history is not one line.
    """
    return history(folder)[-1]


async def schema_fault(connection: Connected, *, code: str | None = None) -> str:
    """Why code of the revision `code` (this code's own) may not run on the schema, and how to mend it; empty where it may.

    The start, readiness and `manage doctor` ask it. `connection` is the app's or the system role's.
    """
    mine = code or head()
    stored = await _stored(connection)
    if stored == mine:
        return ""
    if stored is None or stored in history():
        found = "has no readable schema" if stored is None else f"is at {stored}"
        return f"The database {found}, the code at {mine}: run `manage migrate` as the owner role."
    if await connection.fetchval(HAS_MARKS) and await connection.fetchval(MAY_RUN, mine):
        return ""
    return (
        f"The database is at {stored}, which this code ({mine}) does not know, and it is not marked as one that {mine} may"
        " run on: deploy the code that belongs to the database, or `manage undo` with that code."
    )


async def is_newer(connection: Connected) -> bool:
    """Whether the database is at a revision that this code does not know."""
    stored = await _stored(connection)
    return stored is not None and stored not in history()


def mark(connection: Connection, scripts: Mapping[str, Script], revision: str | None) -> None:
    """Store which revisions of the code may run, now that the schema is at `revision`; in the migration's transaction.

    Raises:
        LookupError: a script is compatible with a revision that is not behind it.
    """
    if not connection.execute(EXISTS).scalar():
        return  # before the migration that makes the table
    connection.execute(delete(SchemaCompatibility))
    rows = [{"revision": name} for name in _may_run(scripts, revision)]
    if rows:
        connection.execute(insert(SchemaCompatibility), rows)


async def _stored(connection: Connected) -> str | None:
    """The database's revision; None where there is none, or none that this role may read."""
    readable = await connection.fetchval(HAS_REVISION)
    return await connection.fetchval(STORED) if readable else None


def _may_run(scripts: Mapping[str, Script], revision: str | None) -> Iterable[str]:
    if revision is None:
        return
    oldest = getattr(scripts[revision].module, "compatible_with", None) or revision
    name: str | None = revision
    while name is not None:
        yield name
        if name == oldest:
            return
        name = scripts[name].down_revision
    raise LookupError(f"{revision} says compatible_with {oldest!r}, which is not behind it")
