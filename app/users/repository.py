"""Statements on persons."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
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


UPDATE = """
UPDATE users SET name = coalesce($2, name), picture = CASE WHEN $3 THEN $4 ELSE picture END, locale = coalesce($5, locale),
  time_zone = coalesce($6, time_zone), updated_at = $7, version = version + 1
WHERE id = $1
"""
# The row is locked first: the statement behind it then sees the person's row as the last commit left it, so that of two who
# mirror at once the later one never writes what is older.
LOCK = "SELECT 1 FROM memberships WHERE tenant_id = $1 AND user_id = $2 FOR UPDATE"
MIRROR = """
UPDATE memberships AS m SET email = u.email, name = u.name, picture = u.picture, updated_at = $3, version = m.version + 1
FROM users AS u
WHERE m.tenant_id = $1 AND m.user_id = $2 AND u.id = m.user_id
  AND (m.email, m.name, m.picture) IS DISTINCT FROM (u.email, u.name, u.picture)
"""


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

    async def update(self, user_id: UUID, changes: Mapping[str, str | None], now: datetime) -> None:
        """Change what is named; what is not stays."""
        await self.uow.connection.execute(
            UPDATE,
            user_id,
            changes.get("name"),
            "picture" in changes,
            changes.get("picture"),
            changes.get("locale"),
            changes.get("time_zone"),
            now,
        )

    async def mirror(self, user_id: UUID) -> None:
        """Let the membership in the bound tenant say of the person what their own row says."""
        await self.uow.connection.fetchrow(LOCK, self.uow.tenant_id, user_id)
        await self.uow.connection.execute(MIRROR, self.uow.tenant_id, user_id, self.uow.clock.now())
