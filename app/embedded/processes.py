"""Processes that may outlive who started them: are they alive, whose are they, how did they end, how to end them."""

import asyncio
import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from app.embedded.places import write_private

PROC = Path("/proc")
POLL_SECONDS = 0.05
# Below every system's ephemeral range, so that no outgoing connection takes the port while its server restarts.
PORTS = range(20_000, 32_000)
HOST = "127.0.0.1"


@dataclass(frozen=True)
class Process:
    """A process that runs: our own child (`popen`), or one that an earlier life of ours left behind (None)."""

    pid: int
    popen: subprocess.Popen[bytes] | None = None

    def ended(self) -> str | None:
        """How it ended in a few words, None while it runs."""
        if self.popen is None:
            return None if alive(self.pid) else "end (it was not our child, so the reason is unknown)"
        code = self.popen.poll()
        if code is None:
            return None
        return f"signal {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"

    async def wait(self, seconds: float | None = None) -> str | None:
        """Wait for its end and say how it ended; None where it still runs after `seconds`."""
        deadline = None if seconds is None else time.monotonic() + seconds
        while (end := self.ended()) is None:
            if deadline is not None and time.monotonic() >= deadline:
                return None
            # Polling serves children and adopted processes alike, on every system; pidfd would not.
            await asyncio.sleep(POLL_SECONDS)
        return end

    async def stop(self, steps: Sequence[tuple[signal.Signals, float]]) -> None:
        """Send each signal in turn and give it its seconds, until the process has ended."""
        for number, seconds in steps:
            if self.ended() is not None:
                return
            with suppress(ProcessLookupError):
                os.kill(self.pid, number)
            await self.wait(seconds)


def alive(pid: int) -> bool:
    """Whether `pid` is a process that does anything: a zombie that nobody buries is dead."""
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    try:
        stat = (PROC / str(pid) / "stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return not PROC.joinpath("self").exists() and not _ps(pid, "stat").startswith("Z")
    return stat.rpartition(")")[2].split()[0] not in {"Z", "X"}


def works_in(pid: int, folder: Path, mark: str) -> bool:
    """Whether `pid` is alive and works in `folder`; where that cannot be seen, whether its command line shows `mark`."""
    if not alive(pid):
        return False
    try:
        return (PROC / str(pid) / "cwd").readlink() == folder
    except OSError:
        return mark in _ps(pid, "command")


def read_number(path: Path) -> int | None:
    """The number on the first line of `path`; None where there is no such file or no such number."""
    try:
        first = path.read_text(encoding="utf-8").partition("\n")[0].strip()
    except (FileNotFoundError, UnicodeDecodeError):
        return None
    return int(first) if first.isascii() and first.isdigit() else None


def remembered_port(path: Path) -> int:
    """The port that `path` remembers, while it is free; else another free one, remembered from now on."""
    before = read_number(path)
    if before is not None and is_free(before):
        return before
    port = free_port()
    write_private(path, f"{port}\n")
    return port


def free_port() -> int:
    """A port that no connection is given by the system before a server listens on it, or while that one restarts."""
    return next(number for number in random.sample(PORTS, len(PORTS)) if is_free(number))


def is_free(port: int) -> bool:
    """Whether a server of ours could listen on `port` of 127.0.0.1 now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except (OSError, OverflowError):
            return False
    return True


def tail(path: Path) -> str:
    """The last line of a log, for a message."""
    try:
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    except FileNotFoundError:
        return "no log"
    return lines[-1] if lines else "an empty log"


def tethered(argv: Sequence[str]) -> list[str]:
    """A command that becomes `argv` under the same process id, and is killed when its parent ends."""
    if sys.platform != "linux":
        return list(argv)
    return [sys.executable, "-I", "-S", str(Path(__file__).with_name("tether.py")), str(os.getpid()), *argv]


def _ps(pid: int, field: str) -> str:
    found = subprocess.run(["ps", "-o", f"{field}=", "-p", str(pid)], capture_output=True, text=True, check=False)  # noqa: S603, S607 - a number
    return found.stdout.strip()
