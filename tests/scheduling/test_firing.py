"""Schedules are fired: each time once, of whatever number of relays."""

import asyncio
from datetime import timedelta
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from app import scheduler as scheduling
from app.db import outbox, schedules
from app.utils.ids import PLATFORM_TENANT
from tests.scheduling.hall import HOUR, MOMENT, NOON, Hall, hourly

pytestmark = pytest.mark.anyio  # at collection already: marked later, parametrised coroutines lose their parameters

COUNT = "SELECT count(*) FROM schedule_runs WHERE tenant_id = $1 AND outcome = 'fired' AND name = 'things.sweep'"


class TestFiring:
    """An installation-wide schedule"""

    async def test_first_sight(self, hall: Hall) -> None:
        """Nothing is fired of the time before a schedule was known; the next time is, with its delivery, and the tenant is hinted."""
        relay = await hall.relay(hourly())
        await relay.round()
        assert await hall.runs() == []
        hall.now = NOON + MOMENT
        await relay.round()
        assert await hall.runs() == [(NOON, "fired")]
        assert await hall.delivered() == [NOON]
        assert hall.woken[PLATFORM_TENANT] >= 1
        row = await hall.owner.fetchrow(
            "SELECT e.actor, e.at, d.priority, d.queue FROM deliveries AS d JOIN events AS e ON e.id = d.event_id"
            " WHERE d.handler = 'schedule:things.sweep'"
        )
        assert row is not None
        assert tuple(row) == ("system", hall.now, 10, "default")

    async def test_once(self, hall: Hall) -> None:
        """However often it is looked at, also by a relay that has just started, a time is fired once."""
        relay = await hall.relay(hourly())
        await relay.round()
        hall.now = NOON
        for _ in range(3):
            await relay.round()
        await (await hall.relay(hourly())).round()
        assert await hall.delivered() == [NOON]

    async def test_pause(self, hall: Hall) -> None:
        """It sleeps until the next time, a minute at most."""
        relay = await hall.relay(hourly())
        assert await relay.round() == 30.0
        hall.now = NOON + timedelta(seconds=1)
        assert await relay.round() == 59.0

    async def test_two_relays(self, hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
        """Relays that do not even take turns fire each time once: the key forbids more."""

        async def always(*_: Any) -> bool:
            return True

        monkeypatch.setattr(schedules, "take_turn", always)
        tenants = [await hall.tenant() for _ in range(20)]
        declared = hourly(per_tenant=True)
        relays = [await hall.relay(declared) for _ in range(4)]
        await relays[0].round()
        for hour in range(3):
            hall.now = NOON + hour * HOUR
            await asyncio.gather(*(relay.round() for relay in relays))
        times = [NOON, NOON + HOUR, NOON + 2 * HOUR]
        for tenant_id in tenants:
            assert await hall.runs(tenant_id) == [(time, "fired") for time in times]
            assert await hall.delivered(tenant_id) == times

    async def test_turns(self, hall: Hall) -> None:
        """While one relay is at a schedule another passes on, comes back soon, and finds nothing left to do."""
        first, second = [await hall.relay(hourly()) for _ in range(2)]
        await first.round()
        await second.round()
        hall.now = NOON
        holder = await asyncpg.connect(hall.settings.database.system_url)
        async with holder.transaction():
            assert await schedules.take_turn(holder, "things.sweep")
            assert await second.round() == scheduling.RETRY_SECONDS
            assert await hall.runs() == []
        await holder.close()
        await first.round()
        assert await second.round() == scheduling.LONGEST_SECONDS
        assert await hall.delivered() == [NOON]

    async def test_killed_half_way(self, hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
        """A relay that dies between the row and its event has written neither: the next fires the time."""
        first, second = [await hall.relay(hourly()) for _ in range(2)]
        await first.round()
        hall.now = NOON
        written: list[int] = []

        write_each = outbox.write_each

        async def die(connection: Any, events: Any, lanes: Any) -> None:
            if events[0].event.schedule != "things.sweep":
                return await write_each(connection, events, lanes)
            written.append(await connection.fetchval(COUNT, PLATFORM_TENANT))
            connection.terminate()
            raise ConnectionResetError

        with monkeypatch.context() as patch:
            patch.setattr(outbox, "write_each", die)
            with pytest.raises(ConnectionResetError):
                await first.round()
        assert written == [1]
        await second.round()
        assert await hall.runs() == [(NOON, "fired")]
        assert await hall.delivered() == [NOON]

    async def test_gone(self, hall: Hall) -> None:
        """A schedule that is in no manifest any more does nothing."""
        await (await hall.relay(hourly())).round()
        hall.now = NOON + HOUR
        await (await hall.relay()).round()
        assert await hall.runs() == []

    async def test_one_in_trouble(self, hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
        """A schedule that cannot be written holds up no other, and is tried again soon."""
        good, bad = hourly(), hourly(name="things.alas")
        relay = await hall.relay(bad, good)
        await relay.round()
        hall.now = NOON
        take = schedules.take

        async def fail(connection: Any, name: str, times: Any) -> set[UUID]:
            if name == bad.name:
                raise asyncpg.DiskFullError("no room")
            return await take(connection, name, times)

        with monkeypatch.context() as patch:
            patch.setattr(schedules, "take", fail)
            assert await relay.round() == scheduling.RETRY_SECONDS
        assert await hall.delivered() == [NOON]
        assert await hall.delivered(name=bad.name) == []
        await relay.round()
        assert await hall.delivered(name=bad.name) == [NOON]
