"""How long a run is: the short one of the suite by default, the long one of `make fuzz` by what it puts into the environment."""

import os
import secrets
import subprocess
import sys
from dataclasses import dataclass

from app.config import ROOT

VARIABLE = "ATRIUM_TEST_FUZZ"
"""`<seed>:<examples>`, set by `make fuzz`."""
SHORT_SEED, SHORT_EXAMPLES = 24, 2
LONG_EXAMPLES = 200
SUITES = ("tests/hostile", "tests/orders/test_books.py")
NO_LIMIT = ("-o", "faulthandler_timeout=0")
"""Of one test: a shop's long walk is one."""


@dataclass(frozen=True)
class Length:
    """A run: its seed, requests of each kind of data for every operation, and whether every case goes to every operation."""

    seed: int = SHORT_SEED
    examples: int = SHORT_EXAMPLES
    whole: bool = False


def length() -> Length:
    """This run's."""
    text = os.environ.get(VARIABLE, "")
    if not text:
        return Length()
    seed, examples = text.split(":")
    return Length(int(seed), int(examples), whole=True)


def fuzz(seed: str, examples: str, workers: str) -> int:
    """The long run; says how it is repeated. Returns pytest's exit status."""
    chosen = int(seed) if seed else secrets.randbelow(2**32)
    count = int(examples) if examples else LONG_EXAMPLES
    again = f"The same again: make fuzz SEED={chosen} EXAMPLES={count}\n"
    _say(f"Seed {chosen}, {count} examples of each kind. {again}")
    command = [sys.executable, "-m", "pytest", *NO_LIMIT, *SUITES, "-n", workers or "2"]
    status = subprocess.run(
        command, cwd=ROOT, check=False, env={**os.environ, VARIABLE: f"{chosen}:{count}"}
    ).returncode
    _say(again)
    return status


def _say(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()
