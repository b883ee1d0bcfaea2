"""What must not be, at start: a role that could look past the policies, a database older than the code."""

import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

import asyncpg

from app.config import ConfigError
from app.db.pool import Pool
from app.db.revision import head
from app.exceptions import AppError
from app.manifests import ManifestError

ROLE = "SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user"
OWNED = "SELECT count(*) FROM pg_class WHERE relowner = (SELECT oid FROM pg_roles WHERE rolname = current_user)"
BARE = """
SELECT c.relname FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attname = 'tenant_id' AND a.attnum > 0
WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace
  AND NOT (c.relrowsecurity AND c.relforcerowsecurity)
"""
REVISION = "SELECT version_num FROM alembic_version"


class StartRefusedError(AppError):
    """The process must not serve; the message says how to mend it."""

    code, title = "start_refused", "The process must not serve"


@contextmanager
def refusals_told() -> Iterator[None]:
    """Around a process: what must not be is one clear message and exit status 1, not a stack."""
    try:
        yield
    except (ConfigError, ManifestError, StartRefusedError) as error:
        sys.stderr.write(f"{error}\n")
        raise SystemExit(1) from error


async def check_database(app_pool: Pool, identity_pool: Pool | None = None) -> None:
    """Look at the serving roles and the schema before the first request or delivery.

    Raises:
        StartRefusedError: a role bypasses row-level security or owns tables, a tenant table has none, or the schema is not
            the code's.
    """
    async with leased(app_pool) as connection:
        await _check_role(connection, "database.url")
        bare = [row[0] for row in await connection.fetch(BARE)]
        if bare:
            raise StartRefusedError(f"Row-level security is not enabled and forced on {', '.join(bare)}.")
        present = await connection.fetchval("SELECT to_regclass('alembic_version') IS NOT NULL")
        revision = await connection.fetchval(REVISION) if present else None
        if revision != head():
            raise StartRefusedError(f"The database is at {revision}, the code at {head()}: run `manage migrate`.")
    if identity_pool is not None:
        async with leased(identity_pool) as connection:
            await _check_role(connection, "database.identity_url")


async def _check_role(connection: "asyncpg.Connection", setting: str) -> None:
    role = await connection.fetchrow(ROLE)
    if role is None or role["rolsuper"] or role["rolbypassrls"]:
        raise StartRefusedError(
            f"The role of {setting} looks past row-level security; use the one that is made for it."
        )
    if await connection.fetchval(OWNED):
        raise StartRefusedError(f"The role of {setting} owns tables; use the one that is made for it.")


@asynccontextmanager
async def leased(pool: Pool) -> AsyncIterator["asyncpg.Connection"]:
    """A connection of the pool, outside any unit of work."""
    slot = await pool.acquire()
    try:
        yield slot.raw
    finally:
        pool.release(slot, clean=False)
