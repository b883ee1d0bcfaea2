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


@dataclass(frozen=True, slots=True)
class Life:
    """One life of a worker, from a fork to its end."""

    memory: mmap
    """What the life before has left, and this one leaves to the next."""
    stage: mmap
    """One byte, that of a `Stage`."""
    name: str
    """The same in every life of one keeper."""
    ended: int
    """How many lives before were ended, none of them by a wish."""

    def reach(self, stage: Stage) -> None:
        """Let the keeper know, whatever may happen to this process in the next moment."""
        self.stage[0] = stage


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

    def __init__(self, size: int, held: Callable[[mmap], int], pace: Pace) -> None:
        """`size` is that of a life's memory, in bytes; `held` counts in it what a life that was ended has left."""
        self._memory, self._stage = mmap(-1, size), mmap(-1, 1)  # shared with every fork, and zero
        self._held = held
        self._pace = pace
        self._name = uuid4().hex
        self._ended = 0
        self._ends: deque[float] = deque()
        self._is_wished = False

    def begin(self) -> Life:
        """Returns in each child with its life; in the keeper never.

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
            self._stage[0] = Stage.BEGINS
            child = os.fork()
            if child == 0:
                _die_with(keeper)
                signal.pthread_sigmask(signal.SIG_UNBLOCK, {*WISHES, signal.SIGCHLD})
                return self._life()
            code = self._wait(child)
            stage = Stage(self._stage[0])
            if self._is_wished or stage in {Stage.BEGINS, Stage.OVER}:
                raise SystemExit(code if code >= 0 else 128 - code)
            self._note(code, stage)

    def _life(self) -> Life:
        return Life(self._memory, self._stage, self._name, self._ended)

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

    def _note(self, code: int, stage: Stage) -> None:
        """Tell of an end that nobody wished, and pause where there were many.

        Raises:
            SystemExit: there were too many, or somebody wishes the end meanwhile.
        """
        now = time.monotonic()
        self._ends.append(now)
        while self._ends[0] < now - self._pace.window:
            self._ends.popleft()
        pause = self._pace.pause(len(self._ends))
        if stage is Stage.WORKS:
            self._ended += 1
            how = {"code": code} if code >= 0 else {"signal": signal.Signals(-code).name}
            log.error("worker was ended", extra={**how, "held": self._held(self._memory), "pause": pause})
        if len(self._ends) > self._pace.most:
            log.critical("worker is ended again and again", extra={"ends": len(self._ends)})
            raise SystemExit(GIVEN_UP_EXIT)
        if signal.sigtimedwait(WISHES, pause) is not None:
            raise SystemExit(0)


def keep(size: int, held: Callable[[mmap], int], pace: Pace | None = None) -> Life:
    """Become the keeper of a worker, and return in each of its lives. Elsewhere than on Linux there is one life, in this process.

    To be called where nothing is connected and no thread has been started. A life that is ended once it works, or that asks
    for it, is followed by another; with any other end the keeper ends too, with the same code.

    Raises:
        SystemExit: in the keeper, with the code of its end.
    """
    return Keeper(size, held, pace or Pace()).begin() if sys.platform == "linux" else alone(size)


def alone(size: int) -> Life:
    """A life without a keeper: nobody reads what it leaves."""
    return Life(mmap(-1, size), mmap(-1, 1), uuid4().hex, 0)


def _die_with(keeper: int) -> None:
    """Let the system kill this process when its keeper ends, however it does."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != keeper:  # it has ended before the line above: nobody would ever send the signal
        os._exit(1)
