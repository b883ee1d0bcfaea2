"""The map of the hub: what is routed, for operators and on the command line."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Literal
from uuid import UUID

import asyncpg
import msgspec
import orjson
import pytest
from typer.testing import CliRunner

from app.config import Settings
from app.extensions.events import Event
from app.extensions.hub_map import HubMap, hub_map, sample
from app.extensions.module import Handler, Module
from app.extensions.priorities import USUAL, Priority, Retries
from app.extensions.responses import encode
from app.extensions.schedules import Schedule
from app.extensions.tasks import Task
from app.installed import INSTALLED
from app.manage import hub
from app.manage.cli import cli
from app.utils.schemas import BaseSchema
from tests.operators.desk import operator
from tests.support.shops import Shops

pytestmark = pytest.mark.anyio

EVENTS = [event for module in INSTALLED for event in module.events]


@dataclass(frozen=True, slots=True)
class Happened(Event):
    """Something did.

    And more is said of it.
    """

    name: ClassVar[str] = "things.happened"
    version: ClassVar[int] = 3
    public: ClassVar[bool] = True
    retention_days: ClassVar[int | None] = None
    thing_id: UUID
    at: datetime
    kind: Literal["small", "large"]
    before: int | None
    names: list[str]


class Nothing(BaseSchema):
    """A payload without a field."""


async def react(event: Any, given: Any) -> None:
    """Does nothing."""


async def at_once(event: Any, given: Any) -> None:
    """Does nothing either."""


async def run(task: Any) -> None:
    """A task that does nothing."""


THINGS = Module(
    name="things",
    events=(Happened,),
    tasks=(Task("things.count", run, Nothing, title="Count", at_once=1),),
    schedules=(Schedule("things.tidy", "0 3 * * *", react, per_tenant=True, queue="slow"),),
)
OTHERS = Module(
    name="others",
    handlers=(
        Handler(
            Happened,
            react,
            queue="slow",
            priority=Priority.BULK,
            retries=Retries(max_attempts=9),
            ordering_key=lambda event: str(event.thing_id),
        ),
        Handler(Happened, at_once, inline=True),
    ),
)


@pytest.fixture
def found() -> HubMap:
    """The map of two modules, the second reacting to the first's event."""
    return hub_map([THINGS, OTHERS], Retries(5, 1.5))


class TestMap:
    """hub_map"""

    def test_event(self, found: HubMap) -> None:
        """Name, version, whose it is, for whom, how long it is kept, and the first line of what it says of itself."""
        (event,) = found.events
        assert (event.name, event.event_version, event.module) == ("things.happened", 3, "things")
        assert (event.description, event.public, event.retention_days) == ("Something did.", True, None)
        assert [(field.name, field.type) for field in event.fields][:2] == [("thing_id", "UUID"), ("at", "datetime")]
        assert event.schema["properties"]["thing_id"]["format"] == "uuid"
        assert set(event.schema["required"]) == {"thing_id", "at", "kind", "before", "names"}

    def test_handlers(self, found: HubMap) -> None:
        """Whoever reacts, of whatever module, and how: what the handler does not decide is as the settings say."""
        worker, inline = found.events[0].handlers
        assert (worker.name, worker.module, worker.lane, worker.queue) == (
            "tests.test_hub_map.react",
            "others",
            "worker",
            "slow",
        )
        assert (worker.priority, worker.ordered, worker.unique, worker.outside) == ("bulk", True, False, False)
        assert (worker.retries.max_attempts, worker.retries.backoff_seconds) == (9, 1.5)
        assert (inline.lane, inline.queue) == ("inline", None)

    def test_tasks_and_schedules(self, found: HubMap) -> None:
        """Long work and what is done at certain times, with their modules."""
        (task,), (schedule,) = found.tasks, found.schedules
        assert (task.kind, task.module, task.title, task.at_once) == ("things.count", "things", "Count", 1)
        assert (schedule.name, schedule.cron, schedule.per_tenant, schedule.queue) == (
            "things.tidy",
            "0 3 * * *",
            True,
            "slow",
        )


class TestSample:
    """sample"""

    @pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.name)
    def test_round_trip(self, event: type[Event]) -> None:
        """Of every installed event the made-up payload is one that its class reads, and writes again as it was."""
        payload = orjson.loads(orjson.dumps(sample(event)))
        again = orjson.loads(orjson.dumps(event.from_payload(payload).payload()))
        assert again == payload
        assert payload.keys() == {field.name for field in _entry(event).fields}

    def test_types(self) -> None:
        """Choices, what may be missing and lists are filled with what they may hold."""
        made = sample(Happened)
        assert (made["kind"], made["before"], made["names"]) == ("small", 1, ["names"])


def _entry(event: type[Event]) -> Any:
    return next(item for item in hub_map(INSTALLED, USUAL).events if item.name == event.name)


class TestRoute:
    """GET /operator/hub"""

    async def test_others(self, shops: Shops) -> None:
        """Nobody enters without a token, and the owner of a tenant does not either."""
        shop = await shops.shop()
        assert (await shop.owner.get("/operator/hub", headers={"Authorization": None})).status_code == 401
        assert (await shop.owner.get("/operator/hub")).json()["details"]["code"] == "permission_denied"

    async def test_all(self, shops: Shops, owner: asyncpg.Connection, settings: Settings) -> None:
        """Every installed event, each with its handlers, and what the settings say of failures."""
        staff = await operator(shops, owner)
        body = (await staff.get("/operator/hub")).json()
        assert {event.name for event in EVENTS} <= {item["name"] for item in body["events"]}
        (created,) = [item for item in body["events"] if item["name"] == "catalog.product_created"]
        assert [item["name"] for item in created["handlers"]] == ["catalog.handlers.count_created"]
        assert created["handlers"][0]["retries"]["max_attempts"] == settings.events.max_attempts
        assert (await staff.get("/operator/hub?limit=1")).status_code == 422


class TestCommand:
    """manage hub map"""

    def test_text_and_json(self, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
        """Text for people; with --json what the route answers."""
        monkeypatch.setattr(hub, "settings_with_logs", lambda: settings)
        text = CliRunner().invoke(cli, ["hub", "map"])
        assert text.exit_code == 0
        assert "catalog.product_created v1 (catalog, kept for ever): A product was created." in text.output
        assert "    -> catalog.handlers.count_created: queue default, interactive, 30 s" in text.output
        answered = CliRunner().invoke(cli, ["hub", "map", "--json"])
        usual = Retries(settings.events.max_attempts, settings.events.backoff_seconds)
        assert msgspec.json.decode(answered.output) == msgspec.json.decode(encode(hub_map(INSTALLED, usual)))

    def test_lines(self, found: HubMap) -> None:
        """Tasks, schedules and inline handlers have their lines too."""
        told = list(hub.lines(found))
        assert "    -> tests.test_hub_map.at_once: inline" in told
        assert "task things.count (things): Count" in told
        assert "schedule things.tidy (things): 0 3 * * * UTC, for each tenant" in told
