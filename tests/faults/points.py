"""Points in our own processes at which `kill -9` or SIGSTOP strikes: armed by a file, and whoever takes the file away is struck.

Files pass between processes, and only one of several can remove the same: an armed point strikes one process, once.
"""

import logging
import os
import signal
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any
from unittest.mock import patch
from weakref import WeakSet

from app.db.uow import UnitOfWork
from app.extensions.intake import Intake
from app.extensions.jobs import Job, RefusedError
from app.extensions.queue import DeliveryQueue

logger = logging.getLogger("app.faults")
STANDS_STILL = "stands still"
"""What a process says before SIGSTOP: with `held`, the tickets that it has popped and not begun."""


class Point(StrEnum):
    """Where a process ends, or stands still."""

    POP = "right after the pop"
    HOLD = "standing still with what was popped"
    HANDLER = "mid-handler"
    COMMIT = "right before the commit"
    ANSWER = "between commit and response"
    ENQUEUE = "between claim and enqueue"


class Strikes:
    """The points of the processes of one role."""

    def __init__(self, folder: Path, role: str) -> None:
        """`folder` is the same for all of an installation."""
        self._folder = folder
        self._role = role
        self._handling: WeakSet[UnitOfWork] = WeakSet()

    def arm(self, point: Point) -> None:
        """The next process that comes to the point is struck there."""
        self._file(point).touch()

    def armed(self, point: Point) -> bool:
        """Whether nobody has come there yet."""
        return self._file(point).exists()

    def strike(self, point: Point) -> None:
        """Die here, if the point is armed and nobody was quicker."""
        if self._is_mine(point):
            os.kill(os.getpid(), signal.SIGKILL)

    def hold(self, found: Sequence[Job | RefusedError]) -> None:
        """Stand still with the tickets of these jobs until somebody sends SIGCONT, if that is armed."""
        tickets = [ticket for job in found if isinstance(job, Job) for ticket in job.tickets]
        if tickets and self._is_mine(Point.HOLD):
            held = [(ticket.tenant_id, ticket.delivery_id, ticket.attempt) for ticket in tickets]
            logger.info(STANDS_STILL, extra={"held": held})
            os.kill(os.getpid(), signal.SIGSTOP)

    def in_handler(self, uow: UnitOfWork) -> None:
        """A handler runs in this unit of work."""
        self._handling.add(uow)
        self.strike(Point.HANDLER)

    def plant(self) -> None:
        """Make this process, which does nothing else in its life, come to the points."""
        commit, take, push = UnitOfWork.commit, Intake.take, DeliveryQueue.push_all

        async def committed(uow: UnitOfWork) -> None:
            writes = bool(uow.events)
            if writes or uow in self._handling:
                self.strike(Point.COMMIT)
            await commit(uow)
            if writes:
                self.strike(Point.ANSWER)

        async def taken(intake: Intake, seconds: float) -> list[Job | RefusedError]:
            found = await take(intake, seconds)
            if found:
                self.strike(Point.POP)
                self.hold(found)
            return found

        async def pushed(queue: DeliveryQueue, *given: Any) -> None:
            self.strike(Point.ENQUEUE)
            await push(queue, *given)

        patch.object(UnitOfWork, "commit", committed).start()
        patch.object(Intake, "take", taken).start()
        patch.object(DeliveryQueue, "push_all", pushed).start()

    def _is_mine(self, point: Point) -> bool:
        try:
            self._file(point).unlink()
        except FileNotFoundError:
            return False
        return True

    def _file(self, point: Point) -> Path:
        return self._folder / f"{self._role}-{point.name}"
