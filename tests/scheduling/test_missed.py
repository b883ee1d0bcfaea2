"""What nobody fired: missed times, and those that lie before another cron."""

from datetime import timedelta

import pytest

from app import scheduler as scheduling
from app.extensions.schedules import Missed
from tests.scheduling.hall import HOUR, MINUTE, NOON, START, Hall, hourly

pytestmark = pytest.mark.anyio  # at collection already: marked later, parametrised coroutines lose their parameters


class TestMissed:
    """No relay ran for hours"""

    async def fire(self, hall: Hall, missed: Missed) -> None:
        """Noon comes, the relays stop, and one starts seconds after four."""
        declared = hourly(missed=missed)
        relay = await hall.relay(declared)
        await relay.round()
        hall.now = NOON
        await relay.round()
        hall.now = NOON + 4 * HOUR + timedelta(seconds=20)
        await (await hall.relay(declared)).round()

    async def test_once(self, hall: Hall) -> None:
        """One firing for all of them, of the latest time."""
        await self.fire(hall, "once")
        assert await hall.runs() == [(NOON, "fired"), (NOON + 4 * HOUR, "fired")]

    async def test_all(self, hall: Hall) -> None:
        """Each is fired, the oldest first."""
        await self.fire(hall, "all")
        assert await hall.delivered() == [NOON + hour * HOUR for hour in range(5)]

    async def test_skip(self, hall: Hall) -> None:
        """What is later than a minute is passed over, and that is written down; what has just come is fired."""
        await self.fire(hall, "skip")
        assert await hall.runs() == [
            (NOON, "fired"),
            (NOON + 3 * HOUR, "skipped"),
            (NOON + 4 * HOUR, "fired"),
        ]
        assert await hall.delivered() == [NOON, NOON + 4 * HOUR]

    async def test_skip_late(self, hall: Hall) -> None:
        """A relay that comes two minutes late fires nothing, and the next time is fired as ever."""
        declared = hourly(missed="skip")
        await (await hall.relay(declared)).round()
        hall.now = NOON + 2 * MINUTE
        relay = await hall.relay(declared)
        await relay.round()
        assert await hall.runs() == [(NOON, "skipped")]
        hall.now = NOON + HOUR
        await relay.round()
        assert await hall.runs() == [(NOON, "skipped"), (NOON + HOUR, "fired")]

    async def test_many(self, hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
        """More than fit into one transaction are fired all the same, in order, and no tenant behind is forgotten."""
        monkeypatch.setattr(scheduling, "MISSED_AT_ONCE", 3)
        monkeypatch.setattr(scheduling, "ROWS_AT_ONCE", 4)
        monkeypatch.setattr(scheduling, "TENANTS_AT_ONCE", 2)
        tenants = [await hall.tenant() for _ in range(5)]
        declared = hourly(missed="all", per_tenant=True)
        relay = await hall.relay(declared)
        await relay.round()
        hall.now = NOON + 7 * HOUR
        await relay.round()
        for tenant_id in tenants:
            assert await hall.delivered(tenant_id) == [NOON + hour * HOUR for hour in range(8)]


class TestChanged:
    """Another release has another cron"""

    @pytest.mark.parametrize("missed", ["once", "all", "skip"])
    async def test_no_old_times(self, hall: Hall, missed: Missed) -> None:
        """Times that lie before the change are not fired, whatever becomes of missed ones."""
        daily = hourly(cron="0 12 * * *", missed=missed)
        relay = await hall.relay(daily)
        await relay.round()
        hall.now = NOON
        await relay.round()
        hall.now = NOON + 5 * HOUR + 30 * MINUTE
        changed = await hall.relay(hourly(missed=missed))
        await changed.round()
        assert await hall.delivered() == [NOON]
        hall.now = NOON + 6 * HOUR
        await changed.round()
        assert await hall.delivered() == [NOON, NOON + 6 * HOUR]

    async def test_for_whom(self, hall: Hall) -> None:
        """What was the installation's and becomes the tenants' is counted afresh, too."""
        tenant_id = await hall.tenant(created_at=START - 100 * HOUR)
        await (await hall.relay(hourly(missed="all"))).round()
        hall.now = NOON + 3 * HOUR + MINUTE
        relay = await hall.relay(hourly(missed="all", per_tenant=True))
        await relay.round()
        assert await hall.delivered(tenant_id) == []
        hall.now = NOON + 4 * HOUR
        await relay.round()
        assert await hall.delivered(tenant_id) == [NOON + 4 * HOUR]
