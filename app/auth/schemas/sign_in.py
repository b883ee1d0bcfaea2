"""Bodies of sign-in."""

from typing import Annotated, Literal

from pydantic import ConfigDict, Field, SecretStr

from app.utils.schemas import BaseSchema

Transport = Literal["body", "cookie"]
Password = Annotated[SecretStr, Field(min_length=1, max_length=512, description="as typed; nothing is trimmed")]


class SignIn(BaseSchema):
    """Address and password."""

    model_config = ConfigDict(
        str_strip_whitespace=False, json_schema_extra={"example": {"email": "owner@acme.example", "password": "..."}}
    )

    email: str = Field(min_length=3, max_length=320, description="the address, in any letter case")
    password: Password
    session_transport: Transport = Field("body", description="where the refresh token travels; browsers choose cookie")


class Refresh(BaseSchema):
    """The refresh token; absent where it travels in the cookie."""

    refresh_token: str | None = Field(
        None, min_length=1, max_length=200, description="as sign-in or the last refresh gave it"
    )


class SignedIn(BaseSchema):
    """What a sign-in or a refresh answers."""

    access_token: str = Field(description="for Authorization: Bearer")
    token_type: Literal["bearer"] = "bearer"  # noqa: S105 - the scheme's name
    expires_in: int = Field(description="seconds until the access token expires")
    refresh_token: str | None = Field(None, description="used once; null where it travels in the cookie")
    csrf_token: str | None = Field(None, description="for X-CSRF-Token beside the cookie; null without one")
