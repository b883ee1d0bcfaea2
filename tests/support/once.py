"""What would be made again and again by every process, client and request of the suite, made once."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

import httpx
import pytest

ABSENT = ("rfc3987_syntax", "sniffio")
"""jsonschema would compile 38 grammars of the first, 2 s, for a format that no document of ours has; httpx looks for the second
in every folder at every request."""


def compile_once() -> None:
    """Let this process and its children keep what they compile, whatever the environment says: they are many."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    sys.dont_write_bytecode = False
    for name in ABSENT:
        sys.modules.setdefault(name, None)  # type: ignore[arg-type]  # Python's own sign for a module that is not there


@contextmanager
def made_once() -> Iterator[None]:
    """While it lasts, every client verifies by one context: each would read the machine's certificates, which takes 30 ms."""
    patch = pytest.MonkeyPatch()
    patch.setattr("httpx._transports.default.create_ssl_context", cache(httpx.create_ssl_context))
    yield
    patch.undo()
