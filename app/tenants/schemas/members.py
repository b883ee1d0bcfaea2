"""Bodies of members."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from app.tenants.schemas.invitations import RoleKeys
from app.utils.schemas import BaseSchema


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
    version: Annotated[int, Field(description="counts every change; also the ETag")]
