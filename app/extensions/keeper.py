"""A worker's keeper: a parent that has imported everything and only waits, and forks the process that works (Linux).

Where that is ended, by its handler or by the system, the next one begins in a moment and finds what it had noted. The keeper
holds no connection, no thread and no loop: a fork copies nothing that is in use, and there is little that could end it.
"""

import ctypes
import errno
import gc
import logging
import os
import signal
import sys
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from enum import IntEnum
from mmap import mmap
from typing import Final, NoReturn
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
    recycled: float = 1.0
    """Who makes room before so long has hardly worked: that counts as an end."""
    last: float = 3.0
    """What it takes at most to give back what is held when the keeper ends."""

    def pause(self, ends: int) -> float:
        """Seconds before the next life, after so many ends within the window."""
        return 0.0 if ends <= self.free else min(self.first * 2.0 ** min(ends - self.free - 1, 30), self.longest)


class Keeper:
    """Forks one life after another. Signals are blocked and waited for, so that none comes at a wrong moment."""

    def __init__(self, life: Life, held: Callable[[], int], give_back: Callable[[], None], pace: Pace) -> None:
        """`held` counts what a life that was ended has left in its memory; `give_back` is run in a process of its own."""
        self._life = life
        self._held = held
        self._give_back = give_back
        self._pace = pace
        self._ends: deque[float] = deque()
        self._is_wished = False
        self._has_worked = False
        self._failed_starts = 0
        """In a row."""
        self._pid = os.getpid()

    def run(self) -> None:
        """Returns in each child, where the wishes are still blocked; in the keeper never.

        Raises:
            SystemExit: in the keeper, with the code of its end.
        """
        signal.signal(
            signal.SIGCHLD, signal.SIG_DFL
        )  # whoever started us may ignore it: then nobody could be waited for
        signal.pthread_sigmask(signal.SIG_BLOCK, {*WISHES, signal.SIGCHLD})
        gc.collect()
        gc.freeze()  # a child that collects would else copy every page that it shares with us
        while True:
            self._life.reach(Stage.BEGINS)
            began = time.monotonic()
            child = self._fork()
            if child == 0:
                return
            if child is not None:
                self._judge(self._wait(child), time.monotonic() - began)

    def _fork(self) -> int | None:
        """A child, or 0 in it; None where the system gives none: that was told and is tried again after the longest pause."""
        try:
            child = os.fork()
        except OSError as error:
            log.warning("worker could not be forked", extra={"error": errno.errorcode.get(error.errno or 0)})
            self._pause(self._pace.longest)
            return None
        if child == 0:
            _die_with(self._pid)
            signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGCHLD})
        return child

    def _wait(self, child: int) -> int:
        """Pass on what is wished until the child has ended; its exit code, or minus the signal that ended it."""
        while True:
            number = signal.sigwait({*WISHES, signal.SIGCHLD})
            if number in WISHES:
                self._is_wished = True
                os.kill(child, number)
            elif (code := _reap(child)) is not None:
                return code

    def _judge(self, code: int, seconds: float) -> None:
        """Look at a life that has ended after so long; returns where another shall begin.

        Raises:
            SystemExit: none shall.
        """
        stage = self._life.stage
        if self._is_wished or stage is Stage.OVER or (stage is Stage.BEGINS and not self._has_worked):
            self._end(code if code >= 0 else 128 - code)
        self._has_worked = True
        self._failed_starts = self._failed_starts + 1 if stage is Stage.BEGINS else 0
        if stage is not Stage.AGAIN or seconds < self._pace.recycled:
            self._note(stage, code)

    def _note(self, stage: Stage, code: int) -> None:
        """Tell of an end that nobody wished, and pause where there were many.

        Raises:
            SystemExit: there were too many, or somebody wishes the end meanwhile.
        """
        now = time.monotonic()
        self._ends.append(now)
        while self._ends[0] < now - self._pace.window:
            self._ends.popleft()
        pause = max(self._pace.pause(len(self._ends)), self._pace.pause(self._pace.free + self._failed_starts))
        how = {"code": code} if code >= 0 else {"signal": _name(-code)}
        about = {**how, "held": self._held(), "pause": pause}
        if stage is Stage.WORKS:
            self._life.ended += 1
            log.error("worker was ended", extra=about)
        elif stage is Stage.BEGINS:
            log.error("worker did not start", extra=about)
        else:
            log.warning("worker made room at once", extra=about)
        if len(self._ends) > self._pace.most:
            log.critical("worker is ended again and again", extra={"ends": len(self._ends)})
            self._end(GIVEN_UP_EXIT)
        self._pause(pause)

    def _pause(self, seconds: float) -> None:
        if signal.sigtimedwait(WISHES, seconds) is not None:
            self._end(0)

    def _end(self, code: int) -> NoReturn:
        """Let what is still held be given back, and end."""
        if self._held():
            with suppress(OSError):
                self._fork_last()
            log.warning("worker held something at its end", extra={"left": self._held()})
        raise SystemExit(code)

    def _fork_last(self) -> None:
        """Run `give_back` in a child that hears no wishes, and wait for its end, but not for long.

        Raises:
            OSError: there is no child to be had.
        """
        child = os.fork()
        if child == 0:
            _die_with(self._pid)
            try:
                self._give_back()
            finally:
                os._exit(0)
        until = time.monotonic() + self._pace.last
        while (code := _reap(child)) is None and (left := until - time.monotonic()) > 0:
            signal.sigtimedwait({signal.SIGCHLD}, left)
        if code is None:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)


def keep(
    life: Life, held: Callable[[], int], give_back: Callable[[], None] = lambda: None, pace: Pace | None = None
) -> None:
    """Become the keeper of a worker, and return in each of its lives. Elsewhere than on Linux there is one, in this process.

    To be called where nothing is connected and no thread has been started. A life that is ended once it works, or that asks
    for it, is followed by another; with any other end the keeper ends too, with the same code. Where something is held at
    its end, `give_back` is run in one process more. In each life SIGTERM and SIGINT wait until `hear_wishes`.

    Raises:
        SystemExit: in the keeper, with the code of its end.
    """
    if sys.platform == "linux":
        Keeper(life, held, give_back, pace or Pace()).run()


def hear_wishes() -> None:
    """Let SIGTERM and SIGINT come, also those that have waited. To be called once their handlers are set, in the main thread."""
    signal.pthread_sigmask(signal.SIG_UNBLOCK, WISHES)


def _reap(child: int) -> int | None:
    """Wait for all that have ended, orphans of others too where this is the first process of a container.

    Returns the child's exit code, or minus the signal that ended it; None while it runs.
    """
    found = None
    with suppress(ChildProcessError):
        while (ended := os.waitpid(-1, os.WNOHANG))[0]:
            if ended[0] == child:
                found = os.waitstatus_to_exitcode(ended[1])
    return found


def _name(number: int) -> str:
    """A signal's name, or its number where it has none: a real-time one."""
    try:
        return signal.Signals(number).name
    except ValueError:
        return str(number)


def _die_with(keeper: int) -> None:
    """Let the system kill this process when its keeper ends, however it does."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != keeper:  # it has ended before the line above: nobody would ever send the signal
        os._exit(1)
