"""Deliveries that come again and again, wake up late, or poison their worker."""

import signal
from collections.abc import Collection, Sequence
from statistics import quantiles
from typing import Any, ClassVar

from app.config import Settings
from tests.faults.ledger import CLIENT_SECONDS, Verdict
from tests.faults.points import STANDS_STILL, Point
from tests.faults.processes import Child, until, with_events
from tests.faults.rows.base import Row
from tests.faults.site import pause
from tests.support.plain import plain_client

REPEATS = 5
ATTEMPTS = 3
PAUSE_LEASES = 1.5
FIRE_SECONDS = 120.0
POISON_SECONDS = 2.0
"""Between two poisons, at most: as apart as the kills of other rows, and their retries among the next ones."""
LONGEST_SECONDS = 3.0
"""A lease of the long run."""
NOISE_SECONDS = 0.1
"""A difference below it is the machine's own noise."""
FENCED = "delivery fenced off"
DROPPED = "leases were lost"
ENDED, EXIT = "worker was ended", 9
MEDIAN, P95 = 9, 18
"""Of twentieths."""
STILL_OWN = """
SELECT count(*) FROM unnest($1::uuid[], $2::bigint[], $3::int[]) AS held (tenant_id, id, attempt)
JOIN deliveries USING (tenant_id, id, attempt) WHERE state = 'leased'
"""
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
    """One effect: who wakes up after its lease is fenced off.

    At any time a worker may hold nothing, or only what runs, which nobody else gets as long as its transaction is open. So each
    second one, the first among them, is stopped with what it has popped and not begun, until none of that is its own any more.
    """

    name = "paused"
    fault = "a worker paused past its lease, then resumed: with what it has popped and not begun, or at any time"

    async def trouble(self) -> None:
        self.writer.moods = ("work", "slow", "slow")
        self.proof.update({"paused": 0, "with deliveries in hand": 0, "fenced off": 0})
        ways = [self._pause_with_hands_full, self._pause_at_any_time] * self.plan.kills
        async with self.under_load():
            for way in ways[: self.plan.kills]:
                await self.some_time()
                await way()
                self._count("paused", 1)

    async def check(self, verdict: Verdict) -> None:
        self.proof["redelivered"] = verdict.redelivered
        self.demand(int(self.proof["fenced off"]) > 0, "none was fenced off")

    async def _pause_with_hands_full(self) -> None:
        self.site.strikes("worker").arm(Point.HOLD)
        child = await until(self._who_stands_still, "a worker stands still", FIRE_SECONDS)
        held = child.lines(STANDS_STILL)[-1]["held"]
        numbers, before = {number for _, number, _ in held}, self._dropped_by(child)
        try:
            await until(lambda: self._are_of_others(held), "none of what it holds is its own any more", FIRE_SECONDS)
        finally:
            child.send(signal.SIGCONT)

        def fenced() -> int:
            """As it begins, or as it looks at its leases while it waits for a place."""
            return self._fenced_of(child, numbers) + self._dropped_by(child) - before

        await until(fenced, "it is fenced off", FIRE_SECONDS)
        self._count("with deliveries in hand", len(held))
        self._count("fenced off", fenced())

    async def _pause_at_any_time(self) -> None:
        lease = self.site.settings.events.lease_seconds
        child = self.random.choice(self.site.held("worker")).child
        child.send(signal.SIGSTOP)
        await until(child.is_paused, "the worker is paused")
        await pause(PAUSE_LEASES * lease + self.random.uniform(0, lease))
        child.send(signal.SIGCONT)

    def _who_stands_still(self) -> Child | None:
        return next((post.child for post in self.site.held("worker") if post.child.is_paused()), None)

    async def _are_of_others(self, held: Sequence[Sequence[Any]]) -> bool:
        tenants, numbers, attempts = ([item[place] for item in held] for place in range(3))
        return not await self.site.owner.fetchval(STILL_OWN, tenants, numbers, attempts)

    @staticmethod
    def _fenced_of(child: Child, numbers: Collection[int]) -> int:
        return sum(line["delivery"] in numbers for line in child.lines(FENCED))

    @staticmethod
    def _dropped_by(child: Child) -> int:
        return sum(line["dropped"] for line in child.lines(DROPPED))

    def _count(self, what: str, more: int) -> None:
        self.proof[what] = int(self.proof[what]) + more


class Poisoned(Row):
    """Dead after its attempts with a reason, and the others' delay at most doubled.

    That is their median. Who is in the hand of a process as it is ended waits for the next one: of twenty one, and for
    less than a lease of the long run.
    """

    name = "poison"
    fault = "handlers that raise, hang, exit the process, among others that work"
    poison = ("raise", "hang", "exit")
    crew: ClassVar[dict[str, int]] = {"api": 2, "relay": 1, "worker": 3}

    async def prepare(self) -> None:
        self._boundary = ""
        self._settings = self.site.settings
        self._begin_again(with_events(self._settings, max_attempts=ATTEMPTS), keeps=True)

    async def restore(self) -> None:
        self._begin_again(self._settings, keeps=False)

    def _begin_again(self, settings: Settings, *, keeps: bool) -> None:
        self.site.settings, self.site.keeps = settings, keeps
        for post in [*self.site.held("worker"), *self.site.held("relay")]:
            self.site.dismiss(post)

    async def trouble(self) -> None:
        async with self.writer.writing(self.plan.writers):
            await self.acknowledged(self.plan.operations // 2)
            self._boundary = f"work-{self.ledger.number:06}"
            async with plain_client(headers=self.writer.headers, timeout=CLIENT_SECONDS) as client:
                for number in range(max(self.plan.kills, len(self.poison))):
                    mood = self.poison[number % len(self.poison)]
                    await self.writer.operate(client, f"{mood}-{number:06}", stubborn=True)
                    await self.some_time(POISON_SECONDS)
            await self.acknowledged(self.plan.operations)

    async def check(self, verdict: Verdict) -> None:
        made = self._made()
        exits = sum(line.get("code") == EXIT for line in self.site.said("worker", ENDED))
        self.proof.update(made)
        self.proof["workers that a handler ended"] = exits
        self.demand(exits > 0, "no worker was ended")
        self.demand(len(verdict.dead) == sum(made.values()), f"{made} were poisoned, dead are {len(verdict.dead)}")
        self.demand(all(": None" not in dead for dead in verdict.dead), "one is dead without a reason")
        alone, beside = await self._delays(poisoned=False), await self._delays(poisoned=True)
        for name, place in (("median", MEDIAN), ("p95", P95)):
            self.proof[f"{name} delay, ms"] = f"{1000 * alone[place]:.0f} alone, {1000 * beside[place]:.0f} beside"
        before, after = alone[MEDIAN], beside[MEDIAN]
        bound = max(2 * before, before + NOISE_SECONDS)
        self.demand(after <= bound, f"the median of the others' delay went from {before:.3f} s to {after:.3f} s")
        if not self.plan.is_short:  # there the p95 is of two or three, who wait for processes to start
            self.demand(beside[P95] < LONGEST_SECONDS, f"the p95 of the others' delay is {beside[P95]:.3f} s")

    def _made(self) -> dict[str, int]:
        ok = [sku.partition("-")[0] for sku, told in self.ledger.told.items() if told == "ok"]
        return {mood: ok.count(mood) for mood in self.poison}

    async def _delays(self, *, poisoned: bool) -> list[float]:
        """Every twentieth of them, in seconds."""
        rows = await self.site.owner.fetch(DELAYS, self.ledger.tenant_id, self._boundary, poisoned)
        return quantiles([row[0] for row in rows], n=20)
