"""Identifiers: UUIDv7 for whatever leaves the system."""

import os
import time
from datetime import datetime
from functools import lru_cache
from uuid import UUID

PLATFORM_TENANT = UUID("00000000-0000-7000-8000-000000000001")
"""The fixed tenant that owns what happens outside any customer's tenant; it cannot be selected and has no members."""

LENGTH = 36
"""Characters of a UUID in canonical form: nothing longer is remembered."""
REMEMBERED = 4096
"""How many spelled ids a process keeps parsed."""
_VERSION = 7 << 76
_VARIANT = 2 << 62
_RANDOM_BITS = (1 << 62) - 1


def uuid7() -> UUID:
    """A time-ordered UUID (RFC 9562, version 7) with sub-millisecond order in the 12 bits after the milliseconds."""
    milliseconds, rest = divmod(time.time_ns(), 1_000_000)
    fraction = rest * 4096 // 1_000_000
    random = int.from_bytes(os.urandom(8)) & _RANDOM_BITS
    return UUID(int=milliseconds << 80 | _VERSION | fraction << 64 | _VARIANT | random)


def first_uuid7(at: datetime) -> UUID:
    """What no UUIDv7 of that time or a later one is below; for ranges of time-ordered ids."""
    return UUID(int=int(at.timestamp() * 1000) << 80)


def parse_uuid(text: str) -> UUID | None:
    """The UUID that `text` spells in canonical lower case, or None: no braces, no urn, no upper case."""
    return _parsed(text) if len(text) == LENGTH else None


@lru_cache(maxsize=REMEMBERED)
def _parsed(text: str) -> UUID | None:
    try:
        value = UUID(text)
    except ValueError:
        return None
    return value if str(value) == text else None
