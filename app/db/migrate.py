"""Migrations: the one linear history of the schema, run as the owner role, one runner at a time."""

import asyncio
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
from app.db.base import ALL_COLUMNS, Role, facts
from app.db.rls import policies_of

T = TypeVar("T")
ROOT = Path(__file__).resolve().parents[2]
LOCK = 7_236_461_930_442_581_511
"""The advisory lock that lets one migration run at a time; any constant does, as long as it stays."""

GRANTED = text("""
SELECT table_name, grantee, privilege_type, NULL AS column_name FROM information_schema.role_table_grants
WHERE table_schema = 'public' AND grantee = ANY(:roles)
UNION ALL
SELECT table_name, grantee, privilege_type, column_name FROM information_schema.role_column_grants
WHERE table_schema = 'public' AND grantee = ANY(:roles)
""")
POLICIES = text(
    "SELECT tablename, policyname, cmd, roles::text[], permissive FROM pg_policies WHERE schemaname = 'public'"
)
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


async def current(connection: AsyncConnection) -> str | None:
    """The revision that the database is at, or None for an empty one."""
    return await connection.run_sync(lambda sync: MigrationContext.configure(sync).get_current_revision())


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
    stored = {(row[0], row[1], row[2], tuple(row[3]), row[4]) for row in await connection.execute(POLICIES)}
    declared = {
        (table.name, policy.name, policy.command, (str(policy.role),), "PERMISSIVE")
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


async def _grant_drift(connection: AsyncConnection, metadata: MetaData) -> list[str]:
    rows = list(await connection.execute(GRANTED, {"roles": [str(role) for role in Role]}))
    whole = {(row[0], row[1], row[2]) for row in rows if row[3] is None}
    columns = {(row[0], row[1], row[2], row[3]) for row in rows if row[3] is not None and tuple(row[:3]) not in whole}
    declared_whole: set[tuple[str, ...]] = {("alembic_version", str(Role.APP), "SELECT")}
    declared_columns: set[tuple[str, ...]] = set()
    for table in metadata.sorted_tables:
        for grants in facts(table).grants:
            for privilege, names in grants.privileges.items():
                if names == ALL_COLUMNS:
                    declared_whole.add((table.name, str(grants.role), privilege))
                declared_columns.update((table.name, str(grants.role), privilege, name) for name in names)
    return [
        f"grant not declared: {item}" for item in sorted((whole - declared_whole) | (columns - declared_columns))
    ] + [f"grant missing: {item}" for item in sorted((declared_whole - whole) | (declared_columns - columns))]
