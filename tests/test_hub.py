"""The hub: events find their handlers."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, ClassVar
from uuid import uuid4

import pytest

from app.config import Settings
from app.extensions.cache import Cache
from app.extensions.clock import SystemClock
from app.extensions.events import Event, recorded
from app.extensions.interfaces import Lane
from app.extensions.module import Handler, Module, Permission, SystemRole
from app.extensions.pagination import CursorCodec
from app.hub import MessageHub
from app.manifests import ManifestError, access_book
from app.services.filesystem import make_filesystem


class Key(StrEnum):
    """Permissions of tests."""

    READ = "things.thing:read"
    WRITE = "things.thing:write"


@dataclass(frozen=True, slots=True)
class Happened(Event):
    """Something did."""

    name: ClassVar[str] = "things.happened"
    version: ClassVar[int] = 2


@dataclass(frozen=True, slots=True)
class Foreign(Event):
    """Has another module's name."""

    name: ClassVar[str] = "others.happened"


async def react(event: Event, commons: Any) -> None:
    """Does nothing."""


async def react_inline(event: Event, commons: Any) -> None:
    """Raises, so that it is seen to run."""
    raise ValueError(event.name)


GOOD = Module(
    name="things",
    events=(Happened,),
    handlers=(Handler(Happened, react, queue="slow"), Handler(Happened, react_inline, inline=True)),
    permissions=(Permission(Key.READ, "Read.", SystemRole.VIEWER), Permission(Key.WRITE, "Write.", SystemRole.ADMIN)),
)


def cache(settings: Settings) -> Cache:
    """One that nothing is asked of."""
    return Cache(settings.redis.url, "0" * 32, clock=SystemClock())


@pytest.fixture
def hub(settings: Settings) -> MessageHub:
    """A hub of one module."""
    return MessageHub(
        [GOOD],
        settings,
        SystemClock(),
        CursorCodec("0" * 32),
        cache(settings),
        make_filesystem(settings, SystemClock()),
    )


async def test_faults(settings: Settings) -> None:
    """Of manifests that do not fit together no hub is made."""
    with pytest.raises(ManifestError, match="two modules are called things"):
        MessageHub(
            [GOOD, Module(name="things")],
            settings,
            SystemClock(),
            CursorCodec("0" * 32),
            cache(settings),
            make_filesystem(settings, SystemClock()),
        )


class TestEvents:
    """lanes, handler, event_type, run_inline"""

    async def test_lanes(self, hub: MessageHub) -> None:
        """An event's worker lane holds its handlers that are not inline, each with its queue."""
        assert hub.lanes(Happened()) == [Lane("tests.test_hub.react", "slow")]

    async def test_undeclared(self, hub: MessageHub) -> None:
        """An event that no manifest declares is refused, and the message says where to put it."""
        with pytest.raises(LookupError, match="add it to the module's events"):
            hub.lanes(Foreign())

    async def test_handler(self, hub: MessageHub) -> None:
        """A delivery finds its handler by the stable name, and nothing by another."""
        found = hub.handler("tests.test_hub.react")
        assert found is not None
        assert found.react is react
        assert hub.handler("os.system") is None

    @pytest.mark.parametrize(("version", "found"), [(1, Happened), (2, Happened), (3, None)])
    async def test_versions(self, hub: MessageHub, version: int, found: type[Event] | None) -> None:
        """An older stored version is read, a newer one is not, nor is an unknown name."""
        assert hub.event_type("things.happened", version) is found
        assert hub.event_type("things.unknown", version) is None

    async def test_inline(self, hub: MessageHub, monkeypatch: pytest.MonkeyPatch) -> None:
        """Inline handlers are awaited in the present transaction, and what they raise is not swallowed."""
        monkeypatch.setattr(hub, "commons", lambda uow: uow)
        item = recorded(Happened(), tenant_id=uuid4(), actor="x", request_id=uuid4(), at=SystemClock().now())
        with pytest.raises(ValueError, match=r"things\.happened"):
            await hub.run_inline(item, None)


async def test_role_book() -> None:
    """A permission belongs to its lowest role and to all above it, and every role is in the book."""
    assert access_book([GOOD]).roles == {
        "viewer": {Key.READ},
        "member": {Key.READ},
        "admin": {Key.READ, Key.WRITE},
        "owner": {Key.READ, Key.WRITE},
    }
