"""Keeps processes running: restarts what ends, gives up on what keeps ending, and leaves nothing behind."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from app.embedded.places import EmbeddedError, write_private
from app.embedded.processes import Process, tethered

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
LINE_LIMIT = 65_536
ORDERLY = "exit code 0"
"""How `Process.ended` says that a program ended in order."""
Log = Callable[[str, str], None]


class Child(Protocol):
    """What the supervisor keeps running: a program of ours or an embedded server."""

    name: str

    async def start(self) -> Process:
        """Start or adopt it. Raises EmbeddedError where that fails, which counts as a death."""

    async def stop(self) -> None:
        """End it and remove its pid file; do nothing where it does not run."""


@dataclass(frozen=True)
class Pace:
    """How patient the supervisor is; seconds."""

    first: float = 0.2
    longest: float = 5.0
    deaths: int = 10
    window: float = 60.0
    settled: float = 10.0
    grace: float = 2.0
    recycled: float = 1.0
    """What ends by itself with code 0 before so long has not been recycled: it never got to work."""


def write_line(name: str, line: str) -> None:
    """Write one line of the combined log to standard error, the name of whose it is in front."""
    # The terminal may be gone; that must not stop the children from being ended properly.
    with suppress(OSError):
        sys.stderr.write(f"{name:<8} | {line}\n")
        sys.stderr.flush()


class Program:
    """A command that is kept running in a session of its own, its output line by line in the combined log."""

    def __init__(
        self,
        name: str,
        argv: Sequence[str],
        pid_file: Path,
        *,
        env: Mapping[str, str] | None = None,
        log: Log = write_line,
        grace: float = 2.0,
        recycles: bool = False,
    ) -> None:
        """`recycles`: it ends with code 0 by itself, in order to be started afresh."""
        self.name = name
        self.recycles = recycles
        self._argv = argv
        self._pid_file = pid_file
        self._env = env
        self._log = log
        self._grace = grace
        self._process: Process | None = None

    async def start(self) -> Process:
        """Start the command and write its pid file.

        Raises:
            EmbeddedError: where the command cannot be run.
        """
        reading, writing = os.pipe()
        output = os.fdopen(reading, "rb", buffering=0)
        await asyncio.get_running_loop().connect_read_pipe(lambda: _Lines(self.name, self._log), output)
        try:
            # A session of its own: Ctrl-C reaches the supervisor only, which ends its children in order.
            popen = subprocess.Popen(  # noqa: ASYNC220, S603 - forks within a millisecond; our own command
                tethered(self._argv),
                stdin=subprocess.DEVNULL,
                stdout=writing,
                stderr=writing,
                env=self._env,
                start_new_session=True,
            )
        except OSError as error:
            raise EmbeddedError(f"{self._argv[0]} cannot be run ({error.strerror}).") from error
        finally:
            os.close(writing)
        self._process = Process(popen.pid, popen)
        write_private(self._pid_file, f"{popen.pid}\n")
        return self._process

    async def stop(self) -> None:
        """Ask the command to end, then kill it and what it started; remove its pid file."""
        if self._process is not None:
            await self._process.stop(((signal.SIGTERM, self._grace),))
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)
            await self._process.wait(1.0)
            self._process = None
        self._pid_file.unlink(missing_ok=True)


class _Lines(asyncio.Protocol):
    """Cuts what a child writes into lines."""

    def __init__(self, name: str, log: Log) -> None:
        self._name = name
        self._log = log
        self._rest = b""

    def data_received(self, data: bytes) -> None:
        *lines, self._rest = (self._rest + data).split(b"\n")
        if len(self._rest) > LINE_LIMIT:
            lines.append(self._rest)
            self._rest = b""
        for line in lines:
            self._log(self._name, line.decode(errors="replace"))

    def connection_lost(self, _exc: Exception | None) -> None:
        if self._rest:
            self._log(self._name, self._rest.decode(errors="replace"))


def _is_recycled(child: Child, reason: str) -> bool:
    return isinstance(child, Program) and child.recycles and reason == ORDERLY


class Supervisor:
    """Runs layers of children: a later layer needs the earlier ones, so it starts after them and ends before them."""

    def __init__(self, layers: Sequence[Sequence[Child]], *, pace: Pace | None = None, log: Log = write_line) -> None:
        self._layers = layers
        self._pace = pace or Pace()
        self._log = log
        self._asked = asyncio.Event()

    def end(self) -> None:
        """Ask for the end, as SIGINT and SIGTERM do."""
        self._asked.set()

    async def run(self) -> int:
        """Keep every child running until a signal asks for the end (0) or one of them keeps dying (1).

        Returns after all children have ended, in less than five seconds.
        """
        loop = asyncio.get_running_loop()
        for number in SIGNALS:
            loop.add_signal_handler(number, self.end)
        keepers = [asyncio.create_task(self._keep(child)) for layer in self._layers for child in layer]
        asked = asyncio.create_task(self._asked.wait())
        try:
            done, _ = await asyncio.wait([asked, *keepers], return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
            return 0 if asked in done else 1
        finally:
            await self._end_all([asked, *keepers])
            for number in SIGNALS:
                loop.remove_signal_handler(number)

    async def _keep(self, child: Child) -> None:
        """Start `child` and start it again whenever it ends; return when it has died too often."""
        deaths: deque[float] = deque(maxlen=self._pace.deaths)
        pause = self._pace.first
        while True:
            began = time.monotonic()
            reason = await self._live(child)
            now = time.monotonic()
            if _is_recycled(child, reason) and now - began >= self._pace.recycled:
                self._log(child.name, "was recycled; starting again")
                pause = self._pace.first
                continue
            deaths.append(now)
            if len(deaths) == self._pace.deaths and now - deaths[0] <= self._pace.window:
                self._log(
                    child.name,
                    f"ended {len(deaths)} times within {now - deaths[0]:.0f} s, at last by {reason}; giving up",
                )
                return
            if now - began >= self._pace.settled:
                pause = self._pace.first
            self._log(child.name, f"ended by {reason}; starting again in {pause:.1f} s")
            await asyncio.sleep(pause)
            pause = min(2 * pause, self._pace.longest)

    async def _live(self, child: Child) -> str:
        """One life of `child`; how it ended."""
        try:
            process = await child.start()
        except EmbeddedError as error:
            return f"a failed start: {error}"
        self._log(child.name, f"runs as process {process.pid}")
        return await process.wait() or "nothing"

    async def _end_all(self, tasks: Sequence["asyncio.Task[object]"]) -> None:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for layer in reversed(self._layers):
            await asyncio.gather(*(child.stop() for child in layer))
