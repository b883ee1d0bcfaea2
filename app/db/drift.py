"""What differs between the policies and grants that a database has and those that the tables declare.

Works on rows of the catalogue, which every role may read, so that serving processes and `manage doctor` ask it too.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import MetaData

from app.db.base import ALL_COLUMNS, Policy, Role, facts
from app.db.rls import policies_of, policy_statement

# From the access lists themselves: information_schema shows neither MAINTAIN nor what sequences allow.
GRANTED = """
WITH listed AS (
  SELECT c.relname, a.grantee, a.privilege_type, NULL::name AS column_name, c.relowner
  FROM pg_class AS c, aclexplode(c.relacl) AS a WHERE c.relnamespace = 'public'::regnamespace
  UNION ALL
  SELECT c.relname, a.grantee, a.privilege_type, t.attname, c.relowner
  FROM pg_attribute AS t JOIN pg_class AS c ON c.oid = t.attrelid, aclexplode(t.attacl) AS a
  WHERE c.relnamespace = 'public'::regnamespace
)
SELECT relname, CASE grantee WHEN 0 THEN 'PUBLIC' ELSE pg_get_userbyid(grantee) END, privilege_type, column_name
FROM listed WHERE grantee <> relowner
"""
POLICIES = (
    "SELECT tablename, policyname, cmd, roles::text[], permissive, qual, with_check FROM pg_policies"
    " WHERE schemaname = 'public'"
)
SECURED = (
    "SELECT relname, relrowsecurity AND relforcerowsecurity FROM pg_class"
    " WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace"
)
CASTS_AND_BRACKETS = re.compile(r"::text|[()\s]")
"""What PostgreSQL adds to a condition, or takes away, when it prints it."""
MIGRATIONS = {("alembic_version", str(role), "SELECT") for role in (Role.APP, Role.SYSTEM)}
"""What the migrations grant on Alembic's own table, which no model declares."""

Rows = Iterable[Any]
"""asyncpg's or SQLAlchemy's: values are found by their position."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What was found, and the statement that the owner role undoes it with."""

    found: str
    mend: str
    is_surplus: bool = False
    """The database has more than is declared, rather than less."""


def policy_differences(policies: Rows, secured: Rows, metadata: MetaData) -> list[Difference]:
    """Of the rows of POLICIES and SECURED: policies that nobody declared, that are missing, and tables without FORCE."""
    stored = {(row[0], row[1], row[2], tuple(row[3]), row[4], plain(row[5]), plain(row[6])) for row in policies}
    declared = {
        (table.name, policy.name, policy.command, (str(policy.role),), "PERMISSIVE", *_conditions(policy)): policy
        for table in metadata.sorted_tables
        for policy in policies_of(table)
    }
    forced = {row[0] for row in secured if row[1]}
    wanted = {table.name for table in metadata.sorted_tables if policies_of(table)}
    return [
        *(
            Difference(f"policy not declared: {item}", f"DROP POLICY {item[1]} ON {item[0]}", True)
            for item in sorted(stored - declared.keys())
        ),
        *(
            Difference(f"policy missing: {item}", policy_statement(item[0], declared[item]))
            for item in sorted(declared.keys() - stored)
        ),
        *(
            Difference(f"row-level security not enabled and forced: {name}", enforce(name))
            for name in sorted(wanted - forced)
        ),
    ]


def grant_differences(granted: Rows, metadata: MetaData) -> list[Difference]:
    """Of the rows of GRANTED: what was granted and never declared, and what is declared and was not granted."""
    stored = {tuple(row) if row[3] else tuple(row)[:3] for row in granted}
    sequences = {facts(table).sequence for table in metadata.sorted_tables}
    declared = set(_declared_grants(metadata)) | MIGRATIONS
    return [
        *(
            Difference(f"grant not declared: {item}", f"REVOKE {_right(item, sequences)} FROM {item[1]}", True)
            for item in sorted(stored - declared)
        ),
        *(
            Difference(f"grant missing: {item}", f"GRANT {_right(item, sequences)} TO {item[1]}")
            for item in sorted(declared - stored)
        ),
    ]


def enforce(table: str) -> str:
    """The statement that closes a table to whoever has no policy, its owner included."""
    return f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY"


def _declared_grants(metadata: MetaData) -> Iterator[tuple[str, ...]]:
    for table in metadata.sorted_tables:
        sequence = facts(table).sequence
        for grants in facts(table).grants:
            for privilege, names in grants.privileges.items():
                if names == ALL_COLUMNS:
                    yield (table.name, str(grants.role), privilege)
                yield from ((table.name, str(grants.role), privilege, name) for name in names)
            if sequence is not None and "INSERT" in grants.privileges:
                yield (sequence, str(grants.role), "USAGE")


def _right(item: tuple[str, ...], sequences: set[str | None]) -> str:
    """`SELECT (email) ON users`, `USAGE ON SEQUENCE deliveries_id_seq`."""
    columns = f" ({item[3]})" if len(item) > 3 else ""  # noqa: PLR2004 - the fourth is the column
    return f"{item[2]}{columns} ON {'SEQUENCE ' if item[0] in sequences else ''}{item[0]}"


def _conditions(policy: Policy) -> tuple[str, str]:
    """USING and WITH CHECK, as `protect` writes them."""
    return plain(policy.using), plain(policy.check)


def plain(condition: str | None) -> str:
    """A condition in the form in which the declared and the stored one can be compared."""
    return CASTS_AND_BRACKETS.sub("", condition or "").lower()
