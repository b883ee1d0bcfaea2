"""Steps that migrations take beside plain SQL. What they do must never change: scripts of the past call them."""

from sqlalchemy import text

from alembic import op

ASSERTED = "/* rows are counted */ "
"""Marks, in SQL that is only printed, a statement whose rows the real run counts."""
KINDS = {
    "tenant": "SELECT create_distributed_table('{table}', 'tenant_id')",
    "reference": "SELECT create_reference_table('{table}')",
}
PREPARED = "SELECT to_regclass('pg_dist_partition') IS NOT NULL"
DISTRIBUTED = "SELECT EXISTS (SELECT FROM pg_dist_partition WHERE logicalrelid = 'tenants'::regclass)"


class RowsMissedError(Exception):
    """A backfill changed another number of rows than it was to; its migration is rolled back."""


def distribute(table: str, kind: str = "tenant") -> None:
    """Distribute a new table by tenant_id, or copy a `reference` one to every node, where the others already are.

    Does nothing on plain PostgreSQL, and on a cluster before the operator has distributed the database.

    Raises:
        KeyError: another kind.
    """
    statement = KINDS[kind].format(table=table)
    if op.get_context().as_sql:
        op.get_context().impl.static_output(f"-- {statement}")
        return
    connection = op.get_bind()
    if connection.execute(text(PREPARED)).scalar() and connection.execute(text(DISTRIBUTED)).scalar():
        connection.execute(text(statement))


def backfill(statement: str, *, rows: str) -> None:
    """Run an UPDATE, INSERT or DELETE that must change as many rows as the query `rows` counts beforehand.

    Raises:
        RowsMissedError: it changed fewer or more; nothing of the migration stays.
    """
    if op.get_context().as_sql:
        op.execute(f"{ASSERTED}{statement}")
        return
    connection = op.get_bind()
    wanted = connection.execute(text(rows)).scalar()
    changed = connection.execute(text(statement)).rowcount
    if changed != wanted:
        raise RowsMissedError(f"{changed} rows were changed where {wanted} were to be: {statement}")
