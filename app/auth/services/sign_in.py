"""Sign-in, refresh with rotation, logout. Each is short transactions around work that holds no connection."""

import hmac
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.auth.repository import SessionRepository, SessionRow
from app.auth.schemas import SignedIn, SignIn, Transport
from app.auth.services.base import IdentityService
from app.auth.tokens import idle_deadline, new_secret, secret_hash
from app.db.uow import UnitOfWork
from app.exceptions import CsrfFailed, RefreshInProgress, SessionEnded, Unauthenticated

COOKIE = "atrium_refresh"
COOKIE_PATH = "/api/v1/auth"


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
            if fresh is not None:
                await SessionRepository(uow).set_hash(person.user_id, fresh, self.commons.clock.now())
            return await self._open(uow, person.user_id, body.session_transport)

    async def refresh(self, token: str | None, guard: CookieGuard) -> SignedIn:
        """Rotate the refresh token.

        Raises:
            Unauthenticated: no such token.
            SessionEnded: the session is over, or the token was used before: then its whole family ends.
            RefreshInProgress: another request is rotating it at this moment; the family lives.
            CsrfFailed: a cookie without its CSRF token, or from a foreign origin.
        """
        by_cookie = token is None
        secret = guard.cookie if token is None else token
        if not secret:
            raise Unauthenticated("Send refresh_token, or the cookie.")
        old = secret_hash(secret)
        async with self._unit() as uow:
            sessions = SessionRepository(uow)
            row = await sessions.by_token(old)
            if row is None or by_cookie != (row.transport == "cookie"):
                raise Unauthenticated("The refresh token is not valid.")
            if by_cookie:
                self._check_csrf(row, guard)  # before the lock, so that a forged request holds up nobody
            locked = await sessions.lock(old)
            row = await sessions.by_token(old) or row
            if not locked or (row.used_at is not None and row.used_at >= self.commons.arrived_at):
                raise RefreshInProgress("Use the tokens that the other request was given.")
            if row.used_at is None:
                return await self._rotate(uow, row, old)
            await self._end(uow, row, "auth.session.reuse_detected")
        raise SessionEnded("The refresh token was used before; its session was ended.")

    async def sign_out(self, guard: CookieGuard) -> None:
        """End the caller's session, effective at once."""
        now = self.commons.clock.now()
        session_id = self.commons.principal.session_id
        if session_id is None:
            raise Unauthenticated
        async with self._unit() as uow:
            sessions = SessionRepository(uow)
            if guard.cookie:
                row = await sessions.by_token(secret_hash(guard.cookie))
                if row is not None and row.session_id == session_id:
                    self._check_csrf(row, guard)
                    self._set_cookie("", seconds=0)
            await sessions.end(session_id, now)
            self.track("auth.session.signed_out", f"session:{session_id}", uow=uow)
        bound = self.commons.principal.bound_tenant_id
        if bound is not None:  # the tenant saw an operator come as one of its people, and sees them go
            async with self.identity.tenant_unit(self.commons.request_id, bound) as uow:
                target = f"user:{self.commons.user_id}"
                after = {"impersonation_id": str(session_id)}
                self.track("operators.impersonation.ended", target, after=after, uow=uow)

    async def _open(self, uow: UnitOfWork, user_id: UUID, transport: Transport) -> SignedIn:
        now = self.commons.clock.now()
        csrf = new_secret() if transport == "cookie" else None
        sessions = SessionRepository(uow)
        session_id = await sessions.add(
            user_id, transport, secret_hash(csrf) if csrf else None, self.commons.address, self.commons.user_agent, now
        )
        token = new_secret()
        await sessions.add_token(session_id, secret_hash(token), now)
        self.track("auth.session.signed_in", f"user:{user_id}", after={"session_id": str(session_id)}, uow=uow)
        return self._answer(user_id, session_id, token, csrf)

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
        return self._answer(row.user_id, row.session_id, token, csrf)

    async def _end(self, uow: UnitOfWork, row: SessionRow, action: str) -> None:
        now: datetime = self.commons.clock.now()
        await SessionRepository(uow).end(row.session_id, now)
        self.track(action, f"user:{row.user_id}", after={"session_id": str(row.session_id)}, uow=uow)

    def _answer(self, user_id: UUID, session_id: UUID, token: str, csrf: str | None) -> SignedIn:
        if csrf is not None:
            self._set_cookie(token, seconds=self.identity.settings.session_idle_seconds)
        return SignedIn(
            access_token=self.identity.tokens.access_token(user_id, session_id),
            expires_in=self.identity.settings.access_seconds,
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
