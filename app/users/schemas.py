"""Bodies of the person."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, ConfigDict, Field, HttpUrl
from pydantic_core import PydanticCustomError

from app.auth.schemas.registration import DisplayName
from app.utils.schemas import UNCHANGED, BaseSchema
from app.utils.zones import ZoneName

LANGUAGE = r"^[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?(-([A-Za-z0-9]{5,8}|[0-9][A-Za-z0-9]{3}))*$"
"""Language, script, region, variants: the form of RFC 5646, 2.1, without extensions."""


def _https(address: str | None) -> str | None:
    if address is not None and not (address.startswith("https://") and HttpUrl(address).host):
        raise PydanticCustomError("not_https", "is no https address")
    return address


class ProfileUpdate(BaseSchema):
    """A merge patch: what is absent stays; null clears the picture alone."""

    model_config = ConfigDict(json_schema_extra={"example": {"name": "Nora New", "time_zone": "Europe/Berlin"}})

    name: DisplayName = UNCHANGED
    picture: Annotated[str | None, Field(max_length=500, description="an https address"), AfterValidator(_https)] = None
    locale: Annotated[str, Field(max_length=20, pattern=LANGUAGE, description="BCP 47 language tag")] = UNCHANGED
    time_zone: ZoneName = UNCHANGED


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
class ActingOut:
    """An operator acts as the person, in one tenant."""

    operator_id: Annotated[UUID, Field(description="who acts")]
    tenant_id: Annotated[UUID | None, Field(description="the one tenant in which they do")]
    ends_at: Annotated[datetime | None, Field(description="when it is over")]


@dataclass(slots=True)
class MeOut:
    """Everything that gates a menu; the last five are null without X-Tenant-ID."""

    user: Annotated[ProfileOut, Field(description="the person")]
    operator: Annotated[bool, Field(description="whether the person is of the platform's staff")]
    impersonation: Annotated[ActingOut | None, Field(description="who acts as the person; null: the person")]
    memberships: Annotated[list[MembershipOut], Field(description="all tenants of the person")]
    tenant: Annotated[TenantRef | None, Field(description="the chosen tenant")]
    roles: Annotated[list[str] | None, Field(description="keys of the roles there")]
    permissions: Annotated[list[str] | None, Field(description="what the roles hold, sorted")]
    features: Annotated[list[str] | None, Field(description="modules that the plan includes")]
    limits: Annotated[Mapping[str, int] | None, Field(description="limits of the plan")]


class Erasure(BaseSchema):
    """The wish to be erased, typed out."""

    confirm: str = Field(min_length=3, max_length=320, description="your address")


@dataclass(slots=True)
class SignInData:
    """What is kept so that the person can sign in; no secret is shown."""

    password_changed_at: Annotated[datetime | None, Field(description="when the password was chosen")]
    authenticator_since: Annotated[datetime | None, Field(description="when the authenticator was confirmed")]
    operator_since: Annotated[datetime | None, Field(description="since when the person is of the platform's staff")]
    new_email: Annotated[str | None, Field(description="an address that waits to be confirmed")]


@dataclass(slots=True)
class SessionData:
    """A session."""

    id: Annotated[UUID, Field(description="the session's id")]
    transport: Annotated[str, Field(description="body or cookie")]
    address: Annotated[str | None, Field(description="the network address that signed in")]
    user_agent: Annotated[str | None, Field(description="the software that signed in, as it said")]
    created_at: Annotated[datetime, Field(description="when it began")]
    refreshed_at: Annotated[datetime, Field(description="when it was last used to get tokens")]
    ended_at: Annotated[datetime | None, Field(description="when it was ended")]
    operator_id: Annotated[UUID | None, Field(description="the operator who acted as the person")]


@dataclass(slots=True)
class KeyData:
    """An API key that the person answers for."""

    tenant_id: Annotated[UUID, Field(description="where")]
    id: Annotated[UUID, Field(description="the key's id")]
    name: Annotated[str, Field(description="its name")]
    prefix: Annotated[str, Field(description="how it begins")]
    created_at: Annotated[datetime, Field(description="when it was made")]


@dataclass(slots=True)
class ActData:
    """An entry of an audit log that names the person as the one who acted."""

    tenant_id: Annotated[UUID, Field(description="in whose log; the platform's own for what concerns no tenant")]
    at: Annotated[datetime, Field(description="when")]
    action: Annotated[str, Field(description="what")]
    target: Annotated[str | None, Field(description="to what")]
    address: Annotated[str | None, Field(description="from which network address")]
    user_agent: Annotated[str | None, Field(description="with which software, as it said")]


@dataclass(slots=True)
class PersonalData:
    """Everything that is kept of a person."""

    user: Annotated[ProfileOut, Field(description="the person")]
    memberships: Annotated[list[MembershipOut], Field(description="where they belong")]
    sign_in: Annotated[SignInData, Field(description="what they sign in with")]
    sessions: Annotated[list[SessionData], Field(description="all sessions, newest first")]
    api_keys: Annotated[list[KeyData], Field(description="keys they answer for")]
    acts: Annotated[list[ActData], Field(description="what they did; of each log the newest 10,000")]
