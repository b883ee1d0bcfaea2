"""What `auth` asks of the modules above it; the composition root supplies it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from app.config import PlanRates
from app.db.uow import UnitOfWork


@dataclass(slots=True)
class Standing:
    """What one statement says of a session and, where one is chosen, of the tenant and the membership in it."""

    ended_at: datetime | None
    ends_at: datetime | None
    authenticated_at: datetime
    mfa_at: datetime | None
    operator_id: UUID | None
    bound_tenant_id: UUID | None
    user_state: str
    email: str
    tenant_id: UUID | None
    slug: str | None
    tenant_name: str | None
    tenant_state: str | None
    plan: str | None
    mfa_required: bool | None
    roles: list[str] | None
    granted: list[str] | None
    """What the custom roles among them hold, each as often as it is held."""


@dataclass(slots=True)
class KeyStanding:
    """What one statement says of an API key of the bound tenant, and of who made it."""

    secret_hash: bytes
    previous_hash: bytes | None
    previous_until: datetime | None
    expires_at: datetime | None
    revoked_at: datetime | None
    scopes: list[str]
    created_by: UUID
    tenant_id: UUID
    slug: str
    tenant_name: str
    tenant_state: str
    plan: str
    roles: list[str] | None
    """None where the maker is no active member any more."""
    granted: list[str] | None


@dataclass(slots=True)
class Person:
    """Somebody who may sign in."""

    user_id: UUID
    state: str
    password_hash: str
    known_here: bool
    """Whether the person has signed in at the given network address before."""
    mfa_enabled: bool
    """Whether sign-in asks for a second factor."""


@dataclass(slots=True)
class Marks:
    """What the app role may not read of a person."""

    operator: bool
    mfa_enabled: bool


@dataclass(slots=True)
class TenantChoice:
    """A tenant that the caller may choose."""

    id: UUID
    slug: str
    name: str


class Directory(Protocol):
    """Persons, tenants and memberships, as sign-in and access control see them."""

    async def standing(self, uow: UnitOfWork, *, user_id: UUID, session_id: UUID) -> Standing | None:
        """The caller's standing in the bound tenant; None where there is no such session."""

    async def key_standing(self, uow: UnitOfWork, key_id: UUID) -> KeyStanding | None:
        """The standing of an API key of the bound tenant; None where there is no such key."""

    async def tenant_by_slug(self, uow: UnitOfWork, slug: str) -> UUID | None:
        """The tenant's id, or None."""

    async def choices(self, uow: UnitOfWork) -> Sequence[TenantChoice]:
        """The tenants that the bound user is a member of."""

    async def roles_with(self, uow: UnitOfWork, permissions: Sequence[str]) -> list[str]:
        """The bound tenant's own roles that hold all of the permissions, by key; at most a hundred."""

    async def person_by_email(self, uow: UnitOfWork, email: str, address: str) -> Person | None:
        """Who signs in with that address, given in lower case: one lower-casing for the limits and for the search.

        `address` is the network's.
        """

    async def marks(self, uow: UnitOfWork, user_id: UUID) -> Marks:
        """Whether the person is of the platform's staff, and whether sign-in asks for a second factor: one round trip."""

    async def owner_of(self, uow: UnitOfWork) -> UUID | None:
        """Who owns the bound tenant: of several owners the one who has been there longest."""

    async def is_operator(self, uow: UnitOfWork, user_id: UUID) -> bool:
        """Whether the person is of the platform's staff, and not disabled."""


class Entitlements(Protocol):
    """What a plan allows."""

    def features(self, plan: str) -> frozenset[str]:
        """The modules that the plan includes; none where the plan is unknown."""

    def limits(self, plan: str) -> Mapping[str, int]:
        """How much the plan allows of what."""

    def rates(self, plan: str) -> PlanRates:
        """Where the plan allows another number of requests in a window than every plan does."""

    def plans_with(self, modules: Sequence[str]) -> list[str]:
        """The plans that include all of the modules, by key."""
