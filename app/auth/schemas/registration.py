"""Bodies of registration and recovery."""

from typing import Annotated

from pydantic import AfterValidator, ConfigDict, EmailStr, Field

from app.auth.password_policy import NewPassword
from app.auth.schemas.mfa import Code
from app.auth.schemas.sign_in import Password
from app.utils.schemas import BaseSchema

RAW = ConfigDict(str_strip_whitespace=False)
"""Passwords and tokens are taken as they are typed."""


def _short(address: str) -> str:
    if len(address) > LONGEST_ADDRESS:
        raise ValueError(f"has at most {LONGEST_ADDRESS} characters")
    return address.lower()


LONGEST_ADDRESS = 254
Address = Annotated[EmailStr, AfterValidator(_short), Field(description="an e-mail address; kept in lower case")]
Token = Annotated[str, Field(min_length=20, max_length=200, description="from the mail's link, behind `#token=`")]
DisplayName = Annotated[
    str, Field(min_length=1, max_length=120, pattern=r"^[^\r\n\t]*\S[^\r\n\t]*$", description="what others see")
]


class Register(BaseSchema):
    """Somebody new."""

    model_config = ConfigDict(
        str_strip_whitespace=False,
        json_schema_extra={
            "example": {"email": "new@acme.example", "password": "seven brave otters", "name": "Nora New"}
        },
    )

    email: Address
    password: NewPassword
    name: DisplayName


class VerifyEmail(BaseSchema):
    """The mail's token, and the password that was registered."""

    model_config = RAW

    token: Token
    password: Password


class ForgotPassword(BaseSchema):
    """Whose password is forgotten."""

    email: Address


class ResetPassword(BaseSchema):
    """The mail's token, and the new password."""

    model_config = RAW

    token: Token
    password: NewPassword


class ChangePassword(BaseSchema):
    """The current password, and the new one."""

    model_config = RAW

    current_password: Password
    password: NewPassword


class StepUp(BaseSchema):
    """The password again, and a code where the second factor is on."""

    model_config = RAW

    password: Password
    code: Code | None = Field(None, description="of the authenticator, or a recovery code; needed where it is on")


class EmailChange(BaseSchema):
    """The new address."""

    email: Address


class ConfirmEmail(BaseSchema):
    """The token of the mail to the new address."""

    model_config = RAW

    token: Token
