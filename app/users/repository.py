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
from app.users.schemas import ActData, KeyData, ProfileOut, SessionData, SignInData

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


SESSIONS = """
SELECT id, transport, address, user_agent, created_at, refreshed_at, ended_at, operator_id FROM sessions
WHERE user_id = $1 ORDER BY created_at DESC
"""
SIGN_IN = """
SELECT (SELECT changed_at FROM credentials WHERE user_id = $1), (SELECT confirmed_at FROM totp_factors WHERE user_id = $1),
  (SELECT created_at FROM operators WHERE user_id = $1),
  (SELECT email FROM email_changes WHERE user_id = $1 ORDER BY created_at DESC LIMIT 1)
"""
KEYS = """
SELECT tenant_id, id, name, prefix, created_at FROM api_keys WHERE tenant_id = $1 AND created_by = $2 ORDER BY id
"""
ACTS = """
SELECT tenant_id, at, action, target, address, user_agent FROM audit_entries
WHERE tenant_id = $1 AND actor = $2 ORDER BY id DESC LIMIT 10000
"""
FORGET_INVITATIONS = "UPDATE invitations SET email = $3, updated_at = $4 WHERE tenant_id = $1 AND accepted_by = $2"
# In this order; what hangs on a session goes with it.
ERASE = (
    "DELETE FROM one_time_tokens WHERE subject_id = $1 OR subject_id IN (SELECT id FROM email_changes WHERE user_id = $1)",
    "DELETE FROM email_changes WHERE user_id = $1",
    "DELETE FROM recovery_codes WHERE user_id = $1",
    "DELETE FROM totp_factors WHERE user_id = $1",
    "DELETE FROM credentials WHERE user_id = $1",
    "DELETE FROM operators WHERE user_id = $1",
    "DELETE FROM sessions WHERE user_id = $1 OR operator_id = $1",
)
ERASE_REGISTRATIONS = "DELETE FROM registrations WHERE lower(email) = lower($1)"
PSEUDONYM = """
UPDATE users SET email = $2, name = 'Erased', picture = NULL, locale = 'en', time_zone = 'UTC', state = 'disabled',
  updated_at = $3, version = version + 1
WHERE id = $1
"""


def pseudonym(user_id: UUID) -> str:
    """What stands in the place of the address of somebody who was erased (RFC 2606: `invalid` never is a domain)."""
    return f"erased-{user_id}@invalid"


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


class PersonalDataRepository:
    """What is kept of a person beside the profile."""

    def __init__(self, uow: UnitOfWork) -> None:
        """`uow` is of the role, and bound to the tenant, that each method names."""
        self.uow = uow

    async def sessions(self, user_id: UUID) -> list[SessionData]:
        """All sessions; as the app role, bound to the person."""
        return [SessionData(*row) for row in await self.uow.connection.fetch(SESSIONS, user_id)]

    async def sign_in(self, user_id: UUID) -> SignInData:
        """What the person signs in with; as the identity role."""
        return SignInData(*await self.uow.connection.fetchrow(SIGN_IN, user_id))

    async def keys(self, user_id: UUID) -> list[KeyData]:
        """API keys of the bound tenant; as the app role."""
        return [KeyData(*row) for row in await self.uow.connection.fetch(KEYS, self.uow.tenant_id, user_id)]

    async def acts(self, user_id: UUID) -> list[ActData]:
        """What the bound tenant's log says the person did; as the app role."""
        rows = await self.uow.connection.fetch(ACTS, self.uow.tenant_id, f"user:{user_id}")
        return [ActData(*row) for row in rows]

    async def forget_invitations(self, user_id: UUID) -> None:
        """Take the address out of the invitations that the person accepted in the bound tenant; as the app role."""
        values = (self.uow.tenant_id, user_id, pseudonym(user_id), self.uow.clock.now())
        await self.uow.connection.execute(FORGET_INVITATIONS, *values)

    async def erase(self, user_id: UUID, email: str, now: datetime) -> None:
        """Remove everything that signs in, and leave a pseudonym; as the identity role."""
        for statement in ERASE:
            await self.uow.connection.execute(statement, user_id)
        await self.uow.connection.execute(ERASE_REGISTRATIONS, email)
        await self.uow.connection.execute(PSEUDONYM, user_id, pseudonym(user_id), now)
