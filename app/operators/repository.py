"""Statements of operators, on the system role's connection."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.db.errors import mapped
from app.db.uow import UnitOfWork
from app.exceptions import PreconditionFailed
from app.operators.schemas import Impersonation
from app.tenants.exceptions import TenantSlugTaken
from app.tenants.schemas import TenantOut
from app.utils.ids import PLATFORM_TENANT

COLUMNS = "id, slug, name, state, plan, mfa_required, deletion_due_at, created_at, version"
ONE = f"SELECT {COLUMNS} FROM tenants WHERE id = $1 AND id <> $2"
BY_SLUG = f"SELECT {COLUMNS} FROM tenants WHERE slug = $1 AND id <> $2"
LOCKED = f"{ONE} FOR UPDATE"
DUE = f"""
SELECT {COLUMNS} FROM tenants WHERE deletion_due_at <= $1 AND id <> $2 ORDER BY deletion_due_at
"""
ADD = "INSERT INTO tenants (id, slug, name, plan, created_at, updated_at, version) VALUES ($1, $2, $3, $4, $5, $5, 1)"
ADD_OWNER = """
INSERT INTO memberships (tenant_id, user_id, roles, email, name, picture, joined_at, version)
SELECT $1, id, ARRAY['owner'], email, name, picture, $3, 1 FROM users WHERE id = $2
"""
SET = """
UPDATE tenants SET state = $3, plan = $4, deletion_due_at = $5, updated_at = $6, version = version + 1
WHERE id = $1 AND version = $2
"""
DROP = "DELETE FROM tenants WHERE id = $1"
PERSON = "SELECT id, email, name, state FROM users WHERE lower(email) = lower($1)"
PERSON_BY_ID = "SELECT id, email, name, state FROM users WHERE id = $1"
SET_PERSON = "UPDATE users SET state = $2, updated_at = $3, version = version + 1 WHERE id = $1 AND state <> $2"
END_SESSIONS = """
UPDATE sessions SET ended_at = $2 WHERE (user_id = $1 OR operator_id = $1) AND ended_at IS NULL
"""
# A person's memberships in all tenants, by the system role alone: a list of the test suite names this statement.
SET_MEMBERSHIPS = "UPDATE memberships SET state = $2, updated_at = $3, version = version + 1 WHERE user_id = $1"
MEMBER = "SELECT state FROM memberships WHERE tenant_id = $1 AND user_id = $2"
ADD_IMPERSONATION = """
INSERT INTO sessions (id, user_id, transport, address, user_agent, created_at, refreshed_at, authenticated_at,
  operator_id, bound_tenant_id, ends_at, reason)
VALUES ($1, $2, 'body', $3, $4, $5, $5, $5, $6, $7, $8, $9)
"""
END_IMPERSONATION = """
UPDATE sessions SET ended_at = $2 WHERE id = $1 AND operator_id IS NOT NULL AND ended_at IS NULL AND ends_at > $2
RETURNING id, operator_id, user_id, bound_tenant_id, reason, ends_at
"""


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """A person, in short."""

    id: UUID
    email: str
    name: str
    state: str


class OperatedTenants:
    """Tenants as wholes; the platform's own is none of them."""

    def __init__(self, uow: UnitOfWork) -> None:
        """`uow` is a unit of the system role."""
        self.uow = uow

    async def get(self, tenant_id: UUID, *, lock: bool = False) -> TenantOut | None:
        """One tenant; locked until the commit where asked, so that no row can come that names it."""
        row = await self.uow.connection.fetchrow(LOCKED if lock else ONE, tenant_id, PLATFORM_TENANT)
        return None if row is None else TenantOut(*row)

    async def by_slug(self, slug: str) -> TenantOut | None:
        """The tenant of that slug."""
        row = await self.uow.connection.fetchrow(BY_SLUG, slug, PLATFORM_TENANT)
        return None if row is None else TenantOut(*row)

    async def due(self, now: datetime) -> list[TenantOut]:
        """The tenants whose time of grace is over."""
        return [TenantOut(*row) for row in await self.uow.connection.fetch(DUE, now, PLATFORM_TENANT)]

    async def add(self, tenant_id: UUID, slug: str, name: str, plan: str, owner_id: UUID, now: datetime) -> None:
        """A new tenant with its first owner.

        Raises:
            TenantSlugTaken.
        """
        with mapped({"uq_tenants_slug": lambda: TenantSlugTaken(f"The slug {slug} is taken.")}):
            await self.uow.connection.execute(ADD, tenant_id, slug, name, plan, now)
        await self.uow.connection.execute(ADD_OWNER, tenant_id, owner_id, now)

    async def set(
        self, tenant: TenantOut, *, state: str, plan: str, deletion_due_at: datetime | None, now: datetime
    ) -> None:
        """Change what is an operator's to change.

        Raises:
            PreconditionFailed: the tenant is not of this version any more.
        """
        values = (tenant.id, tenant.version, state, plan, deletion_due_at, now)
        if await self.uow.connection.execute(SET, *values) != "UPDATE 1":
            raise PreconditionFailed("Somebody changed the tenant at the same moment; read it again.")

    async def drop(self, tenant_id: UUID) -> None:
        """Remove the tenant's own row; the database refuses while any row names it."""
        await self.uow.connection.execute(DROP, tenant_id)


class OperatedPeople:
    """People, and who acts as whom."""

    def __init__(self, uow: UnitOfWork) -> None:
        """`uow` is a unit of the system role; `end_sessions` works in one of the identity role too."""
        self.uow = uow

    async def by_email(self, email: str) -> KnownPerson | None:
        """Whose address it is."""
        row = await self.uow.connection.fetchrow(PERSON, email)
        return None if row is None else KnownPerson(*row)

    async def get(self, user_id: UUID) -> KnownPerson | None:
        """The person of that id."""
        row = await self.uow.connection.fetchrow(PERSON_BY_ID, user_id)
        return None if row is None else KnownPerson(*row)

    async def set_state(self, user_id: UUID, state: str, now: datetime) -> bool:
        """Disable or enable a person and the memberships with them; returns whether that changed anything."""
        tag = await self.uow.connection.execute(SET_PERSON, user_id, state, now)
        await self.uow.connection.execute(SET_MEMBERSHIPS, user_id, state, now)
        return str(tag) == "UPDATE 1"

    async def end_sessions(self, user_id: UUID, now: datetime) -> None:
        """End the person's sessions, and those in which they act as somebody."""
        await self.uow.connection.execute(END_SESSIONS, user_id, now)

    async def is_member(self, tenant_id: UUID, user_id: UUID) -> bool:
        """Whether the person is an active member there."""
        row = await self.uow.connection.fetchrow(MEMBER, tenant_id, user_id)
        return row is not None and str(row[0]) == "active"

    async def impersonate(self, item: Impersonation, address: str | None, agent: str | None, now: datetime) -> None:
        """Open the session."""
        values = (item.id, item.user_id, address, agent, now, item.operator_id, item.tenant_id, item.ends_at)
        await self.uow.connection.execute(ADD_IMPERSONATION, *values, item.reason)

    async def end_impersonation(self, key: UUID, now: datetime) -> Impersonation | None:
        """End it; None where there is none that goes on."""
        row = await self.uow.connection.fetchrow(END_IMPERSONATION, key, now)
        return None if row is None else Impersonation(*row)
