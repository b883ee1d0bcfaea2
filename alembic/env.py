"""Runs migrations on the connection that `app.db.migrate` hands over; there is no offline mode."""

from typing import Any

from alembic.script import ScriptDirectory

from alembic import context
from app.db.revision import mark
from app.installed import metadata

connection = context.config.attributes["connection"]
directory = ScriptDirectory.from_config(context.config)


def mark_compatible(*, heads: set[str], **_rest: Any) -> None:
    """After each migration, in its transaction: which code may run on what it made."""
    mark(connection, {script.revision: script for script in directory.walk_revisions()}, next(iter(heads), None))


context.configure(
    connection=connection,
    target_metadata=metadata(),
    transaction_per_migration=True,
    compare_server_default=False,
    on_version_apply=mark_compatible,
)
context.run_migrations()
