"""Runs tests on copies of the tree: as it is, and with one guard removed."""

import asyncio
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from app.config import ROOT
from tools.prove.guards import Guard, StaleError
from tools.prove.outcomes import FILE

Verdict = Literal["red", "SURVIVES", "BROKEN", "STALE", "UNPROVED"]
RUN_SECONDS = 600.0
PYTEST = ("-m", "pytest", "-p", "tools.prove.outcomes", "-p", "no:cacheprovider", "-n", "0", "-q", "--tb=line")
SHOWN = 2000


@dataclass(frozen=True, slots=True)
class Ends:
    """How the tests of one run ended, by their ids, and what the run said."""

    of: Mapping[str, str]
    output: str

    def named(self, test: str) -> dict[str, str]:
        """The ends of one test, of all its parameters, or of all tests of a class or file."""
        return {
            name: end for name, end in self.of.items() if name == test or name.startswith((f"{test}[", f"{test}::"))
        }


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one guard."""

    guard: Guard
    verdict: Verdict
    red: tuple[str, ...] = ()
    """The tests that failed by an assertion."""
    seconds: float = 0.0
    why: str = ""

    @property
    def holds(self) -> bool:
        """Whether its removal was noticed as it should be."""
        return self.verdict == "red"


class Prover:
    """Works on copies below `folder`; the tree itself is only read."""

    def __init__(self, folder: Path, root: Path = ROOT) -> None:
        """`root` is the tree: what git follows there, changes that are not committed included."""
        self._folder = folder
        self._sound = folder / "sound"
        self._root = root

    async def prove(self, guards: Sequence[Guard], *, at_once: int) -> list[Result]:
        """All guards, in their order, so many at a time: first that their tests are green, then that they go red."""
        tests = sorted({test for guard in guards for test in guard.tests})
        self._copy_sound()
        sound = await self._run(self._sound, tests)
        if set(sound.of.values()) != {"passed"}:
            sys.stderr.write(f"not all are green before:\n{sound.output[-SHOWN:]}\n")
        turn = asyncio.Semaphore(at_once)
        return list(await asyncio.gather(*(self._judge(guard, sound, turn) for guard in guards)))

    async def _judge(self, guard: Guard, sound: Ends, turn: asyncio.Semaphore) -> Result:
        if unproved := [test for test in guard.tests if set(sound.named(test).values()) != {"passed"}]:
            return Result(guard, "UNPROVED", why=f"not green before: {unproved}")
        async with turn:
            loop = asyncio.get_running_loop()
            began, tree = loop.time(), self._folder / guard.name
            shutil.copytree(
                self._sound, tree
            )  # of the copy, so that nobody who works on in the checkout changes what is tried
            try:
                guard.remove(tree)
            except StaleError as error:
                return Result(guard, "STALE", why=str(error))
            ends = await self._run(tree, guard.tests)
            shutil.rmtree(tree)
            result = judged(guard, ends, loop.time() - began)
            sys.stderr.write(f"{guard.name}: {result.verdict}, {result.seconds:.0f} s\n")
            return result

    def _copy_sound(self) -> None:
        for file in _followed(self._root):
            target = self._sound / file
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(self._root / file, target)

    async def _run(self, tree: Path, tests: Sequence[str]) -> Ends:
        found = self._folder / f"{tree.name}.json"
        environment = {**os.environ, FILE: str(found), "PYTHONPATH": str(tree)}
        environment.pop("PYTEST_ADDOPTS", None)
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *PYTEST,
            *tests,
            cwd=tree,
            env=environment,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            async with asyncio.timeout(RUN_SECONDS):
                output, _ = await process.communicate()
        except TimeoutError:
            process.send_signal(signal.SIGINT)  # pytest stops its servers then
            output, _ = await process.communicate()
        finally:
            with suppress(ProcessLookupError):
                process.kill()
        ends = json.loads(found.read_text(encoding="utf-8")) if found.exists() else {}
        return Ends(ends, output.decode(errors="replace"))


def judged(guard: Guard, ends: Ends, seconds: float) -> Result:
    """Red by an assertion of a named test, or not: a tree that cannot be imported proves nothing of its tests."""
    named = {name: end for test in guard.tests for name, end in ends.named(test).items()}
    red = tuple(name for name, end in named.items() if end in {"asserted", guard.by} - {""})
    if red:
        return Result(guard, "red", red, seconds)
    survives = bool(named) and set(named.values()) == {"passed"}
    why = f"{sorted(set(named.values()))}\n{ends.output[-SHOWN:]}"
    return Result(guard, "SURVIVES" if survives else "BROKEN", (), seconds, why)


def proving(guards: Sequence[Guard], *, at_once: int, root: Path = ROOT) -> list[Result]:
    """All results; nothing of the copies is left."""
    with tempfile.TemporaryDirectory(prefix="atrium-prove-") as folder:
        return asyncio.run(Prover(Path(folder), root).prove(guards, at_once=at_once))


def _followed(root: Path) -> list[str]:
    """Files that git follows, or would: what a checkout is made of."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=root, capture_output=True, check=True).stdout.decode()  # noqa: S603 - our own command
    return [name for name in listed.split("\0") if name and (root / name).is_file()]
