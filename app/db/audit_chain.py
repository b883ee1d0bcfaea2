"""The chain of an audit log: what is hashed of an entry, what a seal says, and how unsealed entries get one.

A seal lists the entries that were unsealed when it was made, with a hash of each, and holds a MAC over all of it and over
the MAC of the seal before. The key is in no database: whoever owns the database can destroy, and cannot forge (ADR 0025).
"""

import hashlib
import hmac
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from app.db.lone import lone_transaction
from app.db.outbox import WRITTEN
from app.db.pool import Pool

NOTHING = bytes(32)
"""What the first seal names as the one before."""
HASH_BYTES = 32
JSON_COLUMNS = frozenset({"before", "after"})
COLUMNS = ", ".join(f"{name}::text" if name in JSON_COLUMNS else name for name in WRITTEN)

UNSEALED_TENANTS = "SELECT tenant_id FROM audit_entries WHERE seal IS NULL GROUP BY tenant_id"
# One sealer at a time seals for a tenant; who comes second passes on. The key space is not the one of the deliveries' turn.
TURN = "SELECT pg_try_advisory_xact_lock(hashtextextended('audit_seals:' || $1::text, 0)), now()"
UNSEALED = f"SELECT {COLUMNS} FROM audit_entries WHERE tenant_id = $1 AND seal IS NULL ORDER BY id LIMIT $2"
HEAD = "SELECT number, mac FROM audit_seals WHERE tenant_id = $1 ORDER BY number DESC LIMIT 1"
ADD = """
INSERT INTO audit_seals (tenant_id, number, ids, leaves, root, previous, mac, sealed_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
"""
MARK = "UPDATE audit_entries SET seal = $2 WHERE tenant_id = $1 AND id = ANY($3::bigint[]) AND seal IS NULL"


class SealingError(RuntimeError):
    """Entries changed while they were being sealed: only somebody beside the platform does that."""


@dataclass(frozen=True, slots=True)
class Seal:
    """A link of the chain, as it is stored."""

    tenant_id: UUID
    number: int
    ids: Sequence[int]
    leaves: bytes
    """The hashes of the entries, one after the other, in the order of `ids`: they tell which entry was changed."""
    root: bytes
    previous: bytes
    mac: bytes
    sealed_at: datetime

    @property
    def head(self) -> str:
        """How logs and `manage audit verify` name the end of a chain."""
        return f"{self.number}:{self.mac.hex()}"


def leaf_of(row: Iterable[Any]) -> bytes:
    """The hash of an entry: SHA-256 over name and value of every column that is not NULL, each with its length in front.

    `row` has the columns of `COLUMNS`. A column that is added later changes no hash of an entry that lacks it.
    """
    digest = hashlib.sha256(b"atrium audit entry 1")
    for name, value in zip(WRITTEN, row, strict=True):
        if value is not None:
            digest.update(_framed(name.encode()) + _framed(_text(value).encode()))
    return digest.digest()


def root_of(leaves: bytes) -> bytes:
    """One hash for all the entries of a seal."""
    return hashlib.sha256(b"atrium audit root 1" + _framed(leaves)).digest()


def mac_of(key: bytes, seal: Seal) -> bytes:
    """HMAC-SHA-256 over everything that a seal says, but for the MAC itself."""
    parts = (
        b"atrium audit seal 1",
        seal.tenant_id.bytes,
        str(seal.number).encode(),
        ",".join(map(str, seal.ids)).encode(),
        seal.root,
        seal.previous,
        _text(seal.sealed_at).encode(),
    )
    return hmac.digest(key, b"".join(map(_framed, parts)), "sha256")


def make_seal(key: bytes, tenant_id: UUID, head: tuple[int, bytes] | None, rows: Sequence[Any], at: datetime) -> Seal:
    """The seal of these entries, behind the head of the chain."""
    number, previous = head or (0, NOTHING)
    ids = [row[WRITTEN.index("id")] for row in rows]
    leaves = b"".join(map(leaf_of, rows))
    bare = Seal(tenant_id, number + 1, ids, leaves, root_of(leaves), previous, b"", at)
    return Seal(tenant_id, number + 1, ids, leaves, bare.root, previous, mac_of(key, bare), at)


async def unsealed_tenants(pool: Pool) -> list[UUID]:
    """The tenants with entries that no seal lists yet. Takes no lock; `pool` is the system role's."""
    async with lone_transaction(pool) as connection:
        rows = await connection.fetch(UNSEALED_TENANTS)
    return [row[0] for row in rows]


async def seal_tenant(pool: Pool, key: bytes, tenant_id: UUID, *, limit: int) -> Seal | None:
    """Seal the oldest unsealed entries of a tenant, at most `limit`; None where there are none or another sealer is at it.

    What is taken is what is unsealed, not a range of ids: ids are given before the commit, so an older one may come later,
    and the next seal has it. Writers only insert, and never wait for this.

    Raises:
        SealingError: entries were changed in between.
    """
    async with lone_transaction(pool) as connection:
        return await _seal(connection, key, tenant_id, limit)


async def _seal(connection: Any, key: bytes, tenant_id: UUID, limit: int) -> Seal | None:
    ours, now = await connection.fetchrow(TURN, str(tenant_id))
    if not ours:
        return None
    rows = await connection.fetch(UNSEALED, tenant_id, limit)
    if not rows:
        return None
    head = await connection.fetchrow(HEAD, tenant_id)
    seal = make_seal(key, tenant_id, None if head is None else (head[0], head[1]), rows, now)
    await connection.execute(
        ADD, tenant_id, seal.number, seal.ids, seal.leaves, seal.root, seal.previous, seal.mac, seal.sealed_at
    )
    marked = await connection.execute(MARK, tenant_id, seal.number, seal.ids)
    if marked != f"UPDATE {len(rows)}":
        raise SealingError(f"tenant {tenant_id}: {marked} of {len(rows)} entries")
    return seal


def split_leaves(leaves: bytes) -> Iterable[bytes]:
    """The hashes one by one."""
    return (leaves[start : start + HASH_BYTES] for start in range(0, len(leaves), HASH_BYTES))


def _framed(value: bytes) -> bytes:
    return len(value).to_bytes(8, "big") + value


def _text(value: Any) -> str:
    """One spelling of a column's value: times in UTC to the microsecond, JSON as PostgreSQL keeps it."""
    return value.astimezone(UTC).isoformat(timespec="microseconds") if isinstance(value, datetime) else str(value)
