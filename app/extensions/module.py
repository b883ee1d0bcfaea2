"""The manifest of a module: everything it brings, in one place; nothing else is looked up by magic."""

import inspect
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from app.extensions.events import Event
from app.extensions.interfaces import Lane
from app.extensions.priorities import USUAL, Priority, Retries
from app.extensions.routing import ModuleRouter
from app.extensions.schedules import Schedule
from app.extensions.tasks import Task
from app.utils.schemas import BaseSchema

DEFAULT_QUEUE = "default"
MAIL_QUEUE = "mail"
MAX_KEY = 200
"""Characters of an ordering or unique key that count."""
Key = Callable[[Any], str]
Reaction = Callable[[Any, Any], Awaitable[Any] | None]
"""async def handler(event, commons) -> None; with `outside` it is given an Errand in the place of Commons.

What runs a task is given a TaskRun, and its answer is the task's result. Without `async` it runs in a thread, and waits by
`app.extensions.threads.wait`.
"""


class SystemRole(StrEnum):
    """The roles that every tenant has; each holds what those before it hold."""

    VIEWER = "viewer"
    MEMBER = "member"
    ADMIN = "admin"
    OWNER = "owner"


@dataclass(frozen=True, slots=True)
class Permission:
    """One permission, `<module>.<resource>:<verb>`, and the lowest system role that holds it."""

    key: StrEnum
    description: str
    lowest_role: SystemRole


@dataclass(frozen=True, slots=True)
class AccessBook:
    """What the installed modules say of access: the catalogue of permissions, and what each system role holds."""

    permissions: Mapping[str, Permission]
    roles: Mapping[str, frozenset[str]]
    settings: Mapping[str, type[BaseSchema]] = field(default_factory=dict)
    """What tenants decide, by module."""
    optional: frozenset[str] = frozenset()
    """The modules that are no part of the platform itself: plans decide on them."""

    def known(self, permissions: Iterable[str]) -> list[str]:
        """Those that are declared, in order. Of a module that is disabled or gone a tenant's roles and keys hold nothing."""
        return sorted(self.permissions.keys() & set(permissions))


@dataclass(frozen=True, slots=True)
class Handler:
    """A reaction to an event. Lane, queue, retries and keys belong to the handler, not to the event."""

    event: type[Event]
    react: Reaction
    inline: bool = False
    outside: bool = False
    """It calls outside systems: no transaction is open while it runs, and it happens at least once, not exactly once."""
    queue: str = DEFAULT_QUEUE
    timeout_seconds: float = 30.0
    priority: Priority = Priority.INTERACTIVE
    retries: Retries = USUAL
    ordering_key: Key | None = None
    """Deliveries with the same key run one after another, the oldest first; one that is dead holds up none."""
    unique_key: Key | None = None
    """While a delivery with the same key waits to be started, no second is written: it reacts to both events."""
    alias: str = ""
    task: Task | None = None
    """The kind of task that it runs, where it is no module's handler but the platform's."""

    @property
    def name(self) -> str:
        """The stable name under which deliveries know the handler."""
        if self.alias:
            return self.alias
        return f"{self.react.__module__.removeprefix('app.').removeprefix('modules.')}.{self.react.__name__}"

    @property
    def plain(self) -> bool:
        """Whether it is a plain function, which runs in a thread; inline there are none."""
        return not inspect.iscoroutinefunction(self.react)

    def lane(self, event: Event) -> Lane:
        """How a delivery of the event reaches the handler."""
        return Lane(
            self.name,
            self.queue,
            int(self.priority),
            None if self.ordering_key is None else self.ordering_key(event)[:MAX_KEY],
            None if self.unique_key is None else self.unique_key(event)[:MAX_KEY],
        )


@dataclass(frozen=True, slots=True)
class Module:
    """What a module brings to the platform."""

    name: str
    routers: tuple[ModuleRouter, ...] = ()
    root_routers: tuple[ModuleRouter, ...] = ()
    """Routers outside /api/v1 (health)."""
    permissions: tuple[Permission, ...] = ()
    events: tuple[type[Event], ...] = ()
    handlers: tuple[Handler, ...] = ()
    tasks: tuple[Task, ...] = ()
    schedules: tuple[Schedule, ...] = ()
    settings: type[BaseSchema] | None = None
    """What a tenant decides for the module: every field has a default, since nothing is stored before it is changed."""
    needs: tuple[str, ...] = ()
    """Names of the modules that it cannot do without; they are installed before it."""
    required: bool = False
    """A part of the platform itself, which no installation can disable."""
