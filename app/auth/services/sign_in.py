"""Sign-in, refresh with rotation, logout. Each is short transactions around work that holds no connection."""

import hmac
import logging
import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from app.auth.exceptions import MfaRequired, MfaTokenInvalid
from app.auth.repository import EndedSession, SessionRepository, SessionRow, TokenRepository
from app.auth.schemas import SignedIn, SignIn, SignInCode, Transport
from app.auth.services.base import IdentityService
from app.auth.services.factors import FactorService, Method
from app.auth.tokens import Identity, idle_deadline, new_secret, secret_hash
from app.db.uow import UnitOfWork
from app.exceptions import CsrfFailed, RefreshInProgress, SessionEnded, Unauthenticated, Unavailable

COOKIE = "atrium_refresh"
COOKIE_PATH = "/api/v1/auth"
MFA_SECONDS = 300
MFA_TRIES = 5
UNSETTLED = timedelta(seconds=30)
LOOKS = 3
"""Longer than any request lives: a rotation that is not settled by then was cut off after its commit."""
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class CookieGuard:
    """What a request by cookie must bring: the token of the cookie, X-CSRF-Token and Origin."""

    cookie: str | None
    csrf_token: str | None
    origin: str | None


class AuthService(IdentityService):
    """Sign-in, refresh with rotation, sign-out."""

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

    async def refresh(self, token: str | None, guard: CookieGuard) -> SignedIn:
        """Rotate the refresh token.

        Raises:
            Unauthenticated: no such token.
            SessionEnded: the session is over, or the token was used before: then its whole family ends.
            RefreshInProgress: another request is rotating it at this moment; the family lives.
            CsrfFailed: a cookie without its CSRF token, or from a foreign origin.
            RateLimited: too many of this session or from this address; the family lives.
        """
        by_cookie = token is None
        secret = guard.cookie if token is None else token
        if not secret:
            raise Unauthenticated("Send refresh_token, or the cookie.")
        await self.identity.refresh_limiter.arrive(self.commons.address or "")
        old = secret_hash(secret)
        async with self._unit() as uow:
            sessions = SessionRepository(uow)
            row = await sessions.by_token(old)
            if row is None or by_cookie != (row.transport == "cookie"):
                raise Unauthenticated("The refresh token is not valid.")
            if by_cookie:
                self._check_csrf(row, guard)  # before the lock, so that a forged request holds up nobody
            self.commons.told.update(await self.identity.refresh_limiter.take(row.session_id))
            locked = await sessions.lock(old)
            row, is_twin = await self._look(sessions, old, row)
            if not locked or is_twin:
                raise RefreshInProgress("Use the tokens that the other request was given.")
            reused = row.used_at is not None
            if reused:
                await self._end(uow, row, "auth.session.reuse_detected")
            else:
                answer = await self._rotate(uow, row, old)
        if reused:
            raise SessionEnded("The refresh token was used before; its session was ended.")
        await self._settle(old)
        return answer

    async def sign_out(self, bearer: str | None, guard: CookieGuard) -> None:
        """End the caller's session, effective at once: that of the access token, or by cookie without a live one.

        Raises:
            Unauthenticated, TokenExpired: neither a valid access token nor a cookie.
            SessionEnded: the access token's session is over.
            CsrfFailed: a cookie without its CSRF token, or from a foreign origin.
        """
        signed, refused = self._signed(bearer)
        async with self._unit() as uow:
            sessions = SessionRepository(uow)
            row = await sessions.by_token(secret_hash(guard.cookie)) if guard.cookie else None
            if (
                row is not None
                and row.transport == "cookie"
                and (signed is None or signed.session_id == row.session_id)
            ):
                self._check_csrf(row, guard)
                self._set_cookie("", seconds=0)
                await self._end(uow, row, "auth.session.signed_out")
                return
            if signed is None:
                raise refused
            ended = await sessions.end_own(signed.session_id, signed.user_id, self.commons.clock.now())
            if ended is None:
                raise SessionEnded("Sign in again.")
            after = {"session_id": str(signed.session_id)}
            self.track("auth.session.signed_out", f"user:{signed.user_id}", after=after, uow=uow)
        await self._tell_of_parting(signed, ended)

    async def _tell_of_parting(self, signed: Identity, ended: EndedSession) -> None:
        """A tenant that saw an operator come as one of its people sees them go."""
        if ended.bound_tenant_id is None:
            return
        async with self.identity.tenant_unit(self.commons.request_id, ended.bound_tenant_id) as uow:
            actor = f"operator:{ended.operator_id} as user:{signed.user_id}"
            after = {"impersonation_id": str(signed.session_id)}
            self.track("operators.impersonation.ended", f"user:{signed.user_id}", after=after, uow=uow, actor=actor)

    def _signed(self, bearer: str | None) -> tuple[Identity | None, Unauthenticated]:
        """Who the access token is of, or what is due where nothing else proves the session."""
        try:
            return self.identity.tokens.verify(bearer or ""), Unauthenticated()
        except Unauthenticated as error:
            return None, error

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

    async def _look(self, sessions: SessionRepository, old: bytes, row: SessionRow) -> tuple[SessionRow, bool]:
        """The token as it stands, and whether this request is its user's twin. Judged by the time before the question, so
        that no reuse passes for a twin; where the time after it would judge otherwise, the look took too long to tell.
        """
        is_twin = False
        for _ in range(LOOKS):
            before = self._waited()
            row = await sessions.by_token(old) or row
            is_twin = self._is_twin(row, before)
            if is_twin is self._is_twin(row, self._waited()):
                break
        return row, is_twin

    def _waited(self) -> timedelta:
        return self.commons.clock.now() - self.commons.arrived_at

    def _is_twin(self, row: SessionRow, waited: timedelta) -> bool:
        """Whether the token was used while this request was under way, so that both were sent at once.

        A rotation is stamped by the database's clock in a second transaction, before its answer goes out: who arrived
        before that stamp is a twin, and who knows the answer comes after it. Clocks of several hosts are not compared.
        """
        if row.used_at is None:
            return False
        if row.settled_seconds is None:
            return self.commons.clock.now() - row.used_at < UNSETTLED
        return timedelta(seconds=row.settled_seconds) <= waited

    async def _settle(self, old: bytes) -> None:
        """Stamp a rotation that is committed. Its answer goes out even where that fails."""
        try:
            async with self._unit() as uow:
                await SessionRepository(uow).settle(old)
        except Unavailable:
            logger.warning("a rotation of a refresh token was not stamped; twins of it are told to wait")

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
        return self._answer(user_id, session_id, token, csrf, created_at=now)

    async def _rotate(self, uow: UnitOfWork, row: SessionRow, old: bytes) -> SignedIn:
        now = self.commons.clock.now()
        if row.ended_at is not None or idle_deadline(row.refreshed_at, row.created_at, self.identity.settings) <= now:
            raise SessionEnded("Sign in again.")
        sessions = SessionRepository(uow)
        if not await sessions.is_active(row.user_id):
            raise SessionEnded("Sign in again.")
        token = new_secret()
        csrf = new_secret() if row.transport == "cookie" else None
        await sessions.rotate(row, old, secret_hash(token), secret_hash(csrf) if csrf else None, now)
        return self._answer(row.user_id, row.session_id, token, csrf, created_at=row.created_at)

    async def _end(self, uow: UnitOfWork, row: SessionRow, action: str) -> None:
        now: datetime = self.commons.clock.now()
        await SessionRepository(uow).end(row.session_id, now)
        self.track(action, f"user:{row.user_id}", after={"session_id": str(row.session_id)}, uow=uow)

    def _answer(
        self, user_id: UUID, session_id: UUID, token: str, csrf: str | None, *, created_at: datetime
    ) -> SignedIn:
        """No token of a session outlives the session's absolute age."""
        settings = self.identity.settings
        age = self.commons.clock.now() - created_at
        left = math.ceil(settings.session_absolute_seconds - age.total_seconds())
        seconds = min(settings.access_seconds, left)
        if csrf is not None:
            self._set_cookie(token, seconds=min(settings.session_idle_seconds, left))
        return SignedIn(
            access_token=self.identity.tokens.access_token(user_id, session_id, seconds=seconds),
            expires_in=seconds,
            refresh_token=None if csrf else token,
            csrf_token=csrf,
        )

    def _check_csrf(self, row: SessionRow, guard: CookieGuard) -> None:
        """A cookie counts only beside its CSRF token, from a listed origin (double submit, bound to the session)."""
        given = secret_hash(guard.csrf_token or "")
        known = row.csrf_hash is not None and hmac.compare_digest(given, row.csrf_hash)
        if not known or guard.origin not in self.identity.origins:
            raise CsrfFailed("Send X-CSRF-Token as the last answer gave it, from a listed origin.")

    def _set_cookie(self, token: str, *, seconds: int) -> None:
        secure = "; Secure" if self.identity.cookie_secure else ""
        self.commons.outgoing.append(
            (
                "Set-Cookie",
                f"{COOKIE}={token}; Max-Age={seconds}; Path={COOKIE_PATH}; HttpOnly; SameSite=Strict{secure}",
            )
        )
