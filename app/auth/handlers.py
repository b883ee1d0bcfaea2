"""Mails of auth. The handler makes the token, stores its hash, commits, and only then sends."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from app.auth.errand import Errand
from app.auth.events import (
    EmailChanged,
    EmailChangeRequested,
    MfaDisabled,
    MfaEnabled,
    PasswordChanged,
    PasswordForgotten,
    RecoveryCodeUsed,
    RegistrationReceived,
)
from app.auth.repository import Account, ChangeRepository, FactorRepository, PeopleRepository, TokenRepository
from app.auth.repository.tokens import Purpose
from app.services.mailer.render import render

HOUR, MINUTE = 3600, 60


async def mail_registration(event: RegistrationReceived, errand: Errand) -> None:
    """To a new address the link that proves it; to a known one the news that it has an account."""
    now = errand.clock.now()
    async with _unit(errand) as uow:
        people = PeopleRepository(uow)
        registration = await people.registration(event.registration_id, now)
        if registration is None:
            return
        known = await people.id_of(registration.email) is not None
        if known:
            await people.drop_registrations(registration.email)
    if known:
        await _send(errand, "address_known", registration.email, link=_page(errand, "forgot-password"))
        return
    seconds = errand.settings.auth.verify_seconds
    link = await _link(errand, "verify-email", "verify_email", event.registration_id, seconds)
    await _send(errand, "verify_email", registration.email, link=link, name=registration.name, hours=seconds // HOUR)


async def mail_reset(event: PasswordForgotten, errand: Errand) -> None:
    """The link that lets a person choose a new password; nothing for an id that is nobody's."""
    person = await _person(errand, event.user_id)
    if person is None:
        return
    seconds = errand.settings.auth.reset_seconds
    link = await _link(errand, "reset-password", "reset_password", person.id, seconds)
    await _send(errand, "reset_password", person.email, link=link, name=person.name, minutes=seconds // MINUTE)


async def mail_password_changed(event: PasswordChanged, errand: Errand) -> None:
    """The news, so that a stranger's change is noticed."""
    await _tell(errand, event.user_id, "password_changed")


async def mail_email_change(event: EmailChangeRequested, errand: Errand) -> None:
    """The link that confirms the new address; to an address that has an account already, only that news."""
    async with _unit(errand, read_only=True) as uow:
        people = PeopleRepository(uow)
        change = await ChangeRepository(uow).change(event.change_id, errand.clock.now())
        taken = change is not None and await people.id_of(change.email) is not None
    person = await _person(errand, change.user_id) if change else None
    if change is None or person is None:
        return
    if taken:
        await _send(errand, "address_known", change.email, link=_page(errand, "forgot-password"))
        return
    seconds = errand.settings.auth.change_seconds
    link = await _link(errand, "confirm-email", "change_email", change.id, seconds)
    await _send(errand, "confirm_email", change.email, link=link, name=person.name, hours=seconds // HOUR)


async def mail_email_changed(event: EmailChanged, errand: Errand) -> None:
    """The news to the old address."""
    async with _unit(errand, read_only=True) as uow:
        change = await ChangeRepository(uow).confirmed_change(event.change_id)
    person = await _person(errand, event.user_id)
    if change is None or person is None:
        return
    await _send(errand, "email_changed", change.old_email, name=person.name)
    async with _unit(errand) as uow:
        await ChangeRepository(uow).drop_change(change.id)


async def mail_mfa_enabled(event: MfaEnabled, errand: Errand) -> None:
    """The news, so that a stranger's authenticator is noticed."""
    await _tell(errand, event.user_id, "mfa_enabled")


async def mail_mfa_disabled(event: MfaDisabled, errand: Errand) -> None:
    """The news, so that a stranger's switch is noticed."""
    await _tell(errand, event.user_id, "mfa_disabled")


async def mail_recovery_code_used(event: RecoveryCodeUsed, errand: Errand) -> None:
    """The news, with how many codes are left now."""
    async with _unit(errand, read_only=True) as uow:
        left = await FactorRepository(uow).count_codes(event.user_id)
    await _tell(errand, event.user_id, "recovery_code_used", left=left)


async def _tell(errand: Errand, user_id: UUID, template: str, **values: Any) -> None:
    """News about an account, with the way to a new password for whom it was not."""
    person = await _person(errand, user_id)
    if person is not None:
        link = _page(errand, "forgot-password")
        await _send(errand, template, person.email, link=link, name=person.name, **values)


async def _person(errand: Errand, user_id: UUID) -> Account | None:
    async with _unit(errand, read_only=True) as uow:
        person = await PeopleRepository(uow).account(user_id)
    return person if person is not None and person.state == "active" else None


async def _link(errand: Errand, page: str, purpose: Purpose, subject_id: UUID, seconds: int) -> str:
    """The address of a page with a new token in its fragment, which reaches no server and no log."""
    now = errand.clock.now()
    async with _unit(errand) as uow:
        token = await TokenRepository(uow).make(purpose, subject_id, now, now + timedelta(seconds=seconds))
    return f"{_page(errand, page)}#token={token}"


def _page(errand: Errand, page: str) -> str:
    return f"{errand.settings.web.base_url}/{page}"


async def _send(errand: Errand, template: str, to: str, **values: Any) -> None:
    message = render(f"auth/templates/{template}", to=to, key=errand.key, settings=errand.settings.mail, **values)
    await errand.mailer.send(message)


def _unit(errand: Errand, *, read_only: bool = False) -> Any:
    return errand.identity.unit(errand.request_id, read_only=read_only)
