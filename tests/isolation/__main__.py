"""`make isolation`: the proofs at length, 100,000 interleaved reads and a fuzzer's long walk among them, and what was tried, counted."""

import argparse
import os
import sys

from tests.isolation.amounts import EXAMPLES_NAME, READS_NAME

NO_LIMIT = ("-o", "faulthandler_timeout=0")
"""Of one test: hundred thousand reads take their time."""
SUITES = ("test_matrix", "test_doors", "test_canaries", "test_fuzz", "test_interleaved")


def main() -> None:
    """Becomes pytest, in one process, so that the counts are of one hand."""
    parser = argparse.ArgumentParser(prog="python -m tests.isolation", description=__doc__)
    parser.add_argument("--reads", type=int, default=100_000, help="interleaved reads, of both kinds of pool together")
    parser.add_argument("--examples", type=int, default=150, help="walks of the fuzzer, drawn anew each time")
    options = parser.parse_args()
    amounts = {READS_NAME: str(options.reads), EXAMPLES_NAME: str(options.examples)}
    suites = [f"tests/isolation/{suite}.py" for suite in SUITES]
    command = [sys.executable, "-m", "pytest", "-n", "0", *NO_LIMIT, *suites]
    os.execve(sys.executable, command, {**os.environ, **amounts})  # noqa: S606 - this very interpreter


if __name__ == "__main__":
    main()
