"""Who may give which roles: nobody grants what they lack, and an owner's role is an owner's business."""

from collections.abc import Collection, Iterable

from app.auth.commons import Commons
from app.auth.judgement import refused_grant
from app.exceptions import FieldFault, ImpersonationRefused, ValidationFailed
from app.extensions.module import SystemRole
from app.tenants.repository import RoleRepository


async def judge_roles(commons: Commons, roles: Collection[str], *, held: Collection[str] = ()) -> None:
    """Judge that the caller gives these roles to somebody who holds `held`; the custom ones stay until the commit.

    Raises:
        ValidationFailed: a role that does not exist here.
        PermissionDenied: a role that is added holds what the caller lacks, or it is about the owner's.
    """
    custom = await RoleRepository(commons.uow).share(set(roles) - commons.book.roles.keys())
    known = {**custom, **commons.book.roles}
    unknown = [
        FieldFault("unknown_role", "is no role here", f"/roles/{n}")
        for n, role in enumerate(roles)
        if role not in known
    ]
    if unknown:
        raise ValidationFailed(errors=unknown)
    judge_owner(commons, {*roles, *held})
    judge_permissions(commons, (key for role in set(roles) - set(held) for key in known[role]))


def judge_owner(commons: Commons, roles: Collection[str]) -> None:
    """Only an owner gives or takes the role owner, or changes somebody who has it.

    Raises:
        PermissionDenied.
        ImpersonationRefused: an operator acts as an owner.
    """
    if SystemRole.OWNER in roles and commons.principal.operator_id is not None:
        raise ImpersonationRefused("Ownership is for the person alone.")
    if SystemRole.OWNER in roles and SystemRole.OWNER not in commons.roles:
        raise refused_grant("only an owner gives or takes the role owner", ["owner"])


def judge_permissions(commons: Commons, granted: Iterable[str]) -> None:
    """Whoever grants holds what is granted; what the catalogue does not know grants nothing.

    Raises:
        PermissionDenied.
    """
    missing = sorted(set(commons.book.known(granted)) - commons.permissions)
    if missing:
        raise refused_grant("nobody grants what they do not hold themselves", missing)
