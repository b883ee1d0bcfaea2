"""A person's password and address: forgotten, chosen anew, changed."""

from datetime import datetime, timedelta
from uuid import UUID

from app.auth.events import EmailChanged, EmailChangeRequested, PasswordChanged, PasswordForgotten
from app.auth.exceptions import AddressTaken, MfaRequired, TokenInvalid
from app.auth.repository import (
    ChangeRepository,
    FactorRepository,
    PeopleRepository,
    ProofRepository,
    SessionRepository,
    TokenRepository,
)
from app.auth.schemas import ChangePassword, EmailChange, ForgotPassword, ResetPassword, StepUp
from app.auth.services.base import IdentityService
from app.auth.services.factors import FactorService
from app.db.uow import UnitOfWork
from app.utils.ids import uuid7


class RecoveryService(IdentityService):
    """Whoever can read the mailbox chooses a new password; whoever is signed in changes it."""

    async def forgot(self, body: ForgotPassword) -> None:
        """Ask for a reset. For an unknown address the event names nobody, and everything else is the same.

        Raises:
            RateLimited: too many mails to this address, or for this network address.
        """
        email = str(body.email)
        self.commons.told.update(await self.identity.mail_limiter.take("forgot", email, self.commons.address or ""))
        async with self._unit() as uow:
            user_id = await PeopleRepository(uow).id_of(email) or uuid7()
            uow.record(PasswordForgotten(user_id=user_id))
            self.track("auth.password.forgotten", f"user:{user_id}", uow=uow)

    async def reset(self, body: ResetPassword) -> None:
        """Choose a new password by the mail's link: all sessions end, and a second factor is asked for as before.

        Raises:
            TokenInvalid: used, expired or never given out.
        """
        now = self.commons.clock.now()
        async with self._unit(read_only=True) as uow:
            if await TokenRepository(uow).find(body.token, "reset_password", now) is None:
                raise TokenInvalid
        password_hash = await self.identity.vault.hash(body.password.get_secret_value())
        async with self._unit() as uow:
            tokens = TokenRepository(uow)
            user_id = await tokens.use(body.token, "reset_password", now)
            if user_id is None:
                raise TokenInvalid
            await tokens.forget("reset_password", user_id)
            await tokens.forget("mfa", user_id)
            await self._set_password(uow, user_id, password_hash, now)
            await SessionRepository(uow).end_all(user_id, now)
            uow.record(PasswordChanged(user_id=user_id))
            self.track("auth.password.reset", f"user:{user_id}", uow=uow)

    async def change_password(self, body: ChangePassword) -> None:
        """Change it with the current one: all other sessions end. This one counts as fresh, unless a second factor is on.

        Raises:
            InvalidCredentials: the current password is wrong.
            RateLimited: too many wrong ones, or too many changes: each is told by a mail.
        """
        user_id, session_id, now = self.commons.user_id, self._session_id(), self.commons.clock.now()
        has_factor = await self._check_password(body.current_password.get_secret_value(), "auth.password.refused")
        self.commons.told.update(
            await self.identity.mail_limiter.take("password", self.commons.principal.email or "", str(user_id))
        )
        password_hash = await self.identity.vault.hash(body.password.get_secret_value())
        async with self._unit() as uow:
            tokens = TokenRepository(uow)
            await self._set_password(uow, user_id, password_hash, now)
            await tokens.forget("reset_password", user_id)
            await tokens.forget("mfa", user_id)
            await SessionRepository(uow).end_all(user_id, now, but=session_id)
            if not has_factor:
                await ProofRepository(uow).prove(session_id, now)
            uow.record(PasswordChanged(user_id=user_id))
            self.track("auth.password.changed", f"user:{user_id}", uow=uow)

    async def step_up(self, body: StepUp) -> None:
        """Prove the password, and the second factor where it is on, again: the session counts as fresh.

        Raises:
            InvalidCredentials: the password is wrong.
            MfaRequired: it is right, and a code is missing.
            MfaCodeInvalid: the code is wrong, was used or is too old.
            RateLimited: too many wrong ones.
        """
        user_id, session_id = self.commons.user_id, self._session_id()
        has_factor = await self._check_password(body.password.get_secret_value(), "auth.step_up.refused")
        if has_factor:
            if body.code is None:
                raise MfaRequired("Send a code of your authenticator, or a recovery code, too.")
            await FactorService(self.commons, self.identity).prove(user_id, body.code)
        async with self._unit() as uow:
            await ProofRepository(uow).prove(session_id, self.commons.clock.now(), factor=has_factor)
            self.track("auth.step_up.proved", f"user:{user_id}", uow=uow)

    async def change_email(self, body: EmailChange) -> None:
        """Ask for another address; it is confirmed there. Whether it is taken is told to nobody here.

        Raises:
            RateLimited: too many mails to that address, or for this person.
        """
        user_id, now, email = self.commons.user_id, self.commons.clock.now(), str(body.email)
        await self._release()
        self.commons.told.update(await self.identity.mail_limiter.take("email", email, str(user_id)))
        until = now + timedelta(seconds=self.identity.settings.change_seconds)
        async with self._unit() as uow:
            changes = ChangeRepository(uow)
            key = await changes.add_change(user_id, email, now, until)
            await changes.drop_changes(user_id, but=key)
            uow.record(EmailChangeRequested(change_id=key))
            self.track("auth.email.change_requested", f"user:{user_id}", uow=uow)

    async def confirm_email(self, token: str) -> None:
        """Take the new address; the old one is told, and links that were sent there no longer reset the password.

        Raises:
            TokenInvalid: used, expired or never given out; also where somebody else took the address meanwhile.
        """
        now = self.commons.clock.now()
        try:
            async with self._unit() as uow:
                tokens, people = TokenRepository(uow), PeopleRepository(uow)
                key = await tokens.use(token, "change_email", now)
                change = await ChangeRepository(uow).confirm_change(key, now) if key else None
                if change is None:
                    raise TokenInvalid
                await people.set_email(change.user_id, change.email, now)
                await tokens.forget("reset_password", change.user_id)
                uow.record(EmailChanged(user_id=change.user_id, change_id=change.id))
                self.track("auth.email.changed", f"user:{change.user_id}", uow=uow)
        except AddressTaken as error:
            raise TokenInvalid from error

    async def _set_password(self, uow: UnitOfWork, user_id: UUID, password_hash: str, now: datetime) -> None:
        """Another password; addresses that whoever had the one before asked for can no longer be confirmed."""
        await PeopleRepository(uow).set_password(user_id, password_hash, now)
        await ChangeRepository(uow).drop_changes(user_id)

    async def _check_password(self, password: str, refused: str) -> bool:
        """Check the caller's own password; returns whether a second factor is on.

        Raises:
            InvalidCredentials: it is wrong; `refused` is what the audit log calls it.
            RateLimited: too many wrong ones.
        """
        user_id = self.commons.user_id
        async with self._attempt(f"own:{user_id}"):
            async with self._unit(read_only=True) as uow:
                account = await PeopleRepository(uow).account(user_id)
                has_factor = await FactorRepository(uow).is_on(user_id)
            if not await self.identity.vault.verify(account.password_hash if account else None, password):
                await self._refuse(user_id, refused, "The password is wrong.")
        return has_factor
