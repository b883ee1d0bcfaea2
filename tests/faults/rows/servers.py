"""Servers that go, come back, come back empty, or refuse; and commits that fail."""

import os
import signal
import time
from collections import Counter
from contextlib import suppress
from shutil import rmtree
from typing import Any

from redis import Redis

from tests.faults.ledger import Verdict
from tests.faults.processes import until
from tests.faults.rows.base import DRAIN_SECONDS, Row
from tests.faults.site import pause
from tests.support.plain import plain_client

AWAY_SECONDS = 0.4
RECOVERY_SECONDS = 5.0
TRIGGER = """
CREATE OR REPLACE FUNCTION fault() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF NEW.sku LIKE 'raised-%' THEN RAISE EXCEPTION 'deferred'; END IF;
  IF NEW.sku LIKE 'divided-%' THEN PERFORM 1 / 0; END IF;
  PERFORM pg_terminate_backend(pg_backend_pid());
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER fault AFTER INSERT ON products DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
WHEN (NEW.sku LIKE 'raised-%' OR NEW.sku LIKE 'divided-%' OR NEW.sku LIKE 'cut-%') EXECUTE FUNCTION fault()
"""
DROP = "DROP TRIGGER IF EXISTS fault ON products; DROP FUNCTION IF EXISTS fault()"
FAULTY = ("raised", "divided", "cut")


class CarrierFaults(Row):
    """Redis carries and never remembers: requests go on, and nothing is lost with it."""

    name = "redis"
    fault = "Redis killed and restarted, restarted empty, FLUSHALL under load, out of memory"

    async def trouble(self) -> None:
        faults = [self._killed, self._restarted_empty, self._flushed, self._full] * self.plan.kills
        chosen = faults[: max(self.plan.kills, 4)]
        self.random.shuffle(chosen)
        async with self.under_load():
            for fault in chosen:
                await self.some_time()
                name = await fault()
                self.proof[name] = int(self.proof.get(name, 0)) + 1

    async def check(self, verdict: Verdict) -> None:
        self.proof["redelivered"] = verdict.redelivered
        # Workers and relays go on without being started again; those that other rows killed are not looked at here.
        self.demand(float(self.proof["drained in s"]) < DRAIN_SECONDS, "not drained in time")
        self.demand(verdict.slowest < DRAIN_SECONDS, f"an effect took {verdict.slowest:.0f} s")

    async def _killed(self) -> str:
        await self._die()
        await pause(self.random.uniform(0, AWAY_SECONDS))
        await self._back()
        return "killed"

    async def _restarted_empty(self) -> str:
        await self._die()
        rmtree(self.site.folder.parent / "data" / "valkey" / "appendonlydir", ignore_errors=True)
        await self._back()
        return "restarted empty"

    async def _flushed(self) -> str:
        with self._redis() as redis:
            redis.flushall()
        return "flushed"

    async def _full(self) -> str:
        with self._redis() as redis:
            refused = int(redis.info("stats")["total_error_replies"])
            redis.config_set("maxmemory", 1)
            await until(lambda: int(redis.info("stats")["total_error_replies"]) > refused, "Redis refuses somebody")
            redis.config_set("maxmemory", 0)
        return "out of memory"

    async def _die(self) -> None:
        process = await self.site.valkey.start()
        os.kill(process.pid, signal.SIGKILL)
        assert await process.wait(10)

    async def _back(self) -> None:
        await self.site.valkey.start()

    def _redis(self) -> Any:
        return Redis.from_url(self.site.settings.redis.url)


class DatabaseRestarted(Row):
    """Clean refusals, and recovery without a restart of ours."""

    name = "postgres"
    fault = "PostgreSQL restarted, fast and immediate"
    statuses = frozenset({"201", "503"})

    async def trouble(self) -> None:
        before = Counter(self.site.exits)
        ways = [signal.SIGINT, signal.SIGQUIT] * self.plan.kills
        chosen = ways[: max(self.plan.kills, 2)]
        self.random.shuffle(chosen)
        slowest = 0.0
        async with self.under_load():
            for how in chosen:
                await self.some_time()
                slowest = max(slowest, await self._restart(how))
                name = "fast" if how == signal.SIGINT else "immediate"
                self.proof[name] = int(self.proof.get(name, 0)) + 1
        await self.site.reconnect()
        self.proof["first success after s"] = round(slowest, 2)
        self.demand(slowest < RECOVERY_SECONDS, f"the first success came {slowest:.1f} s after PostgreSQL was ready")
        self.demand(self.site.exits == before, f"processes ended: {self.site.exits - before}")

    async def check(self, verdict: Verdict) -> None:
        self.proof["503s"] = self.ledger.statuses["503"]
        self.demand(self.ledger.statuses["503"] > 0, "nobody was refused")

    async def _restart(self, how: signal.Signals) -> float:
        """Seconds from ready to the first success."""
        process = await self.site.postgres.start()
        os.kill(process.pid, how)
        assert await process.wait(20)
        again = await self.site.postgres.start()
        assert again.pid != process.pid
        ready, done = time.monotonic(), self.ledger.statuses["201"]
        with suppress(AssertionError):
            await until(lambda: self.ledger.statuses["201"] > done, "a first success", 2 * RECOVERY_SECONDS)
        return time.monotonic() - ready


class CommitFails(Row):
    """Nobody is told of success where the commit failed."""

    name = "commit"
    fault = "the commit fails: a deferred constraint raises, an error in it, the connection is cut"
    # 500 to an exception that no code of ours knows, 422 to an error in the data, 503 to a connection that is gone.
    statuses = frozenset({"201", "422", "500", "503"})

    async def trouble(self) -> None:
        self.writer.moods = ("work",)
        await self.site.owner.execute(DROP + ";" + TRIGGER)
        try:
            async with self.under_load(), plain_client(headers=self._headers(), timeout=20) as client:
                for number in range(max(self.plan.kills, len(FAULTY))):
                    mood = FAULTY[number % len(FAULTY)]
                    await self.writer.operate(client, f"{mood}-{number:06}", stubborn=False)
                    await self.some_time(0.05)
        finally:
            await self.site.owner.execute(DROP)

    async def check(self, verdict: Verdict) -> None:
        for mood in FAULTY:
            told = Counter(told for sku, told in self.ledger.told.items() if sku.startswith(mood))
            self.proof[mood] = told.total()
            self.demand(not told["ok"], f"{mood}: {told['ok']} were told of success")
        found = await self._found()
        self.demand(found == 0, f"{found} of them are there")

    async def _found(self) -> int:
        count = "SELECT count(*) FROM products WHERE tenant_id = $1 AND split_part(sku, '-', 1) = ANY($2)"
        return int(await self.site.owner.fetchval(count, self.ledger.tenant_id, list(FAULTY)))

    def _headers(self) -> dict[str, str]:
        return {**self.site.headers, "X-Tenant-ID": str(self.ledger.tenant_id)}
