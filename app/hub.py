"""MessageHub: which event leads to which handlers. Its table is merged from the modules' manifests and checked at start."""

import inspect
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from app.auth.commons import Commons, system_commons
from app.config import Settings
from app.db.uow import UnitOfWork
from app.extensions.clock import Clock
from app.extensions.events import Event, Recorded
from app.extensions.interfaces import Lane
from app.extensions.module import AccessBook, Handler, Module, SystemRole
from app.extensions.pagination import CursorCodec


class ManifestError(Exception):
    """Manifests that contradict one another or themselves; the message names every fault."""


class MessageHub:
    """Routes events. `handle` and the inline lane run in the present transaction, the worker lane behind the outbox."""

    def __init__(self, modules: Iterable[Module], settings: Settings, clock: Clock, cursors: CursorCodec) -> None:
        """Raises ManifestError for undeclared events, doubled names and handlers that are no coroutines."""
        self._settings = settings
        self._clock = clock
        self._cursors = cursors
        installed = tuple(modules)
        check_manifests(installed, idle_limit_ms=settings.database.idle_in_transaction_ms)
        self._book = access_book(installed)
        self._events: dict[str, type[Event]] = {event.name: event for module in installed for event in module.events}
        self._by_event: dict[type[Event], list[Handler]] = {event: [] for event in self._events.values()}
        self._by_name: dict[str, Handler] = {}
        for module in installed:
            for handler in module.handlers:
                self._by_event[handler.event].append(handler)
                self._by_name[handler.name] = handler
        self._lanes = {
            event: [Lane(handler.name, handler.queue) for handler in handlers if not handler.inline]
            for event, handlers in self._by_event.items()
        }

    def lanes(self, event: Event) -> Sequence[Lane]:
        """The worker-lane handlers of the event.

        Raises:
            LookupError: no manifest declares the event.
        """
        try:
            return self._lanes[type(event)]
        except KeyError:
            raise LookupError(f"no manifest declares {type(event).__name__}; add it to the module's events") from None

    async def run_inline(self, recorded: Recorded, uow: Any) -> None:
        """Await the event's inline handlers, in the order of the manifests; what one raises undoes all."""
        for handler in self._by_event[type(recorded.event)]:
            if handler.inline:
                await handler.react(recorded.event, self.commons(uow))

    def handler(self, name: str) -> Handler | None:
        """The installed handler of that name."""
        return self._by_name.get(name)

    def event_type(self, name: str, version: int) -> type[Event] | None:
        """The event class of that name, unless the stored version is newer than the code's."""
        found = self._events.get(name)
        return found if found is not None and version <= found.version else None

    def commons(self, uow: UnitOfWork) -> Commons:
        """What a handler is given: the system acts, in the tenant of the event."""
        return system_commons(
            uow,
            clock=self._clock,
            request_id=uow.request_id,
            cursors=self._cursors,
            settings=self._settings,
            book=self._book,
        )


def access_book(modules: Iterable[Module]) -> AccessBook:
    """The catalogue, and the system roles with what they hold: each permission goes to its lowest role and to those above it."""
    permissions = {str(permission.key): permission for module in modules for permission in module.permissions}
    order = list(SystemRole)
    held: dict[str, set[str]] = {str(role): set() for role in order}
    for key, permission in permissions.items():
        for role in order[order.index(permission.lowest_role) :]:
            held[str(role)].add(key)
    return AccessBook(permissions, {role: frozenset(keys) for role, keys in held.items()})


def check_manifests(modules: Sequence[Module], *, idle_limit_ms: int | None = None) -> None:
    """Demand that the manifests fit together.

    Raises:
        ManifestError: with every fault.
    """
    faults: list[str] = []
    names = [module.name for module in modules]
    declared = [event for module in modules for event in module.events]
    faults += [f"two modules are called {name}" for name in _doubled(names)]
    faults += [f"two events are called {name}" for name in _doubled([event.name for event in declared])]
    faults += [f"two handlers are called {name}" for name in _doubled([h.name for m in modules for h in m.handlers])]
    keys = [str(permission.key) for module in modules for permission in module.permissions]
    faults += [f"two permissions are called {name}" for name in _doubled(keys)]
    for module in modules:
        faults += [f"{module.name}: {fault}" for fault in _own_faults(module, declared, idle_limit_ms)]
    if faults:
        raise ManifestError("The manifests do not fit together:\n  " + "\n  ".join(faults))


def _own_faults(module: Module, declared: Sequence[type[Event]], idle_limit_ms: int | None) -> Iterator[str]:
    """What is wrong with one manifest."""
    for event in module.events:
        if not event.name.startswith(f"{module.name}."):
            yield f"the event {event.__name__} must be called {module.name}.<what_happened>"
    for permission in module.permissions:
        if not str(permission.key).startswith(f"{module.name}."):
            yield f"the permission {permission.key} must begin with {module.name}."
    for handler in module.handlers:
        if not inspect.iscoroutinefunction(handler.react):
            yield f"{handler.name} is no coroutine function"
        if handler.event not in declared:
            yield f"{handler.name} reacts to {handler.event.__name__}, which no manifest declares"
        if idle_limit_ms is not None and handler.timeout_seconds * 1000 >= idle_limit_ms:
            yield f"{handler.name} may take {handler.timeout_seconds:g} s, but the database ends a transaction that idles so long"


def _doubled(names: Sequence[str]) -> list[str]:
    return sorted({name for name in names if names.count(name) > 1})
