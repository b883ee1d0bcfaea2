"""A day on the app itself: people come, buy, pay and get their parcels, the books balance, and what is bent behind their back is found."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from types import ModuleType
from uuid import uuid4

import asyncpg
import httpx2
import pytest

from app.extensions.routing import ModularApp
from app.extensions.tickets import Ticket
from app.simulation import shops, staff, visits
from app.simulation.audit import faults_of, faults_told
from app.simulation.books import read_books
from app.simulation.day import Day, Place, live, new_client
from app.simulation.journal import Journal
from app.simulation.plan import Plan

TUNED: Mapping[ModuleType, Mapping[str, float]] = {
    visits: {"WAIT_SECONDS": 2.0, "LOOK_SECONDS": 0.1},
    staff: {"LOOK_SECONDS": 0.1, "CARRIES": 1.0, "REPRICES": 0.0, "LOW": 10},
    shops: {"FEW": 10},
}
"""So that it is a short day on which the same happens however slow the machine is."""
DUE = """
UPDATE deliveries AS d SET state = 'leased', attempt = attempt + 1, lease_until = now() + interval '1 minute'
FROM tenants AS t WHERE t.slug = ANY($1) AND d.tenant_id = t.id AND d.state = 'pending' AND d.attempt > 0
RETURNING d.tenant_id, d.id, d.attempt
"""
BENT = (
    ("UPDATE products SET stock = stock + 1 WHERE tenant_id = $1 AND stock > 0", "stock: of "),
    ("UPDATE orders SET number = number + 1000 WHERE tenant_id = $1 AND state <> 'draft'", "numbers: not 1 to "),
    ("DELETE FROM events WHERE tenant_id = $1 AND name = 'orders.order_placed'", "has told "),
    ("DELETE FROM sales WHERE tenant_id = $1 AND kind = 'paid'", "analytics has counted placed"),
    ("UPDATE product_shipments SET status = 'failed' WHERE tenant_id = $1", "for analytics failed"),
    ("UPDATE reservations SET state = 'released' WHERE tenant_id = $1", "has its pieces released"),
    ("DELETE FROM order_payments WHERE tenant_id = $1", "0 times a charge, and not 1"),
    ("DELETE FROM audit_entries WHERE tenant_id = $1 AND action = 'orders.order.placed'", "0 times in the audit log"),
    ("DELETE FROM orders WHERE tenant_id = $1 AND state <> 'draft'", "lost: place "),
)  # fmt: skip
"""In an order in which none hides another."""


@asynccontextmanager
async def trying_again(app: ModularApp, owner: asyncpg.Connection, slugs: list[str]) -> AsyncIterator[None]:
    """What has failed is run again at once: the app runs everything once, and by itself."""
    over = asyncio.Event()

    async def work() -> None:
        while not over.is_set():
            for row in await owner.fetch(DUE, slugs):
                await app.state.runtime.runner.run(Ticket(*row))
            await asyncio.wait((asyncio.create_task(over.wait()),), timeout=0.2)

    working = asyncio.create_task(work())
    try:
        yield
    finally:
        over.set()
        await working


async def test_day(app: ModularApp, owner: asyncpg.Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything happens that happens in a shop, and all ledgers agree; then each of them is bent, and it is named."""
    settings, name = app.state.runtime.settings, f"d{uuid4().hex[:12]}"
    plan = Plan(2, 0.03, 4, faults=False, rate=200)
    for module, values in TUNED.items():
        for key, value in values.items():
            monkeypatch.setattr(module, key, value)
    day, said = Day(plan, Journal(plan)), list[str]()
    place = Place(settings, settings.database.owner_url, Path(settings.payments.folder))
    slugs = [f"{name}-{number:03}" for number in (1, 2)]
    async with (
        trying_again(app, owner, slugs),
        new_client("http://testserver", httpx2.ASGITransport(app)) as client,
    ):
        await live(day, place, client, said.append, name=name)
    assert day.faults == []
    assert [books.shop for books in day.books] == slugs
    happened = {step for books in day.books for _, step, _ in books.moments}
    assert {"placed", "paid", "cancelled", "shipped"} <= happened, happened
    assert all(day.journal.told(kind)["ok"] for kind in ("cart", "place", "pay", "cancel", "restock"))
    assert said[0] == f"The shops are open: {plan}"
    await assert_bent_is_found(day, owner, place)


async def assert_bent_is_found(day: Day, owner: asyncpg.Connection, place: Place) -> None:
    """What is not as it was is named, whichever table it stands in."""
    books = day.books[0]
    opening = {key: product.opening for key, product in books.products.items()}
    tenant_id = await owner.fetchval("SELECT id FROM tenants WHERE slug = $1", books.shop)
    assert faults_of(await read_books(owner, books.shop, opening, place.deeds)) == []
    for statement, sentence in BENT:
        assert not (await owner.execute(statement, tenant_id)).endswith(" 0"), statement
        bent = await read_books(owner, books.shop, opening, place.deeds)
        found = [*faults_of(bent), *faults_told(bent, day.journal.acts)]
        assert any(sentence in fault for fault in found), (sentence, found)
