"""A person's own sessions, as the app role reads them: the policy on sessions.user_id shows no others."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.db.uow import UnitOfWork


@dataclass(frozen=True, slots=True)
class OwnSession:
    """A session that stands."""

    id: UUID
    transport: str
    address: str | None
    user_agent: str | None
    created_at: datetime
    refreshed_at: datetime
    authenticated_at: datetime
    mfa_at: datetime | None
    operator_id: UUID | None


STANDING = """
SELECT id, transport, address, user_agent, created_at, refreshed_at, authenticated_at, mfa_at, operator_id FROM sessions
WHERE user_id = $1 AND ended_at IS NULL AND (ends_at IS NULL OR ends_at > $2) AND refreshed_at > $3 AND created_at > $4
"""
PAGE = f"{STANDING} AND id > $5 ORDER BY id LIMIT $6"
ONE = f"{STANDING} AND id = $5"


class OwnSessionRepository:
    """Reads the caller's sessions; `idle` and `absolute` are the moments since which one must have been used and opened."""

    def __init__(self, uow: UnitOfWork, user_id: UUID, now: datetime, idle: datetime, absolute: datetime) -> None:
        """`uow` is bound to the person."""
        self.uow = uow
        self._standing = (user_id, now, idle, absolute)

    async def page(self, after: UUID, limit: int) -> list[OwnSession]:
        """In the order of their opening."""
        return [OwnSession(*row) for row in await self.uow.connection.fetch(PAGE, *self._standing, after, limit)]

    async def get(self, session_id: UUID) -> OwnSession | None:
        """One of them."""
        row = await self.uow.connection.fetchrow(ONE, *self._standing, session_id)
        return None if row is None else OwnSession(*row)
