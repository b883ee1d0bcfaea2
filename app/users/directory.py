"""Persons, tenants and memberships as sign-in and access control see them: the implementation of auth's Directory."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Uuid, and_, bindparam, func, select

from app.auth.interfaces import Person, Standing, TenantChoice
from app.auth.models import Credential, Operator, SignInSession
from app.db.query import Query
from app.db.uow import UnitOfWork
from app.tenants.models import Membership, Tenant
from app.users.models import User


@dataclass(slots=True)
class _Key:
    id: UUID


_tenant = bindparam("tenant_id", type_=Uuid)
_user = bindparam("user_id", type_=Uuid)

# The session and the person are read in a part of their own: a local table is never joined with a tenant's (Citus plans the
# part alone), and everything is known after one round trip.
_alive = (
    select(SignInSession.ended_at, User.id, User.state, User.email)
    .join(User, User.id == SignInSession.user_id)
    .where(SignInSession.id == bindparam("session_id", type_=Uuid), SignInSession.user_id == _user)
    .cte("alive")
)
STANDING: Query[Standing] = Query(
    select(
        _alive.c.ended_at.label("ended_at"),
        _alive.c.state.label("user_state"),
        _alive.c.email.label("email"),
        Tenant.id.label("tenant_id"),
        Tenant.slug.label("slug"),
        Tenant.name.label("tenant_name"),
        Tenant.state.label("tenant_state"),
        Tenant.plan.label("plan"),
        Membership.roles.label("roles"),
    )
    .select_from(_alive)
    .outerjoin(Tenant, Tenant.id == _tenant)
    .outerjoin(Membership, and_(Membership.tenant_id == _tenant, Membership.user_id == _user)),
    Standing,
)
TENANT_BY_SLUG: Query[_Key] = Query(select(Tenant.id).where(Tenant.slug == bindparam("slug")), _Key)
CHOICES: Query[TenantChoice] = Query(
    select(Tenant.id, Tenant.slug, Tenant.name)
    .join(Membership, Membership.tenant_id == Tenant.id)
    .where(Membership.user_id == _user)
    .order_by(Tenant.slug),
    TenantChoice,
    across_tenants="the caller's own tenants, by the policy on memberships.user_id",
)
PERSON: Query[Person] = Query(
    select(User.id.label("user_id"), User.state, Credential.password_hash)
    .join(Credential, Credential.user_id == User.id)
    .where(func.lower(User.email) == bindparam("email")),
    Person,
)
OPERATOR: Query[_Key] = Query(select(Operator.user_id.label("id")).where(Operator.user_id == _user), _Key)


class UserDirectory:
    """Reads what access control needs."""

    async def standing(self, uow: UnitOfWork, *, user_id: UUID, session_id: UUID) -> Standing | None:
        """The caller's standing in the bound tenant; None where there is no such session."""
        return await STANDING.first(uow, user_id=user_id, session_id=session_id)

    async def tenant_by_slug(self, uow: UnitOfWork, slug: str) -> UUID | None:
        """The tenant's id, or None."""
        found = await TENANT_BY_SLUG.first(uow, slug=slug)
        return None if found is None else found.id

    async def choices(self, uow: UnitOfWork) -> Sequence[TenantChoice]:
        """The tenants that the bound user is a member of."""
        return await CHOICES.all(uow, user_id=uow.user_id)

    async def person_by_email(self, uow: UnitOfWork, email: str) -> Person | None:
        """Who signs in with that address, given in lower case."""
        return await PERSON.first(uow, email=email)

    async def is_operator(self, uow: UnitOfWork, user_id: UUID) -> bool:
        """Whether the person is of the platform's staff."""
        return await OPERATOR.first(uow, user_id=user_id) is not None
