"""What one migration does, as statements with the stage at which they must run."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum


class Stage(IntEnum):
    """The order within a migration (ADR 0020): a new table whole, then columns, then keys between tenants' tables, then the rest."""

    TABLES = 1
    """A new table with its keys to reference tables, its indexes, row-level security, policies, grants, distribution."""
    LOOSEN = 2
    """Constraints that go: one that changes is dropped and added, never renamed."""
    COLUMNS = 3
    KEYS = 4
    """Foreign keys of new tables between tables of tenants: behind whatever alters the table that they point at."""
    CONSTRAINTS = 5
    """Constraints of tables that were there, not yet validated."""
    RIGHTS = 6
    """Policies and grants of tables that were there."""
    LOSS = 7
    """Columns and tables that go."""
    ONLINE = 8
    """What must not lock a table for long; a script of its own, outside a transaction, that can be run again."""


@dataclass(frozen=True, slots=True)
class Distribute:
    """A call of `distribute()`."""

    table: str
    kind: str


Step = str | Distribute


@dataclass(frozen=True, slots=True)
class Change:
    """Steps that belong together, and those that take them back."""

    stage: Stage
    up: tuple[Step, ...]
    down: tuple[Step, ...]


def in_order(changes: Iterable[Change]) -> list[Change]:
    """The changes as a migration makes them; taken back from the end."""
    return sorted(changes, key=lambda change: change.stage)
