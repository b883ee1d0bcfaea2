"""Bodies of tenants."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, ConfigDict, Field

from app.extensions.pages import PageQuery, SearchText, sorted_by
from app.utils.ids import parse_uuid
from app.utils.schemas import UNCHANGED, BaseSchema
from app.utils.slugs import RESERVED, SLUG_PATTERN


def _free(slug: str) -> str:
    if slug in RESERVED or parse_uuid(slug) is not None:
        raise ValueError("is reserved")
    return slug


Slug = Annotated[str, Field(min_length=3, max_length=40, pattern=SLUG_PATTERN), AfterValidator(_free)]


class MyTenantQuery(PageQuery):
    """Filters and sorts of the caller's tenants; by id where no sort is asked for."""

    q: Annotated[SearchText | None, Field(description="text in name or slug")] = None
    sort: Annotated[str | None, sorted_by("name", "created_at")] = None


class TenantCreate(BaseSchema):
    """A new tenant; who creates it becomes its owner."""

    name: str = Field(min_length=1, max_length=120, description="what people call it")
    slug: Slug = Field(description="its name in X-Tenant-ID and addresses")


class TenantUpdate(BaseSchema):
    """A merge patch: what is absent stays."""

    model_config = ConfigDict(json_schema_extra={"example": {"name": "Acme Worldwide"}})

    name: Annotated[str, Field(min_length=1, max_length=120, description="what people call it")] = UNCHANGED
    slug: Annotated[Slug, Field(description="its name in X-Tenant-ID; the old one works on for a while")] = UNCHANGED
    mfa_required: Annotated[bool, Field(strict=True, description="demand a second factor of the members")] = UNCHANGED


class DeletionRequest(BaseSchema):
    """The wish to have a tenant deleted, typed out."""

    confirm: str = Field(min_length=1, max_length=40, description="the tenant's slug")


@dataclass(slots=True)
class DeletionOut:
    """A deletion that is planned."""

    due_at: Annotated[datetime, Field(description="from then on everything of the tenant is removed for good")]


@dataclass(slots=True)
class TenantOut:
    """A tenant."""

    id: Annotated[UUID, Field(description="the tenant's id")]
    slug: Annotated[str, Field(description="its name in X-Tenant-ID and addresses")]
    name: Annotated[str, Field(description="what people call it")]
    state: Annotated[str, Field(description="active or suspended")]
    plan: Annotated[str, Field(description="the key of its plan")]
    mfa_required: Annotated[bool, Field(description="whether it demands a second factor of its members")]
    deletion_due_at: Annotated[datetime | None, Field(description="when it will be purged; null: nobody asked for it")]
    created_at: Annotated[datetime, Field(description="when it was made")]
    version: Annotated[int, Field(description="counts every change; also the ETag")]
