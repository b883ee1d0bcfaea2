"""Schedules of each tenant, and what is kept of old times."""

from datetime import UTC, datetime
from typing import Any

import pytest

from app import scheduler as scheduling
from app.db import schedules
from app.extensions.schedules import Missed
from app.utils.ids import PLATFORM_TENANT
from tests.scheduling.hall import HOUR, MINUTE, MOMENT, NOON, Hall, hourly

pytestmark = pytest.mark.anyio  # at collection already: marked later, parametrised coroutines lose their parameters


class TestTenants:
    """A schedule of each tenant"""

    async def test_each(self, hall: Hall) -> None:
        """Each active tenant has its own, the platform none; who comes later has the times after that."""
        old = await hall.tenant()
        relay = await hall.relay(hourly(per_tenant=True))
        await relay.round()
        hall.now = NOON
        await relay.round()
        new = await hall.tenant(created_at=NOON + MINUTE)
        hall.now = NOON + HOUR
        await relay.round()
        assert await hall.delivered(old) == [NOON, NOON + HOUR]
        assert await hall.delivered(new) == [NOON + HOUR]
        assert await hall.delivered(PLATFORM_TENANT) == []

    @pytest.mark.parametrize("missed", ["once", "all", "skip"])
    async def test_suspended(self, hall: Hall, missed: Missed) -> None:
        """Times of a suspended tenant are passed over, whatever becomes of missed ones; resumed, it has the next."""
        tenant_id = await hall.tenant("suspended")
        relay = await hall.relay(hourly(per_tenant=True, missed=missed))
        await relay.round()
        for hour in range(3):
            hall.now = NOON + hour * HOUR
            await relay.round()
        await hall.owner.execute("UPDATE tenants SET state = 'active' WHERE id = $1", tenant_id)
        await (await hall.relay(hourly(per_tenant=True, missed=missed))).round()
        assert await hall.delivered(tenant_id) == []
        hall.now = NOON + 3 * HOUR
        await relay.round()
        assert await hall.delivered(tenant_id) == [NOON + 3 * HOUR]

    async def test_purged(self, hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
        """A tenant that is purged between the look and the writing is left out, and the others have theirs."""
        gone, other = await hall.tenant(), await hall.tenant()
        relay = await hall.relay(hourly(per_tenant=True))
        await relay.round()
        hall.now = NOON
        last_times = schedules.last_times

        async def purge(*arguments: Any) -> list[datetime | None]:
            await hall.owner.execute("DELETE FROM tenants WHERE id = $1", gone)
            return await last_times(*arguments)

        monkeypatch.setattr(schedules, "last_times", purge)
        await relay.round()
        assert await hall.delivered(other) == [NOON]
        assert await hall.runs(gone) == []

    async def test_by_hand_is_no_time(self, hall: Hall) -> None:
        """What somebody ran by hand a moment after a time does not stand in for it."""
        relay = await hall.relay(hourly())
        await relay.round()
        await hall.owner.execute(
            "INSERT INTO schedule_runs (tenant_id, name, due_at, outcome, actor, at)"
            " VALUES ($1, 'things.sweep', $2, 'fired', 'command', now())",
            PLATFORM_TENANT,
            NOON + MOMENT,
        )
        hall.now = NOON + 2 * MOMENT
        await relay.round()
        assert await hall.delivered() == [NOON]


class TestPrune:
    """Old rows"""

    async def test_kept(self, hall: Hall) -> None:
        """What is old goes, the latest time stays, and nothing is fired again for it."""
        tenant_id = await hall.tenant()
        declared = [hourly(missed="all"), hourly(name="things.each", per_tenant=True, missed="all")]
        relay = await hall.relay(*declared)
        await relay.round()
        hall.now = NOON + 3 * HOUR
        await relay.round()
        await hall.owner.execute("UPDATE schedule_runs SET at = at - interval '40 days'")
        await relay.prune(datetime.now(UTC) - scheduling.KEPT)
        assert await hall.runs() == [(NOON + 3 * HOUR, "fired")]
        assert await hall.runs(tenant_id, "things.each") == [(NOON + 3 * HOUR, "fired")]
        fired = await hall.delivered()
        await (await hall.relay(*declared)).round()
        assert await hall.delivered() == fired
