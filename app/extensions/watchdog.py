"""The watchdog: ends a process whose event loop does not answer, for nobody else can.

Its leases expire and others take its deliveries; what it had done in open transactions, the database undoes.
"""

import asyncio
import faulthandler
import logging
import os
import sys
import threading
import time
from collections.abc import Callable
from types import TracebackType
from typing import Final, Self

BLOCKED_EXIT: Final = 75
"""The exit code of a process whose loop was blocked, or that did not come to its end: EX_TEMPFAIL, start it again."""
TICKS: Final = 20
LONGEST_TICK_SECONDS: Final = 0.5
REPORT_SECONDS: Final = 2.0

log = logging.getLogger(__name__)


class Watchdog:
    """A thread that looks at a loop's pulse, ticks `on_pulse` while it beats, and ends the process once it has stopped.

    Time in which the whole process stood still (SIGSTOP, a laptop that sleeps) does not count: its fence is the database.
    What never lets go of the interpreter's lock keeps this thread from looking too: the health file is for that.
    """

    def __init__(self, seconds: float, on_pulse: Callable[[], None] = lambda: None) -> None:
        """`seconds` without a pulse end the process."""
        self._seconds = seconds
        self._tick = min(seconds / TICKS, LONGEST_TICK_SECONDS)
        self._on_pulse = on_pulse
        self._pulse = 0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="watchdog", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join()

    async def beat(self) -> None:
        """The loop's part: run it as a task there until cancelled."""
        while True:
            self._pulse += 1
            await asyncio.sleep(self._tick)

    def bite(self, reason: str) -> None:
        """End the process here and now: the reason and the stacks of all threads on standard error, code 75."""
        # In a thread of its own: standard error may be what blocks, and a report that cannot be made shall not save the process.
        report = threading.Thread(target=_report, args=(reason,), daemon=True)
        report.start()
        report.join(REPORT_SECONDS)
        os._exit(BLOCKED_EXIT)

    def _watch(self) -> None:
        seen, silent, before = 0, 0.0, time.monotonic()
        while not self._over.wait(self._tick):
            now = time.monotonic()
            if self._pulse != seen:
                seen, silent = self._pulse, 0.0
                self._on_pulse()
            else:
                silent += min(now - before, 2 * self._tick)
            before = now
            if silent >= self._seconds:
                self.bite(f"the event loop has not answered for {silent:.1f} s")


def _report(reason: str) -> None:
    log.critical("watchdog: %s", reason)
    faulthandler.dump_traceback(file=sys.stderr, all_threads=True)
    sys.stderr.flush()
