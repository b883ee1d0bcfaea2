"""Goal 12: what ten quiet tenants wait while an eleventh has 10,000 deliveries waiting.

A run ends when the quiet tenants' events have been handled; the noise need not be worked off for that.
"""

import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from statistics import median, quantiles

from app.config import Settings
from bench.apps.reacting import Happening, Stamps
from bench.goals.events import LONG_LEASE, NS, at_random, warm
from bench.line import Child, Line
from bench.load import LoadError
from bench.report import FOLDER
from bench.rounds import Aim, Plan, Row, by_turns, row
from bench.scatter import Dot, scatter

QUIET, PER_SECOND = 10, 50.0
NOISE, NOISY = 10_000, 1_000_000
"""How many deliveries wait, and the number of the first."""
HANDLER_SECONDS = 0.005
"""What the noisy tenant's handlers take, and the quiet ones' too."""
FEWEST = 50
RQ_NOISE, RQ_LONGEST = 2_000, 300.0
"""RQ's own worker has fewer waiting, and so many seconds at most: 10,000 jobs keep it busy for minutes."""
UNCAPPED_ROUNDS = 2
UNCAPPED = 10**9
"""A cap that nobody reaches: all of the noise is leased, and stands in Redis in front of what comes later."""
PICTURE = FOLDER / "fairness.svg"


def fairness(plan: Plan) -> Sequence[Row]:
    """The quiet tenants alone, beside the noise, beside the noise without a cap, and in plain RQ.

    What is for comparison takes fewer rounds: it is so far from the others that more add nothing.
    """
    line = Line(plan)
    uncapped = line.with_events(max_in_flight=UNCAPPED, max_queued_jobs=UNCAPPED, lease_seconds=LONG_LEASE)
    alone, beside = by_turns(plan, lambda: _alone(line, plan), lambda: _beside(line, plan, line.settings))
    queued = [_beside(line, plan, uncapped, leased=True) for _ in range(min(UNCAPPED_ROUNDS, plan.rounds))]
    rq = [_in_rq(line, plan)]
    series = {f"beside {NOISE:,}": beside[-1], "without a cap": queued[-1], f"plain RQ, {RQ_NOISE:,}": rq[-1]}
    _draw({"alone": alone[-1], **series})
    what = f"p95 wait of {QUIET} quiet tenants while one has"
    note = f"{PER_SECOND:g} quiet events/s, {HANDLER_SECONDS * 1e3:g} ms a handler; p50 {{a:.1f}} and {{b:.1f}} ms"
    goal = f"{what} {NOISE:,} waiting, against their wait alone"
    without = f"for comparison: {what} {NOISE:,} waiting and no cap holds it back, so that they stand in line behind it"
    in_rq = (
        f"for comparison: {what} {RQ_NOISE:,} waiting in plain RQ, one SimpleWorker; the wait grows with their number"
    )
    return [
        _row("12", goal, beside, alone, plan, Aim(1.5, 3, at_most=True), note),
        _row("12b", without, queued, alone[-len(queued) :], plan, None, note),
        _row("12c", in_rq, rq, alone[-1:], plan, None, note),
    ]


def _row(
    key: str, what: str, ours: Sequence[Sequence[Dot]], alone: Sequence[Sequence[Dot]], plan: Plan, aim: Aim | None, note: str
) -> Row:  # fmt: skip
    a, b = ([_quantile(dots, 95) for dots in arm] for arm in (ours, alone))
    middles = {name: median(_quantile(dots, 50) for dots in arm) for name, arm in (("a", ours), ("b", alone))}
    cells = (f"p95 {median(a):,.1f} ms", f"p95 {median(b):,.1f} ms")
    by_round = {"latency": [x / y for x, y in zip(a, b, strict=True)]}
    return row(key, what, cells, by_round, plan, aim, note=note.format(**middles))


def _alone(line: Line, plan: Plan) -> list[Dot]:
    line.clear()
    with ExitStack() as stack:
        children = (stack.enter_context(line.relay()), stack.enter_context(line.worker()))
        warm(line, children)
        return _waits(line, _quiet(line, plan), children)


def _beside(line: Line, plan: Plan, settings: Settings, *, leased: bool = False) -> list[Dot]:
    """With `leased` the quiet events begin when all of the noise is in Redis: first come, first served, but for the window."""
    line.clear()
    with ExitStack() as stack:
        children = (stack.enter_context(line.relay(settings)), stack.enter_context(line.worker(settings)))
        warm(line, children)
        line.fill({line.tenants(QUIET + 1)[-1]: NOISE}, first=NOISY, seconds=HANDLER_SECONDS)
        _until_noisy(line, children)
        while leased and line.pending():
            time.sleep(0.1)
        return _waits(line, _quiet(line, plan), children, noise=NOISE)


def _in_rq(line: Line, plan: Plan) -> list[Dot]:
    line.clear()
    noisy = line.tenants(QUIET + 1)[-1]
    line.enqueue([Happening(0, noisy, NOISY + number, HANDLER_SECONDS) for number in range(RQ_NOISE)]).finish()
    with line.rq_worker() as worker:
        _until_noisy(line, (worker,))
        happenings = _quiet(line, plan)
        line.enqueue(happenings).finish()
        return _dots(line, happenings, (worker,), noise=RQ_NOISE, seconds=RQ_LONGEST)


def _quiet(line: Line, plan: Plan) -> list[Happening]:
    found = at_random(line, QUIET, per_second=PER_SECOND, seconds=plan.seconds, first=1_000)
    return [Happening(item.at, item.tenant_id, item.number, HANDLER_SECONDS) for item in found]


def _until_noisy(line: Line, children: Sequence[Child]) -> None:
    while max(Stamps.read(line.stamps), default=0) < NOISY:
        for child in children:
            child.check()
        time.sleep(0.01)


def _waits(line: Line, happenings: Sequence[Happening], children: Sequence[Child], *, noise: int = 0) -> list[Dot]:
    line.record(happenings).finish()
    return _dots(line, happenings, children, noise=noise)


def _dots(
    line: Line, happenings: Sequence[Happening], children: Sequence[Child], *, noise: int, seconds: float = 600.0
) -> list[Dot]:
    """Those that were committed while there was noise, if there was any.

    Raises:
        LoadError: too few to speak of a 95th percentile, or not handled in so many seconds.
    """
    numbers = [item.number for item in happenings]
    started = line.started(numbers, children, seconds)
    committed = Stamps.read(line.committed)
    loud = [at for number, at in started.items() if number >= NOISY]
    began, over = min(loud, default=committed[numbers[0]]), max(loud, default=0)
    if len(loud) < noise or not noise:
        over = max(committed.values())
    counted = [number for number in numbers if committed[number] <= over]
    if len(counted) < FEWEST:
        raise LoadError(f"the noise was over after {len(counted)} quiet events")
    return [((committed[n] - began) / NS, (started[n] - committed[n]) / 1e6) for n in counted]


def _quantile(dots: Sequence[Dot], cut: int) -> float:
    return quantiles([wait for _, wait in dots], n=100)[cut - 1]


def _draw(series: Mapping[str, Sequence[Dot]]) -> None:
    PICTURE.write_text(scatter("Wait of quiet tenants, by when they were committed", series), encoding="utf-8")
