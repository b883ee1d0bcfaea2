"""Refresh with rotation, and logout. Each is short transactions around work that holds no connection."""

import hmac
import logging
from dataclasses import dataclass
from datetime import timedelta

from app.auth.repository import EndedSession, SessionRepository, SessionRow
from app.auth.schemas import SignedIn
from app.auth.services.base import IdentityService
from app.auth.services.issuing import issue, set_cookie
from app.auth.tokens import Identity, idle_deadline, new_secret, secret_hash
from app.db.uow import UnitOfWork
from app.exceptions import CsrfFailed, OutcomeUnknown, RefreshInProgress, SessionEnded, Unauthenticated, Unavailable

UNSETTLED = timedelta(seconds=30)
"""Longer than any request lives: a rotation that is not settled by then was cut off after its commit."""
LOOKS = 3
"""How often a token is looked at before one look is believed that took too long to tell."""
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class CookieGuard:
    """What a request by cookie must bring: the token of the cookie, X-CSRF-Token and Origin."""

    cookie: str | None
    csrf_token: str | None
    origin: str | None


class RenewalService(IdentityService):
    """Refresh with rotation, sign-out."""

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
        old, fresh = secret_hash(secret), new_secret()
        answer: SignedIn | None = None
        try:
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
                if row.used_at is None:
                    answer = await self._rotate(uow, row, old, fresh)
                else:
                    await self._end(uow, row, "auth.session.reuse_detected")
        except OutcomeUnknown:
            if answer is not None:
                await self._demand_rotated(old, fresh)
        if answer is None:
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
                set_cookie(self.commons, self.identity, "", seconds=0)
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

    async def _demand_rotated(self, old: bytes, fresh: str) -> None:
        """The commit was not answered. To send the token again would be to use it twice, if it happened: so it is found out.

        Raises:
            RefreshInProgress: the server is still at it.
            Unavailable: it did not happen.
        """
        async with self._unit() as uow:
            sessions = SessionRepository(uow)
            if not await sessions.lock(old):
                raise RefreshInProgress("Send it again in a moment.")
            if await sessions.by_token(secret_hash(fresh)) is None:
                raise Unavailable("Send it again.")

    async def _settle(self, old: bytes) -> None:
        """Stamp a rotation that is committed. Its answer goes out even where that fails."""
        try:
            async with self._unit() as uow:
                await SessionRepository(uow).settle(old)
        except Unavailable:
            logger.warning("a rotation of a refresh token was not stamped; twins of it are told to wait")

    async def _rotate(self, uow: UnitOfWork, row: SessionRow, old: bytes, token: str) -> SignedIn:
        now = self.commons.clock.now()
        if row.ended_at is not None or idle_deadline(row.refreshed_at, row.created_at, self.identity.settings) <= now:
            raise SessionEnded("Sign in again.")
        sessions = SessionRepository(uow)
        if not await sessions.is_active(row.user_id):
            raise SessionEnded("Sign in again.")
        csrf = new_secret() if row.transport == "cookie" else None
        await sessions.rotate(row, old, secret_hash(token), secret_hash(csrf) if csrf else None, now)
        user_id, session_id = row.user_id, row.session_id
        return issue(self.commons, self.identity, user_id, session_id, token, csrf, created_at=row.created_at)

    def _check_csrf(self, row: SessionRow, guard: CookieGuard) -> None:
        """A cookie counts only beside its CSRF token, from a listed origin (double submit, bound to the session)."""
        given = secret_hash(guard.csrf_token or "")
        known = row.csrf_hash is not None and hmac.compare_digest(given, row.csrf_hash)
        if not known or guard.origin not in self.identity.origins:
            raise CsrfFailed("Send X-CSRF-Token as the last answer gave it, from a listed origin.")

    async def _end(self, uow: UnitOfWork, row: SessionRow, action: str) -> None:
        await SessionRepository(uow).end(row.session_id, self.commons.clock.now())
        self.track(action, f"user:{row.user_id}", after={"session_id": str(row.session_id)}, uow=uow)
