"""Migrations: the one linear history of the schema, run as the owner role, one runner at a time."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

import asyncpg
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, MetaData, text
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine
from sqlalchemy.pool import NullPool

from alembic import command
from app.db.drift import GRANTED, POLICIES, SECURED, grant_differences, policy_differences

T = TypeVar("T")
CONNECT_SECONDS = 10.0
ROOT = Path(__file__).resolve().parents[2]
LOCK = 7_236_461_930_442_581_511
"""The advisory lock that lets one migration run at a time; any constant does, as long as it stays."""


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
        policies, secured, granted = [
            (await connection.execute(text(query))).all() for query in (POLICIES, SECURED, GRANTED)
        ]
        differences = policy_differences(policies, secured, metadata) + grant_differences(granted, metadata)
        return [item.found for item in differences]

    return table_drift(owner_url, metadata) + asyncio.run(_looking(owner_url, look))


def table_drift(url: str, metadata: MetaData) -> list[str]:
    """What in the tables, keys and indexes differs from what the models declare; any role's URL will do."""

    async def look(connection: AsyncConnection) -> list[str]:
        found = await connection.run_sync(
            lambda sync: compare_metadata(MigrationContext.configure(sync, opts={"compare_type": True}), metadata)
        )
        return [repr(item) for item in found]

    return asyncio.run(_looking(url, look))


async def _looking(url: str, work: Callable[[AsyncConnection], Awaitable[T]]) -> T:
    """In one transaction, with no lock, setting or prepared statement that a pooler's backend could keep."""
    connect = partial(asyncpg.connect, url, timeout=CONNECT_SECONDS, statement_cache_size=0)
    engine = create_async_engine(
        "postgresql+asyncpg://?prepared_statement_cache_size=0", poolclass=NullPool, async_creator=connect
    )
    try:
        async with engine.connect() as connection:
            return await work(connection)
    finally:
        await engine.dispose()


async def _as_owner(owner_url: str, work: Callable[[AsyncConnection], Awaitable[T]]) -> T:
    # The driver reads the URL itself: SQLAlchemy would not pass on sslmode and its like, which hosted servers ask for.
    engine = create_async_engine(
        "postgresql+asyncpg://",
        poolclass=NullPool,
        async_creator=partial(asyncpg.connect, owner_url, timeout=CONNECT_SECONDS),
    )
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
