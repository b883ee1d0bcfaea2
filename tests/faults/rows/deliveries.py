"""Deliveries that come again and again, wake up late, or poison their worker."""

import signal
from statistics import quantiles
from typing import ClassVar

from app.config import Settings
from tests.faults.ledger import Verdict
from tests.faults.processes import until, with_events
from tests.faults.rows.base import Row
from tests.faults.site import pause

REPEATS = 5
ATTEMPTS = 3
PAUSE_LEASES = 1.5
FENCED = "delivery fenced off"
DELAYS = """
SELECT extract(epoch FROM d.finished_at - e.at)::float8
FROM deliveries AS d JOIN events AS e ON e.tenant_id = d.tenant_id AND e.id = d.event_id
WHERE d.tenant_id = $1 AND d.handler = 'faults.note' AND d.state = 'done' AND e.payload->>'sku' LIKE 'work-%'
  AND (e.payload->>'sku' > $2) = $3
"""


class Repeated(Row):
    """Effects exactly once, however often and in whatever order a delivery comes."""

    name = "repeated"
    fault = "each delivery sent five times, shuffled"

    async def prepare(self) -> None:
        await self._with_relays(REPEATS)

    async def trouble(self) -> None:
        async with self.under_load():
            await self.some_time()

    async def check(self, verdict: Verdict) -> None:
        sent = sum(line["deliveries"] for line in self.site.said("relay", "sent again"))
        fenced = len(
            [1 for line in self.site.said("worker", FENCED) if line["tenant_id"] == str(self.ledger.tenant_id)]
        )
        self.proof["sent again"], self.proof["fenced off"] = sent, fenced
        self.demand(sent >= (REPEATS - 1) * self.plan.operations, "they were not sent again")
        self.demand(fenced > 0, "none was fenced off")

    async def restore(self) -> None:
        await self._with_relays(1)

    async def _with_relays(self, repeats: int) -> None:
        self.site.repeats = repeats
        for post in self.site.held("relay"):
            self.site.dismiss(post)


class Paused(Row):
    """One effect: who wakes up after its lease is fenced off."""

    name = "paused"
    fault = "a worker paused past its lease, then resumed"

    async def trouble(self) -> None:
        self.writer.moods = ("work", "slow", "slow")
        lease = self.site.settings.events.lease_seconds
        async with self.under_load():
            for number in range(self.plan.kills):
                child = self.site.held("worker")[number % 2].child
                child.send(signal.SIGSTOP)
                await until(child.is_paused, "the worker is paused")
                self.proof["paused"] = number + 1
                await pause(PAUSE_LEASES * lease + self.random.uniform(0, lease))
                child.send(signal.SIGCONT)
                await self.some_time()

    async def check(self, verdict: Verdict) -> None:
        fenced = len(
            [1 for line in self.site.said("worker", FENCED) if line["tenant_id"] == str(self.ledger.tenant_id)]
        )
        self.proof["fenced off"], self.proof["redelivered"] = fenced, verdict.redelivered
        self.demand(fenced > 0, "none was fenced off")


class Poisoned(Row):
    """Dead after its attempts with a reason, and the others' delay at most doubled."""

    name = "poison"
    fault = "handlers that raise, hang, exit the process, among others that work"
    poison = ("raise", "hang", "exit")
    crew: ClassVar[dict[str, int]] = {"api": 2, "relay": 1, "worker": 3}

    async def prepare(self) -> None:
        self._boundary = ""
        self._settings = self.site.settings
        self._begin_again(with_events(self._settings, max_attempts=ATTEMPTS))

    async def restore(self) -> None:
        self._begin_again(self._settings)

    def _begin_again(self, settings: Settings) -> None:
        self.site.settings = settings
        for post in [*self.site.held("worker"), *self.site.held("relay")]:
            self.site.dismiss(post)

    async def trouble(self) -> None:
        async with self.writer.writing(self.plan.writers):
            await self.acknowledged(self.plan.operations // 2)
            self._boundary = f"work-{self.ledger.number:06}"
            self.writer.moods = (*("work",) * 57, "raise", "hang", "exit")
            await self.acknowledged(self.plan.operations)
            counts = self._made()
            await until(lambda: all(self._made()[mood] for mood in self.poison), f"each mood: {counts}", 60)

    async def check(self, verdict: Verdict) -> None:
        made, exits = self._made(), self.site.exits["worker", 9]
        self.proof.update(made)
        self.proof["workers that a handler ended"] = exits
        self.demand(exits > 0, "no worker was ended")
        self.demand(len(verdict.dead) == sum(made.values()), f"{made} were poisoned, dead are {len(verdict.dead)}")
        self.demand(all(": None" not in dead for dead in verdict.dead), "one is dead without a reason")
        before, after = await self._delay(poisoned=False), await self._delay(poisoned=True)
        self.proof["median delay, ms"] = f"{1000 * before:.0f} alone, {1000 * after:.0f} beside"
        self.demand(after <= 2 * before, f"the others' median delay went from {before:.3f} s to {after:.3f} s")

    def _made(self) -> dict[str, int]:
        ok = [sku.partition("-")[0] for sku, told in self.ledger.told.items() if told == "ok"]
        return {mood: ok.count(mood) for mood in self.poison}

    async def _delay(self, *, poisoned: bool) -> float:
        rows = await self.site.owner.fetch(DELAYS, self.ledger.tenant_id, self._boundary, poisoned)
        return float(quantiles([row[0] for row in rows], n=2)[0])
