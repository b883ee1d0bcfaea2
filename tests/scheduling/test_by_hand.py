"""Operators see schedules and run them now; each run stands beside the times that cron has."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from uuid import UUID

import asyncpg
import pytest
from typer.testing import CliRunner, Result

from app.config import Settings
from app.exceptions import TenantNotFound, TenantSuspended, ValidationFailed
from app.extensions.routing import ModularApp
from app.extensions.schedules import HEARTBEAT
from app.manage import serving
from app.manage.cli import cli
from app.operators.services import ScheduleDesk, by_command
from app.utils.ids import PLATFORM_TENANT, uuid7
from tests.operators.desk import operator
from tests.scheduling.hall import NOON, Hall, hourly
from tests.support.clock import MovableClock
from tests.support.shops import Shops

pytestmark = pytest.mark.anyio  # at collection already: marked later, parametrised coroutines lose their parameters

RUN = f"/operator/schedules/{HEARTBEAT}/run"
Run = Callable[..., Result]


class TestRoutes:
    """/operator/schedules"""

    async def test_run(self, shops: Shops, owner: "asyncpg.Connection", clock: MovableClock) -> None:
        """It is run at once, by the handler that its times have, in the name of who asked; the log of the platform says so."""
        staff = await operator(shops, owner)
        answer = await staff.post(RUN, json={})
        assert answer.status_code == 202, answer.text
        made = answer.json()
        (shown,) = [one for one in (await staff.get("/operator/schedules")).json()["data"] if one["name"] == HEARTBEAT]
        by = f"operator:{staff.user_id}"
        assert shown["last_run"] == {
            "due_at": made["due_at"],
            "actor": by,
            "outcome": "done",
            "event_id": made["event_id"],
        }
        assert shown["next_at"] > clock.now().strftime("%Y-%m-%dT%H:%M:%S")
        event = await owner.fetchrow("SELECT name, actor, tenant_id FROM events WHERE id = $1", UUID(made["event_id"]))
        assert event is not None
        assert tuple(event) == ("core.schedule_due", by, PLATFORM_TENANT)
        entry = await owner.fetchrow(
            "SELECT tenant_id, actor, target FROM audit_entries WHERE request_id = $1", answer.headers["X-Request-ID"]
        )
        assert entry is not None
        assert tuple(entry) == (PLATFORM_TENANT, by, f"schedule:{HEARTBEAT}")

    async def test_twice_at_once(self, shops: Shops, owner: "asyncpg.Connection") -> None:
        """Of any number at once each is a run of its own."""
        staff = await operator(shops, owner)
        answers = await asyncio.gather(*(staff.post(RUN, json={}) for _ in range(5)))
        assert [answer.status_code for answer in answers] == [202] * 5
        assert len({answer.json()["due_at"] for answer in answers}) == 5
        events = [UUID(answer.json()["event_id"]) for answer in answers]
        states = await owner.fetch("SELECT state FROM deliveries WHERE event_id = ANY($1::uuid[])", events)
        assert [row["state"] for row in states] == ["done"] * 5

    async def test_refused(self, shops: Shops, owner: "asyncpg.Connection") -> None:
        """An unknown schedule, a name that is none, a tenant that is none, a tenant for what is the installation's."""
        staff, shop = await operator(shops, owner), await shops.shop()
        for path, body, status in (
            ("/operator/schedules/core.nothing/run", {}, 404),
            ("/operator/schedules/Core%00/run", {}, 422),
            (RUN, {"tenant_id": str(shop.id)}, 422),
            (RUN, {"tenant_id": "x"}, 422),
            (RUN, {"due_at": "2026-01-01T00:00:00Z"}, 422),
        ):
            assert (await staff.post(path, json=body)).status_code == status, (path, body)
        assert (await staff.get(f"/operator/schedules?tenant_id={uuid7()}")).status_code == 404

    async def test_tenant(
        self, app: ModularApp, shops: Shops, owner: "asyncpg.Connection", monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """What each tenant has is run in one that is there and active."""
        monkeypatch.setitem(app.state.runtime.hub.schedules, "things.sweep", hourly(per_tenant=True))
        staff, shop = await operator(shops, owner), await shops.shop()
        await staff.post(f"/operator/tenants/{shop.id}/suspend", json={"reason": "unpaid"})
        for tenant_id, refused in ((uuid7(), (404, "tenant_not_found")), (shop.id, (403, "tenant_suspended"))):
            answer = await staff.post("/operator/schedules/things.sweep/run", json={"tenant_id": str(tenant_id)})
            assert (answer.status_code, answer.json()["details"]["code"]) == refused


class TestDesk:
    """ScheduleDesk, with a schedule that each tenant has"""

    async def test_per_tenant(self, hall: Hall) -> None:
        """It is run in the one tenant that is named, and the list shows its last run there."""
        one, other = await hall.tenant(), await hall.tenant()
        runtime = await hall.runtime(hourly(per_tenant=True))
        desk = ScheduleDesk(runtime.system, by_command(), runtime.settings)
        made = await desk.run("things.sweep", one)
        assert await hall.delivered(one) == [made.due_at]
        assert await hall.delivered(other) == []
        last = {key: await last_run(desk, key) for key in (one, other, None)}
        assert last == {one: (made.due_at, "command", "done"), other: None, None: None}

    async def test_each_its_own(self, hall: Hall) -> None:
        """Of any number of schedules each is shown with its own latest run: the installation's and the tenant's."""
        one = await hall.tenant()
        names = {f"things.s{number}": bool(number % 2) for number in range(6)}
        runtime = await hall.runtime(*(hourly(name=name, per_tenant=own) for name, own in names.items()))
        desk, made = ScheduleDesk(runtime.system, by_command(), runtime.settings), {}
        for name, own in [*names.items(), *reversed(names.items())][2:]:
            made[name] = (await desk.run(name, one if own else None)).event_id
        shown = {item.name: item.last_run and item.last_run.event_id for item in await desk.all(one)}
        assert {name: event for name, event in shown.items() if name in names} == made
        ours = {item.name: item.last_run for item in await desk.all() if item.name in names}
        assert {name for name, last in ours.items() if last} == {name for name, own in names.items() if not own}

    async def test_refused(self, hall: Hall) -> None:
        """Without a tenant, in a suspended one, in one that is not there, in the platform's own: nothing is run."""
        suspended = await hall.tenant("suspended")
        runtime = await hall.runtime(hourly(per_tenant=True))
        desk = ScheduleDesk(runtime.system, by_command(), runtime.settings)
        for tenant_id, error in (
            (None, ValidationFailed),
            (suspended, TenantSuspended),
            (uuid7(), TenantNotFound),
            (PLATFORM_TENANT, TenantNotFound),
        ):
            with pytest.raises(error):
                await desk.run("things.sweep", tenant_id)
        assert await hall.runs(suspended) == []
        assert await hall.runs() == []

    async def test_whole_minute(self, hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
        """A run by hand at the very moment of a time takes nothing from it: both are."""
        relay, runtime = await hall.relay(hourly()), await hall.runtime(hourly())
        await relay.round()
        hall.now = NOON
        monkeypatch.setattr(runtime.clock, "now", lambda: NOON, raising=False)
        made = await ScheduleDesk(runtime.system, by_command(), runtime.settings).run("things.sweep")
        await relay.round()
        assert await hall.runs() == [(NOON, "fired"), (made.due_at, "fired")]
        assert made.due_at > NOON


async def last_run(desk: ScheduleDesk, tenant_id: UUID | None) -> tuple[datetime, str, str] | None:
    """When, by whom and how, as the list shows it."""
    (shown,) = [one for one in await desk.all(tenant_id) if one.name == "things.sweep"]
    last = shown.last_run
    return None if last is None else (last.due_at, last.actor, last.outcome)


@pytest.fixture
def manage(settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Runs a command on the worker's own servers."""
    monkeypatch.setattr(serving, "settings_with_logs", lambda: settings)
    return lambda *words: CliRunner().invoke(cli, [*words, "--data", str(tmp_path)])


class TestCommands:
    """manage schedule"""

    async def test_run_and_list(self, manage: Run, owner: "asyncpg.Connection") -> None:
        """What was run by the command is in the list, and in the platform's log as the command's."""
        ran = await asyncio.to_thread(manage, "schedule", "run", HEARTBEAT)
        assert ran.exit_code == 0, ran.output
        listed = await asyncio.to_thread(manage, "schedule", "list")
        (line,) = [line for line in listed.output.splitlines() if line.startswith(HEARTBEAT)]
        assert "* * * * *" in line
        assert "installation" in line
        assert "done" in line
        actor = await owner.fetchval(
            "SELECT actor FROM audit_entries WHERE tenant_id = $1 AND target = $2 ORDER BY id DESC LIMIT 1",
            PLATFORM_TENANT,
            f"schedule:{HEARTBEAT}",
        )
        assert actor == "command"

    @pytest.mark.parametrize(
        ("words", "told"),
        [
            (("run", "core.nothing"), "no such schedule"),
            (("run", HEARTBEAT, "--tenant", "no-such-tenant"), "no such tenant"),
            (("list", "--tenant", "no-such-tenant"), "no such tenant"),
        ],
    )
    async def test_refused(self, manage: Run, words: tuple[str, ...], told: str) -> None:
        """A refusal is one sentence and exit status 1."""
        result = await asyncio.to_thread(manage, "schedule", *words)
        assert (result.exit_code, told in result.output) == (1, True)
