"""Statements on API keys."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.db.uow import UnitOfWork


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


COLUMNS = """
SELECT k.id, k.name, k.prefix, k.scopes, k.created_by, k.created_at, k.expires_at, k.last_used_at, k.last_used_address,
  k.revoked_at, m.user_id IS NOT NULL AS owned
FROM api_keys AS k
LEFT JOIN memberships AS m ON m.tenant_id = $1 AND m.user_id = k.created_by AND m.state = 'active'
WHERE k.tenant_id = $1
"""
PAGE = f"{COLUMNS} AND k.id > $2 ORDER BY k.id LIMIT $3"
ONE = f"{COLUMNS} AND k.id = $2"
LOCKED = f"{COLUMNS} AND k.id = $2 FOR UPDATE OF k"
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

    async def page(self, *, after: UUID, limit: int) -> list[KeyRow]:
        """By id, which is the order of their making."""
        return [KeyRow(*row) for row in await self.uow.connection.fetch(PAGE, self.uow.tenant_id, after, limit)]

    async def get(self, key_id: UUID, *, lock: bool = False) -> KeyRow | None:
        """One key; locked until the commit where asked."""
        row = await self.uow.connection.fetchrow(LOCKED if lock else ONE, self.uow.tenant_id, key_id)
        return None if row is None else KeyRow(*row)

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
