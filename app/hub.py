"""MessageHub: which event leads to which handlers. Its table is merged from the modules' manifests and checked at start."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from app.auth.commons import Commons, system_commons
from app.config import Settings
from app.db.uow import UnitOfWork
from app.extensions.cache import Cache
from app.extensions.clock import Clock
from app.extensions.events import Event, Recorded
from app.extensions.interfaces import Lane
from app.extensions.module import Handler, Module, Reaction
from app.extensions.pagination import CursorCodec
from app.extensions.schedules import Schedule, ScheduleDue
from app.extensions.tasks import Task, TaskQueued, TaskRun
from app.manifests import access_book, check_manifests
from app.services.filesystem import FileSystem
from app.services.http import HttpClients


class MessageHub:
    """Routes events. `handle` and the inline lane run in the present transaction, the worker lane behind the outbox."""

    def __init__(
        self,
        modules: Iterable[Module],
        settings: Settings,
        clock: Clock,
        cursors: CursorCodec,
        caches: Cache,
        files: FileSystem,
    ) -> None:
        """Raises ManifestError for manifests that do not fit together."""
        self._settings = settings
        self._clock = clock
        self._cursors = cursors
        self._caches = caches
        self._files = files
        self.http: HttpClients | None = None
        """What handlers and tasks call outside systems with, made by the composition root."""
        self.rang: Callable[[UUID], None] = _nobody
        """Told of every bell that was rung, after the commit; the composition root's."""
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
        self._kinds = {task.kind: task for module in installed for task in module.tasks}
        self.schedules: Mapping[str, Schedule] = {
            schedule.name: schedule for module in installed for schedule in module.schedules
        }
        self._by_name |= {handler.name: handler for handler in _platform_handlers(self._kinds, self.schedules)}

    def lanes(self, event: Event) -> Sequence[Lane]:
        """The worker-lane handlers of the event.

        Raises:
            LookupError: no manifest declares the event.
        """
        handlers = self._by_event.get(type(event))
        if handlers is None:
            raise LookupError(f"no manifest declares {type(event).__name__}; add it to the module's events")
        lanes = [handler.lane(event) for handler in handlers if not handler.inline]
        if isinstance(event, TaskQueued):
            lanes.append(self._by_name[self.task(event.kind).handler].lane(event))
        elif isinstance(event, ScheduleDue):
            lanes.append(self._by_name[self.schedules[event.schedule].handler].lane(event))
        return lanes

    def task(self, kind: str) -> Task:
        """The kind of task of that name.

        Raises:
            LookupError: no manifest declares it.
        """
        try:
            return self._kinds[kind]
        except KeyError:
            raise LookupError(f"no manifest declares the task {kind}; add it to the module's tasks") from None

    async def run_inline(self, recorded: Recorded, uow: Any) -> None:
        """Await the event's inline handlers, in the order of the manifests; what one raises undoes all."""
        for handler in self._by_event[type(recorded.event)]:
            if handler.inline:
                pending = handler.react(recorded.event, self.commons(uow))
                if pending is not None:  # a manifest with a plain one is refused
                    await pending

    def ring(self, bell: UUID) -> None:
        """Tell whoever watches; never waits."""
        self.rang(bell)

    def handler(self, name: str) -> Handler | None:
        """The installed handler of that name."""
        return self._by_name.get(name)

    def event_type(self, name: str, version: int) -> type[Event] | None:
        """The event class of that name, unless the stored version is newer than the code's."""
        found = self._events.get(name)
        return found if found is not None and version <= found.version else None

    def retentions(self) -> dict[str, int]:
        """For how many days events are kept, by name; those that are kept for ever are not named."""
        return {event.name: event.retention_days for event in self._events.values() if event.retention_days is not None}

    def commons(self, uow: UnitOfWork) -> Commons:
        """What a handler is given: the system acts, in the tenant of the event."""
        return system_commons(
            uow,
            clock=self._clock,
            request_id=uow.request_id,
            cursors=self._cursors,
            caches=self._caches,
            files=self._files,
            settings=self._settings,
            book=self._book,
            http=self.http,
        )


def _platform_handlers(tasks: Mapping[str, Task], schedules: Mapping[str, Schedule]) -> Iterator[Handler]:
    """What runs tasks and reacts to schedules: each is the handler of one kind of delivery; a task is given a TaskRun alone."""
    for task in tasks.values():
        yield Handler(
            TaskQueued,
            _reaction(task),
            outside=True,
            queue=task.queue,
            timeout_seconds=task.timeout_seconds,
            priority=task.priority,
            retries=task.retries,
            alias=task.handler,
            task=task,
        )
    for schedule in schedules.values():
        yield Handler(
            ScheduleDue,
            schedule.react,
            outside=schedule.outside,
            queue=schedule.queue,
            timeout_seconds=schedule.timeout_seconds,
            priority=schedule.priority,
            retries=schedule.retries,
            alias=schedule.handler,
        )


def _reaction(task: Task) -> Reaction:
    async def react(_event: TaskQueued, run: TaskRun[Any]) -> Mapping[str, Any] | None:
        return await task.run(run)

    return react


def _nobody(_bell: UUID) -> None:
    """Nobody watches."""
