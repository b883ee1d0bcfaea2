"""access_control: the rule of a view, under its verb decorator."""

import functools
import inspect
from collections.abc import Awaitable, Callable, Mapping
from enum import StrEnum
from typing import Any, ParamSpec, TypeVar

from app.auth.commons import Commons
from app.exceptions import PermissionDenied, Unauthenticated
from app.extensions.access import RULE_ATTRIBUTE, AccessRule, Entry, RouteClass

P = ParamSpec("P")
R = TypeVar("R")
Check = Callable[..., Awaitable[bool]]
View = Callable[P, Awaitable[R]]

OBJECT_REFUSED = {"allowed": False, "rule": "object", "reason": "the object's own rule", "missing": []}


def access_control(
    *,
    open: bool = False,  # noqa: A002 - the word of the domain, keyword-only
    signed_in: bool = False,
    permission: StrEnum | None = None,
    superuser: bool = False,
    module: str | None = None,
    check: Check | None = None,
    optional_tenant: bool = False,
    optional_person: bool = False,
    own_hand: bool = False,
    fresh: bool = False,
    secret: bool = False,
    if_match: bool = False,
    stream: bool = False,
    upload: bool = False,
    rate: RouteClass | None = None,
) -> Callable[[View[P, R]], View[P, R]]:
    """Give a view its rule: exactly one of `open`, `signed_in`, `permission` and `superuser`.

    `module` demands that the tenant's plan includes it; `check(commons, **arguments)` judges the object; `optional_tenant`
    lets a signed-in route use X-Tenant-ID where it is sent, `optional_person` an open one Authorization. `own_hand` refuses
    API keys and operators who act as somebody; `fresh` does too, and demands that the password was proved within
    `auth.fresh_seconds` (step-up). `secret`: the answer is shown once, and no retry is given it again. `if_match`: a POST
    that changes a versioned resource. `stream`, `upload`: answer or body are read as they go. `rate`: what a request weighs,
    where its method does not say it. The guarded route class judges all but the object rule; without it a view refuses.

    Raises:
        TypeError: at import, for a rule that contradicts itself or a view that is no coroutine.
    """
    chosen = _entry({
        Entry.OPEN: open,
        Entry.SIGNED_IN: signed_in,
        Entry.PERMISSION: permission is not None,
        Entry.SUPERUSER: superuser,
    })  # fmt: skip
    if module is not None and permission is None:
        raise TypeError("a module is judged by the tenant's plan: it goes with a permission")
    if (optional_tenant and not signed_in) or (optional_person and not open):
        raise TypeError("optional_tenant goes with signed_in, and optional_person with open")
    if (open and (own_hand or fresh)) or (upload and not open):
        raise TypeError("an open route knows no person: own_hand and fresh go with the others, upload with open alone")
    rule = AccessRule(
        chosen, permission=None if permission is None else str(permission), module=module, check=check,
        optional_tenant=optional_tenant, optional_person=optional_person,
        own_hand=own_hand or fresh, fresh=fresh, secret=secret, if_match=if_match, stream=stream, upload=upload,
        rate=rate or _own_weight(own_hand or fresh),
    )  # fmt: skip
    return lambda view: _guard(view, rule)


def _own_weight(own_hand: bool) -> RouteClass | None:
    """What is done in one's own hand has a window of its own; for the rest the method says what it weighs."""
    return RouteClass.AUTH if own_hand else None


def _entry(wanted: Mapping[Entry, bool]) -> Entry:
    """The one way in that is asked for."""
    chosen = [entry for entry, yes in wanted.items() if yes]
    if len(chosen) != 1:
        raise TypeError("access_control takes exactly one of open, signed_in, permission and superuser")
    return chosen[0]


def _guard(view: View[P, R], rule: AccessRule) -> View[P, R]:
    """The view behind its object rule; it fails closed where the guarded route class has not judged the static one."""
    if not inspect.iscoroutinefunction(view):
        raise TypeError(f"{view.__qualname__}: a view is a coroutine (async def), and the verb decorator goes above")

    @functools.wraps(view)
    async def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
        commons: Any = getattr(args[0], "commons", None) if args else None
        if not isinstance(commons, Commons) or commons.rule is not rule:
            raise Unauthenticated("The access rule was not judged.")
        if rule.check is not None and not await rule.check(commons, **kwargs):
            raise PermissionDenied(extra={"decision": OBJECT_REFUSED})
        return await view(*args, **kwargs)

    setattr(guarded, RULE_ATTRIBUTE, rule)
    return guarded
