"""A server of a test's own, whose roles it may break."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from app.db.bootstrap import ROLES, bootstrap
from app.embedded.servers import Servers
from tests.support.scratch import run_sql


async def put_right(servers: Servers) -> None:
    """What `manage db bootstrap` does."""
    loaded = servers.settings()
    assert loaded.embedded is not None
    await bootstrap(servers.admin_url, "atrium", passwords=loaded.embedded, limits=loaded.database)


@asynccontextmanager
async def without_roles(servers: Servers) -> AsyncIterator[str]:
    """A server that has never heard of Atrium; afterwards it is as it was. Yields the superuser's URL."""
    renamed = [f"ALTER ROLE {name} RENAME TO set_aside_{name}" for name in ROLES]
    await run_sql(servers.admin_url, *renamed)
    try:
        yield servers.admin_url
    finally:
        await run_sql(
            servers.admin_url, "DROP DATABASE IF EXISTS made WITH (FORCE)", "DROP ROLE IF EXISTS hosted_admin"
        )
        await run_sql(servers.admin_url, *(f"DROP ROLE IF EXISTS {name}" for name in ROLES))
        await run_sql(servers.admin_url, *(f"ALTER ROLE set_aside_{name} RENAME TO {name}" for name in ROLES))
        await put_right(servers)
