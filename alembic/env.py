"""Runs migrations on the connection that `app.db.migrate` hands over; there is no offline mode."""

from alembic import context
from app.installed import metadata

connection = context.config.attributes["connection"]
context.configure(
    connection=connection, target_metadata=metadata(), transaction_per_migration=True, compare_server_default=False
)
context.run_migrations()
