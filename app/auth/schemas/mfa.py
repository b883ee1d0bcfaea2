"""Bodies of the second factor."""

from datetime import datetime
from typing import Annotated

from pydantic import ConfigDict, Field

from app.auth.schemas.sign_in import Transport
from app.utils.schemas import BaseSchema

Code = Annotated[
    str,
    Field(
        min_length=6,
        max_length=64,
        description="six digits of the authenticator, or a recovery code; spaces, hyphens and letter case do not matter",
    ),
]


class MfaOut(BaseSchema):
    """The caller's second factor."""

    enabled: bool = Field(description="whether sign-in asks for a code")
    enabled_at: datetime | None = Field(description="since when")
    recovery_codes_left: int = Field(description="recovery codes that were not used")


class TotpOut(BaseSchema):
    """The secret of an authenticator: this once, and never again."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "secret": "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP",
                "uri": "otpauth://totp/Atrium:nora@acme.example?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Atrium",
            }
        }
    )

    secret: str = Field(description="base32, to be typed into an authenticator")
    uri: str = Field(description="the same as an otpauth address, to be shown as a QR code")


class TotpConfirm(BaseSchema):
    """The first code of the authenticator."""

    model_config = ConfigDict(json_schema_extra={"example": {"code": "492039"}})

    code: Code


class RecoveryCodesOut(BaseSchema):
    """Recovery codes: this once, and never again."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"recovery_codes": ["4t7kq-0zv9m-cw2hn-x8r5d-j3fge", "..."]}}
    )

    recovery_codes: list[str] = Field(description="ten, each for one use in place of a code")


class SignInCode(BaseSchema):
    """The second half of a sign-in."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "mfa_token": "o3bJ0y0Yx3kqfZk2m7m0yHn1oY5b1cV2S8JxQyqU9xM",
                "code": "492039",
                "session_transport": "body",
            }
        }
    )

    mfa_token: str = Field(min_length=20, max_length=200, description="as the problem `mfa_required` gave it")
    code: Code
    session_transport: Transport = Field("body", description="where the refresh token travels; browsers choose cookie")
