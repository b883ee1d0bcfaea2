"""What every process of Atrium is made of: pools, hub, wake-ups, clock. The composition roots build on it."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from app.config import Database, Settings
from app.db.pool import Pool
from app.deliveries import DeliveryRunner
from app.extensions.clock import Clock, SystemClock
from app.extensions.module import Module
from app.extensions.pagination import CursorCodec
from app.extensions.wakes import Wakes
from app.hub import MessageHub
from app.installed import INSTALLED


class Runtime:
    """One per process. Making it connects to nothing; `open` does."""

    def __init__(
        self,
        settings: Settings,
        *,
        modules: Sequence[Module] = INSTALLED,
        clock: Clock | None = None,
        on_query: Callable[[Any], None] | None = None,
        connections: int | None = None,
    ) -> None:
        """`connections` is the size of the pool where it is not `database.pool_size`; `clock` and `on_query` are for tests."""
        self.settings = settings
        self.modules = tuple(modules)
        self.clock = clock or SystemClock()
        self.cursors = CursorCodec(settings.secrets.cursor_key.get_secret_value())
        self.hub = MessageHub(self.modules, settings, self.clock, self.cursors)
        self.on_query = on_query
        self.app_pool = self.pool(settings.database.url, connections or settings.database.pool_size)
        self.wakes = Wakes(settings.redis.url)
        self.runner = DeliveryRunner(self.app_pool, self.hub, self.clock, settings.events)
        self.runner.after_commit = self.after_commit

    def pool(self, url: str, size: int) -> Pool:
        """A pool of one of the database's roles."""
        database: Database = self.settings.database
        return Pool(
            url,
            size=size,
            queue=database.pool_queue,
            wait_seconds=database.pool_wait_seconds,
            statement_cache=database.statement_cache,
            on_query=self.on_query,
        )

    async def after_commit(self, tenant_id: UUID, deliveries: Sequence[int]) -> None:
        """Deliveries were committed: wake the relay, or run them here and now in the inline queue mode."""
        if self.settings.events.queue_mode == "inline":
            await self.runner.run_these(tenant_id, deliveries)
        else:
            # Not awaited: the answer does not wait for Redis, and a wake-up that is lost costs one polling interval.
            self.wakes.wake_soon(tenant_id)

    async def open(self) -> None:
        """Connect to the database.

        Raises:
            OSError, asyncpg.PostgresError: it cannot be reached.
        """
        await self.app_pool.open()

    async def close(self) -> None:
        """Close everything."""
        await self.app_pool.close()
        await self.wakes.aclose()
