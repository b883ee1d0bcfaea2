"""Idempotency keys: the answer to a request, kept in the transaction of its effect, so that a retry finds one or neither."""

import hashlib
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, DateTime, Index, Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import SECRET, Base, Role, grant
from app.db.mixins import SECOND, TenantMixin
from app.extensions.idempotency import Kept

WRITTEN = ("request_hash", "status", "body", "etag", "location", "subject", "expires_at")


class IdempotencyKey(TenantMixin, Base):
    """What was answered to the first request of a scope; only successes are kept, and they commit with what they tell of."""

    __tablename__ = "idempotency_keys"
    __table_args__ = (
        CheckConstraint("status BETWEEN 200 AND 299", name="status"),
        Index("ix_idempotency_keys_expires_at", "expires_at"),
    )
    __grants__ = (
        grant(Role.APP, "SELECT", "INSERT", update=WRITTEN),
        grant(Role.SYSTEM, "DELETE", select=("tenant_id", "scope", "expires_at")),
    )

    scope: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True, sort_order=SECOND)
    """SHA-256 of who asked, method, path and key: the key itself is nobody's to read."""
    request_hash: Mapped[bytes] = mapped_column(LargeBinary, info=SECRET)
    """SHA-256 of body and query."""
    status: Mapped[int] = mapped_column(Integer)
    body: Mapped[bytes | None] = mapped_column(LargeBinary)
    """None where the answer holds a secret."""
    etag: Mapped[str | None] = mapped_column(String(80))
    location: Mapped[str | None] = mapped_column(String(2000))
    subject: Mapped[str | None] = mapped_column(String(200))
    """The id of the resource, where the body is not kept."""
    expires_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


# Two statements, in this order: in one, the look would be as old as the snapshot, and miss what the lock's last holder wrote.
LOCK = "SELECT pg_try_advisory_xact_lock($1)"
FIND = """
SELECT request_hash, status, body, etag, location, subject FROM idempotency_keys
WHERE tenant_id = $1 AND scope = $2 AND expires_at > $3
"""
# Only what has expired is written over. Should the lock's 64 bits ever not have kept two apart, the second writes nothing.
KEEP = """
INSERT INTO idempotency_keys (tenant_id, scope, request_hash, status, body, etag, location, subject, expires_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
ON CONFLICT (tenant_id, scope) DO UPDATE SET
  request_hash = excluded.request_hash, status = excluded.status, body = excluded.body, etag = excluded.etag,
  location = excluded.location, subject = excluded.subject, expires_at = excluded.expires_at
WHERE idempotency_keys.tenant_id = $1 AND idempotency_keys.expires_at <= $10
"""


class IdempotencyRows:
    """The rows of the tenant that a unit of work is bound to."""

    async def lock(self, uow: Any, scope: bytes) -> bool:
        """Whether the scope, in this tenant, is this transaction's until its end; never waits: twins must not fill the pool."""
        mixed = hashlib.sha256(_id(uow.tenant_id).bytes + scope).digest()
        number = int.from_bytes(mixed[:8], "big", signed=True)
        return bool(await uow.connection.fetchval(LOCK, number))

    async def find(self, uow: Any, scope: bytes, now: datetime) -> Kept | None:
        """What was answered, unless its time is over."""
        row = await uow.connection.fetchrow(FIND, uow.tenant_id, scope, now)
        return None if row is None else Kept(*row)

    async def keep(self, uow: Any, scope: bytes, kept: Kept, *, now: datetime, until: datetime) -> bool:
        """Write the answer; False where another stands there by now."""
        values = (kept.request_hash, kept.status, kept.body, kept.etag, kept.location, kept.subject)
        tag = await uow.connection.execute(KEEP, _id(uow.tenant_id), scope, *values, until, now)
        return str(tag).endswith(" 1")


def _id(tenant_id: UUID | None) -> UUID:
    if tenant_id is None:
        raise RuntimeError("an idempotency key belongs to a tenant: bind one first")
    return tenant_id
