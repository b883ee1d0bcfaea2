"""Statements on tenants and memberships."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Uuid, bindparam, select

from app.db.errors import mapped
from app.db.listing import Listing, among, at_least, below, contains, holds
from app.db.query import Query, version_since
from app.db.seen import as_seen_by
from app.db.turns import hold_turn
from app.db.uow import UnitOfWork
from app.exceptions import PreconditionFailed
from app.extensions.pagination import CursorCodec
from app.tenants.exceptions import TenantSlugTaken
from app.tenants.models import Membership, Tenant
from app.tenants.repository.slugs import keep_alias, take_slug
from app.tenants.schemas import MemberOut, MemberQuery, MyTenantQuery, TenantOut
from app.utils.schemas import Page

_tenant = bindparam("tenant_id", type_=Uuid)
_columns = (
    Tenant.id,
    Tenant.slug,
    Tenant.name,
    Tenant.state,
    Tenant.plan,
    Tenant.mfa_required,
    Tenant.deletion_due_at,
    Tenant.created_at,
    Tenant.version,
)
_member = (
    Membership.user_id,
    Membership.email,
    Membership.name,
    Membership.picture,
    Membership.roles,
    Membership.state,
    Membership.joined_at,
    version_since(Membership.joined_at, Membership.version),
)
_current = select(*_columns).where(Tenant.id == _tenant)
CURRENT: Query[TenantOut] = Query(_current, TenantOut)
CURRENT_LOCKED: Query[TenantOut] = Query(_current.with_for_update(key_share=True), TenantOut)
_only = bindparam("only", type_=Uuid)
MINE: Listing[TenantOut] = Listing(
    "tenants",
    TenantOut,
    select(*_columns)
    .join(Membership, Membership.tenant_id == Tenant.id)
    # Under impersonation the one tenant, and no other.
    .where(Membership.user_id == bindparam("user_id", type_=Uuid), _only.is_(None) | (Tenant.id == _only)),
    MyTenantQuery,
    key={"id": Tenant.id},
    sorts={"name": Tenant.name, "created_at": Tenant.created_at},
    order="id",
    filters={"q": contains(Tenant.name, Tenant.slug)},
    across_tenants="the caller's own tenants, by the policy on memberships.user_id",
)
MINE_ONE: Query[TenantOut] = Query(
    select(*_columns)
    .join(Membership, Membership.tenant_id == Tenant.id)
    .where(Membership.user_id == bindparam("user_id", type_=Uuid), Tenant.id == bindparam("id", type_=Uuid)),
    TenantOut,
    across_tenants="the caller's own tenants, by the policy on memberships.user_id",
)
MEMBERS: Listing[MemberOut] = Listing(
    "members",
    MemberOut,
    select(*_member).where(Membership.tenant_id == _tenant),
    MemberQuery,
    key={"user_id": Membership.user_id},
    sorts={"name": Membership.name, "email": Membership.email, "joined_at": Membership.joined_at},
    order="user_id",
    filters={
        "state": among(Membership.state),
        "role": holds(Membership.roles),
        "q": contains(Membership.name, Membership.email),
        "joined_since": at_least(Membership.joined_at),
        "joined_before": below(Membership.joined_at),
    },
)
_one_member = select(*_member).where(
    Membership.tenant_id == _tenant, Membership.user_id == bindparam("user_id", type_=Uuid)
)
MEMBER: Query[MemberOut] = Query(_one_member, MemberOut)
MEMBER_LOCKED: Query[MemberOut] = Query(_one_member.with_for_update(key_share=True), MemberOut)
MFA_REQUIRED = "SELECT mfa_required FROM tenants WHERE id = $1"
OWNED = "SELECT count(*) FROM memberships WHERE user_id = $1 AND 'owner' = ANY(roles)"
ADD_TENANT = "INSERT INTO tenants (id, slug, name, version) VALUES ($1, $2, $3, 1)"
ADD_OWNER = """
INSERT INTO memberships (tenant_id, user_id, roles, email, name, picture, version)
SELECT $1, id, ARRAY['owner'], email, name, picture, 1 FROM users WHERE id = $2
"""
SET_TENANT = """
UPDATE tenants SET slug = $3, name = $4, mfa_required = $5, deletion_due_at = $6, updated_at = $7, version = version + 1
WHERE id = $1 AND version = $2
"""
# Whoever wants to take an owner away locks all owners first: two at once cannot both see the other one.
LOCK_OWNERS = (
    "SELECT user_id, state FROM memberships WHERE tenant_id = $1 AND 'owner' = ANY(roles) ORDER BY user_id FOR UPDATE"
)
SET_ROLES = """
UPDATE memberships SET roles = $3, version = version + 1, updated_at = now()
WHERE tenant_id = $1 AND user_id = $2 AND (extract(epoch FROM joined_at) * 1000000)::bigint + version = $4
"""
REMOVE = "DELETE FROM memberships WHERE tenant_id = $1 AND user_id = $2"


class TenantRepository:
    """Tenants and who belongs to them."""

    def __init__(self, uow: UnitOfWork) -> None:
        """`uow` is bound to the person, and for members to the tenant."""
        self.uow = uow

    async def current(self, *, lock: bool = False) -> TenantOut | None:
        """The bound tenant; locked until the commit where asked."""
        return await (CURRENT_LOCKED if lock else CURRENT).first(self.uow)

    async def mfa_required(self) -> bool:
        """Whether the bound tenant demands a second factor of its members."""
        row = await self.uow.connection.fetchrow(MFA_REQUIRED, self.uow.tenant_id)
        return bool(row and row[0])

    async def mine(
        self, query: MyTenantQuery, cursors: CursorCodec, user_id: UUID, only: UUID | None
    ) -> Page[TenantOut]:
        """The person's tenants; with `only` that one of them."""
        return await MINE.page(
            self.uow, cursors, query, scope=(str(user_id), only), fixed={"user_id": user_id, "only": only}
        )

    async def mine_one(self, user_id: UUID, tenant_id: UUID) -> TenantOut | None:
        """One of the person's tenants."""
        return await MINE_ONE.first(self.uow, user_id=user_id, id=tenant_id)

    async def count_owned(self, user_id: UUID) -> int:
        """How many tenants a person owns, who need not be the caller; until the commit nobody else counts them."""
        async with as_seen_by(self.uow, user_id):
            # Whatever makes one person an owner waits for one another, so that two at once cannot pass the limit together.
            await hold_turn(self.uow.connection, str(user_id))
            row = await self.uow.connection.fetchrow(OWNED, user_id)
        return int(row[0])

    async def add(self, tenant_id: UUID, slug: str, name: str, owner_id: UUID) -> None:
        """Create the tenant, to which the unit of work is bound already, and its first owner.

        Raises:
            TenantSlugTaken.
        """
        await take_slug(self.uow, slug, tenant_id, self.uow.clock.now())
        with mapped({"uq_tenants_slug": lambda: TenantSlugTaken(f"The slug {slug} is taken.")}):
            await self.uow.connection.execute(ADD_TENANT, tenant_id, slug, name)
        await self.uow.connection.execute(ADD_OWNER, tenant_id, owner_id)

    async def change(self, old: TenantOut, new: TenantOut, now: datetime, alias_until: datetime) -> None:
        """Write what `new` says; the tenant goes on answering to a slug that it gives up, until then.

        Raises:
            TenantSlugTaken: another tenant has the slug, or still answers to it.
            TooManySlugs: the tenant answers to as many earlier ones as it may.
            PreconditionFailed: the tenant is not of the old one's version any more.
        """
        if new.slug != old.slug:
            await take_slug(self.uow, new.slug, old.id, now, leaving=old.slug)
        values = (old.id, old.version, new.slug, new.name, new.mfa_required, new.deletion_due_at, now)
        with mapped({"uq_tenants_slug": lambda: TenantSlugTaken(f"The slug {new.slug} is taken.")}):
            if await self.uow.connection.execute(SET_TENANT, *values) != "UPDATE 1":
                raise PreconditionFailed("Somebody changed the tenant at the same moment; read it again.")
        if new.slug != old.slug:
            await keep_alias(self.uow, old.slug, new.slug, old.id, now, alias_until)

    async def members(self, query: MemberQuery, cursors: CursorCodec) -> Page[MemberOut]:
        """The tenant's members."""
        return await MEMBERS.page(self.uow, cursors, query)

    async def member(self, user_id: UUID, *, lock: bool = False) -> MemberOut | None:
        """One member; locked until the commit where asked."""
        return await (MEMBER_LOCKED if lock else MEMBER).first(self.uow, user_id=user_id)

    async def lock_owners(self) -> set[UUID]:
        """The tenant's owners who are active, all owners being locked until the commit."""
        rows = await self.uow.connection.fetch(LOCK_OWNERS, self.uow.tenant_id)
        return {row[0] for row in rows if row[1] == "active"}

    async def set_roles(self, user_id: UUID, roles: list[str], *, version: int) -> None:
        """Give a member, whose shown version is this one, other roles.

        Raises:
            PreconditionFailed: the membership is not of this version any more.
        """
        tag = await self.uow.connection.execute(SET_ROLES, self.uow.tenant_id, user_id, roles, version)
        if tag != "UPDATE 1":
            raise PreconditionFailed("Somebody changed the member at the same moment; read it again.")

    async def remove(self, user_id: UUID) -> None:
        """End a membership."""
        await self.uow.connection.execute(REMOVE, self.uow.tenant_id, user_id)
