"""Bodies of invitations."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import ConfigDict, Field, model_validator

from app.auth.password_policy import NewPassword
from app.auth.schemas.people import PersonBrief
from app.auth.schemas.registration import Address, DisplayName
from app.extensions.pages import PageQuery, SearchText, expandable, several, sorted_by
from app.tenants.schemas.roles import RoleKey
from app.utils.schemas import BaseSchema

RoleKeys = Annotated[list[RoleKey], Field(min_length=1, max_length=10, description="keys of the roles")]


class InvitationQuery(PageQuery):
    """Filters and sorts of invitations; oldest first where no sort is asked for."""

    state: Annotated[str | None, several("pending", "expired", "accepted", "revoked")] = None
    q: Annotated[SearchText | None, Field(description="text in the address")] = None
    sort: Annotated[str | None, sorted_by("created_at", "email", "expires_at")] = None
    expand: Annotated[str | None, expandable("inviter")] = None


class InvitationCreate(BaseSchema):
    """Who is invited, and with which roles."""

    model_config = ConfigDict(json_schema_extra={"example": {"email": "new@acme.example", "roles": ["member"]}})

    email: Address
    roles: RoleKeys


class InvitationAccept(BaseSchema):
    """The token; a new person gives name and password too, whoever is signed in gives it alone."""

    model_config = ConfigDict(str_strip_whitespace=False)

    token: str = Field(min_length=20, max_length=200, description="from the mail's link, behind `#token=`")
    name: DisplayName | None = None
    password: NewPassword | None = None

    @model_validator(mode="after")
    def _both_or_none(self) -> Self:
        if (self.name is None) != (self.password is None):
            raise ValueError("name and password go together: a new person gives both")
        return self


@dataclass(slots=True)
class InvitationOut:
    """An invitation."""

    id: Annotated[UUID, Field(description="the invitation's id")]
    email: Annotated[str, Field(description="who is invited")]
    roles: Annotated[list[str], Field(description="keys of the roles that come with it")]
    state: Annotated[str, Field(description="pending, expired, accepted or revoked")]
    invited_by: Annotated[UUID, Field(description="the person who invited")]
    created_at: Annotated[datetime, Field(description="when it was made")]
    expires_at: Annotated[datetime, Field(description="until when it waits")]
    inviter: Annotated[
        PersonBrief | None,
        Field(description="who that is, with `expand=inviter`; null otherwise, and for who has left"),
    ]


@dataclass(slots=True)
class Joined:
    """Where the invitation led."""

    tenant_id: Annotated[UUID, Field(description="the tenant's id, for X-Tenant-ID")]
    slug: Annotated[str, Field(description="its slug, for X-Tenant-ID")]
    roles: Annotated[list[str], Field(description="keys of the roles")]
