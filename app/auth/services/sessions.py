"""A person's own sessions."""

from datetime import timedelta
from uuid import UUID

from app.auth.repository import OwnSession, OwnSessionRepository, SessionRepository
from app.auth.schemas import SessionOut
from app.auth.services.base import IdentityService
from app.auth.tokens import idle_deadline
from app.exceptions import NotFound
from app.extensions.pages import PageQuery
from app.utils.schemas import Page


class SessionService(IdentityService):
    """Where the caller is signed in. What is ended here is refused on its next request."""

    async def page(self, query: PageQuery) -> Page[SessionOut]:
        """The sessions that stand, oldest first."""
        return (await self._own().page(query, self.commons.cursors)).each(self._out)

    async def get(self, session_id: UUID) -> SessionOut:
        """One of them.

        Raises:
            NotFound: another's, ended, or none: one answer.
        """
        row = await self._own().get(session_id)
        if row is None:
            raise NotFound("There is no such session.")
        return self._out(row)

    async def end(self, session_id: UUID) -> None:
        """End one of them; it may be the one that asks.

        Raises:
            NotFound: another's, ended, or none: one answer.
        """
        user_id, now = self.commons.user_id, self.commons.clock.now()
        async with self._unit() as uow:
            if not await SessionRepository(uow).end_own(session_id, user_id, now):
                raise NotFound("There is no such session.")
            self.track("auth.session.ended", f"session:{session_id}", uow=uow)

    async def end_others(self) -> None:
        """End all but the one that asks."""
        user_id, now = self.commons.user_id, self.commons.clock.now()
        async with self._unit() as uow:
            await SessionRepository(uow).end_all(user_id, now, but=self.commons.principal.session_id)
            self.track("auth.session.others_ended", f"user:{user_id}", uow=uow)

    def _own(self) -> OwnSessionRepository:
        now, settings = self.commons.clock.now(), self.identity.settings
        idle = now - timedelta(seconds=settings.session_idle_seconds)
        absolute = now - timedelta(seconds=settings.session_absolute_seconds)
        return OwnSessionRepository(self.uow, self.commons.user_id, now, idle, absolute)

    def _out(self, row: OwnSession) -> SessionOut:
        deadline = idle_deadline(row.refreshed_at, row.created_at, self.identity.settings)
        return SessionOut(
            id=row.id,
            current=row.id == self.commons.principal.session_id,
            transport=row.transport,
            address=row.address,
            user_agent=row.user_agent,
            created_at=row.created_at,
            refreshed_at=row.refreshed_at,
            authenticated_at=row.authenticated_at,
            mfa=row.mfa_at is not None,
            by_operator=row.operator_id is not None,
            expires_at=deadline,
        )
