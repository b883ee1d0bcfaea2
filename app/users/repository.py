"""Statements on persons."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Uuid, bindparam, false, select

from app.db.query import Query
from app.db.uow import UnitOfWork
from app.tenants.models import Membership, Tenant
from app.users.models import User
from app.users.schemas import ProfileOut

_user = bindparam("user_id", type_=Uuid)


@dataclass(slots=True)
class MyMembership:
    """A membership with its tenant."""

    id: UUID
    slug: str
    name: str
    state: str
    roles: list[str]


# The app role reads no factors: whoever shows the profile asks the directory for `mfa_enabled`.
PROFILE: Query[ProfileOut] = Query(
    select(
        User.id, User.email, User.name, User.picture, User.locale, User.time_zone, false().label("mfa_enabled")
    ).where(User.id == _user),
    ProfileOut,
)
MEMBERSHIPS: Query[MyMembership] = Query(
    select(Tenant.id, Tenant.slug, Tenant.name, Tenant.state, Membership.roles)
    .join(Membership, Membership.tenant_id == Tenant.id)
    .where(Membership.user_id == _user)
    .order_by(Tenant.slug),
    MyMembership,
    across_tenants="the caller's own tenants, by the policy on memberships.user_id",
)


class UserRepository:
    """The person of the bound user."""

    def __init__(self, uow: UnitOfWork) -> None:
        """`uow` is bound to the person."""
        self.uow = uow

    async def profile(self, user_id: UUID) -> ProfileOut | None:
        """The person."""
        return await PROFILE.first(self.uow, user_id=user_id)

    async def memberships(self, user_id: UUID) -> list[MyMembership]:
        """The person's memberships."""
        return await MEMBERSHIPS.all(self.uow, user_id=user_id)
