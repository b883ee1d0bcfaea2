"""Bodies of explanations."""

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from pydantic import Field

from app.utils.schemas import BaseSchema


class AccessQuery(BaseSchema):
    """What is asked about whom."""

    permission: str = Field(
        min_length=3, max_length=120, description="a permission's id, as GET /permissions lists them"
    )
    user_id: UUID | None = Field(None, description="a member; the caller where it is left out")


@dataclass(slots=True)
class RoleContribution:
    """A role of the member, and what it brings."""

    key: Annotated[str, Field(description="the role's key")]
    system: Annotated[bool, Field(description="one of owner, admin, member and viewer")]
    holds: Annotated[bool, Field(description="whether it holds the permission that is asked about")]
    permissions: Annotated[list[str], Field(description="all that it holds, sorted; none where the role is gone")]


@dataclass(slots=True)
class AccessDecision:
    """The decision, as a refusal carries it."""

    allowed: Annotated[bool, Field(description="whether the member may, by what is known without the object")]
    rule: Annotated[
        str, Field(description="tenant, member, mfa, permission or plan: the first that refuses, or the last judged")
    ]
    reason: Annotated[str, Field(description="why, in a sentence")]
    missing: Annotated[list[str], Field(description="what the member or the plan lacks")]
    granted_by: Annotated[
        list[str] | None,
        Field(description="roles, or plans, that would change it; null without `tenants.access:read`"),
    ]


@dataclass(slots=True)
class AccessTenant:
    """The tenant, as far as it decides."""

    state: Annotated[str, Field(description="active or suspended")]
    plan: Annotated[str, Field(description="the plan's key")]
    module: Annotated[str, Field(description="the module of the permission")]
    included: Annotated[bool, Field(description="whether the plan includes the module, or no plan decides on it")]


@dataclass(slots=True)
class AccessFactor:
    """The second factor."""

    required: Annotated[bool, Field(description="whether the tenant demands one")]
    proved: Annotated[bool | None, Field(description="whether this session proved one; null for others' sessions")]


@dataclass(slots=True)
class AccessOut:
    """Why a member is allowed or refused, layer by layer."""

    permission: Annotated[str, Field(description="what was asked about")]
    user_id: Annotated[UUID, Field(description="about whom")]
    member_state: Annotated[str, Field(description="active, or disabled by the platform")]
    decision: AccessDecision
    roles: Annotated[list[RoleContribution], Field(description="the member's roles, each with what it contributes")]
    tenant: AccessTenant
    mfa: AccessFactor
