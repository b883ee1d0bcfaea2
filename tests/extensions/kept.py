"""A kept process that works at nothing, and ends as it is told."""

import ctypes
import errno
import logging
import os
import signal
from collections.abc import Callable
from mmap import mmap
from typing import NoReturn

from app.extensions.keeper import WISHES, Life, Pace, Stage, hear_wishes, keep
from app.extensions.logs import configure_logs

logger = logging.getLogger("app.kept")
PR_SET_CHILD_SUBREAPER = 36


def live(*ways: str, pace: Pace | None = None, gives_back: bool = True) -> None:
    """Each life takes the next of the ways, the last of them again and again; it counts the lives in what it leaves."""
    configure_logs("INFO")
    life, is_back = Life(8), mmap(-1, 1)

    def give_back() -> None:
        logger.info("gives back")
        while not gives_back:
            signal.pause()
        is_back[0] = 1

    keep(life, lambda: 0 if is_back[0] else life.memory[0], give_back, pace)
    number = life.memory[0]
    life.memory[0] += 1
    logger.info(
        "lives", extra={"pid": os.getpid(), "keeper": os.getppid(), "name_of_life": life.name, "ended": life.ended}
    )
    how, _, code = ways[min(number, len(ways) - 1)].partition("-")
    if how == "early":
        os._exit(int(code))
    if how == "wished":
        _stop_early()
    life.reach(Stage.WORKS)
    WAYS[how](life, int(code or 0))


def live_in_hurry(*ways: str) -> None:
    """As `live`, with a keeper that gives up soon."""
    live(*ways, pace=Pace(free=1, most=3, first=0.01, longest=0.02))


def live_at_leisure(*ways: str) -> None:
    """As `live`, with a keeper that pauses for long."""
    live(*ways, pace=Pace(free=0, first=600.0, longest=600.0))


def live_busily(*ways: str) -> None:
    """As `live`, where every life has worked for long enough to make room, with a keeper that gives up at the first end."""
    live(*ways, pace=Pace(free=0, most=0, recycled=0.0))


def live_stubbornly(*ways: str) -> None:
    """As `live`, where what is held is never given back."""
    live(*ways, pace=Pace(last=0.1), gives_back=False)


def live_with_orphans(*ways: str) -> None:
    """As `live`, where the keeper is told of the end of everybody's orphans, as the first process of a container is."""
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1)
    live(*ways)


def live_in_need(*ways: str) -> None:
    """As `live`, where the system at first gives no process."""
    fork, tries = os.fork, iter(range(2))

    def refuse() -> int:
        if next(tries, None) is None:
            return fork()
        raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))

    os.fork = refuse
    live(*ways, pace=Pace(longest=0.01))


def live_unattended(*ways: str) -> None:
    """As `live`, started by somebody who ignores the ends of children."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    live(*ways)


def _kill(_life: Life, _code: int) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _exit(_life: Life, code: int) -> NoReturn:
    os._exit(code)


def _again(life: Life, _code: int) -> None:
    life.reach(Stage.AGAIN)


def _over(life: Life, _code: int) -> None:
    life.reach(Stage.OVER)


def _raise(_life: Life, code: int) -> None:
    os.kill(os.getpid(), code)


def _orphan(_life: Life, _code: int) -> None:
    """Leave a child that ends when this process has ended."""
    read, write = os.pipe()
    if (child := os.fork()) == 0:
        os.close(write)
        os.read(read, 1)
        os._exit(0)
    logger.info("leaves", extra={"child": child})
    os._exit(9)


def _stop_early() -> None:
    """Wait for a wish before the handlers are set, as one that comes during the start, and end in order."""
    os.kill(os.getpid(), signal.sigwait(WISHES))  # so that it waits here as it did

    def stop(*_: object) -> NoReturn:
        raise SystemExit(0)

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    hear_wishes()


def _wait(_life: Life, code: int) -> NoReturn:
    """For SIGTERM, and end with the code as a worker that stops."""

    def stop(*_: object) -> NoReturn:
        raise SystemExit(code)

    signal.signal(signal.SIGTERM, stop)
    hear_wishes()
    logger.info("waits")
    while True:
        signal.pause()


WAYS: dict[str, Callable[[Life, int], object]] = {
    "kill": _kill,
    "raise": _raise,
    "orphan": _orphan,
    "exit": _exit,
    "again": _again,
    "over": _over,
    "wait": _wait,
}
