"""Slugs: a tenant's name in headers and addresses."""

import re

SLUG_PATTERN = "^[a-z][a-z0-9]*(-[a-z0-9]+)*$"
SLUG_LENGTH = range(3, 41)
RESERVED = frozenset(
    {"admin", "api", "app", "atrium", "atrium-platform", "current", "operator", "platform", "root", "system", "www"}
)
"""Names that no tenant gets, so that none is mistaken for a part of the platform."""
_SLUG = re.compile(SLUG_PATTERN.removeprefix("^").removesuffix("$"), re.ASCII)


def is_slug(text: str) -> bool:
    """Whether a tenant can have that slug: lower-case words with single hyphens, 3-40 characters, not reserved."""
    return len(text) in SLUG_LENGTH and text not in RESERVED and _SLUG.fullmatch(text) is not None
