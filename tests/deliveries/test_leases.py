"""What a lost worker held is given back, whenever that becomes possible, and what is known of its handlers with it."""

import asyncio
import time
from typing import Any

import asyncpg
import pytest

from app.config import Settings
from app.deliveries import leases, suspects
from app.deliveries.leases import LeaseKeeper
from app.extensions.held import HeldTickets
from app.extensions.loops import Window
from app.extensions.module import Handler
from tests.deliveries.life import Happened, Life, living
from tests.faults.processes import until
from tests.support.shops import Shops

pytestmark = pytest.mark.anyio


def notes_for(count: int) -> HeldTickets:
    """Notes with so many places, which nobody shares."""
    return HeldTickets(bytearray(HeldTickets.size_for(count)))


async def is_due(life: Life) -> bool:
    """Whether the lease of the only delivery has ended."""
    row = await life.row()
    return bool(row["lease_until"] is not None and row["lease_until"].timestamp() <= time.time())


async def test_locked_for_long(
    settings: Settings, shops: Shops, owner: asyncpg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is locked for longer than a start waits stays noted, and is asked for again until its lease has ended; then the relay is woken."""
    monkeypatch.setattr(leases, "HAND_BACK_SECONDS", 0.1)
    async with living(settings, owner, (await shops.shop()).id, Handler(Happened, idle, alias="lives.first")) as life:
        await life.record(Happened())
        tickets = await life.lease(600.0)
        notes = notes_for(2)
        notes.note(tickets[0])
        keeper = LeaseKeeper(Window(1, life.runtime.runner.run), life.unit, life.woken.append, 0.3, notes=notes)
        running = asyncio.create_task(keeper.run())
        lock = owner.transaction()
        await lock.start()
        await owner.execute("SELECT FROM deliveries WHERE tenant_id = $1 FOR UPDATE", life.tenant_id)
        assert await keeper.end(tickets) == 0
        await lock.rollback()
        assert (notes.left(), life.woken) == (tickets, [])
        await until(lambda: is_due(life), "the lease is ended")
        await until(lambda: life.woken, "the relay is woken")
        running.cancel()
        await asyncio.wait([running])
        assert (notes.left(), life.woken, keeper.counts["ended"]) == ([], [life.tenant_id], 1)


@pytest.mark.parametrize(("seconds", "proven"), [(0.0, True), (60.0, False)])
async def test_probation(
    settings: Settings,
    shops: Shops,
    owner: asyncpg.Connection,
    monkeypatch: pytest.MonkeyPatch,
    seconds: float,
    proven: bool,
) -> None:
    """A handler that has outlived its probation has proven itself, and is excused where another had not."""
    monkeypatch.setattr(suspects, "PROBATION_SECONDS", seconds)
    began, gate = asyncio.Event(), asyncio.Event()

    async def wait(_event: Happened, _commons: Any) -> None:
        began.set()
        await gate.wait()

    async with living(settings, owner, (await shops.shop()).id, Handler(Happened, wait, alias="lives.first")) as life:
        await life.record(Happened())
        (ticket,) = await life.lease()
        memory = bytearray(HeldTickets.size_for(2))
        notes = life.runtime.runner.notes = HeldTickets(memory)
        notes.note(ticket)
        running = asyncio.create_task(life.runtime.runner.run(ticket))
        await began.wait()
        other = type(ticket)(ticket.tenant_id, ticket.delivery_id + 1, 1)
        notes.note(other)
        notes.begin(other)
        assert HeldTickets(memory).adopt()[1] == ({ticket} if proven else set())
        gate.set()
        await running


async def idle(_event: Happened, _commons: Any) -> None:
    """Has nothing to do."""
