"""Facts about who may sign in. They hold ids; what a mail says is looked up when it is written."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from app.extensions.events import Event


@dataclass(frozen=True, slots=True)
class RegistrationReceived(Event):
    """Somebody registered; whether the address is known is looked at when the mail is written."""

    name: ClassVar[str] = "auth.registration_received"
    registration_id: UUID


@dataclass(frozen=True, slots=True)
class AddressVerified(Event):
    """A registration became a person."""

    name: ClassVar[str] = "auth.address_verified"
    user_id: UUID


@dataclass(frozen=True, slots=True)
class PasswordForgotten(Event):
    """Somebody asked for a reset; for an unknown address the id is nobody's."""

    name: ClassVar[str] = "auth.password_forgotten"
    user_id: UUID


@dataclass(frozen=True, slots=True)
class PasswordChanged(Event):
    """A person has another password."""

    name: ClassVar[str] = "auth.password_changed"
    user_id: UUID


@dataclass(frozen=True, slots=True)
class EmailChangeRequested(Event):
    """A person wants another address."""

    name: ClassVar[str] = "auth.email_change_requested"
    change_id: UUID


@dataclass(frozen=True, slots=True)
class EmailChanged(Event):
    """A person has another address; `change_id` leads to the old one while it is kept."""

    name: ClassVar[str] = "auth.email_changed"
    user_id: UUID
    change_id: UUID


@dataclass(frozen=True, slots=True)
class MfaEnabled(Event):
    """A person's sign-in asks for a second factor from now on."""

    name: ClassVar[str] = "auth.mfa_enabled"

    user_id: UUID


@dataclass(frozen=True, slots=True)
class MfaDisabled(Event):
    """A person's sign-in asks for no second factor any more."""

    name: ClassVar[str] = "auth.mfa_disabled"

    user_id: UUID


@dataclass(frozen=True, slots=True)
class RecoveryCodeUsed(Event):
    """A recovery code stood in for a person's authenticator."""

    name: ClassVar[str] = "auth.recovery_code_used"

    user_id: UUID
