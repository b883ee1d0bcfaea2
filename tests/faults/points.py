"""Points in our own processes at which `kill -9` strikes: armed by a file, and whoever takes the file away dies there.

Files pass between processes, and only one of several can remove the same: an armed point kills one process, once.
"""

import os
import signal
from enum import StrEnum
from pathlib import Path
from typing import Any
from unittest.mock import patch
from weakref import WeakSet

from app.db.uow import UnitOfWork
from app.extensions.intake import Intake
from app.extensions.jobs import Job, RefusedError
from app.extensions.queue import DeliveryQueue


class Point(StrEnum):
    """Where a process ends."""

    POP = "right after the pop"
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
        """The next process that comes to the point dies there."""
        self._file(point).touch()

    def armed(self, point: Point) -> bool:
        """Whether nobody has come there yet."""
        return self._file(point).exists()

    def strike(self, point: Point) -> None:
        """Die here, if the point is armed and nobody was quicker."""
        try:
            self._file(point).unlink()
        except FileNotFoundError:
            return
        os.kill(os.getpid(), signal.SIGKILL)

    def in_handler(self, uow: UnitOfWork) -> None:
        """A handler runs in this unit of work."""
        self._handling.add(uow)
        self.strike(Point.HANDLER)

    def plant(self) -> None:
        """Make this process, which does nothing else in its life, come to the points."""
        commit, take, push = UnitOfWork.commit, Intake.take, DeliveryQueue.push_all

        async def committed(uow: UnitOfWork) -> None:
            writes = bool(uow._events)
            if writes or uow in self._handling:
                self.strike(Point.COMMIT)
            await commit(uow)
            if writes:
                self.strike(Point.ANSWER)

        async def taken(intake: Intake, seconds: float) -> list[Job | RefusedError]:
            found = await take(intake, seconds)
            if found:
                self.strike(Point.POP)
            return found

        async def pushed(queue: DeliveryQueue, *given: Any) -> None:
            self.strike(Point.ENQUEUE)
            await push(queue, *given)

        patch.object(UnitOfWork, "commit", committed).start()
        patch.object(Intake, "take", taken).start()
        patch.object(DeliveryQueue, "push_all", pushed).start()

    def _file(self, point: Point) -> Path:
        return self._folder / f"{self._role}-{point.name}"
