"""Bodies of members."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from app.extensions.pages import PageQuery, SearchText, several, sorted_by
from app.tenants.schemas.invitations import RoleKeys
from app.utils.schemas import BaseSchema, Moment, OpaqueVersion


class MemberQuery(PageQuery):
    """Filters and sorts of members; by id where no sort is asked for."""

    state: Annotated[str | None, several("active", "disabled")] = None
    role: Annotated[str | None, Field(min_length=2, max_length=40, description="who holds the role of this key")] = None
    q: Annotated[SearchText | None, Field(description="text in name or address")] = None
    joined_since: Annotated[Moment | None, Field(alias="joined_at[gte]", description="joined at or after")] = None
    joined_before: Annotated[Moment | None, Field(alias="joined_at[lt]", description="joined before")] = None
    sort: Annotated[str | None, sorted_by("name", "email", "joined_at")] = None


class MemberUpdate(BaseSchema):
    """What may be changed of a member."""

    roles: RoleKeys


class OwnershipTransfer(BaseSchema):
    """Who becomes the owner."""

    user_id: UUID = Field(description="a member")


@dataclass(slots=True)
class MemberOut:
    """A member, as the tenant sees the person."""

    user_id: Annotated[UUID, Field(description="the person's id")]
    email: Annotated[str, Field(description="the address")]
    name: Annotated[str, Field(description="the display name")]
    picture: Annotated[str | None, Field(description="address of a picture")]
    roles: Annotated[list[str], Field(description="keys of the roles")]
    state: Annotated[str, Field(description="active, or disabled by the platform")]
    joined_at: Annotated[datetime, Field(description="when the membership began")]
    version: OpaqueVersion
