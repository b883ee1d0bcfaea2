"""Bodies of tenants."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, Field

from app.utils.ids import parse_uuid
from app.utils.schemas import BaseSchema
from app.utils.slugs import RESERVED, SLUG_PATTERN


def _free(slug: str) -> str:
    if slug in RESERVED or parse_uuid(slug) is not None:
        raise ValueError("is reserved")
    return slug


Slug = Annotated[str, Field(min_length=3, max_length=40, pattern=SLUG_PATTERN), AfterValidator(_free)]


class TenantCreate(BaseSchema):
    """A new tenant; who creates it becomes its owner."""

    name: str = Field(min_length=1, max_length=120, description="what people call it")
    slug: Slug = Field(description="its name in X-Tenant-ID and addresses")


@dataclass(slots=True)
class TenantOut:
    """A tenant."""

    id: Annotated[UUID, Field(description="the tenant's id")]
    slug: Annotated[str, Field(description="its name in X-Tenant-ID and addresses")]
    name: Annotated[str, Field(description="what people call it")]
    state: Annotated[str, Field(description="active or suspended")]
    plan: Annotated[str, Field(description="the key of its plan")]
    created_at: Annotated[datetime, Field(description="when it was made")]
    version: Annotated[int, Field(description="counts every change; also the ETag")]
