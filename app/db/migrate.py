"""Migrations: the one linear history of the schema, run as the owner role, one runner at a time."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

import asyncpg
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, MetaData, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine
from sqlalchemy.pool import NullPool

from alembic import command
from app.db.drift import GRANTED, POLICIES, SECURED, grant_differences, policy_differences
from app.db.steps import RowsMissedError
from app.utils.faults import InstallationFault

T = TypeVar("T")
Say = Callable[[str], None]
CONNECT_SECONDS = 10.0
ROOT = Path(__file__).resolve().parents[2]
VERSIONS = ROOT / "alembic" / "versions"
COMPARED = {
    "compare_type": True,
    "autogenerate_plugins": ["alembic.autogenerate.*", "alembic.ext.checkconstraint_byname"],
}
"""How models and database are compared; CHECKs by name, since all of ours have one."""
SESSION = ("SET lock_timeout = '5s'", "SET citus.multi_shard_modify_mode = 'sequential'")
"""What every migration runs under: no queue behind a lock; on a cluster, keys between tables in one transaction."""
LONGEST_WAIT, LOOK_EVERY = 600.0, 0.5
LOCKED = "55P03"
REFUSED = ("28", "3D")
"""Classes of SQL states: a login that fails, a database that is not there."""
EVERYTHING = text(
    "SELECT CASE relkind WHEN 'S' THEN 'SEQUENCE' WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' ELSE 'TABLE' END"
    " || ' IF EXISTS ' || quote_ident(relname) FROM pg_class"
    " WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'f', 'v', 'm', 'S')"
)
LOCK = 7_236_461_930_442_581_511
"""The advisory lock that lets one migration run at a time; any constant does, as long as it stays."""


class MigrationError(InstallationFault):
    """The schema cannot be changed or looked at; the message is one sentence that says what to do."""


def silent(_text: str) -> None:
    """Say nothing."""


def upgrade(owner_url: str, revision: str = "head", *, versions: Path = VERSIONS, say: Say = silent) -> None:
    """Bring the database to the revision; waits, and says so, while another runner is at it.

    Raises:
        MigrationError: it cannot be; the failing migration is rolled back, those before it stay.
    """

    def run(connection: Connection) -> None:
        command.upgrade(config_of(connection, versions), revision)

    as_owner(owner_url, run, say)


def undo(owner_url: str, *, versions: Path = VERSIONS, say: Say = silent) -> None:
    """Take the newest migration of the database back, with the data that only it has.

    Raises:
        MigrationError: it cannot be, or there is none; nothing has changed.
    """

    def run(connection: Connection) -> None:
        command.downgrade(config_of(connection, versions), "-1")

    as_owner(owner_url, run, say)


def reset(owner_url: str, *, versions: Path = VERSIONS, say: Say = silent) -> None:
    """Drop every table, view and sequence of the database, and migrate it afresh.

    Raises:
        MigrationError: it cannot be.
    """

    def run(connection: Connection) -> None:
        for (thing,) in connection.execute(EVERYTHING).all():
            connection.execute(text(f"DROP {thing} CASCADE"))
        connection.commit()
        command.upgrade(config_of(connection, versions), "head")

    as_owner(owner_url, run, say)


def current(owner_url: str) -> str | None:
    """The revision that the database is at; None before the first migration. Waits for no runner.

    Raises:
        MigrationError: the database cannot be asked.
    """

    async def look() -> str | None:
        async with _connected(owner_url) as connection:
            return await connection.run_sync(lambda sync: MigrationContext.configure(sync).get_current_revision())

    return asyncio.run(look())


def head(versions: Path = VERSIONS) -> str:
    """The newest revision that the code knows."""
    return str(scripts(versions).get_current_head())


def scripts(versions: Path = VERSIONS) -> ScriptDirectory:
    """The history of a folder of migrations."""
    return ScriptDirectory.from_config(config_of(None, versions))


def as_owner(owner_url: str, work: Callable[[Connection], T], say: Say = silent) -> T:
    """Run work on a connection of the owner role, holding the lock of migrations.

    Raises:
        MigrationError: the server is away or refuses, the lock is not to be had, or the work fails.
    """
    return asyncio.run(_as_owner(owner_url, lambda connection: connection.run_sync(work), say))


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
            lambda sync: compare_metadata(MigrationContext.configure(sync, opts=COMPARED), metadata)
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


async def _as_owner(owner_url: str, work: Callable[[AsyncConnection], Awaitable[T]], say: Say = silent) -> T:
    async with _connected(owner_url) as connection:
        await _take_the_lock(connection, say)
        result = await work(connection)
        await connection.commit()
        return result


@asynccontextmanager
async def _connected(owner_url: str) -> AsyncIterator[AsyncConnection]:
    """A session of the owner role; whatever goes wrong in it is told in a sentence."""
    if not owner_url:
        raise MigrationError("database.owner_url is not set: migrations run as the owner role, so name its URL.")
    place = urlsplit(owner_url).netloc.rpartition("@")[2]
    # The driver reads the URL itself: SQLAlchemy would not pass on sslmode and its like, which hosted servers ask for.
    engine = create_async_engine(
        "postgresql+asyncpg://",
        poolclass=NullPool,
        async_creator=partial(asyncpg.connect, owner_url, timeout=CONNECT_SECONDS),
    )
    try:
        async with engine.connect() as connection:
            for statement in SESSION:
                await connection.execute(text(statement))
            await connection.commit()
            yield connection
    except (OSError, asyncpg.InterfaceError, asyncpg.CannotConnectNowError) as error:
        raise MigrationError(
            f"The database server at {place} does not answer ({error}): start it, or mend database.owner_url."
        ) from error
    except (DBAPIError, asyncpg.PostgresError) as error:
        raise MigrationError(_told(error, place)) from error
    except (CommandError, RowsMissedError) as error:
        raise MigrationError(f"The migration cannot be run: {error}.") from error
    finally:
        await engine.dispose()


def _told(error: DBAPIError | asyncpg.PostgresError, place: str) -> str:
    """What the server said, and what stands now."""
    origin = error.orig if isinstance(error, DBAPIError) else error
    said = str(origin).split(">: ", 1)[-1]
    state = str(getattr(origin, "sqlstate", None) or "")
    if state.startswith(REFUSED):
        return f"The database server at {place} refuses database.owner_url: {said}."
    if state == LOCKED:
        return (
            f"A table stayed in use for longer than lock_timeout ({said}): the migration was rolled back; run it again."
        )
    return f"The migration failed and was rolled back: {said}."


async def _take_the_lock(connection: AsyncConnection, say: Say) -> None:
    # Asked again and again, not waited for: a session that waits holds a snapshot, and an index that the other runner
    # makes CONCURRENTLY would wait for that.
    ends = time.monotonic() + LONGEST_WAIT
    told = False
    while not (await connection.execute(text("SELECT pg_try_advisory_lock(:lock)"), {"lock": LOCK})).scalar():
        await connection.commit()
        if time.monotonic() > ends:
            raise MigrationError(
                f"Another migration has run for longer than {LONGEST_WAIT:.0f} s: look at it, then run this again."
            )
        if not told:
            say("Another migration is running: waiting for its end.")
            told = True
        await asyncio.sleep(LOOK_EVERY)
    await connection.commit()


def config_of(connection: Connection | None, versions: Path = VERSIONS) -> Config:
    """Alembic's configuration for a connection and a folder of migrations."""
    config = Config(str(ROOT / "alembic.ini"))
    config.set_main_option("version_locations", str(versions).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
