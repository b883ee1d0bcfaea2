"""Facts about tenants."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from app.extensions.events import Event


@dataclass(frozen=True, slots=True)
class TenantCreated(Event):
    """A tenant was created."""

    name: ClassVar[str] = "tenants.tenant_created"
    owner_id: UUID
    slug: str


@dataclass(frozen=True, slots=True)
class MemberJoined(Event):
    """A membership began."""

    name: ClassVar[str] = "tenants.member_joined"
    user_id: UUID


@dataclass(frozen=True, slots=True)
class MemberRemoved(Event):
    """A membership ended."""

    name: ClassVar[str] = "tenants.member_removed"
    user_id: UUID


@dataclass(frozen=True, slots=True)
class InvitationSent(Event):
    """Somebody was invited, or invited again."""

    name: ClassVar[str] = "tenants.invitation_sent"
    invitation_id: UUID
