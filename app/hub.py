"""MessageHub: which event leads to which handlers. Its table is merged from the modules' manifests and checked at start."""

from collections.abc import Iterable, Sequence
from typing import Any

from app.auth.commons import Commons, system_commons
from app.config import Settings
from app.db.uow import UnitOfWork
from app.extensions.cache import Cache
from app.extensions.clock import Clock
from app.extensions.events import Event, Recorded
from app.extensions.interfaces import Lane
from app.extensions.module import Handler, Module
from app.extensions.pagination import CursorCodec
from app.manifests import access_book, check_manifests


class MessageHub:
    """Routes events. `handle` and the inline lane run in the present transaction, the worker lane behind the outbox."""

    def __init__(
        self, modules: Iterable[Module], settings: Settings, clock: Clock, cursors: CursorCodec, caches: Cache
    ) -> None:
        """Raises ManifestError for manifests that do not fit together."""
        self._settings = settings
        self._clock = clock
        self._cursors = cursors
        self._caches = caches
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
            caches=self._caches,
            settings=self._settings,
            book=self._book,
        )
