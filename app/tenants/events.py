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
class MemberRemoved(Event):
    """A membership ended."""

    name: ClassVar[str] = "tenants.member_removed"
    user_id: UUID
