"""A worker's keeper: a parent that has imported everything and only waits, and forks the process that works (Linux).

Where that is ended, by its handler or by the system, the next one begins in a moment and finds what it had noted. The keeper
holds no connection, no thread and no loop: a fork copies nothing that is in use, and there is little that could end it.
"""

import ctypes
import gc
import logging
import os
import signal
import sys
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from mmap import mmap
from typing import Final
from uuid import uuid4

GIVEN_UP_EXIT: Final = 70
"""The exit code of a keeper whose worker was ended again and again: EX_SOFTWARE."""
PR_SET_PDEATHSIG: Final = 1
WISHES: Final = frozenset({signal.SIGTERM, signal.SIGINT})

log = logging.getLogger(__name__)


class Stage(IntEnum):
    """How far a life has come, by its own word."""

    BEGINS = 0
    WORKS = 1
    OVER = 2
    """It has come to its end in order, and so does its keeper."""
    AGAIN = 3
    """It has come to its end in order, and makes room for a fresh one."""


class Life:
    """What the lives of a worker share, each from a fork to its end: a name, and memory that outlives them."""

    def __init__(self, size: int) -> None:
        """`size` is that of the memory, in bytes."""
        self.memory = mmap(-1, size)  # shared with every fork, and zero at first
        self.name = uuid4().hex
        self.ended = 0
        """How many were ended before this one, none of them by a wish."""
        self._stage = mmap(-1, 1)

    @property
    def stage(self) -> Stage:
        """How far the present one has come, by its own word."""
        return Stage(self._stage[0])

    def reach(self, stage: Stage) -> None:
        """Let the keeper know, whatever may happen to this process in the next moment."""
        self._stage[0] = stage


@dataclass(frozen=True, slots=True)
class Pace:
    """How patient a keeper is with lives that end again and again; seconds."""

    free: int = 10
    """So many ends within the window cost no pause: one poisonous delivery takes that many."""
    most: int = 20
    """With more it gives up, for somebody above it to see."""
    window: float = 60.0
    first: float = 0.1
    longest: float = 5.0

    def pause(self, ends: int) -> float:
        """Seconds before the next life, after so many ends within the window."""
        return 0.0 if ends <= self.free else min(self.first * 2 ** (ends - self.free - 1), self.longest)


class Keeper:
    """Forks one life after another. Signals are blocked and waited for, so that none comes at a wrong moment."""

    def __init__(self, life: Life, held: Callable[[], int], pace: Pace) -> None:
        """`held` counts what a life that was ended has left in its memory."""
        self._life = life
        self._held = held
        self._pace = pace
        self._ends: deque[float] = deque()
        self._is_wished = False

    def run(self) -> None:
        """Returns in each child; in the keeper never.

        Raises:
            SystemExit: in the keeper, with the code of its end.
        """
        keeper = os.getpid()
        signal.signal(
            signal.SIGCHLD, signal.SIG_DFL
        )  # whoever started us may ignore it: then nobody could be waited for
        signal.pthread_sigmask(signal.SIG_BLOCK, {*WISHES, signal.SIGCHLD})
        gc.collect()
        gc.freeze()  # a child that collects would else copy every page that it shares with us
        while True:
            self._life.reach(Stage.BEGINS)
            child = os.fork()
            if child == 0:
                _die_with(keeper)
                signal.pthread_sigmask(signal.SIG_UNBLOCK, {*WISHES, signal.SIGCHLD})
                return
            code = self._wait(child)
            if self._is_wished or self._life.stage in {Stage.BEGINS, Stage.OVER}:
                raise SystemExit(code if code >= 0 else 128 - code)
            self._note(code)

    def _wait(self, child: int) -> int:
        """Pass on what is wished until the child has ended; its exit code, or minus the signal that ended it."""
        while True:
            number = signal.sigwait({*WISHES, signal.SIGCHLD})
            if number in WISHES:
                self._is_wished = True
                os.kill(child, number)
                continue
            ended, status = os.waitpid(child, os.WNOHANG)
            if ended:
                return os.waitstatus_to_exitcode(status)

    def _note(self, code: int) -> None:
        """Tell of an end that nobody wished, and pause where there were many.

        Raises:
            SystemExit: there were too many, or somebody wishes the end meanwhile.
        """
        now = time.monotonic()
        self._ends.append(now)
        while self._ends[0] < now - self._pace.window:
            self._ends.popleft()
        pause = self._pace.pause(len(self._ends))
        if self._life.stage is Stage.WORKS:
            self._life.ended += 1
            how = {"code": code} if code >= 0 else {"signal": signal.Signals(-code).name}
            log.error("worker was ended", extra={**how, "held": self._held(), "pause": pause})
        if len(self._ends) > self._pace.most:
            log.critical("worker is ended again and again", extra={"ends": len(self._ends)})
            raise SystemExit(GIVEN_UP_EXIT)
        if signal.sigtimedwait(WISHES, pause) is not None:
            raise SystemExit(0)


def keep(life: Life, held: Callable[[], int], pace: Pace | None = None) -> None:
    """Become the keeper of a worker, and return in each of its lives. Elsewhere than on Linux there is one, in this process.

    To be called where nothing is connected and no thread has been started. A life that is ended once it works, or that asks
    for it, is followed by another; with any other end the keeper ends too, with the same code.

    Raises:
        SystemExit: in the keeper, with the code of its end.
    """
    if sys.platform == "linux":
        Keeper(life, held, pace or Pace()).run()


def _die_with(keeper: int) -> None:
    """Let the system kill this process when its keeper ends, however it does."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != keeper:  # it has ended before the line above: nobody would ever send the signal
        os._exit(1)
