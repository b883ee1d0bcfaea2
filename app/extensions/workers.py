"""The worker process: takes batches of tickets from one queue and hands them to one long-lived event loop.

RQ's worker supplies the registration that its tools show. Its way of running a job is replaced, because that way
resolves names found in Redis and ends at the first fault; this one outlives Redis away, flushed or restarted.
"""

import asyncio
import concurrent.futures
import logging
import os
import random
import signal
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable, Coroutine, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from types import FrameType
from typing import Any, Final

import rq
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import ResponseError
from redis.retry import Retry
from rq.suspension import WORKERS_SUSPENDED
from rq.utils import now
from rq.worker import WorkerStatus
from rq.worker_registration import clean_worker_registry, register, unregister

from app.extensions.health_files import HealthFile
from app.extensions.jobs import Job, JobQueue, RefusedError
from app.extensions.loops import LoopThread
from app.extensions.tickets import Ticket
from app.extensions.wakes import AWAY, Outage
from app.extensions.watchdog import Watchdog

Work = Callable[[list[Ticket]], Coroutine[Any, Any, None]]
Step = Callable[[], Coroutine[Any, Any, None]]
LastStep = Callable[[float], Coroutine[Any, Any, None]]

CONNECT_SECONDS: Final = 2.0
REPLY_SECONDS: Final = 5.0
BLOCK_SECONDS: Final = 0.5  # bounds how long a stop goes unnoticed: popping in short turns loses no job to the signal
HEARTBEAT_SECONDS: Final = 0.4  # less than one blocking pop, so that an idle worker registers again after each
REGISTRATION_TTL_SECONDS: Final = 60
FIRST_PAUSE_SECONDS: Final = 0.25
LONGEST_PAUSE_SECONDS: Final = 8.0
SLICE_SECONDS: Final = 0.1
LEAST_STOP_SECONDS: Final = 5.0  # for the last step, however long Redis held up what goes before it
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


class Worker(rq.SimpleWorker):
    """Takes jobs from one queue and hands their tickets on. Nothing in Redis makes it import, call or end anything.

    It listens on no command channel, runs none of RQ's clean-up of jobs (it would run their callbacks), and treats
    what it writes about itself as decoration. Made once: it reconnects by itself.
    """

    job_class = Job
    queue_class: type[rq.Queue] = JobQueue

    def __init__(
        self,
        queue: str,
        connection: Redis,
        hand_over: Callable[[list[Ticket]], concurrent.futures.Future[None]],
        refused: Callable[[str], None],
        care: Care,
    ) -> None:
        self._queue = JobQueue(queue, connection)
        super().__init__([self._queue], connection=connection, prepare_for_work=False)
        self.hostname, self.pid, self.ip_address = socket.gethostname(), os.getpid(), ""
        self.refusals: Counter[str] = Counter()
        self._hand_over = hand_over
        self._refused = refused
        self._outage = Outage(f"worker of {queue}")
        self._care = care
        self._beat = self._stop_asked = float("-inf")
        self._suspended = False
        self.turned_at = time.monotonic()
        """When the main thread last showed that it does not hang."""

    @property
    def connection_timeout(self) -> int:
        """RQ would raise the socket's timeout to minutes."""
        return int(REPLY_SECONDS)

    def request_stop(self, signum: int, frame: FrameType | None) -> None:  # noqa: ARG002 -- a signal handler's shape
        """Warm stop, as a signal handler: take no more jobs. A second wish, a second later or more, ends it cold."""
        if self._stop_requested and time.monotonic() - self._stop_asked > SAME_SIGNAL_SECONDS:
            raise SystemExit(128 + signum)
        if not self._stop_requested:
            self._stop_asked = time.monotonic()
        self._stop_requested = True

    @property
    def stop_seconds(self) -> float:
        """How much is left for the last step of a stop."""
        return max(LEAST_STOP_SECONDS, self._care.stop_seconds - (time.monotonic() - self._stop_asked))

    def work(self, *_: Any, **__: Any) -> bool:
        """Take jobs until a stop is requested; RQ's own options have no meaning here. Returns whether any job was done."""
        self.birth_date = now()
        pause = FIRST_PAUSE_SECONDS
        while not self._is_over():
            try:
                self._turn()
            except AWAY as fault:
                self._outage.begins(fault)
                self._pause(pause * random.uniform(0.5, 1.0))  # noqa: S311 -- spreads the workers' return, no secret
                pause = min(pause * 2, LONGEST_PAUSE_SECONDS)
            else:
                self._outage.ends()
                pause = FIRST_PAUSE_SECONDS
        self._farewell()
        return self.successful_job_count > 0

    def execute_jobs(self, jobs: Sequence[Job]) -> None:
        """Hand the tickets on and wait until there is room for more; a stop ends the wait, and the last step has the tickets."""
        began = time.monotonic()
        self._state = WorkerStatus.BUSY
        future = self._hand_over([ticket for job in jobs for ticket in job.tickets])
        while not concurrent.futures.wait([future], timeout=HEARTBEAT_SECONDS).done and not self._is_over():
            with suppress(*AWAY):
                self.heartbeat()
        try:
            if future.done():
                future.result()
        except Exception:  # a process boundary: whatever admission raises, the next job shall be taken
            self.failed_job_count += len(jobs)
            log.exception("worker of %s: a batch was not admitted", self._queue.name)
        else:
            self.successful_job_count += len(jobs)
        self.total_working_time += time.monotonic() - began
        self._state = WorkerStatus.IDLE

    def heartbeat(self, timeout: int | None = None, pipeline: Any = None) -> None:  # noqa: ARG002 -- RQ's shape
        """Write the registration anew, a few times a second at most: a flush may have removed any part of it.

        With the answer to whether the workers are suspended: to ask that at every turn is a round trip before every job.
        """
        if time.monotonic() - self._beat < HEARTBEAT_SECONDS:
            return
        self.last_heartbeat = now()
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
        self._suspended = replies[-1] == 1
        self._beat = time.monotonic()

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
            self._stop_requested, self._stop_asked = True, self.turned_at
        return self._stop_requested

    def _turn(self) -> None:
        self.heartbeat()
        if self.should_run_maintenance_tasks:
            self.run_maintenance_tasks()
        if self._suspended:
            self._state = WorkerStatus.SUSPENDED
            self._pause(FIRST_PAUSE_SECONDS)
            return
        self._state = WorkerStatus.IDLE
        try:
            found = self._queue.take(BLOCK_SECONDS)
        except ResponseError as fault:
            if not str(fault).startswith("WRONGTYPE"):
                raise
            self.connection.unlink(self._queue.key)  # else nobody could push to it or pop from it ever again
            self._refuse("the queue is not a list")
            return
        for refusal in found:
            if isinstance(refusal, RefusedError):
                self._refuse(str(refusal))
        if jobs := [job for job in found if isinstance(job, Job)]:
            self.execute_jobs(jobs)

    def _refuse(self, reason: str) -> None:
        self.refusals[reason] += 1
        log.warning("worker of %s: job refused: %s", self._queue.name, reason)
        self._refused(reason)

    def _pause(self, seconds: float) -> None:
        """Sleep in slices: a signal handler cannot safely set a threading.Event that its own thread waits for."""
        until = time.monotonic() + seconds
        while not self._stop_requested and (left := until - time.monotonic()) > 0:
            self.turned_at = time.monotonic()
            time.sleep(min(left, SLICE_SECONDS))

    def _farewell(self) -> None:
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
    shutdown: LastStep,
    refused: Callable[[str], None] = lambda _: None,
    care: Care | None = None,
    loop_factory: Callable[[], asyncio.AbstractEventLoop] = asyncio.new_event_loop,
) -> None:
    """Run a worker of one queue until SIGTERM or SIGINT; `startup`, `work` and `shutdown` run in one long-lived loop.

    `work` shall take its tickets in at once and return when there is room for more (`Window.admit`): only then is the next
    job taken. `shutdown` is told how many seconds it has, for what waits (`Window.close`) and what runs (`Window.drain`).
    `refused` is told the reason of every refusal. What `startup` raises ends the worker; a second signal ends it without
    `shutdown`, and leases expire. A loop that does not answer, or a stop without an end, is the watchdog's: code 75.
    """
    care = care or Care()
    connection = Redis.from_url(
        redis_url,
        socket_connect_timeout=CONNECT_SECONDS,
        socket_timeout=REPLY_SECONDS,
        retry=Retry(NoBackoff(), 0),  # the worker's own pauses do it: a retry inside could hold up a stop
    )

    def pulse() -> None:
        if time.monotonic() - worker.turned_at < TURN_SECONDS:
            care.health.touch()

    with connection, LoopThread(loop_factory) as loop:
        worker = Worker(queue, connection, lambda tickets: loop.submit(work(tickets)), refused, care)
        if threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGTERM, worker.request_stop)
            signal.signal(signal.SIGINT, worker.request_stop)
        loop.submit(startup()).result()
        with Watchdog(care.silence_seconds, pulse) as watchdog:
            loop.submit(watchdog.beat())
            worker.work()
            seconds = worker.stop_seconds
            try:
                loop.submit(shutdown(seconds)).result(seconds)
            except concurrent.futures.TimeoutError:
                watchdog.bite(f"the worker of {queue} did not stop within {seconds:.0f} s")
    care.health.end()
