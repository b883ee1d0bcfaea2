"""Registration: an address and a password become a person once the address is proved."""

from datetime import timedelta

from app.auth.events import AddressVerified, RegistrationReceived
from app.auth.exceptions import AddressTaken, TokenInvalid
from app.auth.repository import PeopleRepository, TokenRepository
from app.auth.schemas import Register, VerifyEmail
from app.auth.services.base import IdentityService

MOST_TRIES = 10
"""Wrong passwords that one link bears."""


class RegistrationService(IdentityService):
    """Registering and verifying. Nothing here tells whether an address is known: only its mailbox learns it."""

    async def register(self, body: Register) -> None:
        """Keep a registration. Known or not, the same statements are sent and the same event is recorded.

        Raises:
            RateLimited: too many mails to this address, or for this network address.
        """
        email = str(body.email)
        self.commons.told.update(await self.identity.mail_limiter.take("register", email, self.commons.address or ""))
        password_hash = await self.identity.vault.hash(body.password.get_secret_value())
        now = self.commons.clock.now()
        until = now + timedelta(seconds=self.identity.settings.verify_seconds)
        async with self._unit() as uow:
            key = await PeopleRepository(uow).add_registration(email, body.name, password_hash, now, until)
            uow.record(RegistrationReceived(registration_id=key))
            self.track("auth.registration.received", f"registration:{key}", uow=uow)

    async def verify(self, body: VerifyEmail) -> None:
        """Make the registration a person. The password again: whoever registered a stranger's address gains nothing.

        Raises:
            TokenInvalid: used, expired, replaced or never given out; also after ten wrong passwords.
            InvalidCredentials: not the password of this registration.
        """
        now = self.commons.clock.now()
        async with self._unit() as uow:
            tokens = TokenRepository(uow)
            found = await tokens.find(body.token, "verify_email", now)
            registration = await PeopleRepository(uow).registration(found.subject_id, now) if found else None
            if registration is None or await tokens.count_try(body.token) > MOST_TRIES:
                raise TokenInvalid
        password = body.password.get_secret_value()
        if not await self.identity.vault.verify(registration.password_hash, password):
            await self._refuse(None, "auth.registration.refused", "It is not the password that was registered.")
        try:
            async with self._unit() as uow:
                if await TokenRepository(uow).use(body.token, "verify_email", now) is None:
                    raise TokenInvalid
                people = PeopleRepository(uow)
                user_id = await people.add_person(
                    registration.email, registration.name, registration.password_hash, now
                )
                await people.drop_registrations(registration.email)
                uow.record(AddressVerified(user_id=user_id))
                self.track("auth.registration.verified", f"user:{user_id}", uow=uow)
        except AddressTaken as error:
            raise TokenInvalid from error
