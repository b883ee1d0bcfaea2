"""Many at once: a loud tenant beside quiet ones, more requests than connections, clients that hang up, a rolling restart."""

import asyncio
import json
import signal
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from statistics import quantiles
from typing import ClassVar
from uuid import UUID

from app.embedded.processes import free_port
from app.modules.catalog.events import ProductCreated
from app.runtime import Runtime
from app.utils.ids import uuid7
from tests.faults.crew import HANDLER, Noting
from tests.faults.ledger import Verdict, drained
from tests.faults.processes import until
from tests.faults.rows.base import Outcome, Row
from tests.faults.site import Post, pause
from tests.support.recording import record

QUIET = 10
LOUD_FACTOR = 10
LOUD_LEAST = 600
"""For they shall outlast the quiet ones in a short run too."""
BATCH = 500
PLACES = {"median": 9, "p95": 18}
"""Among the twentieths."""
RATIO = 2.0
NOISE_SECONDS = 0.1
"""A difference below it is the machine's own noise, not the loud tenant's doing."""
WAITS = """
SELECT extract(epoch FROM d.finished_at - e.at)::float8
FROM deliveries AS d JOIN events AS e ON e.tenant_id = d.tenant_id AND e.id = d.event_id
WHERE d.tenant_id = ANY($1) AND d.handler = $2 AND e.payload->>'sku' LIKE $3 || '-%'
"""
EFFECTS = """
SELECT e.payload->>'sku', count(a.id)
FROM events AS e LEFT JOIN audit_entries AS a
  ON a.tenant_id = e.tenant_id AND a.action = 'faults.effect' AND a.target = e.payload->>'sku'
WHERE e.tenant_id = ANY($1) AND e.name = 'catalog.product_created' GROUP BY e.tenant_id, e.payload->>'sku'
"""
OPEN = "SELECT count(*) FROM deliveries WHERE tenant_id = $1 AND state IN ('pending', 'leased')"
HANGING = """
SELECT count(*) FROM pg_stat_activity
WHERE usename LIKE 'atrium%' AND usename <> current_user AND state <> 'idle' AND now() - xact_start > interval '2 seconds'
"""
ROLES = ("api", "worker", "relay")
LEAK_SECONDS = 5.0
SLOWEST_SECONDS = 10.0
ADD, DROP = "ALTER TABLE products ADD COLUMN faults_{0} text", "ALTER TABLE products DROP COLUMN faults_{0}"


class Fairness(Row):
    """Quiet tenants wait at most twice as long as alone."""

    name = "fairness"
    fault = "one tenant records ten events for each operation, ten others a few each"

    async def run(self) -> Outcome:
        began = time.monotonic()
        await self.site.man(**self.crew)
        quiet = [await self.site.tenant() for _ in range(QUIET)]
        loud = await self.site.tenant()
        count = max(LOUD_FACTOR * self.plan.operations, LOUD_LEAST)
        async with self._recording() as runtime, self.site.kept():
            alone = await self._rounds(runtime, quiet, "alone")
            await self._shout(runtime, loud, count)
            beside = await self._rounds(runtime, quiet, "beside")
            left = await self.site.owner.fetchval(OPEN, loud)
            seconds = await drained(self.site, loud, 600)
        ratio = beside / max(alone, 0.001)
        self.proof.update({
            "loud events": count,
            "still waiting when the quiet were done": left,
            f"quiet {self._measure} alone, ms": round(1000 * alone),
            f"quiet {self._measure} beside, ms": round(1000 * beside),
            "ratio": round(ratio, 2),
            "drained in s": round(seconds, 1),
        })  # fmt: skip
        self.demand(left > 0, "the loud tenant was done before the quiet ones")
        self.demand(
            beside <= max(RATIO * alone, alone + NOISE_SECONDS),
            f"quiet tenants waited {beside:.3f} s, {ratio:.1f} times as long as alone",
        )
        return await self._outcome([loud, *quiet], time.monotonic() - began)

    async def trouble(self) -> None:
        raise NotImplementedError

    @property
    def _measure(self) -> str:
        """Of so few that the p95 is the longest of all, one stall of the machine would be the p95."""
        return "median" if self.plan.is_short else "p95"

    async def _outcome(self, tenants: Sequence[UUID], seconds: float) -> Outcome:
        rows = await self.site.owner.fetch(EFFECTS, list(tenants))
        verdict = Verdict(lost=[row[0] for row in rows if not row[1]], duplicate=[row[0] for row in rows if row[1] > 1])
        self.demand(
            not verdict.lost and not verdict.duplicate, f"{len(verdict.lost)} lost, {len(verdict.duplicate)} twice"
        )
        return Outcome(
            self.name,
            self.fault,
            {"ok": len(rows), "failed": 0, "unknown": 0},
            verdict,
            self.proof,
            seconds,
            self.broken,
        )

    @asynccontextmanager
    async def _recording(self) -> AsyncIterator[Runtime]:
        """Events happen in this process, quicker than over HTTP."""
        runtime = Runtime(self.site.settings, modules=Noting(self.site.strikes("nobody")).modules(), connections=2)
        await runtime.open()
        try:
            yield runtime
        finally:
            await runtime.close()

    async def _rounds(self, runtime: Runtime, tenants: Sequence[UUID], label: str) -> float:
        """The p95 of the quiet tenants' waits, each with one event a round; in a short run their median."""
        for number in range(max(2, self.plan.kills)):
            for tenant_id in tenants:
                await record(runtime, tenant_id, _created(f"{label}-{number}"))
            await self.some_time(0.2)
        for tenant_id in tenants:
            await drained(self.site, tenant_id, 120)
        rows = await self.site.owner.fetch(WAITS, list(tenants), HANDLER, label)
        return quantiles([float(row[0]) for row in rows], n=20)[PLACES[self._measure]]

    async def _shout(self, runtime: Runtime, tenant_id: UUID, count: int) -> None:
        numbers = list(range(count))
        for start in range(0, count, BATCH):
            await record(runtime, tenant_id, *(_created(f"loud-{n}") for n in numbers[start : start + BATCH]))


class Crowd(Row):
    """No deadlock, quick refusals, nothing leaked."""

    name = "crowd"
    fault = "ten times the pool in concurrent requests, and clients that hang up"
    statuses = frozenset({"201", "503"})
    hang_ups: ClassVar[int] = 50
    """Clients that hang up, for each of the plan's kills."""

    async def trouble(self) -> None:
        pools = len(self.site.ports) * self.site.settings.database.pool_size
        crowd = min(10 * pools, max(self.plan.operations // 4, 2 * pools))
        before = self._files()
        async with self.writer.writing(crowd):
            await self.acknowledged(self.plan.operations // 2)
            for number in range(self.plan.kills):
                await asyncio.gather(*(self._hang_up(number * self.hang_ups + n) for n in range(self.hang_ups)))
            await self.acknowledged(self.plan.operations)
        hanging = await self._at_rest()
        await until(lambda: self._files() <= before + self.site.settings.database.pool_size * 2, "files are closed", 10)
        self.proof.update({
            "at once": crowd,
            "connections": pools,
            "hung up": self.plan.kills * self.hang_ups,
            "slowest answer in s": round(max(self.ledger.seconds), 2),
            "open transactions after 5 s": hanging,
            "503s": self.ledger.statuses["503"],
        })  # fmt: skip
        self.demand(not hanging, f"{hanging} transactions are still open")
        self.demand(max(self.ledger.seconds) < SLOWEST_SECONDS, "an answer took too long")

    async def _hang_up(self, number: int) -> None:
        sku = f"work-hung-{number:06}"
        self.ledger.told[sku] = "unknown"
        body = json.dumps({"sku": sku, "name": "Tea", "price": 450, "currency": "EUR"}).encode()
        headers = {**self.site.headers, "X-Tenant-ID": str(self.ledger.tenant_id), "Content-Length": str(len(body))}
        lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        head = f"POST /api/v1/products HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n{lines}\r\n"
        _, writer = await asyncio.open_connection("127.0.0.1", self.random.choice(self.site.ports))
        writer.write(head.encode() + body)
        await pause(self.random.uniform(0, 0.05))
        writer.transport.abort()

    async def _at_rest(self) -> int:
        """How many transactions are open five seconds later."""

        async def closed() -> bool:
            return not await self.site.owner.fetchval(HANGING)

        await until(closed, "every transaction ends", LEAK_SECONDS)
        return int(await self.site.owner.fetchval(HANGING))

    def _files(self) -> int:
        """Open files of the APIs: connections among them."""
        return sum(len(list(Path(f"/proc/{post.child.pid}/fd").iterdir())) for post in self.site.held("api"))


class Rolling(Row):
    """Nobody notices: no 5xx, no reset connection."""

    name = "rolling"
    fault = "a rolling restart under load of APIs, workers and relays, with a column added and dropped between"

    async def prepare(self) -> None:
        self._settings = self.site.settings
        web = self._settings.web.model_copy(update={"drain_seconds": self.plan.drain_seconds})
        self.site.settings = self._settings.model_copy(update={"web": web})
        for post in self.site.held("api"):
            self.site.dismiss(post)

    async def trouble(self) -> None:
        async with self.under_load():
            for number in range(max(self.plan.kills, len(ROLES))):
                role = ROLES[number % len(ROLES)]
                await self._replace(self.site.held(role)[0])
                self.proof[f"{role}s replaced"] = int(self.proof.get(f"{role}s replaced", 0)) + 1
                await self.site.owner.execute(ADD.format(number))
                await self.some_time(0.1)
                await self.site.owner.execute(DROP.format(number))
                self.proof["columns added and dropped"] = number + 1

    async def restore(self) -> None:
        self.site.settings = self._settings
        for post in self.site.held("api"):
            self.site.dismiss(post)

    async def _replace(self, old: Post) -> None:
        """The new one is ready before the old one is told to go, as a rolling update does it."""
        new = self.site.post(old.role, port=free_port() if old.role == "api" else 0)
        new.kept = False  # nobody asks it before it is ready
        await until(lambda: self._is_ready(new), f"the new {old.role} is ready", 60)
        new.kept, old.kept = True, False
        old.child.send(signal.SIGTERM)
        await until(lambda: old.child.exit_code is not None, f"the old {old.role} ends", 60)
        self.demand(old.child.exit_code == 0, f"the old {old.role} ended with {old.child.exit_code}")
        self.site.posts.remove(old)

    async def _is_ready(self, post: Post) -> bool:
        assert post.child.exit_code is None, f"the new {post.role} refuses to live: {post.child.output[-2000:]}"
        if post.role == "api":
            return await self.site.answers(post.port)
        return post.role == "relay" or bool(post.child.lines("worker ready"))


def _created(sku: str) -> ProductCreated:
    return ProductCreated(product_id=uuid7(), sku=sku, status="draft")
