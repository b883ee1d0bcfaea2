"""A and B in turn, the order reversed every other round, and what comes out of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Literal, TypeVar

from bench.load import drive
from bench.server import Server
from bench.stage import Stage

WARM_SECONDS = 1.0
Found = TypeVar("Found")


@dataclass(frozen=True)
class Subject:
    """One of the two: a server and what is asked of it. The requests are made anew each time, tokens being short-lived."""

    server: Server
    requests: Callable[[], Sequence[bytes]]


@dataclass(frozen=True)
class Sample:
    """One run. Microseconds are processor time per request: of the server's process, and of PostgreSQL."""

    per_second: float
    server_us: float
    database_us: float | None
    p50_ms: float
    p99_ms: float


@dataclass(frozen=True)
class Plan:
    """How long and how often."""

    stage: Stage
    rounds: int
    seconds: float


@dataclass(frozen=True)
class Aim:
    """What a ratio is to reach, and what it must reach at first; `at_most` where small is good."""

    aim: float
    first: float
    at_most: bool = False

    def better(self, ratios: Sequence[float]) -> float:
        """The better of the ratios: a goal passes on either figure."""
        return min(ratios) if self.at_most else max(ratios)

    def verdict(self, ratio: float) -> Literal["aim", "first", "missed"]:
        """Which of the two it reaches."""
        for name, bound in (("aim", self.aim), ("first", self.first)):
            if (ratio <= bound) if self.at_most else (ratio >= bound):
                return "aim" if name == "aim" else "first"
        return "missed"


@dataclass(frozen=True)
class Row:
    """One line of the results."""

    key: str
    what: str
    a: str
    b: str
    ratios: dict[str, float]
    ratio: float
    spread: tuple[float, float]
    """The smallest and the largest of the rounds' ratios, of the figure that `ratio` is of."""
    aim: Aim | None
    verdict: str
    rounds: int
    seconds: float
    note: str = ""
    samples: dict[str, list[Sample]] = field(default_factory=dict)


def run(subject: Subject, plan: Plan, *, clients: int, seconds: float | None = None) -> Sample:
    """One run on one of the two."""
    requests = subject.requests()
    database, server = plan.stage.database_seconds(), subject.server.cpu_seconds()
    load = drive(subject.server, requests, clients=clients, seconds=seconds or plan.seconds)
    spent = subject.server.cpu_seconds() - server
    after = plan.stage.database_seconds()
    behind = None if database is None or after is None else (after - database) / load.answers * 1e6
    return Sample(load.answers / load.seconds, spent / load.answers * 1e6, behind, load.p50_ms, load.p99_ms)


def in_turn(a: Subject, b: Subject, plan: Plan, *, clients: int) -> tuple[list[Sample], list[Sample]]:
    """The samples of both, after a warm-up of each."""
    found: tuple[list[Sample], list[Sample]] = ([], [])
    for subject in (a, b):
        run(subject, plan, clients=clients, seconds=WARM_SECONDS)
    for number in range(plan.rounds):
        order = ((0, a), (1, b)) if number % 2 == 0 else ((1, b), (0, a))
        for place, subject in order:
            found[place].append(run(subject, plan, clients=clients))
    return found


def compare(
    key: str, what: str, subjects: tuple[Subject, Subject], plan: Plan, aim: Aim | None, *,
    clients: int = 32, with_database: bool = False, note: str = "",
) -> Row:  # fmt: skip
    """Measure both and make the row. `with_database`: the processor time is the server's and PostgreSQL's together."""
    a, b = in_turn(*subjects, plan, clients=clients)
    turned = aim is not None and aim.at_most
    cost_a, cost_b = ([_cost(sample, with_database=with_database) for sample in samples] for samples in (a, b))
    by_round = {
        "throughput": [_over(x.per_second, y.per_second, turned=turned) for x, y in zip(a, b, strict=True)],
        "cpu": [_over(y, x, turned=turned) for x, y in zip(cost_a, cost_b, strict=True)],
    }
    cells = (_cell(a, cost_a), _cell(b, cost_b))
    return row(key, what, cells, by_round, plan, aim, note=note, samples={"a": a, "b": b})


def row(
    key: str, what: str, cells: tuple[str, str], by_round: Mapping[str, Sequence[float]], plan: Plan, aim: Aim | None, *,
    note: str = "", samples: Mapping[str, list[Sample]] | None = None,
) -> Row:  # fmt: skip
    """The row of one or more figures, each with its ratio of every round: the better of the medians counts."""
    ratios = {name: round(median(found), 3) for name, found in by_round.items()}
    ratio = (aim or Aim(1, 1)).better(list(ratios.values()))
    chosen = next(by_round[name] for name, found in ratios.items() if found == ratio)
    return Row(
        key, what, *cells, ratios, ratio, (round(min(chosen), 3), round(max(chosen), 3)), aim,
        aim.verdict(ratio) if aim is not None else "", len(chosen), plan.seconds, note, dict(samples or {}),
    )  # fmt: skip


def by_turns(plan: Plan, a: Callable[[], Found], b: Callable[[], Found]) -> tuple[list[Found], list[Found]]:
    """What each of the two finds, the order reversed every other round."""
    found: tuple[list[Found], list[Found]] = ([], [])
    for number in range(plan.rounds):
        for place in (0, 1) if number % 2 == 0 else (1, 0):
            found[place].append((a, b)[place]())
    return found


def _over(a: float, b: float, *, turned: bool) -> float:
    return b / a if turned else a / b


def _cost(sample: Sample, *, with_database: bool) -> float:
    return sample.server_us + ((sample.database_us or 0.0) if with_database else 0.0)


def _cell(samples: Sequence[Sample], costs: Sequence[float]) -> str:
    return f"{median(sample.per_second for sample in samples):,.0f}/s, {median(costs):,.0f} µs"
