"""What a client was told of each of its operations, and what the database says of them afterwards."""

import asyncio
import random
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Literal
from uuid import UUID

import asyncpg
import httpx

from tests.faults.crew import HANDLER
from tests.faults.processes import until
from tests.faults.site import Site, pause
from tests.support.plain import plain_client

Told = Literal["ok", "failed", "unknown"]
PERSISTENCE_SECONDS = 60.0
CLIENT_SECONDS = 20.0
RETRY_SECONDS = 0.05
KEEP_SECONDS = 0.5
"""How long a connection is kept idle: as at any proxy less than the API keeps it, or a request meets its end."""
SKUS = """
SELECT sku, count(*) FILTER (WHERE kind = 'product'), count(*) FILTER (WHERE kind = 'event'),
  count(*) FILTER (WHERE kind = 'entry'), count(*) FILTER (WHERE kind = 'effect')
FROM (
  SELECT sku, 'product' AS kind FROM products WHERE tenant_id = $1
  UNION ALL SELECT payload->>'sku', 'event' FROM events WHERE tenant_id = $1 AND name = 'catalog.product_created'
  UNION ALL SELECT after->>'sku', 'entry' FROM audit_entries WHERE tenant_id = $1 AND action = 'catalog.product.created'
  UNION ALL SELECT target, 'effect' FROM audit_entries WHERE tenant_id = $1 AND action = 'faults.effect'
) AS traces GROUP BY sku
"""
DELIVERIES = """
SELECT e.payload->>'sku' AS sku, d.handler, d.state, d.attempt, d.error, extract(epoch FROM d.finished_at - e.at)::float8 AS seconds
FROM deliveries AS d JOIN events AS e ON e.tenant_id = d.tenant_id AND e.id = d.event_id
WHERE d.tenant_id = $1 ORDER BY d.id
"""
COUNTED = "SELECT coalesce((SELECT draft + active + archived FROM product_summaries WHERE tenant_id = $1), 0)"
OPEN = "SELECT count(*) FROM deliveries WHERE tenant_id = $1 AND state IN ('pending', 'leased')"


@dataclass(frozen=True, slots=True)
class Traces:
    """How often each kind of trace of a sku is there."""

    products: int = 0
    events: int = 0
    entries: int = 0
    effects: int = 0

    @property
    def partial(self) -> bool:
        """Whether one trace is there without the others; effects are judged apart, for they come later."""
        return not self.products == self.events == self.entries <= 1


@dataclass
class Verdict:
    """The comparison; all four are to be empty."""

    lost: list[str] = field(default_factory=list)
    phantom: list[str] = field(default_factory=list)
    duplicate: list[str] = field(default_factory=list)
    partial: list[str] = field(default_factory=list)
    dead: list[str] = field(default_factory=list)
    """What ended as dead: for some faults that is right."""
    attempts: int = 0
    """The largest number of one delivery's leases."""
    redelivered: int = 0
    """How many deliveries were leased more than once."""
    slowest: float = 0.0
    """Seconds from the slowest effect's event to its end."""


@dataclass
class Ledger:
    """A client's notes: one line an operation."""

    tenant_id: UUID
    told: dict[str, Told] = field(default_factory=dict)
    statuses: Counter[str] = field(default_factory=Counter)
    there: int = 0
    """Operations whose outcome was unknown and that a second try found done."""
    number: int = 0
    seconds: list[float] = field(default_factory=list)
    careless: list[str] = field(default_factory=list)
    """503s without Retry-After."""

    @property
    def counts(self) -> Counter[str]:
        """How many of each outcome."""
        return Counter(self.told.values())


class Writer:
    """Writes numbered operations at several APIs, some of which it tries again until it knows."""

    def __init__(self, site: Site, ledger: Ledger, seed: int) -> None:
        """`seed` draws which operation goes where and how stubborn its writer is."""
        self._site = site
        self._ledger = ledger
        self._random = random.Random(seed)
        self._over = asyncio.Event()
        self.moods: tuple[str, ...] = ("work",)

    @asynccontextmanager
    async def writing(self, writers: int) -> AsyncIterator[None]:
        """So many operations at once, as long as the block lasts; what has begun then comes to its end."""
        tasks = [asyncio.create_task(self._write()) for _ in range(writers)]
        try:
            yield
        finally:
            self._over.set()
            await asyncio.gather(*tasks)

    async def operate(self, client: httpx.AsyncClient, sku: str, *, stubborn: bool) -> None:
        """One operation; a stubborn writer tries again until it knows that it is done."""
        deadline = time.monotonic() + PERSISTENCE_SECONDS
        unknown = False
        while True:
            told = await self._try(client, sku)
            unknown = unknown or told == "unknown"
            if told == "there":
                # A refused operation that is there is a phantom: the judge finds it under what was told.
                self._ledger.there += unknown
                self._ledger.told[sku] = "ok" if unknown else "failed"
                return
            if told == "ok":
                self._ledger.told[sku] = "ok"
                return
            if not stubborn or time.monotonic() > deadline:
                self._ledger.told[sku] = "unknown" if unknown else "failed"
                return
            await pause(RETRY_SECONDS)

    async def _write(self) -> None:
        # A client of its own: what many share looks through all its connections at each request, and makes some wait for long.
        limits = httpx.Limits(keepalive_expiry=KEEP_SECONDS)
        async with plain_client(headers=self.headers, limits=limits, timeout=CLIENT_SECONDS) as client:
            while not self._over.is_set():
                self._ledger.number += 1
                mood = self._random.choice(self.moods)
                await self.operate(client, f"{mood}-{self._ledger.number:06}", stubborn=self._random.random() < 0.7)

    async def _try(self, client: httpx.AsyncClient, sku: str) -> str:
        port = self._random.choice(self._site.ports)
        body = {"sku": sku, "name": f"Tea {sku}", "price": 450, "currency": "EUR"}
        began = time.monotonic()
        try:
            answer = await client.post(f"http://127.0.0.1:{port}/api/v1/products", json=body)
        except httpx.ConnectError:
            self._ledger.statuses["no connection"] += 1
            return "failed"
        except httpx.TransportError as error:
            self._ledger.statuses[type(error).__name__] += 1
            return "unknown"
        self._ledger.seconds.append(time.monotonic() - began)
        self._ledger.statuses[str(answer.status_code)] += 1
        if answer.status_code == 503 and not answer.headers.get("Retry-After"):
            self._ledger.careless.append(sku)
        if answer.status_code == 503 and answer.json()["details"]["code"] == "outcome_unknown":
            return "unknown"
        return {201: "ok", 409: "there"}.get(answer.status_code, "failed")

    @property
    def headers(self) -> dict[str, str]:
        """Who writes, and in which tenant."""
        return {**self._site.headers, "X-Tenant-ID": str(self._ledger.tenant_id)}


async def drained(site: Site, tenant_id: UUID, seconds: float) -> float:
    """Wait until no delivery of the tenant is open; how long that took."""
    began = time.monotonic()

    async def over() -> bool:
        return not await site.owner.fetchval(OPEN, tenant_id)

    await until(over, "every delivery comes to its end", seconds)
    return time.monotonic() - began


async def judge(owner: "asyncpg.Connection", ledger: Ledger, *, poison: tuple[str, ...] = ()) -> Verdict:
    """Compare what was told with what is there. Operations of the moods `poison` have no effect, and are dead."""
    verdict = Verdict()
    rows = await owner.fetch(SKUS, ledger.tenant_id)
    traces = {row[0]: Traces(*row[1:]) for row in rows}
    for sku in {*ledger.told, *traces}:
        told, found = ledger.told.get(sku, "unknown"), traces.get(sku, Traces())
        wanted = 0 if sku.partition("-")[0] in poison else found.products
        if (told == "ok" and not found.products) or found.effects < wanted:
            verdict.lost.append(sku)
        if told == "failed" and found.products:
            verdict.phantom.append(sku)
        if max(found.products, found.events, found.entries) > 1 or found.effects > wanted:
            verdict.duplicate.append(sku)
        if found.partial:
            verdict.partial.append(sku)
    await _follow(owner, ledger.tenant_id, verdict)
    products = sum(found.products for found in traces.values())
    counted = await owner.fetchval(COUNTED, ledger.tenant_id)
    verdict.lost += ["the summary"] * max(0, products - counted)
    verdict.duplicate += ["the summary"] * max(0, counted - products)
    return verdict


async def _follow(owner: "asyncpg.Connection", tenant_id: UUID, verdict: Verdict) -> None:
    for row in await owner.fetch(DELIVERIES, tenant_id):
        if row["state"] == "dead":
            verdict.dead.append(f"{row['sku']}: {row['error']}")
        verdict.attempts = max(verdict.attempts, row["attempt"])
        verdict.redelivered += row["attempt"] > 1
        if row["handler"] == HANDLER and row["seconds"] is not None:
            verdict.slowest = max(verdict.slowest, row["seconds"])
