"""Persons, tenants and memberships as sign-in and access control see them: the implementation of auth's Directory."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    DateTime,
    String,
    Uuid,
    and_,
    any_,
    bindparam,
    exists,
    func,
    join,
    literal_column,
    select,
    true,
)
from sqlalchemy.dialects.postgresql import ARRAY, array

from app.auth.interfaces import KeyStanding, Marks, Person, Standing, TenantChoice
from app.auth.models import ApiKey, Credential, Operator, SignInSession, TotpFactor
from app.db.query import Query
from app.db.uow import UnitOfWork
from app.tenants.models import CustomRole, Membership, SlugAlias, Tenant
from app.users.models import User


@dataclass(slots=True)
class _Key:
    id: UUID


@dataclass(slots=True)
class _Role:
    key: str


MAX_ROLES = 100
_ACTIVE: ColumnElement[str] = literal_column("'active'")
_tenant = bindparam("tenant_id", type_=Uuid)
_user = bindparam("user_id", type_=Uuid)

# The session and the person are read in a part of their own: a local table is never joined with a tenant's (Citus plans the
# part alone), and everything is known after one round trip.
_alive = (
    select(
        SignInSession.ended_at,
        SignInSession.ends_at,
        SignInSession.authenticated_at,
        SignInSession.mfa_at,
        SignInSession.operator_id,
        SignInSession.bound_tenant_id,
        User.state,
        User.email,
    )
    .join(User, User.id == SignInSession.user_id)
    .where(SignInSession.id == bindparam("session_id", type_=Uuid), SignInSession.user_id == _user)
    .cte("alive")
)
# Of the custom roles among a membership's; with system roles alone it finds nothing, by the primary key.
_unnested = func.unnest(CustomRole.permissions).table_valued("permission").render_derived(name="unnested")
_granted = (
    select(func.array_agg(_unnested.c.permission, type_=ARRAY(String)))
    .select_from(join(CustomRole, _unnested, true()))
    .where(CustomRole.tenant_id == _tenant, CustomRole.key == any_(Membership.roles))
    .correlate(Membership)
    .scalar_subquery()
)
STANDING: Query[Standing] = Query(
    select(
        _alive.c.ended_at.label("ended_at"),
        _alive.c.ends_at.label("ends_at"),
        _alive.c.authenticated_at.label("authenticated_at"),
        _alive.c.mfa_at.label("mfa_at"),
        _alive.c.operator_id.label("operator_id"),
        _alive.c.bound_tenant_id.label("bound_tenant_id"),
        _alive.c.state.label("user_state"),
        _alive.c.email.label("email"),
        Tenant.id.label("tenant_id"),
        Tenant.slug.label("slug"),
        Tenant.name.label("tenant_name"),
        Tenant.state.label("tenant_state"),
        Tenant.plan.label("plan"),
        Tenant.mfa_required.label("mfa_required"),
        Membership.roles.label("roles"),
        _granted.label("granted"),
    )
    .select_from(_alive)
    .outerjoin(Tenant, Tenant.id == _tenant)
    .outerjoin(
        Membership,
        and_(Membership.tenant_id == _tenant, Membership.user_id == _user, Membership.state == _ACTIVE),
    ),
    Standing,
)
KEY_STANDING: Query[KeyStanding] = Query(
    select(
        ApiKey.secret_hash,
        ApiKey.previous_hash,
        ApiKey.previous_until,
        ApiKey.expires_at,
        ApiKey.revoked_at,
        ApiKey.scopes,
        ApiKey.created_by,
        Tenant.id.label("tenant_id"),
        Tenant.slug,
        Tenant.name.label("tenant_name"),
        Tenant.state.label("tenant_state"),
        Tenant.plan,
        Membership.roles.label("roles"),
        _granted.label("granted"),
    )
    .join(Tenant, Tenant.id == ApiKey.tenant_id)
    .outerjoin(
        Membership,
        and_(Membership.tenant_id == _tenant, Membership.user_id == ApiKey.created_by, Membership.state == _ACTIVE),
    )
    .where(ApiKey.tenant_id == _tenant, ApiKey.id == bindparam("key_id", type_=Uuid)),
    KeyStanding,
)
TENANT_BY_SLUG: Query[_Key] = Query(select(Tenant.id).where(Tenant.slug == bindparam("slug")), _Key)
# Asked only where no tenant has the slug; whoever takes a slug has seen that it is nobody's living alias.
TENANT_BY_ALIAS: Query[_Key] = Query(
    select(SlugAlias.owner_id.label("id")).where(
        SlugAlias.slug == bindparam("slug"), SlugAlias.expires_at > bindparam("now", type_=DateTime(timezone=True))
    ),
    _Key,
)
CHOICES: Query[TenantChoice] = Query(
    select(Tenant.id, Tenant.slug, Tenant.name)
    .join(Membership, Membership.tenant_id == Tenant.id)
    .where(Membership.user_id == _user)
    .order_by(Tenant.slug),
    TenantChoice,
    across_tenants="the caller's own tenants, by the policy on memberships.user_id",
)
ROLES_WITH: Query[_Role] = Query(
    select(CustomRole.key)
    .where(
        CustomRole.tenant_id == _tenant,
        CustomRole.permissions.contains(bindparam("permissions", type_=ARRAY(String))),
    )
    .order_by(CustomRole.key)
    .limit(MAX_ROLES),
    _Role,
)
OWNER_OF: Query[_Key] = Query(
    select(Membership.user_id.label("id"))
    .where(Membership.tenant_id == _tenant, Membership.state == _ACTIVE, Membership.roles.contains(array(["owner"])))
    .order_by(Membership.joined_at, Membership.user_id)
    .limit(1),
    _Key,
)
PERSON: Query[Person] = Query(
    select(
        User.id.label("user_id"),
        User.state,
        Credential.password_hash,
        exists()
        .where(
            SignInSession.user_id == User.id,
            SignInSession.address == bindparam("address", type_=String),
            SignInSession.operator_id.is_(None),
        )
        .label("known_here"),
        exists().where(TotpFactor.user_id == User.id, TotpFactor.confirmed_at.is_not(None)).label("mfa_enabled"),
    )
    .join(Credential, Credential.user_id == User.id)
    .where(func.lower(User.email) == bindparam("email")),
    Person,
)
OPERATOR: Query[_Key] = Query(
    select(Operator.user_id.label("id"))
    .join(User, User.id == Operator.user_id)
    .where(Operator.user_id == _user, User.state == _ACTIVE),
    _Key,
)
MARKS: Query[Marks] = Query(
    select(
        exists().where(Operator.user_id == _user).label("operator"),
        exists().where(TotpFactor.user_id == _user, TotpFactor.confirmed_at.is_not(None)).label("mfa_enabled"),
    ),
    Marks,
)


class UserDirectory:
    """Reads what access control needs."""

    async def standing(self, uow: UnitOfWork, *, user_id: UUID, session_id: UUID) -> Standing | None:
        """The caller's standing in the bound tenant; None where there is no such session."""
        return await STANDING.first(uow, user_id=user_id, session_id=session_id)

    async def key_standing(self, uow: UnitOfWork, key_id: UUID) -> KeyStanding | None:
        """The standing of an API key of the bound tenant; None where there is no such key."""
        return await KEY_STANDING.first(uow, key_id=key_id)

    async def tenant_by_slug(self, uow: UnitOfWork, slug: str) -> UUID | None:
        """The id of the tenant that has the slug, or still answers to it; or None."""
        found = await TENANT_BY_SLUG.first(uow, slug=slug)
        if found is None:
            found = await TENANT_BY_ALIAS.first(uow, slug=slug, now=uow.clock.now())
        return None if found is None else found.id

    async def choices(self, uow: UnitOfWork) -> Sequence[TenantChoice]:
        """The tenants that the bound user is a member of."""
        return await CHOICES.all(uow, user_id=uow.user_id)

    async def roles_with(self, uow: UnitOfWork, permissions: Sequence[str]) -> list[str]:
        """The bound tenant's own roles that hold all of the permissions, by key; at most a hundred."""
        return [row.key for row in await ROLES_WITH.all(uow, permissions=list(permissions))]

    async def person_by_email(self, uow: UnitOfWork, email: str, address: str) -> Person | None:
        """Who signs in with that address, given in lower case, and whether they did so from the network address before."""
        return await PERSON.first(uow, email=email, address=address)

    async def owner_of(self, uow: UnitOfWork) -> UUID | None:
        """Who owns the bound tenant: of several owners the one who has been there longest."""
        found = await OWNER_OF.first(uow)
        return None if found is None else found.id

    async def is_operator(self, uow: UnitOfWork, user_id: UUID) -> bool:
        """Whether the person is of the platform's staff, and not disabled."""
        return await OPERATOR.first(uow, user_id=user_id) is not None

    async def marks(self, uow: UnitOfWork, user_id: UUID) -> Marks:
        """Whether the person is of the platform's staff, and whether sign-in asks for a second factor: one round trip."""
        return await MARKS.first(uow, user_id=user_id) or Marks(operator=False, mfa_enabled=False)
