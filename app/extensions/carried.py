"""What must hold of the tasks and schedules that a manifest declares; `app/manifests.py` asks at start."""

import inspect
import re
from collections.abc import Iterator

from app.extensions.cron import fault_of
from app.extensions.module import DEFAULT_QUEUE, Module
from app.extensions.schedules import Schedule
from app.extensions.tasks import Task

QUEUE = re.compile(r"[a-z][a-z0-9_-]{0,39}")
TAIL = re.compile(r"[a-z][a-z0-9_]*")
MAX_NAME = 100
"""Deliveries know them by a name of 120 characters, which says what they are, too."""


def carried_faults(module: Module, idle_limit_ms: int | None) -> Iterator[str]:
    """Tasks and schedules that could never run, or never succeed."""
    for task in module.tasks:
        yield from (f"the task {task.kind}: {fault}" for fault in _task_faults(module, task))
    for schedule in module.schedules:
        yield from (
            f"the schedule {schedule.name}: {fault}" for fault in _schedule_faults(module, schedule, idle_limit_ms)
        )


def queue_fault(queue: str) -> str | None:
    """Why there is no such queue, or None."""
    if QUEUE.fullmatch(queue):
        return None
    return f"asks for the queue {queue!r}: a queue's name is 1 to 40 lower-case letters, digits, - and _, beginning with a letter"


def _task_faults(module: Module, task: Task) -> Iterator[str]:
    yield from _common_faults(module, task.kind, task.queue, task.timeout_seconds)
    if not inspect.iscoroutinefunction(task.run):
        yield "what it runs is no coroutine function: write it with async def"
    if task.queue == DEFAULT_QUEUE:  # whose workers would take nothing beyond what they have a place for
        yield f"on the queue {DEFAULT_QUEUE} it would hold up all handlers: leave the queue out, or name one for tasks"
    if task.at_once is not None and task.at_once < 1:
        yield f"{task.at_once} of it may be queued or running at once, so it could never be started: allow 1 or more"


def _schedule_faults(module: Module, schedule: Schedule, idle_limit_ms: int | None) -> Iterator[str]:
    yield from _common_faults(module, schedule.name, schedule.queue, schedule.timeout_seconds)
    if not inspect.iscoroutinefunction(schedule.react):
        yield "its reaction is no coroutine function: write it with async def"
    if (fault := fault_of(schedule)) is not None:
        yield fault
    if not schedule.outside and idle_limit_ms is not None and schedule.timeout_seconds * 1000 >= idle_limit_ms:
        yield (
            f"it may take {schedule.timeout_seconds:g} s, but the database ends a transaction that idles"
            f" {idle_limit_ms / 1000:g} s: lower its timeout_seconds, or let it start a task"
        )


def _common_faults(module: Module, name: str, queue: str, timeout_seconds: float) -> Iterator[str]:
    prefix = f"{module.name}."
    if not name.startswith(prefix) or not TAIL.fullmatch(name.removeprefix(prefix)):
        yield f"it must be called {module.name}.<what_it_does>: rename it"
    if len(name) > MAX_NAME:
        yield f"its name is longer than {MAX_NAME} characters: shorten it"
    if (fault := queue_fault(queue)) is not None:
        yield f"it {fault}"
    if timeout_seconds <= 0:
        yield f"it may take {timeout_seconds:g} s: give it a timeout_seconds above 0"
