"""Statements on API keys."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import DateTime, String, Uuid, bindparam, case, column, select
from sqlalchemy import table as lightweight

from app.auth.models import ApiKey
from app.auth.schemas.keys import KeyQuery
from app.db.listing import Listing, among, contains
from app.db.query import Query
from app.db.uow import UnitOfWork
from app.extensions.pagination import CursorCodec
from app.utils.schemas import Page


@dataclass(frozen=True, slots=True)
class KeyRow:
    """A key as it is stored, less its hashes; `owned` says whether its maker is an active member."""

    id: UUID
    name: str
    prefix: str
    scopes: list[str]
    created_by: UUID
    created_at: datetime
    expires_at: datetime | None
    last_used_at: datetime | None
    last_used_address: str | None
    revoked_at: datetime | None
    owned: bool


_tenant, _now = bindparam("tenant_id", type_=Uuid), bindparam("now", type_=DateTime(timezone=True))
# Of the members' table, which is another module's, auth names what it needs.
_members = lightweight(
    "memberships", column("tenant_id", Uuid), column("user_id", Uuid), column("state", String)
).alias("m")
_K, _owned = ApiKey, _members.c.user_id.is_not(None)
_rows = (
    select(
        _K.id, _K.name, _K.prefix, _K.scopes, _K.created_by, _K.created_at, _K.expires_at, _K.last_used_at,
        _K.last_used_address, _K.revoked_at, _owned.label("owned"),
    )
    .join(
        _members,
        (_members.c.tenant_id == _tenant) & (_members.c.user_id == _K.created_by) & (_members.c.state == "active"),
        isouter=True,
    )
    .where(_K.tenant_id == _tenant)
)  # fmt: skip
_state = case(
    (_K.revoked_at.is_not(None), "revoked"), (_K.expires_at <= _now, "expired"), (_owned, "active"), else_="orphaned"
)
KEYS: Listing[KeyRow] = Listing(
    "api-keys",
    KeyRow,
    _rows,
    KeyQuery,
    key={"id": _K.id},
    sorts={
        "name": _K.name,
        "created_at": _K.created_at,
        "last_used_at": _K.last_used_at,
        "expires_at": _K.expires_at,
    },
    order="id",
    filters={"state": among(_state), "q": contains(_K.name, _K.prefix)},
)
_one = _rows.where(_K.id == bindparam("id", type_=Uuid))
ONE: Query[KeyRow] = Query(_one, KeyRow)
LOCKED: Query[KeyRow] = Query(_one.with_for_update(of=_K), KeyRow)
ADD = """
INSERT INTO api_keys (tenant_id, id, name, prefix, secret_hash, scopes, created_by, created_at, updated_at, expires_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8, $9)
"""
ROTATE = """
UPDATE api_keys SET previous_hash = secret_hash, previous_until = $4, secret_hash = $3, updated_at = now()
WHERE tenant_id = $1 AND id = $2
"""
REVOKE = """
UPDATE api_keys SET revoked_at = $3, previous_hash = NULL, previous_until = NULL, updated_at = now()
WHERE tenant_id = $1 AND id = $2
"""
ADOPT = "UPDATE api_keys SET created_by = $3, updated_at = now() WHERE tenant_id = $1 AND id = $2"


class KeyRepository:
    """API keys of the bound tenant."""

    def __init__(self, uow: UnitOfWork) -> None:
        """`uow` is bound to the tenant."""
        self.uow = uow

    async def page(self, query: KeyQuery, cursors: CursorCodec, now: datetime) -> Page[KeyRow]:
        """By id, which is the order of their making, unless another is asked for."""
        return await KEYS.page(self.uow, cursors, query, fixed={"now": now})

    async def get(self, key_id: UUID, *, lock: bool = False) -> KeyRow | None:
        """One key; locked until the commit where asked."""
        return await (LOCKED if lock else ONE).first(self.uow, id=key_id)

    async def add(
        self,
        key_id: UUID,
        name: str,
        prefix: str,
        secret_hash: bytes,
        scopes: list[str],
        by: UUID,
        now: datetime,
        expires_at: datetime | None,
    ) -> None:
        """A new key."""
        arguments = (key_id, name, prefix, secret_hash, scopes, by, now, expires_at)
        await self.uow.connection.execute(ADD, self.uow.tenant_id, *arguments)

    async def rotate(self, key_id: UUID, secret_hash: bytes, previous_until: datetime) -> None:
        """Another secret; the one before works until then."""
        await self.uow.connection.execute(ROTATE, self.uow.tenant_id, key_id, secret_hash, previous_until)

    async def revoke(self, key_id: UUID, now: datetime) -> None:
        """End it, for good."""
        await self.uow.connection.execute(REVOKE, self.uow.tenant_id, key_id, now)

    async def adopt(self, key_id: UUID, by: UUID) -> None:
        """Let another person answer for it."""
        await self.uow.connection.execute(ADOPT, self.uow.tenant_id, key_id, by)
