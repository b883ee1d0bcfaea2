"""Bodies of operators' routes."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from app.auth.schemas.registration import Address
from app.extensions.pages import PageQuery
from app.tenants.schemas import Slug
from app.utils.schemas import BaseSchema

PlanKey = Annotated[str, Field(min_length=1, max_length=40, description="a key of `plans` in the settings")]
Reason = Annotated[str, Field(min_length=3, max_length=500, description="why; stands in the tenant's audit log")]


class TenantQuery(PageQuery):
    """Filters of the list of all tenants."""

    state: Annotated[Literal["active", "suspended"] | None, Field(description="only tenants in this state")] = None
    plan: Annotated[str | None, Field(min_length=1, max_length=40, description="only tenants of this plan")] = None
    q: Annotated[str | None, Field(min_length=1, max_length=120, description="part of the slug or the name")] = None


class TenantMake(BaseSchema):
    """A new tenant, made for somebody."""

    name: str = Field(min_length=1, max_length=120, description="what people call it")
    slug: Slug = Field(description="its name in X-Tenant-ID and addresses")
    owner: Address = Field(description="the address of a person, who becomes its owner")
    plan: PlanKey = "standard"


class SuspendTenant(BaseSchema):
    """Why a tenant is suspended."""

    reason: Reason


class PlanChange(BaseSchema):
    """Another plan."""

    plan: PlanKey


class Impersonate(BaseSchema):
    """Act as somebody in one tenant, for a while."""

    tenant_id: UUID = Field(description="the only tenant in which it counts")
    user_id: UUID = Field(description="an active member of it")
    reason: Reason
    minutes: Annotated[int, Field(strict=True, ge=1, le=60, description="how long")] = 30


@dataclass(slots=True)
class Impersonation:
    """A session of an operator as somebody."""

    id: Annotated[UUID, Field(description="ends it: DELETE /operator/impersonations/{id}")]
    operator_id: Annotated[UUID, Field(description="who acts")]
    user_id: Annotated[UUID, Field(description="as whom")]
    tenant_id: Annotated[UUID, Field(description="where")]
    reason: Annotated[str, Field(description="why")]
    ends_at: Annotated[datetime, Field(description="when it is over")]


@dataclass(slots=True)
class StartedImpersonation(Impersonation):
    """The impersonation, and what to act with."""

    access_token: Annotated[str, Field(description="for Authorization: Bearer; there is no refresh token")]
