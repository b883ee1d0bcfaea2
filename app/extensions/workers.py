"""The worker process: one long-lived event loop takes batches of tickets from one queue, and the main thread looks after it.

RQ's worker supplies the registration that its tools show. Its way of taking and running a job is replaced, because that way
resolves names found in Redis and ends at the first fault; this one outlives Redis away, flushed or restarted.
"""

import asyncio
import concurrent.futures
import logging
import os
import signal
import socket
import threading
import time
from collections.abc import Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass, field
from types import FrameType
from typing import Any, Final

import rq
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import ReadOnlyError, ResponseError
from redis.retry import Retry
from rq.suspension import WORKERS_SUSPENDED
from rq.utils import now
from rq.worker import WorkerStatus
from rq.worker_registration import clean_worker_registry, register, unregister

from app.extensions.health_files import HealthFile
from app.extensions.intake import BLOCK_SECONDS, Intake, Work
from app.extensions.jobs import MAX_BATCH, Job, JobQueue
from app.extensions.keeper import hear_wishes
from app.extensions.loops import LoopThread
from app.extensions.wakes import AWAY
from app.extensions.watchdog import Watchdog

Step = Callable[[], Coroutine[Any, Any, None]]
LastStep = Callable[[float], Coroutine[Any, Any, None]]

HEARTBEAT_SECONDS: Final = 0.4  # a flush may have removed the registration, and `rq suspend` is to be obeyed soon
REGISTRATION_TTL_SECONDS: Final = 60
SLICE_SECONDS: Final = 0.1
SHOWN_SECONDS: Final = 1.0  # for a word with Redis that is for RQ's tools: nothing waits longer for those
END_SECONDS: Final = (
    BLOCK_SECONDS + 1.0
)  # for the intake's last pop: what a silent Redis gives later is left to its lease
LEAST_STOP_SECONDS: Final = 5.0  # for the last step, however long what goes before it took
TURN_SECONDS: Final = 10.0  # no wait for Redis is longer: a main thread that has not turned for so long hangs
SAME_SIGNAL_SECONDS: Final = 1.0  # Ctrl-C reaches the whole group and the supervisor passes it on: that is one wish

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Care:
    """How a worker process is looked after, and when it is through."""

    silence_seconds: float = 30.0
    """For how long its loop may answer nothing; then the watchdog ends the process."""
    health: HealthFile = field(default_factory=lambda: HealthFile(""))
    """Touched while the loop answers and the main thread turns, also while Redis is away."""
    retire: Callable[[], str | None] = lambda: None
    """Why it shall stop by itself, for another to begin afresh; None as long as it need not."""
    stop_seconds: float = 25.0
    """From the wish to stop to the end of the process, at most: Kubernetes grants 30."""
    name: str | None = None
    """By which RQ's tools know it; None draws one."""


class Worker(rq.SimpleWorker):
    """What RQ's tools see of the process, and what ends it. Nothing in Redis makes it import, call or end anything.

    It listens on no command channel, runs none of RQ's clean-up of jobs (it would run their callbacks), and treats
    what it writes about itself as decoration. Made once: it reconnects by itself.
    """

    job_class = Job
    queue_class: type[rq.Queue] = JobQueue

    def __init__(
        self, queue: str, connection: Redis, intake: Intake, loop: LoopThread, closing: Callable[[], None], care: Care
    ) -> None:
        self._queue = JobQueue(queue, connection)
        super().__init__([self._queue], name=care.name, connection=connection, prepare_for_work=False)
        self.hostname, self.pid, self.ip_address = socket.gethostname(), os.getpid(), ""
        self._intake = intake
        self._loop = loop
        self._closing = closing
        self._ending: concurrent.futures.Future[None] | None = None
        self._care = care
        self._stop_asked = float("-inf")
        self.turned_at = time.monotonic()
        """When the main thread last showed that it does not hang."""

    @property
    def connection_timeout(self) -> int:
        """RQ would raise the socket's timeout to minutes."""
        return int(SHOWN_SECONDS)

    def request_stop(self, signum: int, frame: FrameType | None) -> None:  # noqa: ARG002 -- a signal handler's shape
        """Warm stop, as a signal handler: start nothing more. A second wish, a second later or more, ends it cold."""
        if self._stop_requested and time.monotonic() - self._stop_asked > SAME_SIGNAL_SECONDS:
            raise SystemExit(128 + signum)
        self._wish()

    @property
    def stop_seconds(self) -> float:
        """How much is left for the last step of a stop."""
        return max(LEAST_STOP_SECONDS, self._care.stop_seconds - (time.monotonic() - self._stop_asked))

    def work(self, *_: Any, **__: Any) -> bool:
        """Let jobs be taken until a stop is requested; RQ's own options have no meaning here. Returns whether any was done.

        Raises:
            Exception: what ended the intake, which nothing should.
        """
        self.birth_date = now()
        self._look_after()
        taking = self._loop.submit(self._intake.run())
        while not self._is_over():
            self._look_after()
            self._wait(taking, HEARTBEAT_SECONDS)
            if taking.done():
                taking.result()
        if self._ending is not None:
            concurrent.futures.wait([self._ending], END_SECONDS)
        return self.successful_job_count > 0

    def heartbeat(self, timeout: int | None = None, pipeline: Any = None) -> None:  # noqa: ARG002 -- RQ's shape
        """Write the registration anew: a flush may have removed any part of it. The answer tells whether to take anything."""
        intake = self._intake
        self.last_heartbeat = now()
        self.successful_job_count, self.failed_job_count = intake.counts["done"], intake.counts["failed"]
        idle = WorkerStatus.SUSPENDED if intake.rests else WorkerStatus.IDLE
        self._state = WorkerStatus.BUSY if intake.busy else idle
        counts: dict[Any, Any] = {
            "successful_job_count": self.successful_job_count,
            "failed_job_count": self.failed_job_count,
        }
        with self.connection.pipeline(transaction=False) as pipe:
            pipe.hset(self.key, mapping={**self.serialize(), **counts, "state": self._state})
            pipe.hset(self.key, "total_working_time", self.total_working_time)
            pipe.expire(self.key, timeout or REGISTRATION_TTL_SECONDS)
            register(self, pipe)
            pipe.exists(WORKERS_SUSPENDED)
            replies = pipe.execute(raise_on_error=False)  # a key of the wrong kind shall not keep us from working
        if any(isinstance(reply, ReadOnlyError) for reply in replies):  # only a new connection can lead to the primary
            self.connection.connection_pool.disconnect()
        intake.suspended = replies[-1] == 1

    def run_maintenance_tasks(self) -> None:
        """Forget dead workers and expired entries by their score; no job is ever read for it."""
        self.last_cleaned_at = now()  # type: ignore[assignment]  # RQ starts it as None and says no more
        with suppress(ResponseError, UnicodeDecodeError):
            clean_worker_registry(self._queue)
        with self.connection.pipeline(transaction=False) as pipe:
            for registry in (self._queue.started_job_registry, self._queue.failed_job_registry):
                pipe.zremrangebyscore(registry.key, 0, time.time())
            pipe.execute(raise_on_error=False)

    def _is_over(self) -> bool:
        """Whether to take no more jobs, be it that somebody wished it or that it is time for another to begin afresh."""
        self.turned_at = time.monotonic()
        if not self._stop_requested and self._care.retire() is not None:
            self._wish()
        return self._stop_requested

    def _wish(self) -> None:
        """Begin the stop, once, and at once in the loop: the main thread may be waiting for Redis."""
        if not self._stop_requested:
            self._stop_requested, self._stop_asked = True, time.monotonic()
            self._ending = self._loop.submit(self._end())

    async def _end(self) -> None:
        self._closing()
        await self._intake.end()
        log.info("worker takes no more jobs")

    def _look_after(self) -> None:
        with suppress(*AWAY):  # of which the intake tells
            self.heartbeat()
            if self.should_run_maintenance_tasks:
                self.run_maintenance_tasks()

    def _wait(self, taking: concurrent.futures.Future[None], seconds: float) -> None:
        """In slices: a signal handler cannot safely set a threading.Event that its own thread waits for."""
        until = time.monotonic() + seconds
        while not self._stop_requested and not taking.done() and (left := until - time.monotonic()) > 0:
            self.turned_at = time.monotonic()
            time.sleep(min(left, SLICE_SECONDS))

    def farewell(self) -> None:
        """Take the registration back; where Redis is away it expires."""
        with suppress(*AWAY), self.connection.pipeline(transaction=False) as pipe:
            unregister(self, pipe)
            pipe.unlink(self.key)
            pipe.execute(raise_on_error=False)


def run_worker(
    redis_url: str,
    queue: str,
    work: Work,
    *,
    startup: Step,
    closing: Callable[[], None],
    shutdown: LastStep,
    refused: Callable[[str], None] = lambda _: None,
    at_once: int = MAX_BATCH,
    care: Care | None = None,
    loop_factory: Callable[[], asyncio.AbstractEventLoop] = asyncio.new_event_loop,
) -> None:
    """Run a worker of one queue until SIGTERM or SIGINT; `work` and the three steps run in one long-lived loop.

    `work` shall take its tickets in at once and return when there is room for more (`Window.admit`): only then is the next
    job taken, in the same loop. `closing` comes with the wish to stop, whatever Redis does: nothing is to be started any more
    (`Window.stop`). `shutdown` follows when nothing more is taken, and is told how many seconds it has, for what waits
    (`Window.close`) and what runs (`Window.drain`). `at_once` is how many tickets of small jobs are taken together. `refused`
    is told the reason of every refusal. What `startup` raises ends the worker; a second signal ends it without `shutdown`, and leases expire. A loop that does not answer, or a stop without an end, is the watchdog's: code 75.
    """
    care = care or Care()
    connection = Redis.from_url(
        redis_url,
        socket_connect_timeout=SHOWN_SECONDS,
        socket_timeout=SHOWN_SECONDS,
        retry=Retry(NoBackoff(), 0),  # the worker's own pauses do it: a retry inside could hold up a stop
    )

    def pulse() -> None:
        if time.monotonic() - worker.turned_at < TURN_SECONDS:
            care.health.touch()

    with connection, LoopThread(loop_factory) as loop:
        intake = Intake(queue, redis_url, work, refused, at_once=at_once)
        worker = Worker(queue, connection, intake, loop, closing, care)
        _listen(worker)
        loop.submit(startup()).result()
        with Watchdog(care.silence_seconds, pulse) as watchdog:
            loop.submit(watchdog.beat())
            worker.work()
            seconds = worker.stop_seconds
            try:
                loop.submit(shutdown(seconds)).result(seconds)
            except concurrent.futures.TimeoutError:
                watchdog.bite(f"the worker of {queue} did not stop within {seconds:.0f} s")
            worker.farewell()
    care.health.end()


def _listen(worker: Worker) -> None:
    """Let SIGTERM and SIGINT be wishes, also those that have come before; in a thread of a test nobody sends any."""
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, worker.request_stop)
        signal.signal(signal.SIGINT, worker.request_stop)
        hear_wishes()
