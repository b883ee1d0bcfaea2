"""The proof of fresh scripts on a database that may be spoilt: there, nothing left to do, back to what was, and there again."""

from pathlib import Path

from sqlalchemy import MetaData

from app.db import migrate
from app.migrations.script import draft


def prove(owner_url: str, before: str, models: MetaData, versions: Path) -> None:
    """Run what lies beyond `before` up, down and up again on a database that is at `before`.

    Raises:
        MigrationError: a step fails, the models ask for more, or the way back leaves something else than there was.
    """
    wanted = _asked(owner_url, models)
    migrate.upgrade(owner_url, versions=versions)
    left = migrate.drift(owner_url, models)
    if left:
        raise migrate.MigrationError(f"After the migration the models still differ from it: {'; '.join(left)}")
    while migrate.current(owner_url) != before:
        migrate.undo(owner_url, versions=versions)
    found = _asked(owner_url, models)
    if found != wanted:
        other = sorted(found ^ wanted)
        raise migrate.MigrationError(f"The way back leaves something else than there was: {'; '.join(other)}")
    migrate.upgrade(owner_url, versions=versions)


def _asked(owner_url: str, models: MetaData) -> set[str]:
    """Every statement that the models ask for, each with what would take it back."""
    changes = migrate.as_owner(owner_url, lambda connection: draft(connection, models))
    return {str(step) for change in changes for step in (*change.up, *change.down)}
