"""A kept process that works at nothing, and ends as it is told."""

import logging
import os
import signal
from collections.abc import Callable
from typing import NoReturn

from app.extensions.keeper import Life, Pace, Stage, keep
from app.extensions.logs import configure_logs

logger = logging.getLogger("app.kept")


def live(*ways: str, pace: Pace | None = None) -> None:
    """Each life takes the next of the ways, the last of them again and again; it counts the lives in what it leaves."""
    configure_logs("INFO")
    life = Life(8)
    keep(life, lambda: life.memory[0], pace)
    number = life.memory[0]
    life.memory[0] += 1
    logger.info(
        "lives", extra={"pid": os.getpid(), "keeper": os.getppid(), "name_of_life": life.name, "ended": life.ended}
    )
    how, _, code = ways[min(number, len(ways) - 1)].partition("-")
    if how == "early":
        os._exit(int(code))
    life.reach(Stage.WORKS)
    WAYS[how](life, int(code or 0))


def live_in_hurry(*ways: str) -> None:
    """As `live`, with a keeper that gives up soon."""
    live(*ways, pace=Pace(free=1, most=3, first=0.01, longest=0.02))


def live_at_leisure(*ways: str) -> None:
    """As `live`, with a keeper that pauses for long."""
    live(*ways, pace=Pace(free=0, first=600.0, longest=600.0))


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


def _wait(_life: Life, code: int) -> NoReturn:
    """For SIGTERM, and end with the code as a worker that stops."""

    def stop(*_: object) -> NoReturn:
        raise SystemExit(code)

    signal.signal(signal.SIGTERM, stop)
    logger.info("waits")
    while True:
        signal.pause()


WAYS: dict[str, Callable[[Life, int], object]] = {
    "kill": _kill,
    "exit": _exit,
    "again": _again,
    "over": _over,
    "wait": _wait,
}
