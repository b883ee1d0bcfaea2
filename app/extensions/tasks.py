"""Tasks: long work that somebody started and watches. What a module declares, and what its function is given.

A task is a delivery with a row of its own (`app/db/tasks.py`): carried, leased, fenced and retried as any other.
"""

from collections.abc import Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol, TypeVar
from uuid import UUID

from app.extensions.events import Event
from app.extensions.priorities import USUAL, Priority, Retries
from app.utils.schemas import BaseSchema

BULK_QUEUE = "bulk"
P_co = TypeVar("P_co", bound=BaseSchema, covariant=True)


@dataclass(frozen=True, slots=True)
class TaskQueued(Event):
    """A task is ready to be run: it was started, or what it waited for has succeeded."""

    name: ClassVar[str] = "core.task_queued"
    task_id: UUID
    kind: str


class TaskCancelledError(Exception):
    """Somebody cancelled the task: raised at the next step or progress, to be let through."""


class TaskFencedError(Exception):
    """The task runs elsewhere by now, or its delivery is over: raised at the next step, to be let through."""


class TaskFailedError(Exception):
    """The task cannot succeed, however often it is tried: raised by its function, it has failed, and its words are the error.

    What its steps have committed stays. What should be tried again is any other exception.
    """


class TaskRun(Protocol[P_co]):
    """What the function of a task is given. No transaction is open while it runs; each step is one."""

    @property
    def payload(self) -> P_co:
        """What it was started with."""

    @property
    def task_id(self) -> UUID:
        """The task."""

    @property
    def tenant_id(self) -> UUID:
        """Whose it is."""

    @property
    def actor(self) -> str:
        """Who started it, as audit entries name them."""

    @property
    def checkpoint(self) -> Mapping[str, Any]:
        """What the last committed step saved, of this attempt or of one before it; empty at first."""

    def step(self) -> AbstractAsyncContextManager[Any]:
        """One transaction of the task's tenant, as Commons; what `save` was given inside commits with it or not at all.

        So a step's effects happen exactly once, however often the task is resumed.

        Raises:
            TaskCancelledError, TaskFencedError: nothing of the step has happened, and no further one will.
        """

    def save(
        self,
        *,
        checkpoint: Mapping[str, Any] | None = None,
        done: int | None = None,
        total: int | None = None,
        unit: str | None = None,
        message: str | None = None,
        partial: Mapping[str, Any] | None = None,
    ) -> None:
        """Note where the task stands, to be written with the step that is open; what is None stays as it was.

        Raises:
            RuntimeError: no step is open.
        """


TaskFunction = Callable[[Any], Awaitable[Mapping[str, Any] | None]]
"""async def task(run: TaskRun) -> result or None"""


@dataclass(frozen=True, slots=True)
class Task:
    """A kind of task, as a manifest declares it. Services start one by its kind."""

    kind: str
    """"<module>.<what_it_does>"."""
    run: TaskFunction
    payload: type[BaseSchema]
    title: str = ""
    """For people: "Import products"."""
    queue: str = BULK_QUEUE
    priority: Priority = Priority.BULK
    timeout_seconds: float = 3600.0
    """Of one attempt."""
    retries: Retries = USUAL
    at_once: int | None = None
    """How many of the kind may be queued or running in one tenant; None: as many as the plan allows of all kinds."""
    keep_days: int | None = 7
    """How long it is kept after its end, with its result; None: for ever."""

    @property
    def handler(self) -> str:
        """Under which name deliveries know it."""
        return f"task:{self.kind}"
