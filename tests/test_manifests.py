"""Manifests: whatever does not fit together is named at start, all of it at once, with the module, the thing and the mend."""

import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any, ClassVar

import pytest

from app.auth.events import MfaEnabled
from app.auth.permissions import access_control
from app.config import Settings, load_settings
from app.extensions.events import Event
from app.extensions.module import Handler, Module, Permission, SystemRole
from app.extensions.priorities import Retries
from app.extensions.routing import ModuleRouter
from app.extensions.schedules import Schedule
from app.extensions.tasks import Task
from app.installed import INSTALLED
from app.manifests import ManifestError, check_manifests, enabled_modules
from app.runtime import Runtime
from app.utils.schemas import BaseSchema
from tests.faults.processes import Children, until
from tests.faults.slow_worker import run_main

BUSINESS = ("catalog", "orders", "shipping", "analytics")
"""Those that an installation may disable, in their order."""


class Key(StrEnum):
    """Permissions of tests."""

    READ = "things.thing:read"
    NO_VERB = "things.thing"
    SHOUTED = "things.Thing:READ"
    OTHER = "others.thing:read"


@dataclass(frozen=True, slots=True)
class Happened(Event):
    """Something did."""

    name: ClassVar[str] = "things.happened"


@dataclass(frozen=True, slots=True)
class Namesake(Event):
    """Has the name of another."""

    name: ClassVar[str] = "things.happened"


@dataclass(frozen=True, slots=True)
class Loud(Event):
    """Has no proper name."""

    name: ClassVar[str] = "things.Happened!"


async def react(event: Event, commons: Any) -> None:
    """Does nothing."""


def plain(event: Event, commons: Any) -> Any:
    """Runs in a thread."""


def generator(event: Event, commons: Any) -> Any:
    """Nobody would run it."""
    yield event


def router(permission: StrEnum = Key.READ, module: str | None = None, prefix: str = "/things") -> ModuleRouter:
    """A router of one route with that rule."""
    made = ModuleRouter(prefix=prefix, tag="things")

    @made.get("")
    @access_control(permission=permission, module=module)
    async def list_things() -> None:
        """Nothing."""

    return made


async def work(run: Any) -> None:
    """Does nothing."""


def idle(run: Any) -> Any:
    """Nobody could await it."""


THINGS = Module(
    name="things",
    routers=(router(),),
    permissions=(Permission(Key.READ, "read", SystemRole.VIEWER),),
    events=(Happened,),
    handlers=(Handler(Happened, react),),
)
OTHERS = Module(name="others", permissions=(Permission(Key.OTHER, "read", SystemRole.VIEWER),))


def handled(**changes: Any) -> tuple[Module, ...]:
    """Things with a handler that has something else."""
    return (replace(THINGS, handlers=(Handler(Happened, react, **changes),)),)


WORK = Task("things.work", work, BaseSchema)
SWEEP = Schedule("things.sweep", "0 * * * *", react)


def carrying(*declared: Task | Schedule) -> tuple[Module, ...]:
    """Things with tasks and schedules."""
    tasks = tuple(item for item in declared if isinstance(item, Task))
    schedules = tuple(item for item in declared if isinstance(item, Schedule))
    return (replace(THINGS, tasks=tasks, schedules=schedules),)


FAULTS: dict[str, Callable[[], tuple[Module, ...]]] = {
    "two modules are called things (in things): rename": lambda: (THINGS, Module(name="things")),
    "two events are called things.happened (in others, things)": lambda: (THINGS, replace(OTHERS, events=(Happened,))),
    "two events are called things.happened (in things)": lambda: (replace(THINGS, events=(Happened, Namesake)),),
    "two handlers are called tests.test_manifests.react (in others, things)": lambda: (
        THINGS,
        replace(OTHERS, needs=("things",), handlers=THINGS.handlers),
    ),
    "things: tests.test_manifests.plain is a plain function and inline": lambda: (
        replace(THINGS, handlers=(Handler(Happened, plain, inline=True),)),
    ),
    "things: tests.test_manifests.generator is a generator, which nobody would run": lambda: (
        replace(THINGS, handlers=(Handler(Happened, generator),)),
    ),
    "things: tests.test_manifests.plain may be tried 0 times: give it max_attempts of 1 or more": lambda: (
        replace(THINGS, handlers=(Handler(Happened, plain, retries=Retries(max_attempts=0)),)),
    ),
    "things: tests.test_manifests.plain pauses for no time between its tries": lambda: (
        replace(THINGS, handlers=(Handler(Happened, plain, retries=Retries(backoff_seconds=0)),)),
    ),
    "things: tests.test_manifests.react has a unique_key, but auth.mfa_enabled is recorded by sign-in": lambda: (
        *INSTALLED,
        replace(THINGS, handlers=(Handler(MfaEnabled, react, unique_key=str),)),
    ),
    "two permissions are called things.thing:read (in others, things)": lambda: (
        THINGS,
        replace(OTHERS, permissions=THINGS.permissions),
    ),
    "two routers are called /api/v1/things (in others, things)": lambda: (
        THINGS,
        replace(OTHERS, routers=(router(Key.OTHER),)),
    ),
    "My-Things: a module's name is a lower-case word": lambda: (Module(name="My-Things"),),
    "others: the event Happened must be called others.<what_happened>, not things.happened": lambda: (
        replace(OTHERS, events=(Happened,)),
    ),
    "things: the event Loud must be called things.<what_happened>": lambda: (replace(THINGS, events=(Happened, Loud)),),
    "the permission things.thing must have the form things.<resource>:<verb>": lambda: (
        replace(THINGS, permissions=(*THINGS.permissions, Permission(Key.NO_VERB, "", SystemRole.VIEWER))),
    ),
    "the permission others.thing:read must have the form things.<resource>:<verb>": lambda: (
        replace(THINGS, permissions=OTHERS.permissions),
    ),
    "the permission things.Thing:READ must have the form": lambda: (
        replace(THINGS, permissions=(*THINGS.permissions, Permission(Key.SHOUTED, "", SystemRole.VIEWER))),
    ),
    "things: GET /things demands the permission others.thing:read, which no manifest declares": lambda: (
        replace(THINGS, routers=(router(Key.OTHER),)),
    ),
    "things: GET /things demands that the plan includes billing, which is not installed": lambda: (
        replace(THINGS, routers=(router(module="billing"),)),
    ),
    "things: GET /things rests on others: add others to the needs of things": lambda: (
        OTHERS,
        replace(THINGS, routers=(router(Key.OTHER),)),
    ),
    "others: tests.test_manifests.react reacts to things.happened: add things to the needs of others": lambda: (
        THINGS,
        replace(OTHERS, handlers=(Handler(Happened, react),)),
    ),
    "things: tests.test_manifests.react reacts to Happened, which no manifest declares": lambda: (
        replace(THINGS, events=()),
    ),
    "things: tests.test_manifests.react may take 45 s, but the database ends": lambda: handled(timeout_seconds=45),
    "things: tests.test_manifests.react may take 0 s: give it": lambda: handled(timeout_seconds=0),
    "things: tests.test_manifests.react asks for the queue 'Slow Queue'": lambda: handled(queue="Slow Queue"),
    "asks for the queue ''": lambda: handled(queue=""),
    "asks for the queue 'rq:workers'": lambda: handled(queue="rq:workers"),
    "two tasks are called things.work (in things): rename one": lambda: carrying(WORK, WORK),
    "two schedules are called things.sweep (in things): rename one": lambda: carrying(SWEEP, SWEEP),
    "things: the task others.work: it must be called things.<what_it_does>": lambda: carrying(
        replace(WORK, kind="others.work")
    ),
    "things: the task things.work: it asks for the queue 'Slow Queue'": lambda: carrying(
        replace(WORK, queue="Slow Queue")
    ),
    "things: the task things.work: on the queue default it would hold up all handlers": lambda: carrying(
        replace(WORK, queue="default")
    ),
    "things: the task things.work: it may take 0 s: give it": lambda: carrying(replace(WORK, timeout_seconds=0)),
    "things: the task things.work: what it runs is no coroutine function": lambda: carrying(replace(WORK, run=idle)),
    "things: the task things.work: 0 of it may be queued": lambda: carrying(replace(WORK, at_once=0)),
    "things: the schedule others.sweep: it must be called things.<what_it_does>": lambda: carrying(
        replace(SWEEP, name="others.sweep")
    ),
    "its name is longer than 100 characters": lambda: carrying(replace(SWEEP, name="things." + "x" * 100)),
    "things: the schedule things.sweep: its cron '61 * * * *' cannot be read: Bad minute": lambda: carrying(
        replace(SWEEP, cron="61 * * * *")
    ),
    "things: the schedule things.sweep: its cron '0 0 30 2 *' cannot be read: Bad day-of-month": lambda: carrying(
        replace(SWEEP, cron="0 0 30 2 *")
    ),
    "things: the schedule things.sweep: its cron '0 0 */31 2 1#5' never comes": lambda: carrying(
        replace(SWEEP, cron="0 0 */31 2 1#5")
    ),
    "things: the schedule things.sweep: its time_zone 'Berlin' is no name": lambda: carrying(
        replace(SWEEP, time_zone="Berlin")
    ),
    "things: the schedule things.sweep: it asks for the queue 'rq:workers'": lambda: carrying(
        replace(SWEEP, queue="rq:workers")
    ),
    "things: the schedule things.sweep: it may take -1 s": lambda: carrying(replace(SWEEP, timeout_seconds=-1)),
    "things: the schedule things.sweep: it may take 45 s, but the database ends": lambda: carrying(
        replace(SWEEP, timeout_seconds=45)
    ),
    "things: the schedule things.sweep: its reaction is no coroutine": lambda: carrying(replace(SWEEP, react=plain)),
    "others: it needs things, which is installed after it: move things up": lambda: (
        replace(OTHERS, needs=("things",)),
        THINGS,
    ),
    "others: it needs billing, which is not installed: add billing to app/installed.py": lambda: (
        replace(OTHERS, needs=("billing",)),
    ),
    "others: it needs things, and things needs it back": lambda: (
        replace(THINGS, needs=("others",)),
        replace(OTHERS, needs=("things",)),
    ),
    "others: it needs others, and others needs it back": lambda: (replace(OTHERS, needs=("others",)),),
}


@pytest.fixture
def settings() -> Settings:
    """What the files say, without servers."""
    secrets = Path(os.environ["ATRIUM_TEST_FOLDER"]) / "keys" / ".secrets.toml"
    return load_settings(
        {"database": {"url": "postgresql://nowhere"}, "redis": {"url": "redis://nowhere"}}, secrets_file=secrets
    )


@pytest.mark.parametrize("fault", FAULTS)
def test_named(fault: str) -> None:
    """Each fault is refused and named."""
    with pytest.raises(ManifestError) as caught:
        check_manifests(FAULTS[fault](), idle_limit_ms=45_000)
    assert fault in str(caught.value)


def test_all_at_once() -> None:
    """Every fault of every module is in the one message, and each line names its module."""
    broken = replace(THINGS, name="Broken", needs=("billing",), routers=(router(module="billing", prefix="/broken"),))
    with pytest.raises(ManifestError) as caught:
        check_manifests([*handled(queue="?", timeout_seconds=-1), broken], idle_limit_ms=45_000)
    lines = str(caught.value).splitlines()[1:]
    assert [line.split(": ")[0].strip() for line in lines].count("things") == 4
    assert [line.split(": ")[0].strip() for line in lines].count("Broken") == 5
    assert len([line for line in lines if line.startswith("  two ")]) == 3


def test_sign_in() -> None:
    """All that sign-in records says that no handler of it may have a unique key: its role may look for no delivery."""
    (auth,) = (module for module in INSTALLED if module.name == "auth")
    assert auth.events
    assert not [event.name for event in auth.events if event.foldable]


def test_whole() -> None:
    """What fits together is let in: needs that are met, and a permission of the platform's parts without a need."""
    needy = replace(OTHERS, needs=("things",), routers=(router(Key.READ, "things", "/others"),))
    check_manifests([THINGS, needy], idle_limit_ms=45_000)
    check_manifests(carrying(WORK, replace(SWEEP, time_zone="Europe/Berlin")), idle_limit_ms=45_000)
    core = replace(THINGS, required=True)
    check_manifests([core, replace(OTHERS, routers=(router(Key.READ, prefix="/others"),))], idle_limit_ms=45_000)


class TestEnabled:
    """enabled_modules"""

    def test_less_the_disabled(self, settings: Settings) -> None:
        """All that are installed, in their order, less those that the installation disables."""
        names = [
            [module.name for module in enabled_modules(INSTALLED, given)]
            for given in (settings, disabling(settings, *BUSINESS))
        ]
        platform = ["auth", "tenants", "users", "core", "operators"]
        assert names == [[*platform, *BUSINESS], platform]

    @pytest.mark.parametrize("name", ["auth", "tenants", "users", "core", "operators"])
    def test_platform(self, settings: Settings, name: str) -> None:
        """A part of the platform cannot be disabled."""
        with pytest.raises(ManifestError, match=f"{name} is a part of the platform that cannot be disabled"):
            enabled_modules(INSTALLED, disabling(settings, name))

    def test_unknown(self, settings: Settings) -> None:
        """A name that is not installed is told, with those that are; so is one in a plan."""
        plan = settings.plans["standard"].model_copy(update={"features": ("catlog",)})
        broken = disabling(settings, "catalogue").model_copy(update={"plans": {"gold": plan}})
        with pytest.raises(ManifestError) as caught:
            enabled_modules(INSTALLED, broken)
        assert "modules.disabled: catalogue is no installed module" in str(caught.value)
        assert "plans.gold.features: catlog is no installed module" in str(caught.value)

    def test_needed(self, settings: Settings) -> None:
        """A module that an enabled one needs cannot be disabled under it; both together can."""
        needy = replace(OTHERS, needs=("things",))
        with pytest.raises(ManifestError, match="others needs things: disable others too, or leave things enabled"):
            enabled_modules((THINGS, needy), disabling(settings, "things"), installed=INSTALLED)
        assert enabled_modules((THINGS, needy), disabling(settings, "things", "others"), installed=INSTALLED) == ()

    def test_every_process(self, settings: Settings) -> None:
        """The runtime, which every process is made of, asks: modules, hub and roles follow."""
        runtime = Runtime(disabling(settings, *BUSINESS))
        assert "catalog" not in [module.name for module in runtime.modules]
        assert runtime.hub.handler("catalog.handlers.count_created") is None
        assert runtime.hub.event_type("catalog.product_created", 1) is None


def disabling(settings: Settings, *names: str) -> Settings:
    """Settings that disable modules."""
    return settings.model_copy(update={"modules": settings.modules.model_copy(update={"disabled": names})})


@pytest.mark.parametrize("command", ["api", "worker", "relay"])
async def test_told_by_processes(settings: Settings, tmp_path: Path, command: str) -> None:
    """Every process ends with 1 and one clear message, not a stack."""
    environment = {
        "ATRIUM_MODULES__DISABLED": "auth",
        "ATRIUM_AUTH__KEYS": '@json [{"kid": "a", "secret": "0123456789abcdef0123456789abcdef"}]',
        "ATRIUM_SECRETS__CURSOR_KEY": "0123456789abcdef0123456789abcdef",
        "ATRIUM_SECRETS__AUDIT_KEY": "0123456789abcdef0123456789abcdef",
        "ATRIUM_SECRETS__ENCRYPTION_KEY": "0123456789abcdef0123456789abcdef",
        "ATRIUM_DATABASE__URL": settings.database.url,
    }
    with Children(tmp_path) as children:
        child = children.start(run_main, environment, command)
        await until(lambda: child.exit_code is not None, "the process has ended", 60)
        code, output = child.exit_code, child.output
    assert code == 1
    assert output.splitlines() == [
        "The manifests do not fit together:",
        "  modules.disabled: auth is a part of the platform that cannot be disabled: take it off the list",
    ]
