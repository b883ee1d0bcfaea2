"""Bodies of roles."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from pydantic import AfterValidator, ConfigDict, Field

from app.extensions.module import SystemRole
from app.extensions.pages import Limit, PageQuery, SearchText
from app.utils.schemas import UNCHANGED, BaseSchema, OpaqueVersion

ROLE_KEY = r"^[a-z][a-z0-9]*([_-][a-z0-9]+)*$"
RoleKey = Annotated[str, Field(min_length=2, max_length=40, pattern=ROLE_KEY)]
Permissions = Annotated[
    list[Annotated[str, Field(min_length=3, max_length=120)]],
    Field(min_length=1, max_length=500, description="ids of permissions, as GET /permissions lists them"),
]


def _own(key: str) -> str:
    if key in set(SystemRole):
        raise ValueError("is a system role's")
    return key


class RoleQuery(PageQuery):
    """Which roles, by key."""

    q: Annotated[SearchText | None, Field(description="text in key or name")] = None


class PermissionQuery(PageQuery):
    """Which page of the catalogue; all of it fits on one."""

    limit: Limit = 100


class RoleCreate(BaseSchema):
    """A new role, made of the permission catalogue."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"key": "buyer", "name": "Buyer", "permissions": ["tenants.members:read"]}}
    )

    key: Annotated[RoleKey, AfterValidator(_own)] = Field(description="by which it is assigned; never changes")
    name: str = Field(min_length=1, max_length=120, description="what people call it")
    description: str | None = Field(None, max_length=500, description="what it is for")
    permissions: Permissions


class RoleUpdate(BaseSchema):
    """A merge patch: what is absent stays; null clears the description alone."""

    model_config = ConfigDict(json_schema_extra={"example": {"permissions": ["tenants.members:read"]}})

    name: Annotated[str, Field(min_length=1, max_length=120, description="what people call it")] = UNCHANGED
    description: str | None = Field(None, max_length=500, description="what it is for")
    permissions: Permissions = UNCHANGED


@dataclass(slots=True)
class CustomRoleRow:
    """A role as the tenant made it."""

    key: str
    name: str
    description: str | None
    permissions: list[str]
    created_at: datetime
    version: int


@dataclass(slots=True)
class RoleOut:
    """A role, made by the tenant or the same everywhere."""

    key: Annotated[str, Field(description="by which it is assigned")]
    name: Annotated[str, Field(description="what people call it")]
    description: Annotated[str | None, Field(description="what it is for")]
    system: Annotated[bool, Field(description="one of owner, admin, member and viewer, which live in code")]
    permissions: Annotated[list[str], Field(description="what it holds, sorted")]
    version: OpaqueVersion


@dataclass(slots=True)
class PermissionOut:
    """A permission of the catalogue."""

    id: Annotated[str, Field(description="`<module>.<resource>:<verb>`; also an API key's scope")]
    description: Annotated[str, Field(description="what it allows")]
    module: Annotated[str, Field(description="whose it is")]
    lowest_role: Annotated[str, Field(description="the lowest system role that holds it")]
