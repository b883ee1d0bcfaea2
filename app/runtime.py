"""What every process of Atrium is made of: pools, hub, queue, clock. The composition roots build on it."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from app.config import VERSION, Database, Settings
from app.db.pool import Pool, PoolStats
from app.deliveries import DeliveryRunner
from app.extensions.clock import Clock, SystemClock
from app.extensions.metrics import Metrics, Values
from app.extensions.module import Module
from app.extensions.pagination import CursorCodec
from app.extensions.queue import DeliveryQueue
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
        self.metrics = Metrics(VERSION)
        self._pools: dict[str, Pool] = {}
        self._measure_pools()
        self.app_pool = self.pool(settings.database.url, connections or settings.database.pool_size, role="app")
        self.queue = DeliveryQueue(settings.redis.url, batch=settings.events.batch)
        self.runner = DeliveryRunner(self.app_pool, self.hub, self.clock, settings.events)
        self.runner.after_commit = self.after_commit
        self._wakes: set[asyncio.Task[None]] = set()

    def pool(self, url: str, size: int, *, role: str) -> Pool:
        """A pool of one of the database's roles, measured under the role's name."""
        database: Database = self.settings.database
        pool = self._pools[role] = Pool(
            url,
            size=size,
            queue=database.pool_queue,
            wait_seconds=database.pool_wait_seconds,
            statement_cache=database.statement_cache,
            on_query=self.on_query,
        )
        return pool

    async def after_commit(self, tenant_id: UUID, deliveries: Sequence[int]) -> None:
        """Deliveries were committed: wake the relay, or run them here and now in the inline queue mode."""
        if self.settings.events.queue_mode == "inline":
            await self.runner.run_these(tenant_id, deliveries)
        else:
            # Not awaited: the answer does not wait for Redis, and a wake-up that is lost costs one polling interval.
            task = asyncio.create_task(self.queue.wake(tenant_id))
            self._wakes.add(task)
            task.add_done_callback(self._wakes.discard)

    async def open(self) -> None:
        """Connect to the database, and serve metrics.

        Raises:
            OSError, asyncpg.PostgresError: it cannot be reached.
        """
        await self.app_pool.open()
        self.start_metrics()

    def start_metrics(self) -> None:
        """Watch the running loop and serve metrics where the settings say; for a process that does not `open`."""
        self.metrics.start(self.settings.metrics.host, self.settings.metrics.port)

    async def close(self) -> None:
        """Close everything."""
        await asyncio.gather(*self._wakes, return_exceptions=True)
        await self.app_pool.close()
        await self.queue.aclose()
        await self.metrics.stop()

    def _measure_pools(self) -> None:
        def read(of: Callable[[PoolStats], float]) -> Callable[[], Values]:
            return lambda: {(role,): of(pool.stats()) for role, pool in self._pools.items()}

        role = ("role",)
        gauge, counter = self.metrics.gauge, self.metrics.counter
        gauge("atrium_pool_connections", "connections that stand", read(lambda now: now.size), labels=role)
        gauge("atrium_pool_idle", "connections that nobody holds", read(lambda now: now.idle), labels=role)
        gauge("atrium_pool_waiting", "who waits for a connection", read(lambda now: now.waiting), labels=role)
        counter("atrium_pool_asked", "leases that were asked for", read(lambda now: now.asked), labels=role)
        counter("atrium_pool_refused", "leases that were not had", read(lambda now: now.refused), labels=role)
