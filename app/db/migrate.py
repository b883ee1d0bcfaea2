"""Migrations: the one linear history of the schema, run as the owner role, one runner at a time."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, MetaData, text
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine
from sqlalchemy.pool import NullPool

from alembic import command
from app.db.base import ALL_COLUMNS, Policy, Role, facts
from app.db.rls import INSERTING, READING, policies_of

T = TypeVar("T")
ROOT = Path(__file__).resolve().parents[2]
LOCK = 7_236_461_930_442_581_511
"""The advisory lock that lets one migration run at a time; any constant does, as long as it stays."""

# From the access lists themselves: information_schema shows neither MAINTAIN nor what sequences allow.
GRANTED = text("""
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
""")
POLICIES = text(
    "SELECT tablename, policyname, cmd, roles::text[], permissive, qual, with_check FROM pg_policies"
    " WHERE schemaname = 'public'"
)
CASTS_AND_BRACKETS = re.compile(r"::text|[()\s]")
"""What PostgreSQL adds to a condition, or takes away, when it prints it."""
SECURED = text(
    "SELECT relname, relrowsecurity, relforcerowsecurity FROM pg_class"
    " WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
)


def upgrade(owner_url: str, revision: str = "head") -> None:
    """Bring the database to the revision; waits while another runner is at it.

    Raises:
        asyncpg.PostgresError: the failing migration is rolled back; those before it stay.
    """

    def run(connection: Connection) -> None:
        command.upgrade(_config(connection), revision)

    asyncio.run(_as_owner(owner_url, lambda connection: connection.run_sync(run)))


def head() -> str:
    """The newest revision that the code knows."""
    return str(ScriptDirectory.from_config(_config(None)).get_current_head())


def drift(owner_url: str, metadata: MetaData) -> list[str]:
    """What in a migrated database differs from what the models declare: tables, policies, FORCE, grants."""

    async def look(connection: AsyncConnection) -> list[str]:
        found = await connection.run_sync(
            lambda sync: compare_metadata(MigrationContext.configure(sync, opts={"compare_type": True}), metadata)
        )
        return (
            [repr(item) for item in found]
            + await _policy_drift(connection, metadata)
            + await _grant_drift(connection, metadata)
        )

    return asyncio.run(_as_owner(owner_url, look))


async def _as_owner(owner_url: str, work: Callable[[AsyncConnection], Awaitable[T]]) -> T:
    engine = create_async_engine(owner_url.replace("postgresql://", "postgresql+asyncpg://", 1), poolclass=NullPool)
    try:
        async with engine.connect() as connection:
            await connection.execute(text("SET lock_timeout = '5s'"))
            await connection.execute(text("SELECT pg_advisory_lock(:lock)"), {"lock": LOCK})
            await connection.commit()
            result = await work(connection)
            await connection.commit()
            return result
    finally:
        await engine.dispose()


def _config(connection: Connection | None) -> Config:
    config = Config(str(ROOT / "alembic.ini"))
    config.attributes["connection"] = connection
    return config


async def _policy_drift(connection: AsyncConnection, metadata: MetaData) -> list[str]:
    stored = {
        (row[0], row[1], row[2], tuple(row[3]), row[4], _plain(row[5]), _plain(row[6]))
        for row in await connection.execute(POLICIES)
    }
    declared = {
        (table.name, policy.name, policy.command, (str(policy.role),), "PERMISSIVE", *_conditions(policy))
        for table in metadata.sorted_tables
        for policy in policies_of(table)
    }
    secured = {row[0] for row in await connection.execute(SECURED) if row[1] and row[2]}
    wanted = {table.name for table in metadata.sorted_tables if policies_of(table)}
    return (
        [f"policy not declared: {item}" for item in sorted(stored - declared)]
        + [f"policy missing: {item}" for item in sorted(declared - stored)]
        + [f"row-level security not enabled and forced: {name}" for name in sorted(wanted - secured)]
    )


def _conditions(policy: Policy) -> tuple[str, str]:
    """USING and WITH CHECK, as `protect` writes them."""
    condition = _plain(policy.condition)
    return "" if policy.command == INSERTING else condition, "" if policy.command in READING else condition


def _plain(condition: str | None) -> str:
    """A condition in the form in which the declared and the stored one can be compared."""
    return CASTS_AND_BRACKETS.sub("", condition or "").lower()


async def _grant_drift(connection: AsyncConnection, metadata: MetaData) -> list[str]:
    stored = {tuple(row) if row[3] else tuple(row)[:3] for row in await connection.execute(GRANTED)}
    declared: set[tuple[str, ...]] = {("alembic_version", str(Role.APP), "SELECT")}
    for table in metadata.sorted_tables:
        sequence = facts(table).sequence
        for grants in facts(table).grants:
            for privilege, names in grants.privileges.items():
                if names == ALL_COLUMNS:
                    declared.add((table.name, str(grants.role), privilege))
                declared.update((table.name, str(grants.role), privilege, name) for name in names)
            if sequence is not None and "INSERT" in grants.privileges:
                declared.add((sequence, str(grants.role), "USAGE"))
    return [f"grant not declared: {item}" for item in sorted(stored - declared)] + [
        f"grant missing: {item}" for item in sorted(declared - stored)
    ]
