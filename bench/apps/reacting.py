"""What runs in the processes that goals 9 to 12 measure: the real worker and relay with one module more, who records events,
and RQ's own worker beside them. A handler's start is noted by the machine's clock, which all processes share.
"""

import asyncio
import os
import struct
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import ClassVar
from uuid import UUID

import rq
import uvloop
from redis import Redis

from app.auth.commons import Commons
from app.config import Settings
from app.db.uow import UnitOfWork
from app.extensions.events import Event
from app.extensions.interfaces import AfterCommit
from app.extensions.logs import configure_logs
from app.extensions.module import DEFAULT_QUEUE, Handler, Module
from app.installed import INSTALLED
from app.relay import relay_until_stopped
from app.runtime import Runtime
from app.utils.ids import uuid7
from app.worker import DeliveryWorker

STAMPS = "ATRIUM_BENCH_STAMPS"
PAIR = struct.Struct("<qq")
OVER, SPENT_BEFORE, SPENT = -1, -2, -3
RQ_QUEUE = "bench"
CONNECTIONS = 8


class Stamps:
    """Numbers with a time each, appended to a file: no lock, no answer, a few microseconds."""

    def __init__(self, path: Path) -> None:
        """The file is made if it is not there."""
        self._file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)

    def note(self, number: int) -> None:
        """Append this number, now."""
        os.write(self._file, PAIR.pack(number, time.monotonic_ns()))

    def note_spent(self, number: int) -> None:
        """Append this number, with the processor time that the process has used."""
        os.write(self._file, PAIR.pack(number, time.process_time_ns()))

    @staticmethod
    def read(path: Path) -> dict[int, int]:
        """The first time of each number, in nanoseconds."""
        data = path.read_bytes() if path.exists() else b""
        found: dict[int, int] = {}
        for number, at in PAIR.iter_unpack(data[: len(data) // PAIR.size * PAIR.size]):
            found.setdefault(number, at)
        return found


@lru_cache(maxsize=1)
def _stamps() -> Stamps:
    return Stamps(Path(os.environ[STAMPS]))


@dataclass(frozen=True, slots=True)
class Pinged(Event):
    """Something happened whose handler takes `seconds`, none of them the processor's."""

    name: ClassVar[str] = "bench.pinged"
    number: int
    seconds: float = 0.0


async def react(event: Pinged, commons: Commons) -> None:  # noqa: ARG001 - a handler's shape
    """Note the start; then wait, as for a statement or a lock."""
    _stamps().note(event.number)
    if event.seconds:
        await asyncio.sleep(event.seconds)


def react_in_rq(number: int, seconds: float = 0.0) -> None:
    """The same as a job of RQ's."""
    _stamps().note(number)
    if seconds:
        time.sleep(seconds)


MODULES = (*INSTALLED, Module(name="bench", events=(Pinged,), handlers=(Handler(Pinged, react),)))


@dataclass(frozen=True)
class Happening:
    """An event to come, so many seconds after the first."""

    at: float
    tenant_id: UUID
    number: int
    seconds: float = 0.0


def work(settings: Settings, stamps: Path) -> None:
    """The worker process, as `manage worker` runs it."""
    os.environ[STAMPS] = str(stamps)
    configure_logs(settings.logs.level)
    DeliveryWorker(settings, modules=MODULES).serve(DEFAULT_QUEUE)


def relay(settings: Settings) -> None:
    """The relay process, as `manage relay` runs it."""
    configure_logs(settings.logs.level)
    relay_until_stopped(settings)


def record(settings: Settings, happenings: Sequence[Happening], stamps: Path, *, wakes: bool) -> None:
    """Let the events happen, a transaction each, and note when each has been committed. Without `wakes` no relay is told."""
    configure_logs(settings.logs.level)
    uvloop.run(_record(settings, happenings, Stamps(stamps), wakes=wakes))


def fill(settings: Settings, counts: Mapping[UUID, int], *, first: int, seconds: float = 0.0) -> None:
    """Let so many events of each tenant happen in one transaction a tenant, numbered from `first` on; no relay is told."""
    configure_logs(settings.logs.level)
    uvloop.run(_fill(settings, counts, first, seconds))


def rq_enqueue(url: str, happenings: Sequence[Happening], stamps: Path) -> None:
    """The jobs in RQ, one `Queue.enqueue` each at its time; noted before each and after the last, as its processor time is."""
    noted = Stamps(stamps)
    with Redis.from_url(url) as connection:
        queue = rq.Queue(RQ_QUEUE, connection=connection)
        noted.note_spent(SPENT_BEFORE)
        began = time.monotonic()
        for item in happenings:
            if (wait := began + item.at - time.monotonic()) > 0:
                time.sleep(wait)
            noted.note(item.number)
            queue.enqueue(react_in_rq, item.number, item.seconds)
        noted.note(OVER)
        noted.note_spent(SPENT)


def rq_work(url: str, stamps: Path) -> None:
    """RQ's SimpleWorker, without a line a job, until it is stopped."""
    os.environ[STAMPS] = str(stamps)
    with Redis.from_url(url) as connection:
        rq.SimpleWorker([rq.Queue(RQ_QUEUE, connection=connection)], connection=connection).work(
            logging_level="WARNING"
        )


async def _record(settings: Settings, happenings: Sequence[Happening], stamps: Stamps, *, wakes: bool) -> None:
    runtime = Runtime(settings, modules=MODULES, connections=CONNECTIONS)
    await runtime.app_pool.open()

    async def one(item: Happening) -> None:
        async def committed(tenant_id: UUID, deliveries: Sequence[int]) -> None:
            stamps.note(item.number)
            if wakes:
                await runtime.after_commit(tenant_id, deliveries)

        await _commit(runtime, item.tenant_id, [Pinged(item.number, item.seconds)], committed)

    loop = asyncio.get_running_loop()
    began = loop.time()
    async with asyncio.TaskGroup() as group:
        for item in happenings:
            await asyncio.sleep(began + item.at - loop.time())
            group.create_task(one(item))
    await runtime.close()


async def _fill(settings: Settings, counts: Mapping[UUID, int], first: int, seconds: float) -> None:
    runtime = Runtime(settings, modules=MODULES, connections=CONNECTIONS)
    await runtime.app_pool.open()

    async def untold(_tenant_id: UUID, _deliveries: Sequence[int]) -> None:
        """Whoever fills begins the measurement."""

    for tenant_id, count in counts.items():
        events = [Pinged(number, seconds) for number in range(first, first + count)]
        await _commit(runtime, tenant_id, events, untold)
        first += count
    await runtime.close()


async def _commit(runtime: Runtime, tenant_id: UUID, events: Sequence[Event], committed: AfterCommit) -> None:
    uow = UnitOfWork(
        runtime.app_pool,
        clock=runtime.clock,
        request_id=uuid7(),
        hub=runtime.hub,
        after_commit=committed,
    )
    await uow.begin(tenant_id=tenant_id)
    try:
        for event in events:
            uow.record(event)
        await uow.commit()
    finally:
        await uow.rollback()
