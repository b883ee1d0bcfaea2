"""Changes of policies and grants on tables that were there: what the catalogue has against what the models declare."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from sqlalchemy import Connection, MetaData, Table, text

from app.db.base import ALL_COLUMNS, Policy, facts
from app.db.drift import GRANTED, POLICIES, SECURED, plain
from app.db.rls import policies_of, policy_statement
from app.migrations.changes import Change, Stage

ALEMBICS = "alembic_version"
Grant = tuple[str, str, str, str]
"""Table or sequence, role, privilege, column (empty: the whole)."""
Kept = Mapping[str, Table]
PolicyKey = tuple[str, ...]
"""Table, name, role, command, kind, and both conditions."""


def rights_changes(connection: Connection, metadata: MetaData) -> list[Change]:
    """What has to be done so that policies, FORCE and grants are those that the models declare.

    A table that is new brings its own; for one that goes, what brings them back is told.
    """
    rows = connection.execute(text(str(SECURED))).all()
    there = {str(row[0]) for row in rows}
    kept = {table.name: table for table in metadata.sorted_tables if table.name in there}
    secured = {str(row[0]) for row in rows if all(row[1:])}
    return [*_secured(secured, kept), *_policies(connection, kept), *_grants(connection, kept)]


def _secured(secured: set[str], kept: Kept) -> Iterator[Change]:
    for name, table in kept.items():
        if policies_of(table) and name not in secured:
            yield Change(
                Stage.RIGHTS,
                tuple(f"ALTER TABLE {name} {word} ROW LEVEL SECURITY" for word in ("ENABLE", "FORCE")),
                tuple(f"ALTER TABLE {name} {word} ROW LEVEL SECURITY" for word in ("NO FORCE", "DISABLE")),
            )


def _policies(connection: Connection, kept: Kept) -> Iterator[Change]:
    stored: dict[PolicyKey, str] = {}
    for table, name, command, roles, kind, using, check in connection.execute(text(str(POLICIES))):
        conditions = (f" USING {using}" if using else "") + (f" WITH CHECK {check}" if check else "")
        key: PolicyKey = (table, name, ", ".join(roles), command, kind, plain(using), plain(check))
        stored[key] = f"CREATE POLICY {name} ON {table} AS {kind} FOR {command} TO {key[2]}{conditions}"
    declared = {
        _key(table.name, policy): policy_statement(table.name, policy)
        for table in kept.values()
        for policy in policies_of(table)
    }
    for surplus in sorted(stored.keys() - declared.keys()):
        up = (f"DROP POLICY {surplus[1]} ON {surplus[0]}",) if surplus[0] in kept else ()
        yield Change(Stage.RIGHTS, up, (stored[surplus],))
    for missing in sorted(declared.keys() - stored.keys()):
        yield Change(Stage.RIGHTS, (declared[missing],), (f"DROP POLICY {missing[1]} ON {missing[0]}",))


def _key(table: str, policy: Policy) -> PolicyKey:
    conditions = (plain(policy.using), plain(policy.check))
    return (table, policy.name, str(policy.role), policy.command, "PERMISSIVE", *conditions)


def _grants(connection: Connection, kept: Kept) -> Iterator[Change]:
    rows = connection.execute(text(str(GRANTED))).all()
    stored = {(str(row[0]), str(row[1]), str(row[2]), str(row[3] or "")) for row in rows if row[0] != ALEMBICS}
    declared = set(_declared(kept))
    sequences = {name for table in kept.values() if (name := facts(table).sequence)}
    kinds = dict.fromkeys(kept, "") | dict.fromkeys(sequences, "SEQUENCE ")
    for surplus in _joined(stored - declared):
        target = f"{surplus[1]} ON {kinds.get(surplus[0], '')}{surplus[0]}"
        up = (f"REVOKE {target} FROM {surplus[2]}",) if surplus[0] in kinds else ()
        yield Change(Stage.RIGHTS, up, (f"GRANT {target} TO {surplus[2]}",))
    for missing in _joined(declared - stored):
        target = f"{missing[1]} ON {kinds[missing[0]]}{missing[0]}"
        yield Change(Stage.RIGHTS, (f"GRANT {target} TO {missing[2]}",), (f"REVOKE {target} FROM {missing[2]}",))


def _declared(kept: Kept) -> Iterator[Grant]:
    for table in kept.values():
        for grants in facts(table).grants:
            role = str(grants.role)
            for privilege, columns in grants.privileges.items():
                for column in ("",) if columns == ALL_COLUMNS else columns:
                    yield (table.name, role, privilege, column)
            if (sequence := facts(table).sequence) and "INSERT" in grants.privileges:
                yield (sequence, role, "USAGE", "")


def _joined(grants: Iterable[Grant]) -> Iterator[tuple[str, str, str]]:
    """Object, privilege with all its columns, role: one statement for each."""
    for (name, role, privilege, whole), group in groupby(sorted(grants), lambda item: (*item[:3], not item[3])):
        columns = ", ".join(item[3] for item in group)
        yield name, privilege if whole else f"{privilege} ({columns})", role
