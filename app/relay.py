"""The relay: moves due deliveries from Postgres to the queues, tenant by tenant. Any number may run at once."""

import asyncio
import contextlib
import logging
import random
import signal
import time
from collections import defaultdict
from uuid import UUID

import uvloop

from app.config import Events, Settings, load_settings
from app.db import claims
from app.db.base import Role
from app.db.errors import DATABASE_FAULTS
from app.db.pool import Pool
from app.db.sealer import Sealer
from app.exceptions import Unavailable
from app.extensions.logs import configure_logs
from app.extensions.metrics import Metrics
from app.extensions.queue import DeliveryQueue, QueueAwayError
from app.extensions.tickets import Ticket
from app.operators.sweeper import Sweeper
from app.runtime import Runtime
from app.scheduler import Scheduler
from app.startup import check_database, reaching, refusing

logger = logging.getLogger(__name__)

BACKLOG_SECONDS = 0.1
"""How soon a tenant whose cap is full is looked at again; the polling interval is for quiet times."""


class Relay:
    """Finds tenants by hint and by sweep, leases their due deliveries and enqueues them in batches.

    Fairness is the order of tenants: each is visited once a round, in an order drawn afresh, with a cap of deliveries in
    flight. A relay that dies between lease and queue loses nothing: the lease expires and another sends it again.
    """

    def __init__(self, pool: Pool, queue: DeliveryQueue, settings: Events) -> None:
        """`pool` is the system role's."""
        self._pool = pool
        self._queue = queue
        self._settings = settings
        self._swept_at = float("-inf")
        self._pause = settings.poll_seconds
        self.moved = 0
        self.backlog_seconds = 0.0

    def measure(self, metrics: Metrics) -> None:
        """What is scraped of a relay."""
        metrics.counter("atrium_relay_moved", "deliveries that were put into a queue", lambda: {(): self.moved})
        metrics.gauge(
            "atrium_relay_backlog_seconds",
            "for how long the oldest due delivery waited, at the last sweep",
            lambda: {(): self.backlog_seconds},
        )
        metrics.gauge(
            "atrium_relay_sweep_age_seconds",
            "how long ago the last sweep began: the backlog is as old as this",
            lambda: {(): time.monotonic() - self._swept_at},
        )

    async def run(self) -> None:
        """Rounds until cancelled; Redis or Postgres away is waited out."""
        task = asyncio.current_task()
        # Looked at every round: a cancellation that meets a driver's own timeout may be swallowed there.
        while task is not None and not task.cancelling():
            try:
                moved = await self.round()
            except (Unavailable, QueueAwayError, *DATABASE_FAULTS) as error:
                logger.warning("relay waits", extra={"error": repr(error)})
                await asyncio.sleep(self._settings.poll_seconds)
                continue
            if not moved:
                await self._queue.wait_for_wake(self._pause)

    async def round(self) -> int:
        """Visit every tenant that is hinted or due; returns how many deliveries were moved."""
        due = await self._queue.hints()
        sweep = time.monotonic() - self._swept_at >= self._pause
        if sweep:
            self._swept_at = time.monotonic()
            waiting = await claims.due_tenants(self._pool)
            self.backlog_seconds = max(waiting.values(), default=0.0)
            due |= waiting.keys()
        order = list(due)
        random.shuffle(order)
        moved = [await self._move(tenant_id) for tenant_id in order]
        if sweep or moved:
            # Due and not moved, or moved up to the cap: there is more than may be in flight at once.
            backlog = any(count == 0 or count >= self._settings.max_in_flight for count in moved)
            self._pause = min(BACKLOG_SECONDS, self._settings.poll_seconds) if backlog else self._settings.poll_seconds
        return sum(moved)

    async def _move(self, tenant_id: UUID) -> int:
        settings = self._settings
        claimed = await claims.claim(
            self._pool,
            tenant_id,
            cap=settings.max_in_flight,
            lease_seconds=settings.lease_seconds,
            max_attempts=settings.max_attempts,
        )
        by_queue: dict[str, list[Ticket]] = defaultdict(list)
        for item in claimed:
            by_queue[item.queue].append(Ticket(tenant_id, item.id, item.attempt))
        try:
            for queue, tickets in by_queue.items():
                await self._queue.push(queue, tickets)
        except QueueAwayError:
            await claims.give_back(self._pool, tenant_id, [item.id for item in claimed])
            raise
        self.moved += len(claimed)
        return len(claimed)


def relay_until_stopped(settings: Settings) -> None:
    """Run a relay until SIGTERM or SIGINT."""
    uvloop.run(_serve(settings))


async def _serve(settings: Settings) -> None:
    runtime = Runtime(settings)
    queue = DeliveryQueue(settings.redis.url, batch=settings.events.batch)
    pool = runtime.system.pool
    try:
        with reaching(Role.SYSTEM):
            await pool.open()
        await check_database({Role.SYSTEM: pool})
        relay = Relay(pool, queue, settings.events)
        relay.measure(runtime.metrics)
        runtime.start_metrics()
        sealer = Sealer(pool, settings.secrets.audit_key.get_secret_value().encode(), settings.audit)
        sweeper = Sweeper(runtime.system, settings.auth)
        scheduler = Scheduler(pool, runtime.hub, runtime.wakes.wake_soon)
        scheduler.measure(runtime.metrics)
        # Together: a relay whose sealer or sweeper has died is no relay, whoever watches the process shall know.
        running = asyncio.gather(relay.run(), sealer.run(), sweeper.run(), scheduler.run())
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, running.cancel)
        with contextlib.suppress(asyncio.CancelledError):
            await running
    finally:
        await pool.close()
        await queue.aclose()
        await runtime.wakes.aclose()
        await runtime.metrics.stop()


def main() -> None:
    """The process; what must not be is one line and code 1."""
    with refusing():
        settings = load_settings()
        configure_logs(settings.logs.level)
        relay_until_stopped(settings)


if __name__ == "__main__":
    main()
