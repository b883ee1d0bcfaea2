"""A day from the opening to the audit, at an installation that runs: whoever made it says where it is."""

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import asyncpg
import httpx2

from app.config import Settings
from app.simulation.audit import faults_of, faults_told
from app.simulation.books import Books, read_books
from app.simulation.journal import Journal
from app.simulation.outside import Outside
from app.simulation.plan import HOURS, MOST_AT_ONCE, Plan
from app.simulation.shops import Shop, found_shops
from app.simulation.staff import Staff
from app.simulation.strikes import Strikes, Struck
from app.simulation.visits import Visit

DRAIN_SECONDS: Final = 180.0
LOOK_SECONDS: Final = 0.2
CLIENT_SECONDS: Final = 20.0
KEEP_SECONDS: Final = 2.0
"""How long a connection is kept idle: less than the API keeps it, or a request meets its end."""
OPEN: Final = """
SELECT count(*) FROM deliveries AS d JOIN tenants AS t ON t.id = d.tenant_id
WHERE t.slug = ANY($1) AND d.state IN ('pending', 'leased')
"""
Say = Callable[[str], None]


@dataclass(frozen=True)
class Place:
    """Where the day happens: the settings of its processes, the API, a URL that may read and write all, the gateway's deeds."""

    settings: Settings
    database: str
    deeds: Path


@dataclass
class Day:
    """What came of it."""

    plan: Plan
    journal: Journal
    books: list[Books] = field(default_factory=list)
    struck: list[Struck] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    drained: float = 0.0
    """Seconds from closing time until nothing was under way."""


def new_client(url: str, transport: httpx2.AsyncBaseTransport | None = None) -> httpx2.AsyncClient:
    """The connections that all people of the day share; `transport` in the place of the network."""
    limits = httpx2.Limits(max_connections=2 * MOST_AT_ONCE, keepalive_expiry=KEEP_SECONDS)
    return httpx2.AsyncClient(base_url=url, timeout=CLIENT_SECONDS, limits=limits, transport=transport)


async def live(
    day: Day, place: Place, client: httpx2.AsyncClient, say: Say, strike: Strikes | None = None, name: str = "shop"
) -> None:
    """Furnish the shops, let the day pass, wait until all that is under way has ended, and audit the books.

    Without `strike` nobody is killed, whatever is planned. What does not balance stands in `day.faults`.

    Raises:
        InstallationFault: the shops cannot be furnished.
    """
    plan, journal = day.plan, day.journal
    shops = await found_shops(place.settings, place.database, plan.tenants, client, journal, name)
    outside = Outside(client, journal, place.deeds)
    staff = [
        Staff(shop, outside, journal, f"{plan.seed} staff {number}", plan.seconds / HOURS)
        for number, shop in enumerate(shops)
    ]
    journal.open()
    say(f"The shops are open: {plan}")
    closed = asyncio.Event()
    async with asyncio.TaskGroup() as group:
        for each in staff:
            group.create_task(each.work(closed))
        await asyncio.gather(_let_in(day, shops, outside), _strike(day, strike, say))
        closed.set()  # not before the last strike: that the API serves again is seen by those who ask it
    began = time.monotonic()
    say("Closing time: what is under way comes to its end.")
    await asyncio.gather(*(each.close() for each in staff))
    await _audit(day, place, shops)
    day.drained = time.monotonic() - began


async def _strike(day: Day, strike: Strikes | None, say: Say) -> None:
    if strike is None:
        return
    for planned in day.plan.strikes():
        struck = await strike(planned)
        day.struck.append(struck)
        say(str(struck))


async def _let_in(day: Day, shops: Sequence[Shop], outside: Outside) -> None:
    """Everybody who comes, at the moment that was drawn; returns when the last has gone and the day is over."""
    room = asyncio.Semaphore(MOST_AT_ONCE)

    async def visit(shop: Shop, seed: str) -> None:
        async with room:
            await Visit(shop, outside, day.journal, seed).run()

    async with asyncio.TaskGroup() as group:
        for arrival in day.plan.arrivals():
            await asyncio.sleep(max(0.0, arrival.at - day.journal.now))
            group.create_task(visit(shops[arrival.shop], arrival.seed))
        await asyncio.sleep(max(0.0, day.plan.seconds - day.journal.now))


async def _audit(day: Day, place: Place, shops: Sequence[Shop]) -> None:
    connection = await asyncpg.connect(place.database)
    try:
        await _drained(connection, [shop.slug for shop in shops])
        for shop in shops:
            books = await read_books(connection, shop.slug, shop.opening, place.deeds)
            answer = await shop.owner.get("/analytics/sales")
            books.answered_revenue = _revenue(answer.body) if answer.told == "ok" else None
            day.books.append(books)
            day.faults += [*faults_of(books), *faults_told(books, day.journal.acts)]
            if answer.told != "ok":
                day.faults.append(f"{shop.slug}: GET /analytics/sales answers {answer.status}")
    finally:
        await connection.close()
    day.faults += faults_beside(day)


def faults_beside(day: Day) -> list[str]:
    """What is wrong with a day whose books balance: answers that no API may give, kills without proof, and a day without business."""
    found = [f"the API has answered {what} ({count} times)" for what, count in day.journal.broken.items()]
    found += [f"no proof of a fault: {struck}" for struck in day.struck if not struck.is_proved]
    if not any("paid" in order.told for books in day.books for order in books.orders.values()):
        found.append("nobody has paid for anything: such a day proves nothing")
    return found


async def _drained(connection: asyncpg.Connection, slugs: Sequence[str]) -> None:
    """Wait until no delivery of the shops is open, or until it has taken too long: what is left then is a fault of its own."""
    deadline = time.monotonic() + DRAIN_SECONDS
    while await connection.fetchval(OPEN, slugs) and time.monotonic() < deadline:  # noqa: ASYNC110 - the database has no event of ours to set
        await asyncio.sleep(LOOK_SECONDS)


def _revenue(body: dict[str, list[dict[str, dict[str, int]]]]) -> int:
    return sum(series["totals"]["revenue"] for series in body["series"])
