"""What every row of the table of faults is made of: load, faults, a settled installation and a judgement."""

import random
import time
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import ClassVar

from tests.faults.ledger import Ledger, Verdict, Writer, drained, judge
from tests.faults.processes import until
from tests.faults.site import Site, pause

Proof = dict[str, int | float | str]
DRAIN_SECONDS = 60.0
WARM = 20
"""Operations that are acknowledged before the first fault."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How much, and by which seed."""

    seed: int
    operations: int
    kills: int
    writers: int = 8
    drain_seconds: float = 5.0
    """How long an API that ends goes on serving: as long as in earnest."""

    @property
    def is_short(self) -> bool:
        """Whether there are too few operations for a percentile to be one."""
        return self.operations < 100


@dataclass
class Outcome:
    """What a row found: the numbers, the proof that its faults fired, and whatever did not hold."""

    name: str
    fault: str
    counts: dict[str, int]
    verdict: Verdict
    proof: Proof
    seconds: float = 0.0
    broken: list[str] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        """Whether all that must hold does."""
        return not self.broken


class Row(ABC):
    """One line of the table: a fault, and what must hold."""

    name: ClassVar[str]
    fault: ClassVar[str]
    crew: ClassVar[dict[str, int]] = {"api": 2, "relay": 1, "worker": 2}
    poison: ClassVar[tuple[str, ...]] = ()
    statuses: ClassVar[frozenset[str]] = frozenset({"201"})
    """Answers that are right; whatever else a client was told is broken. 409 is, where an outcome was unknown."""

    def __init__(self, site: Site, plan: Plan) -> None:
        """Each row draws from the seed and its own name."""
        self.site = site
        self.plan = plan
        self.random = random.Random(f"{plan.seed} {self.name}")
        self.proof: Proof = {}
        self.broken: list[str] = []
        self.ledger = Ledger.__new__(Ledger)
        self.writer: Writer

    async def run(self) -> Outcome:
        """Load, faults, judgement."""
        began = time.monotonic()
        await self.prepare()
        await self.site.man(**self.crew)
        await self.site.sign_in()
        self.ledger = Ledger(await self.site.tenant())
        self.writer = Writer(self.site, self.ledger, self.random.randrange(2**32))
        async with self.site.kept():
            await self.trouble()
            seconds = await drained(self.site, self.ledger.tenant_id, DRAIN_SECONDS)
        self.proof["drained in s"] = round(seconds, 1)
        verdict = await judge(self.site.owner, self.ledger, poison=self.poison)
        self._compare(verdict)
        await self.check(verdict)
        await self.restore()
        counts = {told: self.ledger.counts[told] for told in ("ok", "failed", "unknown")}
        return Outcome(self.name, self.fault, counts, verdict, self.proof, time.monotonic() - began, self.broken)

    async def prepare(self) -> None:  # noqa: B027 - a row that has nothing to do here says nothing
        """Before the processes are started."""

    @abstractmethod
    async def trouble(self) -> None:
        """Write, and let the faults happen."""

    async def check(self, verdict: Verdict) -> None:  # noqa: B027 - a row that has nothing to do here says nothing
        """What must hold beyond: nothing lost, no phantom, no duplicate, nothing dead."""

    async def restore(self) -> None:  # noqa: B027 - a row that has nothing to do here says nothing
        """Leave the installation as it was found."""

    def demand(self, holds: bool, what: str) -> None:
        """Something that must hold."""
        if not holds:
            self.broken.append(what)

    @asynccontextmanager
    async def under_load(self) -> AsyncIterator[None]:
        """Writers write during the block, and then until enough is acknowledged."""
        async with self.writer.writing(self.plan.writers):
            await self.acknowledged(min(WARM, self.plan.operations))
            yield
            await self.acknowledged(self.plan.operations)

    async def acknowledged(self, count: int) -> None:
        """Wait until so many operations are acknowledged."""
        await until(lambda: self.ledger.counts["ok"] >= count, f"{count} operations are acknowledged", 600)

    async def some_time(self, longest: float = 0.3) -> None:
        """A pause of the schedule."""
        await pause(self.random.uniform(0, longest))

    def _compare(self, verdict: Verdict) -> None:
        for what in ("lost", "phantom", "duplicate", "partial"):
            found = getattr(verdict, what)
            self.demand(not found, f"{what}: {len(found)}, such as {found[:3]}")
        if not self.poison:
            self.demand(not verdict.dead, f"dead: {verdict.dead[:3]}")
        wrong = self.ledger.statuses.keys() - self.statuses - ({"409"} if self.ledger.there else set())
        self.demand(not wrong, f"answers: { {status: self.ledger.statuses[status] for status in wrong} }")
        self.demand(not self.ledger.careless, f"503 without Retry-After: {len(self.ledger.careless)}")
        self.demand(self.ledger.counts["ok"] >= self.plan.operations, "too little was acknowledged")
