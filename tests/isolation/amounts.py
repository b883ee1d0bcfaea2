"""How much the proofs do: little in `make test`, much in `make isolation`; and what they have done, counted."""

import os
from collections import Counter

READS_NAME, EXAMPLES_NAME = "ATRIUM_TEST_READS", "ATRIUM_TEST_EXAMPLES"
READS = int(os.environ.get(READS_NAME, "1500"))
"""Interleaved reads, of both kinds of pool together."""
EXAMPLES = int(os.environ.get(EXAMPLES_NAME, "5"))
"""Walks of the fuzzer. The usual ones are the same in every run."""
IS_LONG = EXAMPLES_NAME in os.environ
DONE: Counter[str] = Counter()
"""What was tried, by name."""
