"""Statements of sign-in, on the identity role's connection."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Float, LargeBinary, bindparam, cast, func, select

from app.auth.models import RefreshToken, SignInSession
from app.db.query import Query
from app.db.uow import UnitOfWork
from app.utils.ids import uuid7


@dataclass(slots=True)
class SessionRow:
    """A session and the state of one of its refresh tokens."""

    session_id: UUID
    user_id: UUID
    transport: str
    csrf_hash: bytes | None
    created_at: datetime
    refreshed_at: datetime
    ended_at: datetime | None
    used_at: datetime | None
    settled_seconds: float | None
    """How long ago the rotation that used the token was committed for certain; None where that is not known."""


BY_TOKEN: Query[SessionRow] = Query(
    select(
        SignInSession.id.label("session_id"),
        SignInSession.user_id,
        SignInSession.transport,
        # The release before kept the hash with the session alone.
        func.coalesce(RefreshToken.csrf_hash, SignInSession.csrf_hash).label("csrf_hash"),
        SignInSession.created_at,
        SignInSession.refreshed_at,
        SignInSession.ended_at,
        RefreshToken.used_at,
        cast(func.extract("epoch", func.clock_timestamp() - RefreshToken.settled_at), Float).label("settled_seconds"),
    )
    .join(RefreshToken, RefreshToken.session_id == SignInSession.id)
    .where(RefreshToken.token_hash == bindparam("token_hash", type_=LargeBinary)),
    SessionRow,
)
ADD_SESSION = """
INSERT INTO sessions (id, user_id, transport, csrf_hash, address, user_agent, created_at, refreshed_at, authenticated_at,
  mfa_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $7, $7, $8)
"""
ADD_TOKEN = "INSERT INTO refresh_tokens (token_hash, session_id, created_at, csrf_hash) VALUES ($1, $2, $3, $4)"  # noqa: S105 - SQL, not a secret
LOCK_TOKEN = "SELECT 1 FROM refresh_tokens WHERE token_hash = $1 FOR UPDATE SKIP LOCKED"  # noqa: S105 - SQL, not a secret
USE_TOKEN = "UPDATE refresh_tokens SET used_at = $2 WHERE token_hash = $1"  # noqa: S105 - SQL, not a secret
SETTLE = "UPDATE refresh_tokens SET settled_at = now() WHERE token_hash = $1"
TOUCH = "UPDATE sessions SET refreshed_at = $2, csrf_hash = $3 WHERE id = $1"
END = "UPDATE sessions SET ended_at = $2 WHERE id = $1 AND ended_at IS NULL"
END_OWN = "UPDATE sessions SET ended_at = $3 WHERE id = $1 AND user_id = $2 AND ended_at IS NULL RETURNING bound_tenant_id, operator_id"
END_ALL = """
UPDATE sessions SET ended_at = $2 WHERE user_id = $1 AND ended_at IS NULL AND id IS DISTINCT FROM $3
"""
IS_ACTIVE = "SELECT 1 FROM users WHERE id = $1 AND state = 'active'"
HOLDS = """
SELECT 1 FROM credentials AS c JOIN users AS u ON u.id = c.user_id
WHERE c.user_id = $1 AND c.password_hash = $2 AND u.state = 'active' FOR UPDATE OF c
"""
SET_HASH = "UPDATE credentials SET password_hash = $2, changed_at = $3 WHERE user_id = $1 AND password_hash = $4"


@dataclass(frozen=True, slots=True)
class EndedSession:
    """A session that was just ended; the two are set where an operator acted as the person."""

    bound_tenant_id: UUID | None
    operator_id: UUID | None


class SessionRepository:
    """Sessions and their refresh tokens."""

    def __init__(self, uow: UnitOfWork) -> None:
        """`uow` is a unit of the identity role."""
        self.uow = uow

    async def add(
        self,
        user_id: UUID,
        transport: str,
        csrf_hash: bytes | None,
        address: str | None,
        agent: str | None,
        now: datetime,
        *,
        factor: bool = False,
    ) -> UUID:
        """Open a session; returns its id. `factor`: a second one was proved too."""
        session_id = uuid7()
        arguments = (user_id, transport, csrf_hash, address, agent, now, now if factor else None)
        await self.uow.connection.execute(ADD_SESSION, session_id, *arguments)
        return session_id

    async def add_token(self, session_id: UUID, token_hash: bytes, csrf_hash: bytes | None, now: datetime) -> None:
        """Store a new refresh token of the session, with the CSRF token that goes beside it."""
        await self.uow.connection.execute(ADD_TOKEN, token_hash, session_id, now, csrf_hash)

    async def lock(self, token_hash: bytes) -> bool:
        """Take the token for rotation; False where another request has it, or where there is none."""
        return await self.uow.connection.fetchrow(LOCK_TOKEN, token_hash) is not None

    async def by_token(self, token_hash: bytes) -> SessionRow | None:
        """The session that the token belongs to."""
        return await BY_TOKEN.first(self.uow, token_hash=token_hash)

    async def rotate(self, row: SessionRow, old: bytes, new: bytes, csrf_hash: bytes | None, now: datetime) -> None:
        """Use the old token and store the new one."""
        await self.uow.connection.execute(USE_TOKEN, old, now)
        await self.add_token(row.session_id, new, csrf_hash, now)
        await self.uow.connection.execute(TOUCH, row.session_id, now, csrf_hash)

    async def settle(self, old: bytes) -> None:
        """Note that the rotation of the token has been committed: in a transaction of its own, behind it."""
        await self.uow.connection.execute(SETTLE, old)

    async def is_active(self, user_id: UUID) -> bool:
        """Whether the person may go on: who was disabled may not."""
        return await self.uow.connection.fetchrow(IS_ACTIVE, user_id) is not None

    async def end(self, session_id: UUID, now: datetime) -> None:
        """End the session: all its tokens are worthless from the commit on."""
        await self.uow.connection.execute(END, session_id, now)

    async def end_own(self, session_id: UUID, user_id: UUID, now: datetime) -> EndedSession | None:
        """End a session of the person; None where the person has no such session, or it has ended."""
        row = await self.uow.connection.fetchrow(END_OWN, session_id, user_id, now)
        return None if row is None else EndedSession(*row)

    async def end_all(self, user_id: UUID, now: datetime, *, but: UUID | None = None) -> None:
        """End all sessions of the person, or all but one."""
        await self.uow.connection.execute(END_ALL, user_id, now, but)

    async def holds(self, user_id: UUID, password_hash: str) -> bool:
        """Whether the person is active and that is their password still; it stays so until the commit."""
        return await self.uow.connection.fetchrow(HOLDS, user_id, password_hash) is not None

    async def set_hash(self, user_id: UUID, password_hash: str, now: datetime, *, instead: str) -> None:
        """Store a password hash made at today's cost instead of that one, unless the password was changed meanwhile."""
        await self.uow.connection.execute(SET_HASH, user_id, password_hash, now, instead)
