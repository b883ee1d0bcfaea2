"""Who may give which roles: nobody grants what they lack, and an owner's role is an owner's business."""

from collections.abc import Collection, Iterable
from uuid import UUID

from app.auth.commons import Commons
from app.auth.judgement import judge_hand, refused_grant
from app.db.uow import UnitOfWork
from app.exceptions import FieldFault, ValidationFailed
from app.extensions.module import SystemRole
from app.tenants.exceptions import TooManyTenants
from app.tenants.repository import RoleRepository, TenantRepository


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
    if SystemRole.OWNER not in roles:
        return
    judge_hand(commons.principal, "Ownership is for the person alone.")
    if SystemRole.OWNER not in commons.roles:
        raise refused_grant("only an owner gives or takes the role owner", ["owner"])


async def judge_heir(uow: UnitOfWork, user_id: UUID, allowed: int) -> None:
    """Judge that somebody becomes an owner; of several such acts about one person each waits for the commit before it.

    Raises:
        TooManyTenants: they own as many as are allowed.
    """
    if await TenantRepository(uow).count_owned(user_id) >= allowed:
        raise TooManyTenants(f"A person owns at most {allowed} tenants.")


def judge_permissions(commons: Commons, granted: Iterable[str]) -> None:
    """Whoever grants holds what is granted; what the catalogue does not know grants nothing.

    Raises:
        PermissionDenied.
    """
    missing = sorted(set(commons.book.known(granted)) - commons.permissions)
    if missing:
        raise refused_grant("nobody grants what they do not hold themselves", missing)
