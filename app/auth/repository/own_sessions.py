"""A person's own sessions, as the app role reads them: the policy on sessions.user_id shows no others."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import DateTime, Uuid, bindparam, select

from app.auth.models import SignInSession
from app.db.listing import Listing
from app.db.query import Query
from app.db.uow import UnitOfWork
from app.extensions.pages import PageQuery
from app.extensions.pagination import CursorCodec
from app.utils.schemas import Page


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


_S = SignInSession
_now, _idle, _absolute = (bindparam(name, type_=DateTime(timezone=True)) for name in ("now", "idle", "absolute"))
_standing = select(
    _S.id, _S.transport, _S.address, _S.user_agent, _S.created_at, _S.refreshed_at, _S.authenticated_at, _S.mfa_at,
    _S.operator_id,
).where(
    _S.user_id == bindparam("user_id", type_=Uuid),
    _S.ended_at.is_(None),
    _S.ends_at.is_(None) | (_S.ends_at > _now),
    _S.refreshed_at > _idle,
    _S.created_at > _absolute,
)  # fmt: skip
SESSIONS: Listing[OwnSession] = Listing("sessions", OwnSession, _standing, PageQuery, key={"id": _S.id}, order="id")
ONE: Query[OwnSession] = Query(_standing.where(_S.id == bindparam("id", type_=Uuid)), OwnSession)


class OwnSessionRepository:
    """Reads the caller's sessions; `idle` and `absolute` are the moments since which one must have been used and opened."""

    def __init__(self, uow: UnitOfWork, user_id: UUID, now: datetime, idle: datetime, absolute: datetime) -> None:
        """`uow` is bound to the person."""
        self.uow = uow
        self._user_id = user_id
        self._standing = {"user_id": user_id, "now": now, "idle": idle, "absolute": absolute}

    async def page(self, query: PageQuery, cursors: CursorCodec) -> Page[OwnSession]:
        """In the order of their opening."""
        return await SESSIONS.page(self.uow, cursors, query, scope=(str(self._user_id),), fixed=self._standing)

    async def get(self, session_id: UUID) -> OwnSession | None:
        """One of them."""
        return await ONE.first(self.uow, id=session_id, **self._standing)
