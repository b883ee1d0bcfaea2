"""Counting anew: what is read at the end is what was read before, to the last row, whatever happens meanwhile."""

import asyncio
import random
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest

from app.db import history
from app.extensions.events import Event, PayloadError
from app.extensions.pages import FIRST
from app.extensions.routing import ModularApp
from app.modules.analytics import tasks
from app.modules.analytics.services import Counting
from app.modules.orders.events import OrderPlaced
from tests.analytics.told import Shipped, Sold, at, facts, line, said
from tests.extensions.caching import within
from tests.support.recording import record, unit
from tests.support.shops import Shop, Shops

pytestmark = pytest.mark.anyio

Owner = asyncpg.Connection
EVENTS = "SELECT count(*) FROM events WHERE tenant_id = $1 AND name <> 'core.task_queued'"
START = at("2026-05-01 00:00")


def some_events(count: int) -> list[Event]:
    """What happens to so many orders, shuffled; the same each time."""
    dice, products = random.Random(7), [uuid4() for _ in range(3)]
    found: list[Event] = []
    for number in range(count):
        sold = Sold(*(line(each, dice.randint(1, 5), dice.randint(0, 900)) for each in dice.sample(products, 2)))
        moment = START + timedelta(hours=number)
        found.append(sold.placed(moment))
        later = moment + timedelta(minutes=1)
        ends: list[list[Event]] = [[], [sold.cancelled(later)], [sold.paid(later)]]
        found += dice.choice([*ends, [sold.paid(later), sold.refunded(later)]])
        if number % 4 == 0:
            found += Shipped(*products[:2]).moves("pending", "inProgress", "failed", "inProgress", "delivered")
    dice.shuffle(found)
    return found


async def copies(owner: Owner, tenant_id: UUID) -> tuple[Any, ...]:
    """Which copy is read, which one is made."""
    return tuple(await owner.fetchrow("SELECT live, shadow FROM sales_copies WHERE tenant_id = $1", tenant_id) or ())


class TestRebuild:
    """POST /analytics/rebuilds"""

    async def test_same_to_the_last_row(self, app: ModularApp, shops: Shops, owner: Owner) -> None:
        """202 with a task; what was lost or made up is as the events say, nothing else has changed, the old copy is gone, all is noted."""
        shop = await shops.shop()
        await record(app.state.runtime, shop.id, *some_events(12))
        before = await facts(owner, shop.id)
        assert len(before) > 40
        assert before == await said(owner, shop.id)
        await owner.execute("DELETE FROM sales WHERE tenant_id = $1 AND kind = 'paid'", shop.id)
        await owner.execute("DELETE FROM product_shipments WHERE tenant_id = $1 AND status = 'pending'", shop.id)
        await owner.execute(
            "UPDATE product_shipments SET status = 'failed', revision = 9 WHERE tenant_id = $1", shop.id
        )
        await owner.execute("UPDATE sales SET amount = 1, at = now() WHERE tenant_id = $1 AND kind = 'placed'", shop.id)
        answer = await shop.admin.post("/analytics/rebuilds")
        assert answer.status_code == 202, answer.text
        task = (await shop.admin.get(answer.headers["Location"].removeprefix("/api/v1"))).json()
        count = await owner.fetchval(EVENTS, shop.id)
        assert (task["state"], task["result"], task["progress"]["done"], task["progress"]["total"]) == (
            "succeeded",
            {"events": count},
            count,
            None,
        )
        assert await copies(owner, shop.id) == (2, None)
        assert (await facts(owner, shop.id, 2), await facts(owner, shop.id, 1)) == (before, [])
        acts = "SELECT action, actor FROM audit_entries WHERE tenant_id = $1 AND target = $2 ORDER BY id"
        by = f"user:{shop.admin.user_id}"
        assert [tuple(row) for row in await owner.fetch(acts, shop.id, f"task:{task['id']}")] == [
            ("analytics.rebuild.started", by),
            ("analytics.rebuild.finished", by),
        ]

    async def test_who_may(self, shops: Shops, owner: Owner) -> None:
        """A member may not; one at a time."""
        shop = await shops.shop()
        assert (await shop.member.post("/analytics/rebuilds")).status_code == 403
        key = (await shop.admin.post("/analytics/rebuilds")).json()["id"]
        await owner.execute("UPDATE tasks SET state = 'running', finished_at = NULL WHERE id = $1", key)
        answer = await shop.admin.post("/analytics/rebuilds")
        assert (answer.status_code, answer.json()["details"]["code"]) == (409, "too_many_tasks")

    async def test_while_it_goes_on(self, app: ModularApp, shops: Shops, owner: Owner) -> None:
        """What happens between the steps, and what was recorded before and commits after, is in the new copy; each is there once."""
        runtime, shop = app.state.runtime, await shops.shop()
        events = some_events(12)
        await record(runtime, shop.id, *events[:8])
        async with unit(runtime, shop.id) as late:
            late.record(Sold(line(uuid4())).paid(START))  # its id is older than all that follow
            copy = await self.begin(app, shop)
            await record(runtime, shop.id, *events[8:10])
            last = await self.replay(app, shop, copy, FIRST, limit=3)
            await record(runtime, shop.id, *events[10:])
            await self.replay(app, shop, copy, last, limit=1000)
            await record(runtime, shop.id, Sold(line(uuid4())).placed(START))
        assert await copies(owner, shop.id) == (1, 2)
        assert await facts(owner, shop.id, 2) == await facts(owner, shop.id, 1)
        async with unit(runtime, shop.id) as uow:
            await Counting(runtime.hub.commons(uow)).swap(copy, uuid4(), "system")
        after = Sold(line(uuid4())).placed(START)
        await record(runtime, shop.id, after)
        assert len(await facts(owner, shop.id, 2)) == len(await facts(owner, shop.id, 1)) + 1
        async with unit(runtime, shop.id) as uow:
            counting = Counting(runtime.hub.commons(uow))
            removed = [await counting.remove(copy, 7) for _ in range(5)]
        assert (removed[0], removed[-1], await facts(owner, shop.id, 1)) == (7, 0, [])
        assert await owner.fetchval("SELECT count(*) FROM sale_lines WHERE tenant_id = $1 AND copy = 1", shop.id) == 0

    async def test_amid_others(
        self, app: ModularApp, shops: Shops, owner: Owner, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """While four at once go on recording what happens, beyond its end: what is read is what was said, each once."""
        monkeypatch.setattr(tasks, "BATCH", 7)
        shop, is_over, recorded = await shops.shop(), asyncio.Event(), 0
        swap = Counting.swap

        async def swap_late(counting: Counting, copy: int, task_id: UUID, actor: str) -> None:
            known = recorded

            async def has_missed_some() -> bool:
                return recorded > known + 8

            await within(has_missed_some)
            await swap(counting, copy, task_id, actor)

        monkeypatch.setattr(Counting, "swap", swap_late)
        await record(app.state.runtime, shop.id, *some_events(12))

        async def go_on() -> None:
            nonlocal recorded
            while not is_over.is_set():
                await record(app.state.runtime, shop.id, Sold(line(uuid4())).placed(START))
                recorded += 1

        async def count_anew() -> None:
            try:
                assert (await shop.admin.post("/analytics/rebuilds")).status_code == 202
            finally:
                is_over.set()

        await asyncio.gather(count_anew(), *(go_on() for _ in range(4)))
        assert await copies(owner, shop.id) == (2, None)
        assert await facts(owner, shop.id, 2) == await said(owner, shop.id)
        assert await facts(owner, shop.id, 1) == []

    async def test_begins_beside(self, app: ModularApp, shops: Shops, owner: Owner) -> None:
        """It waits for nobody who is noting a fact: that one does not know of the new copy, and its event is read."""
        runtime, shop, event = app.state.runtime, await shops.shop(), Sold(line(uuid4())).placed(START)
        await record(runtime, shop.id, event)
        await owner.execute("DELETE FROM sales WHERE tenant_id = $1", shop.id)
        async with unit(runtime, shop.id) as uow:
            await Counting(runtime.hub.commons(uow)).note(event)
            copy = await self.begin(app, shop)
            assert await copies(owner, shop.id) == (1, 2)
        await self.replay(app, shop, copy, FIRST, limit=10)
        assert len(await facts(owner, shop.id, 1)) == 1
        assert await facts(owner, shop.id, 2) == await facts(owner, shop.id, 1)

    async def test_superseded(self, app: ModularApp, shops: Shops, owner: Owner) -> None:
        """Of two that were begun the later one counts: the earlier fails, and what it wrote is never read."""
        runtime, shop = app.state.runtime, await shops.shop()
        first, second = [await self.begin(app, shop) for _ in range(2)]
        async with unit(runtime, shop.id) as uow:
            with pytest.raises(RuntimeError, match="another rebuild"):
                await Counting(runtime.hub.commons(uow)).swap(first, uuid4(), "system")
        assert (first, second, await copies(owner, shop.id)) == (2, 3, (1, 3))

    async def test_stored_events(self, app: ModularApp, shops: Shops, owner: Owner) -> None:
        """What newer code recorded, or nobody can read, fails the rebuild with its name, and nothing is swapped."""
        runtime, shop = app.state.runtime, await shops.shop()
        await record(runtime, shop.id, Sold(line(uuid4())).placed(START))
        change = "UPDATE events SET version = $2, payload = payload - $3 WHERE tenant_id = $1"
        for version, without, fault in ((3, "", history.NewerEventError), (2, "at", PayloadError)):
            await owner.execute(change, shop.id, version, without)
            async with unit(runtime, shop.id) as uow:
                with pytest.raises(fault, match=r"orders\.order_placed"):
                    await history.after(uow, [OrderPlaced], FIRST, 10)

    async def test_version_1(self, app: ModularApp, shops: Shops, owner: Owner) -> None:
        """What told neither moment nor lines is counted at the moment at which it was recorded, of the shop as a whole: so what is
        refunded later leaves nothing, and not less than nothing. A cancelling, which told no money either, is passed over.
        """
        runtime, shop = app.state.runtime, await shops.shop()
        ends, ended = Sold(line(uuid4(), 2, 700)), Sold(line(uuid4()))
        await record(runtime, shop.id, ends.placed(START), ends.paid(START), ended.cancelled(START))
        for table in ("sales", "product_shipments"):
            await owner.execute(f"DELETE FROM {table} WHERE tenant_id = $1", shop.id)
        await owner.execute(
            "UPDATE events SET version = 1, payload = payload - 'at' - 'lines', at = $2 WHERE tenant_id = $1",
            shop.id,
            START,
        )
        await owner.execute(
            "UPDATE events SET payload = payload - 'total' - 'currency' WHERE tenant_id = $1 AND name = 'orders.order_cancelled'",
            shop.id,
        )
        await record(runtime, shop.id, ends.refunded(START))
        assert (await shop.admin.post("/analytics/rebuilds")).status_code == 202
        found = await owner.fetch(
            "SELECT order_id, kind, at, currency, pieces, amount FROM sales WHERE tenant_id = $1 ORDER BY kind", shop.id
        )
        assert [tuple(row) for row in found] == [
            (ends.id, "paid", START, "EUR", 0, 700),
            (ends.id, "placed", START, "EUR", 0, 700),
            (ends.id, "refunded", START, "EUR", 2, 700),
        ]

    async def begin(self, app: ModularApp, shop: Shop) -> int:
        """The first step."""
        async with unit(app.state.runtime, shop.id) as uow:
            return await Counting(app.state.runtime.hub.commons(uow)).begin()

    async def replay(self, app: ModularApp, shop: Shop, copy: int, last: UUID, limit: int) -> UUID:
        """A step that reads."""
        async with unit(app.state.runtime, shop.id) as uow:
            found, _ = await Counting(app.state.runtime.hub.commons(uow)).replay(copy, last, limit)
        return found
