"""The line of an event: recorder, relay and worker in processes of their own, on one database and one Redis."""

import asyncio
import multiprocessing
import os
import signal
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import asyncpg
from redis import Redis

from app.config import Settings
from app.extensions.jobs import JobQueue
from app.extensions.module import DEFAULT_QUEUE
from bench.apps import reacting
from bench.apps.reacting import Happening, Stamps
from bench.data import Size, tenants
from bench.load import LoadError
from bench.rounds import Plan

DATABASE = "events"
TENANTS = 200
STOP_SECONDS = 30.0
LOOK_SECONDS = 0.005
FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload(["bench.apps.reacting"])
UNDONE = "SELECT count(*) FROM deliveries WHERE state = 'pending'"


class Child:
    """A process whose output goes to a file."""

    def __init__(self, log: Path, target: Callable[..., None], *arguments: Any, **named: Any) -> None:
        self._log = log
        self._process = FORKS.Process(target=_live, args=(log, target, arguments, named), daemon=True)
        self._process.start()
        self.pid = self._process.pid or 0

    def cpu_seconds(self) -> float:
        """Processor time of all its threads, user and system, by the system's clock ticks."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def check(self) -> None:
        """Demand that it runs.

        Raises:
            LoadError: it has ended; with the end of its log.
        """
        if not self._process.is_alive():
            raise LoadError(f"{self._log.stem} has ended:\n{self._log.read_text()[-4000:]}")

    def finish(self, seconds: float = 600.0) -> None:
        """Wait until it has done its work.

        Raises:
            LoadError: it failed, or takes too long.
        """
        self._process.join(seconds)
        if self._process.exitcode != 0:
            raise LoadError(f"{self._log.stem} failed ({self._process.exitcode}):\n{self._log.read_text()[-4000:]}")

    def stop(self, number: signal.Signals = signal.SIGTERM) -> None:
        """End it: warm, and cold where that takes too long."""
        if self._process.is_alive():
            os.kill(self.pid, number)
            self._process.join(STOP_SECONDS)
            self._process.kill()
            self._process.join()


class Line:
    """The database `events`, and what runs on it. Each run begins with no event and an empty Redis."""

    def __init__(self, plan: Plan) -> None:
        """Makes the database when it is first asked for."""
        self.settings = plan.stage.database(DATABASE, Size(TENANTS, 0))
        self._admin_url = plan.stage.admin_url(DATABASE)
        self._folder = plan.stage.folder
        self.stamps = self.committed = self._folder
        self.clear()

    @property
    def redis_url(self) -> str:
        """The Redis of all of it."""
        return self.settings.redis.url

    def tenants(self, count: int = TENANTS) -> list[UUID]:
        """The ids of so many tenants."""
        return [tenant.id for tenant in tenants(count)]

    def clear(self) -> None:
        """No event, no job, no stamp; to be called while nothing runs."""
        asyncio.run(_execute(self._admin_url, "TRUNCATE events CASCADE"))
        with Redis.from_url(self.redis_url) as redis:
            redis.flushdb()
        self._run = uuid4().hex  # of one goal and round: what another has noted would pass for this one's
        self.stamps = self._folder / f"{self._run}.started"
        self.committed = self._folder / f"{self._run}.committed"

    def with_events(self, **changes: Any) -> Settings:
        """The settings, with others of their section `events`."""
        return self.settings.model_copy(update={"events": self.settings.events.model_copy(update=changes)})

    @contextmanager
    def worker(self, settings: Settings | None = None) -> Iterator[Child]:
        """The worker runs as long as the block."""
        with self._running("worker", reacting.work, settings or self.settings, self.stamps) as child:
            yield child

    @contextmanager
    def relay(self, settings: Settings | None = None) -> Iterator[Child]:
        """The relay runs as long as the block."""
        with self._running("relay", reacting.relay, settings or self.settings) as child:
            yield child

    @contextmanager
    def rq_worker(self) -> Iterator[Child]:
        """RQ's own worker runs as long as the block."""
        with self._running("rq-worker", reacting.rq_work, self.redis_url, self.stamps) as child:
            yield child

    def record(self, happenings: Sequence[Happening], *, wakes: bool = True) -> Child:
        """Begin to let events happen, in a process of its own."""
        return self._start("recorder", reacting.record, self.settings, happenings, self.committed, wakes=wakes)

    def enqueue(self, happenings: Sequence[Happening]) -> Child:
        """Begin to put jobs into RQ, in a process of its own."""
        return self._start("rq-recorder", reacting.rq_enqueue, self.redis_url, happenings, self.committed)

    def fill(self, counts: Mapping[UUID, int], *, first: int, seconds: float = 0.0) -> None:
        """Write a backlog, and tell the planner of it, as autovacuum would in time."""
        self._start("filler", reacting.fill, self.settings, counts, first=first, seconds=seconds).finish()
        asyncio.run(_execute(self._admin_url, "ANALYZE events, deliveries"))

    def pending(self) -> int:
        """Deliveries that no relay has leased."""
        return int(asyncio.run(_fetchval(self._admin_url, UNDONE)))

    def queued(self, redis: "Redis") -> int:
        """Jobs in the queue."""
        return int(redis.llen(f"{JobQueue.redis_queue_namespace_prefix}{DEFAULT_QUEUE}"))

    def started(self, numbers: Collection[int], children: Sequence[Child], seconds: float = 1200.0) -> dict[int, int]:
        """Wait until the handlers of all these have started; when each did.

        Raises:
            LoadError: not in that time, or a process has ended.
        """
        deadline = time.monotonic() + seconds
        while True:
            found = Stamps.read(self.stamps)
            if found.keys() >= set(numbers):
                return found
            for child in children:
                child.check()
            if time.monotonic() > deadline:
                raise LoadError(f"{len(set(numbers) - found.keys())} of {len(numbers)} events were not handled in time")
            time.sleep(0.2)

    def _start(self, name: str, target: Callable[..., None], *arguments: Any, **named: Any) -> Child:
        return Child(self._folder / f"{name}-{self._run}.log", target, *arguments, **named)

    @contextmanager
    def _running(self, name: str, target: Callable[..., None], *arguments: Any) -> Iterator[Child]:
        child = self._start(name, target, *arguments)
        try:
            yield child
        finally:
            child.stop()


def _live(log: Path, target: Callable[..., None], arguments: tuple[Any, ...], named: Mapping[str, Any]) -> None:
    with log.open("ab") as file:
        os.dup2(file.fileno(), 1)
        os.dup2(file.fileno(), 2)
    target(*arguments, **named)


async def _execute(url: str, statement: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


async def _fetchval(url: str, statement: str) -> Any:
    connection = await asyncpg.connect(url)
    try:
        return await connection.fetchval(statement)
    finally:
        await connection.close()
