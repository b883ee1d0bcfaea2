"""Goals 9 to 11: how soon a handler starts, how many deliveries one worker runs, how many one relay moves."""

import asyncio
import os
import random
import signal
import time
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median, quantiles

from redis import Redis

from app.extensions.wakes import Wakes
from bench.apps.reacting import OVER, SPENT, SPENT_BEFORE, Happening, Stamps
from bench.line import Child, Line
from bench.load import LoadError
from bench.rounds import Aim, Plan, Row, by_turns, row

PER_SECOND = 100.0
POLL_SECONDS = 0.1
WARM = 100
BACKLOG, JOBS = 10_000, 2_000
SKIPPED = 10
"""One part in so many, the first, is not counted: connections and caches are made in it."""
LONG_LEASE = 600.0
"""So that nothing is sent twice while it waits for the next step of the measurement."""
NS = 1e9


@dataclass(frozen=True)
class Pace:
    """How many a second, and microseconds of processor time for each, of the process alone."""

    per_second: float
    cpu_us: float


def start_of_handlers(plan: Plan) -> Sequence[Row]:
    """Events arrive at random, 100 a second; with B nobody is woken and the relay looks every 100 ms."""
    line = Line(plan)
    woken, polled = by_turns(plan, lambda: _waits(line, plan, wakes=True), lambda: _waits(line, plan, wakes=False))
    found = []
    for key, name, cut, aim in (("9", "p50", 50, Aim(0.1, 0.33, at_most=True)), ("9 tail", "p99", 99, Aim(0.2, 0.33, at_most=True))):  # fmt: skip
        a, b = ([quantiles(waits, n=100)[cut - 1] for waits in arm] for arm in (woken, polled))
        what = f"{name} from commit to handler start at {PER_SECOND:g} events/s, against a {POLL_SECONDS * 1e3:g} ms poller"
        cells = (f"{median(a):.1f} ms", f"{median(b):.1f} ms")
        ratios = {"latency": [x / y for x, y in zip(a, b, strict=True)]}
        found.append(row(key, what, cells, ratios, plan, aim, note="recorder, relay and worker a process each"))
    return found


def worker_pace(plan: Plan) -> Sequence[Row]:
    """All of it leased and queued before the worker starts; RQ's own worker has jobs of a function that does nothing."""
    line = Line(plan)
    ours, theirs = by_turns(plan, lambda: _deliveries(line), lambda: _jobs(line))
    what = (
        "deliveries of one worker process, each in its own bound transaction, against RQ's SimpleWorker on no-op jobs"
    )
    return [_paces("10", what, ours, theirs, plan, Aim(8, 4), note="µs: the worker's process alone")]


def relay_pace(plan: Plan) -> Sequence[Row]:
    """Due deliveries of 200 tenants, found, leased and queued, against putting as many jobs into RQ and nothing else."""
    line = Line(plan)
    ours, theirs = by_turns(plan, lambda: _moved(line), lambda: _enqueued(line))
    what = "deliveries that one relay moves from PostgreSQL to Redis, against one Queue.enqueue an event"
    return [_paces("11", what, ours, theirs, plan, Aim(4, 2), note="µs: the relay's process alone")]


def at_random(line: Line, tenants: int, *, per_second: float, seconds: float, first: int) -> list[Happening]:
    """Events of a Poisson process, of tenants drawn by lot; the same for the same numbers."""
    lot, ids = random.Random(first), line.tenants(tenants)
    found: list[Happening] = []
    at = lot.expovariate(per_second)
    while at < seconds:
        found.append(Happening(at, lot.choice(ids), first + len(found)))
        at += lot.expovariate(per_second)
    return found


def warm(line: Line, children: Sequence[Child], *, wakes: bool = True) -> None:
    """A second of events through the whole line: every process is there and has its connections."""
    happenings = at_random(line, 20, per_second=WARM, seconds=1, first=0)
    line.record(happenings, wakes=wakes).finish()
    line.started([item.number for item in happenings], children)


def _waits(line: Line, plan: Plan, *, wakes: bool) -> list[float]:
    line.clear()
    happenings = at_random(line, 20, per_second=PER_SECOND, seconds=plan.seconds, first=1_000)
    numbers = [item.number for item in happenings]
    settings = line.settings if wakes else line.with_events(poll_seconds=POLL_SECONDS)
    with line.relay(settings) as relay, line.worker() as worker:
        warm(line, (relay, worker), wakes=wakes)
        line.record(happenings, wakes=wakes).finish()
        started = line.started(numbers, (relay, worker))
    committed = Stamps.read(line.committed)
    return [(started[number] - committed[number]) / 1e6 for number in numbers]


def _deliveries(line: Line) -> Pace:
    line.clear()
    ids = line.tenants()
    line.fill(dict.fromkeys(ids, BACKLOG // len(ids)), first=0)
    settings = line.with_events(lease_seconds=LONG_LEASE)
    with line.relay(settings) as relay:
        while line.pending():
            relay.check()
            time.sleep(0.1)
    with line.worker(settings) as worker:
        return _pace(line, worker, BACKLOG)


def _jobs(line: Line) -> Pace:
    line.clear()
    line.enqueue([Happening(0, line.tenants(1)[0], number) for number in range(JOBS)]).finish()
    with line.rq_worker() as worker:
        return _pace(line, worker, JOBS)


def _pace(line: Line, worker: Child, count: int) -> Pace:
    """Of the worker that has just been started on so many."""
    spent, seen = worker.cpu_seconds(), 0
    while not seen:
        worker.check()
        spent, seen = worker.cpu_seconds(), len(Stamps.read(line.stamps))
        time.sleep(0.005)
    times = sorted(line.started(range(count), (worker,)).values())
    spent = worker.cpu_seconds() - spent
    counted = times[count // SKIPPED :]
    return Pace((len(counted) - 1) / (counted[-1] - counted[0]) * NS, spent / (count - seen) * 1e6)


def _moved(line: Line) -> Pace:
    line.clear()
    ids = line.tenants()
    with line.relay(line.with_events(lease_seconds=LONG_LEASE)) as relay, Redis.from_url(line.redis_url) as redis:
        line.fill(dict.fromkeys(ids, 1), first=0)
        _until_moved(line, relay, redis)
        os.kill(relay.pid, signal.SIGSTOP)  # the deliveries come one tenant after another, and are due all at once
        line.fill(dict.fromkeys(ids, BACKLOG // len(ids)), first=1_000)
        asyncio.run(_wake(line))
        spent, began = relay.cpu_seconds(), time.monotonic()
        os.kill(relay.pid, signal.SIGCONT)
        ended = _until_moved(line, relay, redis)
        return Pace(BACKLOG / (ended - began), (relay.cpu_seconds() - spent) / BACKLOG * 1e6)


def _until_moved(line: Line, relay: Child, redis: "Redis") -> float:
    """Wait until nothing is pending; when the queue grew for the last time."""
    known, changed, looked = line.queued(redis), time.monotonic(), 0.0
    while True:
        now, queued = time.monotonic(), line.queued(redis)
        if queued != known:
            known, changed = queued, now
        if now - max(changed, looked) > 0.25:  # the database is asked when Redis is quiet: the relay has it to itself
            relay.check()
            if not line.pending():
                return changed
            looked = now
        time.sleep(0.002)


async def _wake(line: Line) -> None:
    wakes = Wakes(line.redis_url)
    await wakes.wake(*line.tenants())
    await wakes.aclose()


def _enqueued(line: Line) -> Pace:
    line.clear()
    line.enqueue([Happening(0, line.tenants(1)[0], number) for number in range(JOBS)]).finish()
    noted = Stamps.read(line.committed)
    if OVER not in noted:
        raise LoadError("the jobs were not all put into RQ")
    first = JOBS // SKIPPED
    return Pace((JOBS - first) / (noted[OVER] - noted[first]) * NS, (noted[SPENT] - noted[SPENT_BEFORE]) / JOBS / 1e3)


def _paces(
    key: str, what: str, ours: Sequence[Pace], theirs: Sequence[Pace], plan: Plan, aim: Aim, *, note: str
) -> Row:
    pairs = list(zip(ours, theirs, strict=True))
    by_round = {
        "throughput": [a.per_second / b.per_second for a, b in pairs],
        "cpu": [b.cpu_us / a.cpu_us for a, b in pairs],
    }
    cells = [
        f"{median(pace.per_second for pace in arm):,.0f}/s, {median(pace.cpu_us for pace in arm):,.0f} µs"
        for arm in (ours, theirs)
    ]
    return row(key, what, (cells[0], cells[1]), by_round, plan, aim, note=note)
