"""The worker process: deliveries of one queue, run on one long-lived loop, a window of them at once."""

import logging
import sys
from collections import Counter
from collections.abc import Sequence

import uvloop

from app.config import Settings, load_settings
from app.db.base import Role
from app.deliveries import OUTCOMES
from app.exceptions import AppError
from app.extensions.logs import configure_logs
from app.extensions.loops import Window
from app.extensions.module import DEFAULT_QUEUE, Module
from app.extensions.workers import run_worker
from app.installed import INSTALLED
from app.runtime import Runtime
from app.startup import check_database, reaching, refusing

logger = logging.getLogger(__name__)

GRACE_SECONDS = 20.0
"""How long a warm stop waits for running handlers; Kubernetes grants 30 s."""


class DeliveryWorker:
    """Runs the deliveries of one queue, at most `events.width` at once."""

    def __init__(self, settings: Settings, *, modules: Sequence[Module] = INSTALLED) -> None:
        """Nothing is connected before `serve`. A connection for each of the window: none waits for another's to come free."""
        self._runtime = Runtime(settings, modules=modules, connections=settings.events.width)

    def serve(self, queue: str) -> None:
        """Run until SIGTERM or SIGINT, then let what runs come to its end."""
        window = Window(self._runtime.settings.events.width, self._runtime.runner.run)
        refusals = Counter[str]()
        self._measure(window, refusals)

        def refused(reason: str) -> None:
            refusals["all"] += 1
            logger.error("job refused", extra={"reason": reason})

        async def startup() -> None:
            try:
                with reaching(Role.APP):
                    await self._runtime.app_pool.open()
                with reaching(Role.IDENTITY):
                    await self._runtime.identity.pool.open()
                pools = {Role.APP: self._runtime.app_pool, Role.IDENTITY: self._runtime.identity.pool}
                await check_database(pools)
                self._runtime.start_metrics()
            except AppError:
                await self._runtime.close()
                raise
            logger.info("worker ready", extra={"queue": queue})

        async def shutdown() -> None:
            cancelled = await window.drain(GRACE_SECONDS)
            await self._runtime.close()
            logger.info("worker stopped", extra={"queue": queue, "cancelled": cancelled})

        run_worker(
            self._runtime.settings.redis.url,
            queue,
            window.admit,
            startup=startup,
            shutdown=shutdown,
            refused=refused,
            loop_factory=uvloop.new_event_loop,
        )

    def _measure(self, window: Window, refusals: Counter[str]) -> None:
        metrics, outcomes = self._runtime.metrics, self._runtime.runner.outcomes
        metrics.gauge("atrium_worker_running", "deliveries that run now", lambda: {(): window.running})
        metrics.counter(
            "atrium_worker_jobs_refused", "jobs in Redis that were none of ours", lambda: {(): refusals["all"]}
        )
        metrics.counter(
            "atrium_deliveries",
            "attempts by how they ended",
            lambda: {(outcome,): outcomes[outcome] for outcome in OUTCOMES},
            labels=("outcome",),
        )


def main() -> None:
    """The process; what must not be is one line and code 1."""
    with refusing():
        settings = load_settings()
        configure_logs(settings.logs.level)
        DeliveryWorker(settings).serve(sys.argv[1] if len(sys.argv) > 1 else DEFAULT_QUEUE)


if __name__ == "__main__":
    main()
