"""A server of a test's own, whose roles it may break."""

from app.db.bootstrap import bootstrap
from app.embedded.servers import Servers


async def put_right(servers: Servers) -> None:
    """What `manage db bootstrap` does."""
    loaded = servers.settings()
    assert loaded.embedded is not None
    await bootstrap(servers.admin_url, "atrium", passwords=loaded.embedded, limits=loaded.database)
