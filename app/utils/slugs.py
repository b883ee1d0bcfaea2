"""Slugs: a tenant's name in headers and addresses."""

import re

SLUG_PATTERN = "^[a-z][a-z0-9]*(-[a-z0-9]+)*$"
SLUG_LENGTH = range(3, 41)
_SLUG = re.compile(SLUG_PATTERN.removeprefix("^").removesuffix("$"), re.ASCII)


def is_slug(text: str) -> bool:
    """Whether the text is a slug: lower-case words with single hyphens, 3-40 characters."""
    return len(text) in SLUG_LENGTH and _SLUG.fullmatch(text) is not None
