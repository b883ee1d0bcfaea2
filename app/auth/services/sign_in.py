"""Sign-in. Short transactions around work that holds no connection."""

from datetime import timedelta
from uuid import UUID

from app.auth.exceptions import MfaRequired, MfaTokenInvalid
from app.auth.repository import SessionRepository, TokenRepository
from app.auth.schemas import SignedIn, SignIn, SignInCode, Transport
from app.auth.services.base import IdentityService
from app.auth.services.factors import FactorService, Method
from app.auth.services.issuing import issue
from app.auth.tokens import new_secret, secret_hash
from app.db.uow import UnitOfWork

MFA_SECONDS = 300
MFA_TRIES = 5


class SignInService(IdentityService):
    """Opens sessions: by a password, and by a code where a second factor is on."""

    async def sign_in(self, body: SignIn) -> SignedIn:
        """Open a session.

        Raises:
            InvalidCredentials: unknown address, wrong password or disabled person, in the same time and words.
            MfaRequired: the account has a second factor; the problem holds the token for `sign_in_with_code`.
            RateLimited: too many failures of this account or address.
        """
        email, address = body.email.lower(), self.commons.address or ""
        async with self._unit(read_only=True) as uow:
            person = await self.identity.directory.person_by_email(uow, email, address)
        known = person is not None and person.known_here
        async with self.identity.limiter.attempt(email, address, known=known):
            password = body.password.get_secret_value()
            matches = await self.identity.vault.verify(person.password_hash if person else None, password)
            if person is None or not matches or person.state != "active":
                user_id = person.user_id if person else None
                await self._refuse(user_id, "auth.session.refused", "The address or the password is wrong.")
        vault = self.identity.vault
        fresh = await vault.hash(password) if vault.needs_rehash(person.password_hash) else None
        async with self._unit() as uow:
            sessions = SessionRepository(uow)
            held = await sessions.holds(person.user_id, person.password_hash)
            if held and fresh is not None:
                await sessions.set_hash(person.user_id, fresh, self.commons.clock.now(), instead=person.password_hash)
            if held and not person.mfa_enabled:
                return await self._open(uow, person.user_id, body.session_transport)
            asked = await self._ask_for_code(uow, person.user_id) if held else None
        if asked is None:
            return await self.sign_in(body)  # another hash meanwhile: that one judges
        raise asked

    async def sign_in_with_code(self, body: SignInCode) -> SignedIn:
        """The second half of a sign-in, by a code of the authenticator or a recovery code.

        Raises:
            MfaTokenInvalid: unknown, used, older than five minutes, or tried five times.
            MfaCodeInvalid: the code is wrong, was used or is too old.
            RateLimited: too many wrong codes of this account or from this address.
        """
        now = self.commons.clock.now()
        async with self._unit() as uow:
            tokens = TokenRepository(uow)
            found = await tokens.find(body.mfa_token, "mfa", now)
            tries = await tokens.count_try(body.mfa_token) if found else 0  # before the code is looked at: many at once
        if found is None or tries > MFA_TRIES:
            raise MfaTokenInvalid("Send address and password again.")
        method = await FactorService(self.commons, self.identity).prove(found.subject_id, body.code)
        async with self._unit() as uow:
            user_id = await TokenRepository(uow).use(body.mfa_token, "mfa", now)
            if user_id is None or not await SessionRepository(uow).is_active(user_id):
                raise MfaTokenInvalid("Send address and password again.")
            return await self._open(uow, user_id, body.session_transport, method)

    async def _ask_for_code(self, uow: UnitOfWork, user_id: UUID) -> MfaRequired:
        """The password was right: a token for the second half, which opens nothing else."""
        now = self.commons.clock.now()
        until = now + timedelta(seconds=MFA_SECONDS)
        token = await TokenRepository(uow).make("mfa", user_id, now, until)
        self.track("auth.mfa.asked", f"user:{user_id}", uow=uow)
        return MfaRequired(
            "Send a code of your authenticator, or a recovery code: POST /api/v1/auth/login/mfa.",
            extra={"mfa_token": token, "expires_in": MFA_SECONDS, "methods": ["totp", "recovery_code"]},
        )

    async def _open(
        self, uow: UnitOfWork, user_id: UUID, transport: Transport, method: Method | None = None
    ) -> SignedIn:
        now = self.commons.clock.now()
        csrf = new_secret() if transport == "cookie" else None
        csrf_hash = secret_hash(csrf) if csrf else None
        sessions = SessionRepository(uow)
        address, agent, factor = self.commons.address, self.commons.user_agent, method is not None
        session_id = await sessions.add(user_id, transport, csrf_hash, address, agent, now, factor=factor)
        token = new_secret()
        await sessions.add_token(session_id, secret_hash(token), csrf_hash, now)
        after = {"session_id": str(session_id), "second_factor": method}
        self.track("auth.session.signed_in", f"user:{user_id}", after=after, uow=uow)
        return issue(self.commons, self.identity, user_id, session_id, token, csrf, created_at=now)
