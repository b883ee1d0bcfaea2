"""Bodies of the person."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from pydantic import Field


@dataclass(slots=True)
class ProfileOut:
    """The person."""

    id: Annotated[UUID, Field(description="the person's id")]
    email: Annotated[str, Field(description="the address")]
    name: Annotated[str, Field(description="the display name")]
    picture: Annotated[str | None, Field(description="address of a picture")]
    locale: Annotated[str, Field(description="BCP 47 language tag")]
    time_zone: Annotated[str, Field(description="IANA time zone")]
    mfa_enabled: Annotated[bool, Field(description="whether sign-in asks for a second factor")]


@dataclass(slots=True)
class TenantRef:
    """A tenant, in short."""

    id: Annotated[UUID, Field(description="the tenant's id")]
    slug: Annotated[str, Field(description="its name in X-Tenant-ID")]
    name: Annotated[str, Field(description="what people call it")]
    state: Annotated[str, Field(description="active or suspended")]


@dataclass(slots=True)
class MembershipOut:
    """A membership of the person."""

    tenant: Annotated[TenantRef, Field(description="where")]
    roles: Annotated[list[str], Field(description="keys of the roles")]


@dataclass(slots=True)
class MeOut:
    """Everything that gates a menu; the last five are null without X-Tenant-ID."""

    user: Annotated[ProfileOut, Field(description="the person")]
    operator: Annotated[bool, Field(description="whether the person is of the platform's staff")]
    impersonation: Annotated[None, Field(description="null: nobody acts as somebody else yet")]
    memberships: Annotated[list[MembershipOut], Field(description="all tenants of the person")]
    tenant: Annotated[TenantRef | None, Field(description="the chosen tenant")]
    roles: Annotated[list[str] | None, Field(description="keys of the roles there")]
    permissions: Annotated[list[str] | None, Field(description="what the roles hold, sorted")]
    features: Annotated[list[str] | None, Field(description="modules that the plan includes")]
    limits: Annotated[Mapping[str, int] | None, Field(description="limits of the plan")]
