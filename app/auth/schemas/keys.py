"""Bodies of API keys."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import AwareDatetime, ConfigDict, Field

from app.auth.schemas.people import PersonBrief
from app.extensions.pages import PageQuery, SearchText, expandable, several, sorted_by
from app.utils.schemas import BaseSchema

LONGEST_OVERLAP = 7 * 86400
Scopes = Annotated[
    list[Annotated[str, Field(min_length=3, max_length=120)]],
    Field(min_length=1, max_length=200, description="ids of permissions; at most what you hold yourself"),
]


class KeyCreate(BaseSchema):
    """A new key."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"name": "Staff import", "scopes": ["tenants.members:read"]}}
    )

    name: str = Field(min_length=1, max_length=120, description="what it is for")
    scopes: Scopes
    expires_at: AwareDatetime | None = Field(None, description="when it ends of itself; null: never")


class KeyRotate(BaseSchema):
    """How long the secret before goes on working."""

    overlap_seconds: int = Field(86400, ge=0, le=LONGEST_OVERLAP, strict=True, description="0 to 7 days, in seconds")


class KeyQuery(PageQuery):
    """Filters and sorts of API keys; oldest first where no sort is asked for."""

    state: Annotated[str | None, several("active", "expired", "revoked", "orphaned")] = None
    q: Annotated[SearchText | None, Field(description="text in name or prefix")] = None
    sort: Annotated[str | None, sorted_by("name", "created_at", "last_used_at", "expires_at")] = None
    expand: Annotated[str | None, expandable("creator")] = None


@dataclass(slots=True)
class KeyOut:
    """An API key, without its secret."""

    id: Annotated[UUID, Field(description="the key's id")]
    name: Annotated[str, Field(description="what it is for")]
    scopes: Annotated[list[str], Field(description="what it may do, as far as its maker may")]
    prefix: Annotated[str, Field(description="enough to recognise it, not to use it")]
    state: Annotated[str, Field(description="active, expired, revoked, or orphaned: its maker is gone")]
    expires_at: Annotated[datetime | None, Field(description="when it ends of itself")]
    last_used_at: Annotated[datetime | None, Field(description="known to the minute")]
    last_used_address: Annotated[str | None, Field(description="from where")]
    created_by: Annotated[UUID, Field(description="who answers for it")]
    created_at: Annotated[datetime, Field(description="when it was made")]
    creator: Annotated[
        PersonBrief | None,
        Field(description="who that is, with `expand=creator`; null otherwise, and for who has left"),
    ]


@dataclass(slots=True)
class KeySecretOut(KeyOut):
    """An API key with its secret: this once, and never again."""

    secret: Annotated[str, Field(description="for Authorization: Bearer")]
