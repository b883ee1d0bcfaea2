"""Promises of the supervisor, on real processes."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from app.embedded.processes import alive, read_number
from app.embedded.supervisor import Pace, Program, Supervisor
from tests.embedded.support import start_python, until

SLEEPER = "import time; print('up', flush=True); time.sleep(60)"
DEAF = """
import os, signal, subprocess, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
grandchild = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
open(sys.argv[1], "w").write(str(grandchild.pid) + "\\n")
time.sleep(60)
"""
SUPERVISE = """
import asyncio, sys
from pathlib import Path
from app.embedded.supervisor import Program, Supervisor
folder, code = Path(sys.argv[1]), sys.argv[2]
argv = [sys.executable, "-c", code, str(folder / "grandchild.pid")]
child = Program("deaf", argv, folder / "deaf.pid", grace=0.3)
async def main(): return await Supervisor([[child]]).run()
sys.exit(asyncio.run(main()))
"""
QUICK = Pace(first=0.01, longest=0.02, recycled=0.0)
Lines = list[tuple[str, str]]


def supervise(
    program: Program, lines: Lines, during: Callable[[Supervisor], None] | None = None, pace: Pace = QUICK
) -> int:
    async def run() -> int:
        supervisor = Supervisor([[program]], pace=pace, log=lambda name, line: lines.append((name, line)))
        running = asyncio.create_task(supervisor.run())
        if during is not None:
            await asyncio.to_thread(during, supervisor)
        return await running

    return asyncio.run(run())


def program(folder: Path, code: str, lines: Lines) -> Program:
    return Program(
        "child", [sys.executable, "-c", code], folder / "child.pid", log=lambda name, line: lines.append((name, line))
    )


class TestRestart:
    def test_restarts_what_was_killed_and_rewrites_its_pid_file(self, tmp_path: Path) -> None:
        """A killed child comes back under a new pid, which the pid file names, and the log says why it ended."""
        lines: Lines = []
        file = tmp_path / "child.pid"

        def kill(supervisor: Supervisor) -> None:
            until(lambda: ("child", "up") in lines, "the first life")
            first = read_number(file)
            assert first is not None
            os.kill(first, signal.SIGKILL)
            until(lambda: read_number(file) not in {None, first}, "a new pid in the file")
            supervisor.end()

        assert supervise(program(tmp_path, SLEEPER, lines), lines, kill) == 0
        assert any("ended by signal SIGKILL; starting again" in line for _, line in lines)
        assert not file.exists()

    def test_gives_up_after_ten_deaths(self, tmp_path: Path) -> None:
        """A child that dies ten times within a minute ends everything with code 1, each death with its reason."""
        lines: Lines = []
        assert supervise(program(tmp_path, "import sys; sys.exit(3)", lines), lines) == 1
        assert sum("ended by exit code 3" in line for _, line in lines) == 9
        assert any("ended 10 times" in line for _, line in lines)

    def test_recycled(self, tmp_path: Path) -> None:
        """What ends with code 0 in order to begin afresh does so at once, however often, and has not died by it."""
        lines: Lines = []
        worker = Program(
            "child",
            [sys.executable, "-c", "print('up', flush=True)"],
            tmp_path / "child.pid",
            log=lambda name, line: lines.append((name, line)),
            recycles=True,
        )

        def wait(supervisor: Supervisor) -> None:
            until(lambda: lines.count(("child", "was recycled; starting again")) > QUICK.deaths, "many lives")
            supervisor.end()

        assert supervise(worker, lines, wait) == 0
        assert not any("ended" in line for _, line in lines)

    def test_recycled_too_soon(self, tmp_path: Path) -> None:
        """What ends with code 0 before it got to work has died."""
        lines: Lines = []
        worker = Program(
            "child", ["/bin/true"], tmp_path / "child.pid", log=lambda *line: lines.append(line), recycles=True
        )
        patient = Pace(first=0.01, longest=0.02, recycled=60.0)
        assert supervise(worker, lines, pace=patient) == 1
        assert any("ended 10 times" in line for _, line in lines)

    def test_a_command_that_cannot_run_counts_as_a_death(self, tmp_path: Path) -> None:
        """A command that does not exist ends everything with code 1 too."""
        lines: Lines = []
        absent = Program(
            "child", [str(tmp_path / "absent")], tmp_path / "child.pid", log=lambda *line: lines.append(line)
        )
        assert supervise(absent, lines) == 1

    def test_puts_the_name_before_every_line(self, tmp_path: Path) -> None:
        """Long lines, lines without an end and bytes that are no text all arrive under the child's name."""
        lines: Lines = []
        code = "import os; os.write(1, b'one\\ntwo \\xff\\n' + b'x' * 100_000 + b'\\nlast')"
        supervise(program(tmp_path, code, lines), lines)
        until(lambda: ("child", "last") in lines, "the last line")
        assert ("child", "one") in lines
        assert ("child", "two \N{REPLACEMENT CHARACTER}") in lines


class TestEnd:
    @pytest.fixture
    def running(self, tmp_path: Path) -> subprocess.Popen[str]:
        running = start_python(SUPERVISE, str(tmp_path), DEAF)
        until(lambda: read_number(tmp_path / "grandchild.pid") is not None, "the grandchild")
        return running

    @pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
    def test_a_signal_leaves_no_process(
        self, running: subprocess.Popen[str], tmp_path: Path, number: signal.Signals
    ) -> None:
        """Even a child that is deaf to TERM, and its own child, are gone in less than five seconds, with code 0."""
        child, grandchild = read_number(tmp_path / "deaf.pid"), read_number(tmp_path / "grandchild.pid")
        began = time.monotonic()
        running.send_signal(number)
        running.communicate(timeout=10)
        assert running.returncode == 0
        assert time.monotonic() - began < 5
        assert child is not None
        assert grandchild is not None
        assert not alive(child)
        until(lambda: not alive(grandchild), "the end of the grandchild")
        assert not (tmp_path / "deaf.pid").exists()

    @pytest.mark.skipif(sys.platform != "linux", reason="only Linux can tie a child to its parent")
    def test_children_die_with_a_killed_supervisor(self, running: subprocess.Popen[str], tmp_path: Path) -> None:
        """kill -9 of the supervisor kills its children."""
        child, grandchild = read_number(tmp_path / "deaf.pid"), read_number(tmp_path / "grandchild.pid")
        assert child is not None
        assert grandchild is not None
        running.kill()
        until(lambda: not alive(child), "the end of the child")
        os.kill(grandchild, signal.SIGKILL)
        running.communicate(timeout=10)
