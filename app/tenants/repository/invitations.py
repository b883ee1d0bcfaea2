"""Statements on invitations."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import DateTime, Uuid, bindparam, case, select

from app.db.errors import mapped
from app.db.listing import Listing, among, contains
from app.db.query import Query
from app.db.uow import UnitOfWork
from app.extensions.pagination import CursorCodec
from app.tenants.exceptions import AlreadyMember, InvitationPending
from app.tenants.models import Invitation
from app.tenants.schemas import InvitationQuery
from app.utils.ids import uuid7
from app.utils.schemas import Page


@dataclass(slots=True)
class InvitationRow:
    """An invitation as it is stored."""

    id: UUID
    email: str
    roles: list[str]
    state: str
    token_hash: bytes | None
    invited_by: UUID
    created_at: datetime
    expires_at: datetime
    ended_at: datetime | None


_tenant = bindparam("tenant_id", type_=Uuid)
_columns = (
    Invitation.id,
    Invitation.email,
    Invitation.roles,
    Invitation.state,
    Invitation.token_hash,
    Invitation.invited_by,
    Invitation.created_at,
    Invitation.expires_at,
    Invitation.ended_at,
)
_now = bindparam("now", type_=DateTime(timezone=True))
_state = case(((Invitation.state == "pending") & (Invitation.expires_at <= _now), "expired"), else_=Invitation.state)
INVITATIONS: Listing[InvitationRow] = Listing(
    "invitations",
    InvitationRow,
    select(*_columns).where(Invitation.tenant_id == _tenant),
    InvitationQuery,
    key={"id": Invitation.id},
    sorts={"created_at": Invitation.created_at, "email": Invitation.email, "expires_at": Invitation.expires_at},
    order="id",
    filters={"state": among(_state), "q": contains(Invitation.email)},
)
_one = select(*_columns).where(Invitation.tenant_id == _tenant, Invitation.id == bindparam("id", type_=Uuid))
ONE: Query[InvitationRow] = Query(_one, InvitationRow)
LOCKED: Query[InvitationRow] = Query(_one.with_for_update(), InvitationRow)
ADD = """
INSERT INTO invitations (tenant_id, id, email, roles, invited_by, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7)
"""
# Whose time is over makes room for the next to the same address.
CLEAR = """
UPDATE invitations SET state = 'revoked', ended_at = $3
WHERE tenant_id = $1 AND lower(email) = lower($2) AND state = 'pending' AND expires_at <= $3
"""
IS_MEMBER = "SELECT 1 FROM memberships WHERE tenant_id = $1 AND lower(email) = lower($2)"
EXTEND = """
UPDATE invitations SET expires_at = $3, token_hash = NULL, updated_at = now()
WHERE tenant_id = $1 AND id = $2 AND state = 'pending'
"""
KEEP_HASH = """
UPDATE invitations SET token_hash = $3 WHERE tenant_id = $1 AND id = $2 AND state = 'pending'
"""
END = """
UPDATE invitations SET state = $3, ended_at = $4, accepted_by = $5, token_hash = NULL WHERE tenant_id = $1 AND id = $2
"""
JOIN = """
INSERT INTO memberships (tenant_id, user_id, roles, email, name, picture, joined_at, version)
SELECT $1, id, $3, email, name, picture, $4, 1 FROM users WHERE id = $2
"""


class InvitationRepository:
    """Invitations of the bound tenant."""

    def __init__(self, uow: UnitOfWork) -> None:
        """`uow` is bound to the tenant."""
        self.uow = uow

    async def page(self, query: InvitationQuery, cursors: CursorCodec, now: datetime) -> Page[InvitationRow]:
        """By id, which is the order of their making, unless another is asked for."""
        return await INVITATIONS.page(self.uow, cursors, query, fixed={"now": now})

    async def get(self, key: UUID, *, lock: bool = False) -> InvitationRow | None:
        """One invitation; locked until the commit where asked."""
        return await (LOCKED if lock else ONE).first(self.uow, id=key)

    async def add(self, email: str, roles: list[str], by: UUID, now: datetime, until: datetime) -> UUID:
        """A new one; returns its id.

        Raises:
            InvitationPending: the address has an open one.
            AlreadyMember: it is a member's.
        """
        key = uuid7()
        await self.uow.connection.execute(CLEAR, self.uow.tenant_id, email, now)
        if await self.uow.connection.fetchrow(IS_MEMBER, self.uow.tenant_id, email) is not None:
            raise AlreadyMember("Somebody with this address is a member already.")
        pending = {"uq_invitations_email": lambda: InvitationPending("There is an open invitation; resend that one.")}
        with mapped(pending):
            await self.uow.connection.execute(ADD, self.uow.tenant_id, key, email, roles, by, now, until)
        return key

    async def extend(self, key: UUID, until: datetime) -> None:
        """Let it wait until then; the link that was sent before works no more."""
        await self.uow.connection.execute(EXTEND, self.uow.tenant_id, key, until)

    async def set_token(self, key: UUID, token_hash: bytes) -> None:
        """Keep the hash of the token that is about to be mailed."""
        await self.uow.connection.execute(KEEP_HASH, self.uow.tenant_id, key, token_hash)

    async def end(self, key: UUID, state: str, now: datetime, by: UUID | None = None) -> None:
        """Accepted by somebody, or revoked."""
        await self.uow.connection.execute(END, self.uow.tenant_id, key, state, now, by)

    async def join(self, user_id: UUID, roles: list[str], now: datetime) -> None:
        """Make the person, to whom the unit of work is bound, a member.

        Raises:
            AlreadyMember.
        """
        with mapped({"pk_memberships": lambda: AlreadyMember("You are a member already.")}):
            await self.uow.connection.execute(JOIN, self.uow.tenant_id, user_id, roles, now)
