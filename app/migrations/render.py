"""The SQL of a migration, printed instead of run."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType

from alembic.migration import MigrationContext
from alembic.operations import MigrateOperation, Operations
from alembic.script import Script
from sqlalchemy import Dialect
from sqlalchemy.dialects.postgresql.asyncpg import PGDialect_asyncpg

DIALECT: Dialect = PGDialect_asyncpg()  # type: ignore[no-untyped-call]  # SQLAlchemy types its arguments only


class _Statements(io.StringIO):
    """Alembic writes one statement at a time; they are kept apart."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def write(self, text: str) -> int:
        """Keep a statement."""
        self.found.append(text.strip().removesuffix(";"))
        return len(text)


@dataclass(frozen=True)
class Rendered:
    """A script and what it would send."""

    script: Script
    up: tuple[str, ...]
    down: tuple[str, ...]

    @property
    def module(self) -> ModuleType:
        """Where the script's declarations stand."""
        return self.script.module


def rendered(script: Script) -> Rendered:
    """Both directions of a script.

    Raises:
        Exception: whatever a script raises that asks the database something.
    """
    return Rendered(script, _printed(script.module.upgrade), _printed(script.module.downgrade))


def sql_of(operation: MigrateOperation) -> tuple[str, ...]:
    """The statements of one of Alembic's operations."""
    statements = _Statements()
    Operations(_context(statements)).invoke(operation)
    return tuple(statements.found)


def _printed(run: Callable[[], None]) -> tuple[str, ...]:
    statements = _Statements()
    with Operations.context(_context(statements)):
        run()
    return tuple(statements.found)


def _context(statements: _Statements) -> MigrationContext:
    return MigrationContext.configure(
        dialect=DIALECT,
        opts={"as_sql": True, "output_buffer": statements, "transactional_ddl": True},
    )
