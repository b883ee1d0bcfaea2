"""The worker process: deliveries of one queue, run on one long-lived loop, a window of them at once."""

import asyncio
import logging
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress

import uvloop

from app.config import Events, Settings
from app.db.base import Role
from app.db.uow import UnitOfWork
from app.deliveries import OUTCOMES
from app.deliveries.leases import HAND_BACK_SECONDS, LeaseKeeper
from app.exceptions import AppError
from app.extensions.health_files import HealthFile
from app.extensions.held import HeldTickets
from app.extensions.jobs import MAX_BATCH
from app.extensions.keeper import Life, Stage, keep
from app.extensions.loops import BACKLOG, COLD_SECONDS, Window
from app.extensions.memory import limit_memory, resident_mb
from app.extensions.module import Module
from app.extensions.workers import Care, run_worker
from app.installed import INSTALLED
from app.manifests import known_queues, task_queues
from app.runtime import Runtime
from app.startup import StartRefusedError, check_database, reaching
from app.utils.ids import uuid7

logger = logging.getLogger(__name__)

CLOSE_SECONDS = 1.0
ENDING_SECONDS = COLD_SECONDS + HAND_BACK_SECONDS + CLOSE_SECONDS
"""What a stop takes beyond the grace: to cancel what still runs, to hand it back, to close the connections."""
RETIREMENT_SECONDS = 1.0
"""How often memory is looked at."""


class Retirement:
    """Whether a worker shall make room for a fresh one, and why: what leaks a little is lived with so."""

    def __init__(self, settings: Events, ended: Callable[[], int]) -> None:
        """`ended` is how many deliveries have been run."""
        self._settings = settings
        self._ended = ended
        self._looked_at = float("-inf")
        self.reasons: Counter[str] = Counter()

    def reason(self) -> str | None:
        """Why, in a word; None as long as it need not. Logged once."""
        settings, ended = self._settings, self._ended()
        if self.reasons:
            return next(iter(self.reasons))
        if settings.recycle_deliveries and ended >= settings.recycle_deliveries:
            return self._decide("deliveries", ended, settings.recycle_deliveries)
        now = time.monotonic()
        if settings.recycle_mb and now - self._looked_at >= RETIREMENT_SECONDS:
            self._looked_at = now
            if (megabytes := resident_mb()) >= settings.recycle_mb:
                return self._decide("memory", round(megabytes), settings.recycle_mb)
        return None

    def _decide(self, reason: str, found: int, limit: int) -> str:
        self.reasons[reason] += 1
        logger.info("worker recycles", extra={"reason": reason, "found": found, "limit": limit})
        return reason


class DeliveryWorker:
    """Runs the deliveries of one queue, at most `events.width` at once."""

    def __init__(self, settings: Settings, *, modules: Sequence[Module] = INSTALLED) -> None:
        """Nothing is connected before `serve`. A connection for each of the window and one for the leases: none waits."""
        self._runtime = Runtime(settings, modules=modules, connections=settings.events.width + 1)
        self._lease_pool = self._runtime.app_pool
        self._events = settings.events
        self.life = Life(HeldTickets.size_for(self._events.width + BACKLOG + MAX_BATCH))
        """For all that the window may hold: what runs, what waits, and one taking more."""
        self.notes = HeldTickets(self.life.memory)
        self._runtime.runner.notes = self.notes
        self._window = Window(self._events.width, self._runtime.runner.run, notes=self.notes)
        self._keeper = LeaseKeeper(
            self._window,
            self._unit,
            self._runtime.wakes.wake_soon,
            self._events.lease_seconds,
            unbegun=self._runtime.runner.unbegun,
            pause_seconds=self._events.backoff_seconds,
            notes=self.notes,
        )
        self._keeping: asyncio.Task[None] | None = None
        self._retirement = Retirement(self._events, lambda: self._window.ended)
        self._health = HealthFile(self._events.health_file)
        self._refusals = Counter[str]()

    def serve(self, queue: str) -> None:
        """Run until SIGTERM or SIGINT, or until it is recycled, then let what runs come to its end.

        Raises:
            StartRefusedError: no manifest knows the queue, or the settings ask for what this process cannot have.
        """
        self._check(queue)
        self._measure()
        slow = queue in task_queues(self._runtime.modules)
        if slow:
            self._window.backlog = 0  # what waited here for an hour would be kept from a worker that has a place for it

        async def startup() -> None:
            await self._open()
            self.life.reach(Stage.WORKS)
            logger.info("worker ready", extra={"queue": queue})

        async def shutdown(seconds: float) -> None:
            back, cancelled = await self._stop(seconds)
            logger.info("worker stopped", extra={"queue": queue, "handed_back": back, "cancelled": cancelled})

        run_worker(
            self._runtime.settings.redis.url,
            queue,
            self._window.admit,
            startup=startup,
            closing=self._window.stop,
            shutdown=shutdown,
            refused=self._refused,
            at_once=1 if slow else MAX_BATCH,
            care=Care(
                self._events.lease_seconds,
                self._health,
                self._retirement.reason,
                self._events.grace_seconds + ENDING_SECONDS,
                self.life.name,
            ),
            loop_factory=uvloop.new_event_loop,
        )
        self.life.reach(Stage.AGAIN if self._retirement.reasons else Stage.OVER)

    def give_back(self) -> None:
        """End the leases of a worker that was lost, and nothing else: with one connection, for a process of its own."""
        asyncio.run(self._give_back())

    async def _give_back(self) -> None:
        settings, wakes = self._runtime.settings, self._runtime.wakes
        self._lease_pool = self._runtime.pool(settings.database.url, 1, role=Role.APP)
        await self._lease_pool.open()
        await self._end_leases()
        await wakes.aclose()
        await self._lease_pool.close()

    def _check(self, queue: str) -> None:
        known = known_queues(self._runtime.modules)
        if queue not in known:
            raise StartRefusedError(f"No installed module uses the queue {queue}: name one of {', '.join(known)}.")
        try:
            limit_memory(self._events.memory_limit_mb)
        except ValueError as error:
            raise StartRefusedError(f"events.memory_limit_mb cannot be: {error}.") from error
        try:
            self._health.begin()
        except OSError as error:
            raise StartRefusedError(
                f"events.health_file cannot be written ({error.strerror}): name a file in a folder that this process may"
                " write to, or leave it empty."
            ) from error

    async def _open(self) -> None:
        runtime = self._runtime
        try:
            with reaching(Role.APP):
                await runtime.app_pool.open()
            await self._end_leases()  # of the life before: at once, for another worker may be free
            with reaching(Role.IDENTITY):
                await runtime.identity.pool.open()
            await check_database({Role.APP: runtime.app_pool, Role.IDENTITY: runtime.identity.pool})
            runtime.start_metrics()
        except AppError:
            await runtime.close()
            raise
        self._keeping = asyncio.create_task(self._keeper.run())

    async def _end_leases(self) -> None:
        left, excused = self.notes.adopt()
        if left:
            ended = await self._keeper.end(left, excused=excused)
            logger.info("leases of a lost worker ended", extra={"held": len(left), "ended": ended})

    async def _stop(self, seconds: float) -> tuple[int, int]:
        """Hand back what waits, let what runs end, cancel and hand back the rest; how many were handed back and cancelled."""
        until = time.monotonic() + seconds - ENDING_SECONDS
        back = await self._keeper.hand_back(self._window.close(), begun=False)
        cancelled = await self._window.drain(max(0.0, until - time.monotonic()))
        back += await self._keeper.hand_back(cancelled, begun=True)
        if self._keeping is not None:
            self._keeping.cancel()
            with suppress(asyncio.CancelledError):
                await self._keeping
        await self._runtime.close()
        return back, len(cancelled)

    def _unit(self) -> UnitOfWork:
        runtime = self._runtime
        return UnitOfWork(self._lease_pool, clock=runtime.clock, request_id=uuid7(), hub=runtime.hub)

    def _refused(self, reason: str) -> None:
        self._refusals["all"] += 1
        logger.error("job refused", extra={"reason": reason})

    def _measure(self) -> None:
        metrics, outcomes = self._runtime.metrics, self._runtime.runner.outcomes
        window, counts, recycles = self._window, self._keeper.counts, self._retirement.reasons
        metrics.gauge("atrium_worker_running", "deliveries that run now", lambda: {(): window.running})
        metrics.gauge("atrium_worker_waiting", "deliveries that wait here for a place", lambda: {(): window.waiting})
        metrics.counter(
            "atrium_worker_jobs_refused", "jobs in Redis that were none of ours", lambda: {(): self._refusals["all"]}
        )
        metrics.counter(
            "atrium_worker_leases",
            "leases that were renewed, lost while they waited, handed back, or ended for a lost worker",
            lambda: {(what,): counts[what] for what in ("renewed", "lost", "handed_back", "ended")},
            labels=("what",),
        )
        metrics.counter(
            "atrium_worker_ended",
            "how often this process was ended, and forked again by its keeper",
            lambda: {(): self.life.ended},
        )
        metrics.counter(
            "atrium_worker_recycles",
            "whether this process makes room for a fresh one, and why",
            lambda: {(reason,): recycles[reason] for reason in ("deliveries", "memory")},
            labels=("reason",),
        )
        metrics.counter(
            "atrium_deliveries",
            "attempts by how they ended",
            lambda: {(outcome,): outcomes[outcome] for outcome in OUTCOMES},
            labels=("outcome",),
        )


def work(settings: Settings, queue: str, *, modules: Sequence[Module] = INSTALLED) -> None:
    """Run the worker of a queue, kept: where a handler ends the process another begins at once, and what it held with it.

    Raises:
        SystemExit: in the keeper, with the code of its end.
        StartRefusedError: as `DeliveryWorker.serve`.
    """
    worker = DeliveryWorker(settings, modules=modules)
    keep(worker.life, lambda: len(worker.notes.left()), worker.give_back)
    worker.serve(queue)
