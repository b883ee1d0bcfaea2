"""Unique keys: while a delivery waits, every further event of its key joins it."""

import asyncio
from typing import Any

import asyncpg
import pytest

from app.config import Settings
from app.extensions.module import Handler
from tests.deliveries.life import Happened, living
from tests.faults.processes import until
from tests.support.shops import Shops

pytestmark = pytest.mark.anyio

Owner = asyncpg.Connection
BLOCKED = """
SELECT count(DISTINCT pid) FROM pg_locks
WHERE NOT granted AND (
  locktype = 'transactionid' AND transactionid = pg_current_xact_id()::xid
  OR locktype = 'tuple' AND relation = 'deliveries'::regclass
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
)
"""


async def note(_event: Happened, _commons: Any) -> None:
    """Does nothing."""


def folding(alias: str = "lives.first") -> Handler:
    """A handler that reacts once to all events that say the same."""
    return Handler(Happened, note, alias=alias, unique_key=lambda event: event.what)


async def test_joins_what_waits(settings: Settings, shops: Shops, owner: Owner) -> None:
    """Of one key one delivery waits, for the first of its events; from its lease on the next event has one of its own."""
    async with living(settings, owner, (await shops.shop()).id, folding()) as life:
        await life.record(Happened("a"))
        await life.record(Happened("a"))
        await life.record(Happened("b"))
        assert [row["unique_key"] for row in await life.rows()] == ["a", "b"]
        await life.turn()
        await life.record(Happened("a"))
        assert [row["state"] for row in await life.rows()] == ["done", "done", "pending"]


async def test_in_one_unit_of_work(settings: Settings, shops: Shops, owner: Owner) -> None:
    """Events of one key that happen together share one delivery; each handler has its own, and so has what has no key."""
    plain = Handler(Happened, note, alias="lives.plain")
    async with living(settings, owner, (await shops.shop()).id, folding(), folding("lives.second"), plain) as life:
        await life.record(Happened("a"), Happened("b"), Happened("a"))
        found = sorted((row["handler"], row["unique_key"]) for row in await life.rows() if row["unique_key"])
        assert found == [(name, key) for name in ("lives.first", "lives.second") for key in "ab"]
        events = await owner.fetch("SELECT id FROM events WHERE tenant_id = $1 ORDER BY id", life.tenant_id)
        assert len(events) == 3
        assert {row["event_id"] for row in await life.rows("lives.first")} == {events[0][0], events[1][0]}
        assert [row["event_id"] for row in await life.rows("lives.plain")] == [row[0] for row in events]


async def test_crosswise(settings: Settings, shops: Shops, owner: Owner) -> None:
    """Two units of work that join the same deliveries in different orders wait for one another, and neither for ever."""
    async with living(settings, owner, (await shops.shop()).id, folding()) as life:
        await life.record(Happened("a"), Happened("b"))
        units: list[asyncio.Task[Any]] = []

        async def all_wait() -> bool:
            return bool(await owner.fetchval(BLOCKED) == len(units))

        async with owner.transaction():
            await owner.execute(
                "SELECT FROM deliveries WHERE tenant_id = $1 AND unique_key = 'a' FOR UPDATE", life.tenant_id
            )
            await owner.fetchval("SELECT pg_current_xact_id()")
            for order in ("ab", "ba"):
                units.append(asyncio.create_task(life.record(*(Happened(key) for key in order))))
                await until(all_wait, "it waits for the first of its keys")
        await asyncio.gather(*units)
        assert [row["unique_key"] for row in await life.rows()] == ["a", "b"]
