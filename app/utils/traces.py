"""W3C Trace Context, level 1: `traceparent` read, begun and continued. Pure text; nothing here knows of requests."""

import os
import re
from uuid import UUID

# Any version but ff, which is none; a later one may say more behind a dash, which is not ours to pass on.
FORM = re.compile(r"(?!ff)([0-9a-f]{2})-((?!0{32})[0-9a-f]{32})-((?!0{16})[0-9a-f]{16})-([0-9a-f]{2})(-.*)?")
SAMPLED = 1
LONGEST = 512
"""Characters of a header that are looked at: what is longer is no trace of anybody's."""


def parse(text: str) -> str | None:
    """The `traceparent` that `text` is, as version 00; None where it is none, and a new trace is to be begun.

    Of the flags only the one that version 00 knows is passed on.
    """
    found = FORM.fullmatch(text) if len(text) <= LONGEST else None
    if found is None:
        return None
    version, trace, parent, flags, more = found.groups()
    if more is not None and version == "00":
        return None
    return f"00-{trace}-{parent}-{int(flags, 16) & SAMPLED:02x}"


def begin(request_id: UUID) -> str:
    """A new trace, whose id is the request's: whoever has the one finds the other."""
    return f"00-{request_id.hex}-{_span()}-{SAMPLED:02x}"


def child(traceparent: str) -> str:
    """The same trace one step on, with a new parent; `traceparent` is what `parse`, `begin` or this function made."""
    return f"{traceparent[:36]}{_span()}{traceparent[52:]}"


def trace_id(traceparent: str) -> str:
    """The 32 digits of the trace."""
    return traceparent[3:35]


def _span() -> str:
    while not any(span := os.urandom(8)):
        pass  # all zeros are no span
    return span.hex()
