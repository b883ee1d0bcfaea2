"""Facts about who may sign in. They hold ids; what a mail says is looked up when it is written."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from app.extensions.events import Event


@dataclass(frozen=True, slots=True)
class SignInEvent(Event):
    """The base of what the identity role records, which may write deliveries and read or change none."""

    foldable: ClassVar[bool] = False


@dataclass(frozen=True, slots=True)
class RegistrationReceived(SignInEvent):
    """Somebody registered; whether the address is known is looked at when the mail is written."""

    name: ClassVar[str] = "auth.registration_received"
    registration_id: UUID


@dataclass(frozen=True, slots=True)
class AddressVerified(SignInEvent):
    """A registration became a person."""

    name: ClassVar[str] = "auth.address_verified"
    user_id: UUID


@dataclass(frozen=True, slots=True)
class PasswordForgotten(SignInEvent):
    """Somebody asked for a reset; for an unknown address the id is nobody's."""

    name: ClassVar[str] = "auth.password_forgotten"
    user_id: UUID


@dataclass(frozen=True, slots=True)
class PasswordChanged(SignInEvent):
    """A person has another password."""

    name: ClassVar[str] = "auth.password_changed"
    user_id: UUID


@dataclass(frozen=True, slots=True)
class EmailChangeRequested(SignInEvent):
    """A person wants another address."""

    name: ClassVar[str] = "auth.email_change_requested"
    change_id: UUID


@dataclass(frozen=True, slots=True)
class EmailChanged(SignInEvent):
    """A person has another address; `change_id` leads to the old one while it is kept."""

    name: ClassVar[str] = "auth.email_changed"
    user_id: UUID
    change_id: UUID


@dataclass(frozen=True, slots=True)
class MfaEnabled(SignInEvent):
    """A person's sign-in asks for a second factor from now on."""

    name: ClassVar[str] = "auth.mfa_enabled"

    user_id: UUID


@dataclass(frozen=True, slots=True)
class MfaDisabled(SignInEvent):
    """A person's sign-in asks for no second factor any more."""

    name: ClassVar[str] = "auth.mfa_disabled"

    user_id: UUID


@dataclass(frozen=True, slots=True)
class RecoveryCodeUsed(SignInEvent):
    """A recovery code stood in for a person's authenticator."""

    name: ClassVar[str] = "auth.recovery_code_used"

    user_id: UUID
