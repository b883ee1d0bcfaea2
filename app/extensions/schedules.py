"""Schedules: what a module wants done at certain times. Declared in manifests, fired by the relays."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Literal

from app.extensions.events import Event
from app.extensions.priorities import USUAL, Priority, Retries

Missed = Literal["skip", "once", "all"]
HEARTBEAT = "core.heartbeat"
"""The schedule whose runs prove that relay, queue and worker do their work."""


def handler_of(name: str) -> str:
    """Under which name deliveries know the reaction to the schedule of that name."""
    return f"schedule:{name}"


@dataclass(frozen=True, slots=True)
class ScheduleDue(Event):
    """The time of a schedule has come, or somebody ran it by hand."""

    name: ClassVar[str] = "core.schedule_due"
    retention_days: ClassVar[int | None] = 7
    """The heartbeat alone makes 1,440 a day."""
    schedule: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Schedule:
    """When, in which zone, and what then. Its reaction is a handler like any other, of the event `ScheduleDue`."""

    name: str
    """"<module>.<what_it_does>"."""
    cron: str
    """Five fields, as Debian's cron takes them: minute, hour, day of the month, month, day of the week."""
    react: Callable[[Any, Any], Awaitable[None]]
    time_zone: str = "UTC"
    """A name of the IANA database."""
    per_tenant: bool = False
    """Once for each active tenant, as that tenant; else once, as the platform's own."""
    missed: Missed = "once"
    """Of the times that nobody fired since the last: none, one for all of them, or each."""
    outside: bool = False
    queue: str = "default"
    priority: Priority = Priority.BULK
    timeout_seconds: float = 30.0
    retries: Retries = USUAL

    @property
    def handler(self) -> str:
        """Under which name deliveries know it."""
        return handler_of(self.name)

    @property
    def rule(self) -> str:
        """When it comes and for whom, as one line: under another rule its times are counted afresh."""
        return f"{self.cron} {self.time_zone}{' per tenant' if self.per_tenant else ''}"
