"""kill -9 of our own processes."""

import signal
from typing import ClassVar

from tests.faults.ledger import Verdict
from tests.faults.points import Point
from tests.faults.processes import until
from tests.faults.rows.base import Row

KILL = -int(signal.SIGKILL)
FIRE_SECONDS = 30.0
REDELIVERED_SECONDS = 60.0


class Killed(Row):
    """Processes of one role are killed at points and at any time, one after another."""

    role: ClassVar[str]
    points: ClassVar[tuple[Point, ...]]

    async def trouble(self) -> None:
        self.writer.moods = ("work", "work", "slow")
        moments: list[Point | None] = [*self.points, None] * self.plan.kills
        chosen = moments[: max(self.plan.kills, len(self.points) + 1)]
        self.random.shuffle(chosen)
        async with self.under_load():
            for point in chosen:
                await self.some_time()
                await self._kill(point)
                name = "at any time" if point is None else str(point)
                self.proof[name] = int(self.proof.get(name, 0)) + 1
        self.demand(sum(self._kills().values()) == len(chosen), f"{len(chosen)} kills were wanted")

    async def _kill(self, point: Point | None) -> None:
        before = self.site.exits[self.role, KILL]
        if point is None:
            await until(lambda: all(post.child.exit_code is None for post in self.site.held(self.role)), "all live")
            self.random.choice(self.site.held(self.role)).child.send(signal.SIGKILL)
        else:
            strikes = self.site.strikes(self.role)
            strikes.arm(point)
            await until(lambda: not strikes.armed(point), f"a {self.role} comes to: {point}", FIRE_SECONDS)
        await until(lambda: self.site.exits[self.role, KILL] > before, f"the {self.role} is dead", FIRE_SECONDS)

    def _kills(self) -> dict[str, int]:
        names = {"at any time", *map(str, self.points)}
        return {name: int(count) for name, count in self.proof.items() if name in names}


class WorkerKilled(Killed):
    """Every effect exactly once, and soon."""

    name = "worker-killed"
    fault = "kill -9 a worker: right after the pop, mid-handler, right before the commit, at any time"
    role = "worker"
    points = (Point.POP, Point.HANDLER, Point.COMMIT)

    async def check(self, verdict: Verdict) -> None:
        self.proof["redelivered"] = verdict.redelivered
        self.proof["slowest effect after s"] = round(verdict.slowest, 1)
        self.demand(verdict.redelivered > 0, "nothing was delivered a second time")
        self.demand(verdict.slowest < REDELIVERED_SECONDS, f"an effect took {verdict.slowest:.0f} s")


class ApiKilled(Killed):
    """No partial state, an event if and only if there is a row."""

    name = "api-killed"
    fault = "kill -9 the API: mid-transaction, between commit and response, at any time"
    role = "api"
    points = (Point.COMMIT, Point.ANSWER)
    statuses = frozenset({"201", "409", "no connection", "ReadError", "RemoteProtocolError", "WriteError"})

    async def check(self, verdict: Verdict) -> None:
        broken = sum(count for status, count in self.ledger.statuses.items() if status.endswith("Error"))
        self.proof["cut off"] = broken
        self.proof["found there by a retry"] = self.ledger.there
        self.demand(broken > 0, "nobody was cut off")


class RelayKilled(Killed):
    """Nothing is stuck past its lease."""

    name = "relay-killed"
    fault = "kill -9 the relay: between claim and enqueue, at any time"
    role = "relay"
    points = (Point.ENQUEUE,)

    async def check(self, verdict: Verdict) -> None:
        self.proof["redelivered"] = verdict.redelivered
        self.proof["slowest effect after s"] = round(verdict.slowest, 1)
        self.demand(verdict.redelivered > 0, "nothing was claimed a second time")
        self.demand(verdict.slowest < REDELIVERED_SECONDS, f"an effect took {verdict.slowest:.0f} s")
