"""Changes of tables, columns, indexes and constraints: what Alembic finds, as SQL and in the house's order."""

import re
from collections.abc import Iterable, Iterator

from alembic.autogenerate import produce_migrations
from alembic.migration import MigrationContext
from alembic.operations import MigrateOperation, ops
from sqlalchemy import Connection, ForeignKeyConstraint, MetaData, Table, text
from sqlalchemy.schema import CreateIndex, CreateTable, DDLElement

from app.db.base import TableKind, facts, is_tenant_table
from app.db.migrate import COMPARED
from app.db.rls import protect
from app.migrations.changes import Change, Distribute, Stage, Step
from app.migrations.render import DIALECT, sql_of

SEQUENCES = text(
    "SELECT relname FROM pg_class WHERE relkind = 'S' AND relnamespace = 'public'::regnamespace"
    " AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = pg_class.oid AND deptype IN ('a', 'i') AND refobjsubid > 0)"
)
CREATE_INDEX = re.compile(r"^CREATE (UNIQUE )?INDEX ")


def table_changes(connection: Connection, metadata: MetaData) -> list[Change]:
    """What has to be done so that the database's tables are those that the models declare."""
    context = MigrationContext.configure(connection, opts=COMPARED)
    operations = list(_flat(produce_migrations(context, metadata).upgrade_ops))
    stored = {str(row[0]) for row in connection.execute(SEQUENCES)}
    declared = {name for table in metadata.sorted_tables if (name := facts(table).sequence)}
    fresh = declared - stored
    made = [metadata.tables[item.table_name] for item in operations if isinstance(item, ops.CreateTableOp)]
    named = {table.name for table in made}
    changes = [_sequence(name) for name in sorted(fresh)]
    changes += [_new_table(table) for table in made]
    changes += [change for table in made for change in _tenant_keys(table)]
    dropped = {item.table_name for item in operations if isinstance(item, ops.DropTableOp)}
    for operation in operations:
        if getattr(operation, "table_name", None) not in named:
            changes += _changed(operation, dropped)
    changes += [Change(Stage.LOSS, (f"DROP SEQUENCE {name}",), _make(name)) for name in sorted(stored - declared)]
    return changes


def _flat(container: ops.OpContainer | None) -> Iterator[MigrateOperation]:
    for operation in container.ops if container is not None else ():
        if isinstance(operation, ops.OpContainer):
            yield from _flat(operation)
        else:
            yield operation


def _make(sequence: str) -> tuple[str, ...]:
    return (f"CREATE SEQUENCE {sequence} AS BIGINT",)


def _sequence(name: str) -> Change:
    return Change(Stage.TABLES, _make(name), (f"DROP SEQUENCE {name}",))


def _new_table(table: Table) -> Change:
    inward = [key for key in table.foreign_key_constraints if not _between_tenants(table, key)]
    steps: list[Step] = [_ddl(CreateTable(table, include_foreign_key_constraints=inward))]
    steps += [_ddl(CreateIndex(index)) for index in sorted(table.indexes, key=lambda index: str(index.name))]
    steps += protect(table)
    if facts(table).kind is not TableKind.LOCAL:
        steps.append(Distribute(table.name, str(facts(table).kind)))
    return Change(Stage.TABLES, tuple(steps), (f"DROP TABLE {table.name}",))


def _tenant_keys(table: Table) -> Iterator[Change]:
    for key in sorted(table.foreign_key_constraints, key=lambda key: str(key.name)):
        if _between_tenants(table, key):
            drop = f"ALTER TABLE {table.name} DROP CONSTRAINT {key.name}"
            yield Change(Stage.KEYS, sql_of(ops.CreateForeignKeyOp.from_constraint(key)), (drop,))


def _between_tenants(table: Table, key: ForeignKeyConstraint) -> bool:
    return is_tenant_table(table) and is_tenant_table(key.referred_table)


def _changed(operation: MigrateOperation, dropped: set[str]) -> list[Change]:
    """What is done to a table that was there."""
    if isinstance(operation, ops.CreateIndexOp | ops.DropIndexOp):
        return [_index(operation, gone=operation.table_name in dropped)]
    if isinstance(operation, ops.CreateUniqueConstraintOp):
        return [_unique(operation)]
    if isinstance(operation, ops.CreateForeignKeyOp):
        return _unvalidated(operation, operation.source_table, operation.constraint_name)
    if isinstance(operation, ops.CreateCheckConstraintOp):
        return _unvalidated(operation, operation.table_name, operation.constraint_name)
    return [Change(_stage(operation), sql_of(operation), sql_of(operation.reverse()))]


def _stage(operation: MigrateOperation) -> Stage:
    if isinstance(operation, ops.DropTableOp | ops.DropColumnOp):
        return Stage.LOSS
    return Stage.LOOSEN if isinstance(operation, ops.DropConstraintOp) else Stage.COLUMNS


def _index(operation: ops.CreateIndexOp | ops.DropIndexOp, *, gone: bool) -> Change:
    """Made and dropped beside readers and writers; what a broken run has left is dropped first."""
    drop = f"DROP INDEX CONCURRENTLY IF EXISTS {operation.index_name}"
    if isinstance(operation, ops.CreateIndexOp):
        return Change(Stage.ONLINE, (drop, *_concurrent(sql_of(operation))), (drop,))
    if gone:  # the table takes its index along
        return Change(Stage.LOSS, (), sql_of(operation.reverse()))
    return Change(Stage.ONLINE, (drop,), (drop, *_concurrent(sql_of(operation.reverse()))))


def _concurrent(statements: Iterable[str]) -> tuple[str, ...]:
    return tuple(CREATE_INDEX.sub(r"CREATE \1INDEX CONCURRENTLY ", statement) for statement in statements)


def _unique(operation: ops.CreateUniqueConstraintOp) -> Change:
    """The index is made beside readers and writers, then it becomes the constraint."""
    table, name = operation.table_name, operation.constraint_name
    columns = ", ".join(str(column) for column in operation.columns)
    drop = f"ALTER TABLE {table} DROP CONSTRAINT IF EXISTS {name}"
    return Change(
        Stage.ONLINE,
        (
            drop,
            f"DROP INDEX CONCURRENTLY IF EXISTS {name}",
            f"CREATE UNIQUE INDEX CONCURRENTLY {name} ON {table} ({columns})",
            f"ALTER TABLE {table} ADD CONSTRAINT {name} UNIQUE USING INDEX {name}",
        ),
        (drop,),
    )


def _unvalidated(operation: ops.AddConstraintOp, table: str, name: object) -> list[Change]:
    """Holds for new rows at once; the old ones are looked at by the script after it, which locks out nobody."""
    added = tuple(f"{statement} NOT VALID" for statement in sql_of(operation))
    return [
        Change(Stage.CONSTRAINTS, added, (f"ALTER TABLE {table} DROP CONSTRAINT {name}",)),
        Change(Stage.ONLINE, (f"ALTER TABLE {table} VALIDATE CONSTRAINT {name}",), ()),
    ]


def _ddl(element: DDLElement) -> str:
    lines = str(element.compile(dialect=DIALECT)).replace("\t", "    ").strip().splitlines()
    return "\n".join(line.rstrip() for line in lines if line.strip())
