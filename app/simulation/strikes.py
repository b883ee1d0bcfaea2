"""Kills what runs, and proves that it was killed: the supervisor has seen it end by SIGKILL, and another runs in its place."""

import asyncio
import os
import signal
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from app.embedded.places import Places
from app.embedded.processes import read_number
from app.simulation.plan import Strike

BACK_SECONDS: Final = 60.0
LOOK_SECONDS: Final = 0.02
REST_SECONDS: Final = 3.0
"""From the last recovery to the next strike at least, however late it is."""
KILLED: Final = f"ended by signal {signal.SIGKILL.name}"


@dataclass(frozen=True, slots=True)
class Struck:
    """What became of a strike: `back` and `served` are seconds until another ran, and until the API answered with a success."""

    victim: str
    at: float
    pid: int | None
    is_proved: bool
    back: float
    served: float

    def __str__(self) -> str:
        if not self.is_proved:
            return f"kill -9 {self.victim}: it was not seen to end by it"
        return (
            f"kill -9 {self.pid:<7} {self.victim:<8} at {self.at:5.1f} s: another runs after {self.back:4.1f} s,"
            f" the next success after {self.served:4.1f} s"
        )


@dataclass
class Log:
    """The combined log of all processes, in a file; how the supervisor says that each ended is remembered."""

    path: Path
    ends: list[tuple[str, str]] = field(default_factory=list)

    def write(self, name: str, line: str) -> None:
        """One line of a process, or of the supervisor about it."""
        with self.path.open("a", encoding="utf-8") as file:
            file.write(f"{name:<8} | {line}\n")
        if line.startswith(KILLED):
            self.ends.append((name, line))

    def killed(self, name: str) -> int:
        """How often it was seen to end by SIGKILL."""
        return [ended for ended, _ in self.ends].count(name)


class Striker:
    """Strikes as planned, one after the other."""

    def __init__(self, places: Places, log: Log, now: Callable[[], float], successes: Callable[[], int]) -> None:
        """`now`: seconds since the opening; `successes`: how often the API has answered with one."""
        self._places = places
        self._log = log
        self._now = now
        self._successes = successes
        self.struck: list[Struck] = []

    async def strike(self, plan: Strike) -> Struck:
        """Kill the victim when its time has come, and wait until it is back and clients are served."""
        await asyncio.sleep(max(plan.at - self._now(), REST_SECONDS if self.struck else 0.0))
        pid_file = self._places.pid_file(plan.victim)
        pid, seen, at = read_number(pid_file), self._log.killed(plan.victim), self._now()
        if pid is not None:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        began = time.monotonic()
        is_proved = await _holds(lambda: self._log.killed(plan.victim) > seen)
        is_back = await _holds(lambda: read_number(pid_file) not in {pid, None})
        back, after = time.monotonic() - began, self._successes()
        is_served = await _holds(lambda: self._successes() > after)
        found = Struck(plan.victim, at, pid, is_proved and is_back and is_served, back, time.monotonic() - began)
        self.struck.append(found)
        return found


async def _holds(check: Callable[[], bool]) -> bool:
    """Whether it holds within the time that is granted."""
    deadline = time.monotonic() + BACK_SECONDS
    while not check():
        if time.monotonic() > deadline:
            return False
        await asyncio.sleep(LOOK_SECONDS)
    return True


Strikes = Callable[[Strike], Awaitable[Struck]]
