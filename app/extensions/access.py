"""The rule that a view carries. `auth.permissions.access_control` writes it, the guarded route class demands it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

RULE_ATTRIBUTE = "__access_rule__"


class Entry(StrEnum):
    """Who may enter at all."""

    OPEN = "open"
    SIGNED_IN = "signed_in"
    PERMISSION = "permission"
    SUPERUSER = "superuser"


class RouteClass(StrEnum):
    """What a request weighs: each class has a window of its own."""

    READ = "read"
    WRITE = "write"
    HEAVY = "heavy"
    """Exports and whatever keeps a server busy for long."""
    AUTH = "auth"
    """What only a person may do, in their own hand: passwords, factors, sessions, keys, ownership, deletion."""


READING = frozenset({"GET", "HEAD"})


@dataclass(frozen=True, slots=True)
class AccessRule:
    """Frozen and shared by all requests: it holds nothing of any of them."""

    entry: Entry
    permission: str | None = None
    module: str | None = None
    check: Callable[..., Awaitable[bool]] | None = None
    optional_tenant: bool = False
    """A signed-in route that uses X-Tenant-ID where it is sent."""
    optional_person: bool = False
    """An open route that uses Authorization where it is sent; a bad one is refused then."""
    own_hand: bool = False
    """Only a person, in their own hand: neither an API key nor an operator who acts as somebody."""
    fresh: bool = False
    """The password was proved a short while ago."""
    secret: bool = False
    """The answer holds a secret: it is kept nowhere, for no retry."""
    if_match: bool = False
    """A verb that changes a versioned resource, so that it demands If-Match as PATCH, PUT and DELETE do of themselves."""
    stream: bool = False
    """The answer is read as it leaves, in units of its own after the request's has ended."""
    upload: bool = False
    """The body is a file, which the view reads as it arrives: it may be long, and is no JSON."""
    rate: RouteClass | None = None
    """What it weighs, where that does not follow from the method."""

    @property
    def needs_tenant(self) -> bool:
        """Whether X-Tenant-ID is required."""
        return self.entry is Entry.PERMISSION

    def weighs(self, method: str) -> RouteClass:
        """The class of a request of that method."""
        return self.rate or (RouteClass.READ if method in READING else RouteClass.WRITE)


def rule_of(endpoint: Callable[..., Any]) -> AccessRule | None:
    """The rule that a view carries, if it carries one."""
    rule = getattr(endpoint, RULE_ATTRIBUTE, None)
    return rule if isinstance(rule, AccessRule) else None
