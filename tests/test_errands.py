"""Errands: handlers that call outside systems, with no transaction open, at least once, and once noted."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from typing import ClassVar
from uuid import UUID

import asyncpg
import pytest

from app.auth.errand import Errand
from app.config import Settings
from app.extensions.events import Event
from app.extensions.module import Handler, Module
from app.extensions.tickets import Ticket
from app.installed import INSTALLED
from app.runtime import Runtime
from tests.support.recording import record
from tests.support.shops import Shops


@dataclass(frozen=True, slots=True)
class Asked(Event):
    """Somebody asked for something outside."""

    name: ClassVar[str] = "errands.asked"
    what: str


@dataclass
class Outside:
    """An installation whose one handler does what the test says."""

    runtime: Runtime
    owner: asyncpg.Connection
    tenant_id: UUID
    act: list[Callable[[Errand], None]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    look: Callable[[], Awaitable[None]] | None = None

    async def ask(self) -> None:
        """Record one event; the inline queue mode runs its delivery behind the commit."""
        await record(self.runtime, self.tenant_id, Asked("it"))

    async def delivery(self) -> asyncpg.Record:
        """The one delivery."""
        row = await self.owner.fetchrow(
            "SELECT *, lease_until - now() AS left FROM deliveries WHERE tenant_id = $1", self.tenant_id
        )
        assert row is not None
        return row


@pytest.fixture
async def outside(settings: Settings, shops: Shops, owner: asyncpg.Connection) -> AsyncIterator[Outside]:
    """Made for one test."""

    async def run(_event: Asked, errand: Errand) -> None:
        made.keys.append(errand.key)
        for act in made.act:
            act(errand)
        if made.look is not None:
            await made.look()
        async with errand.unit() as uow:
            assert await uow.connection.fetchval("SELECT count(*) FROM deliveries WHERE tenant_id = $1", uow.tenant_id)

    module = Module("errands", events=(Asked,), handlers=(Handler(Asked, run, outside=True, timeout_seconds=5),))
    runtime = Runtime(settings, modules=(*INSTALLED, module), connections=1)
    made = Outside(runtime, owner, (await shops.shop()).id)
    await runtime.open()
    yield made
    await runtime.close()


async def test_no_transaction_is_open(outside: Outside) -> None:
    """The handler can have a connection of a pool of one: nothing of its delivery holds it. Then the delivery is done."""
    await outside.ask()
    assert (await outside.delivery())["state"] == "done"
    assert len(outside.keys) == 1


async def test_failure_is_tried_again(outside: Outside) -> None:
    """What the handler raises is the delivery's reason; it is due again, and the next try has the same key."""

    def fail(_errand: Errand) -> None:
        raise ConnectionError("the other side is away")

    outside.act = [fail]
    await outside.ask()
    row = await outside.delivery()
    assert (row["state"], row["error"], row["tries"]) == ("pending", "ConnectionError: the other side is away", 1)
    outside.act = []
    await outside.runtime.runner.run_these(outside.tenant_id, [row["id"]])
    assert (await outside.delivery())["state"] == "done"
    assert len(outside.keys) == 2
    assert len(set(outside.keys)) == 1


async def test_lease_outlasts_the_handler(outside: Outside) -> None:
    """While it runs the delivery is leased for longer than the handler may take, so that nobody else starts it."""
    lasts: list[float] = []

    async def look() -> None:
        row = await outside.delivery()
        lasts.append(row["left"].total_seconds())

    outside.look = look
    await outside.ask()
    assert lasts[0] > 5
    assert (await outside.delivery())["state"] == "done"


async def test_lost_lease_is_not_noted(outside: Outside, owner: asyncpg.Connection) -> None:
    """An attempt that was overtaken neither runs nor ends the delivery of the one that overtook it."""
    await outside.ask()
    row = await outside.delivery()
    await owner.execute(
        "UPDATE deliveries SET state = 'leased', attempt = 8, finished_at = NULL, lease_until = now() + interval '1 min'"
        " WHERE tenant_id = $1",
        outside.tenant_id,
    )
    await outside.runtime.runner.run(Ticket(outside.tenant_id, row["id"], 7))
    assert len(outside.keys) == 1
    assert (await outside.delivery())["state"] == "leased"
