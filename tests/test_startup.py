"""A process that must not serve does not start, and says why and how to mend it."""

from app.config import Settings
from app.db.base import Role
from app.db.pool import Pool
from app.startup import StartRefusedError, check_database

URLS = {Role.APP: "url", Role.IDENTITY: "identity_url", Role.SYSTEM: "system_url"}


def on(url: str, scratch: Settings) -> str:
    """The same role on the scratch database."""
    return f"{url.rsplit('/', 1)[0]}/{scratch.database.url.rsplit('/', 1)[1]}"


def pool_of(settings: Settings, url: str) -> Pool:
    """A pool of one."""
    return Pool(url, size=1, queue=1, wait_seconds=1, statement_cache=settings.database.statement_cache)


async def refusal(settings: Settings, role: Role = Role.APP, url: str | None = None) -> str:
    """Why the database is refused; empty where it is not."""
    pool = pool_of(settings, url or getattr(settings.database, URLS[role]))
    await pool.open()
    try:
        await check_database({role: pool})
    except StartRefusedError as error:
        return error.detail
    finally:
        await pool.close()
    return ""
