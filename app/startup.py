"""What must not be, at start: a role that could look past the policies, a database older than the code."""

from app.db.revision import head
from app.exceptions import AppError
from app.runtime import Runtime

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


async def check_database(runtime: Runtime) -> None:
    """Look at the app role and the schema before the first request.

    Raises:
        StartRefusedError: the role bypasses row-level security or owns tables, a tenant table has none, or the schema is
            not the code's.
    """
    slot = await runtime.app_pool.acquire()
    try:
        role = await slot.raw.fetchrow(ROLE)
        if role is None or role["rolsuper"] or role["rolbypassrls"]:
            raise StartRefusedError("The role of database.url looks past row-level security; use the app role.")
        if await slot.raw.fetchval(OWNED):
            raise StartRefusedError("The role of database.url owns tables; use the app role.")
        bare = [row[0] for row in await slot.raw.fetch(BARE)]
        if bare:
            raise StartRefusedError(f"Row-level security is not enabled and forced on {', '.join(bare)}.")
        present = await slot.raw.fetchval("SELECT to_regclass('alembic_version') IS NOT NULL")
        revision = await slot.raw.fetchval(REVISION) if present else None
        if revision != head():
            raise StartRefusedError(
                f"The database is at {revision}, the code at {head()}: run `manage migrate`."
            )
    finally:
        runtime.app_pool.release(slot, clean=False)
