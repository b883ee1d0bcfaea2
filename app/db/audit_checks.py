"""Verification of the audit log: what was changed, removed or inserted beside the platform, by the seals of the chain."""

import hmac
from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from app.db.audit_chain import COLUMNS, HASH_BYTES, NOTHING, Seal, leaf_of, mac_of, root_of, split_leaves
from app.db.lone import lone_transaction
from app.db.outbox import WRITTEN
from app.db.pool import Pool

SEALS_A_PAGE = 20
NAMED = 100
"""How many entries of one kind are named; beyond that there is no need to count."""
LATE = timedelta(minutes=10)
"""How long before a seal an entry may have got its id that commits after it: no transaction of ours lives so long."""
ID_EPOCH_MS, ID_SHIFT = 1_700_000_000_000, 20
ID = WRITTEN.index("id")

TENANTS = "SELECT id FROM tenants WHERE id > $1 ORDER BY id LIMIT 1000"
SEALS = """
SELECT tenant_id, number, ids, leaves, root, previous, mac, sealed_at FROM audit_seals
WHERE tenant_id = $1 AND number > $2 ORDER BY number LIMIT $3
"""
ENTRIES = f"SELECT {COLUMNS} FROM audit_entries WHERE tenant_id = $1 AND seal = $2 ORDER BY id"
ELSEWHERE = "SELECT id, seal FROM audit_entries WHERE tenant_id = $1 AND id = ANY($2::bigint[]) ORDER BY id"
WITHOUT_SEAL = """
SELECT id, seal FROM audit_entries AS e
WHERE tenant_id = $1 AND seal IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM audit_seals AS s WHERE s.tenant_id = $1 AND s.number = e.seal)
ORDER BY id LIMIT $2
"""
UNSEALED = "SELECT id, at FROM audit_entries WHERE tenant_id = $1 AND seal IS NULL AND id < $2 ORDER BY id LIMIT $3"
COUNT_UNSEALED = "SELECT count(*) FROM audit_entries WHERE tenant_id = $1 AND seal IS NULL"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong: `where` names the entry or the seal."""

    kind: str
    where: str
    what: str


@dataclass(slots=True)
class Chain:
    """What the verification of one tenant's log came to."""

    tenant_id: UUID
    seals: int = 0
    entries: int = 0
    unsealed: int = 0
    head: str = ""
    findings: list[Finding] = field(default_factory=list)

    def found(self, kind: str, where: str, what: str) -> None:
        """Note a finding."""
        self.findings.append(Finding(kind, where, what))


async def verify_tenants(
    pool: Pool, key: bytes, tenants: Collection[UUID], *, heads: Mapping[int, str], unsealed_seconds: float
) -> AsyncIterator[Chain]:
    """Verify the logs of these tenants, or of all where none is named, one after the other; memory holds a few seals.

    `pool` is the system role's. `heads` are ends of the chain that were seen before, from the log: number -> MAC in hex;
    they tell a tail that was cut off, which the database alone cannot.
    """
    if tenants:
        for tenant_id in tenants:
            yield await _in_snapshot(pool, key, tenant_id, heads, unsealed_seconds)
        return
    last = UUID(int=0)
    while page := await _tenants_after(pool, last):
        for last in page:
            yield await _in_snapshot(pool, key, last, heads, unsealed_seconds)


async def _tenants_after(pool: Pool, last: UUID) -> list[UUID]:
    async with lone_transaction(pool) as connection:
        rows = await connection.fetch(TENANTS, last)
    return [row[0] for row in rows]


async def _in_snapshot(
    pool: Pool, key: bytes, tenant_id: UUID, heads: Mapping[int, str], unsealed_seconds: float
) -> Chain:
    """One snapshot for entries and seals, so that a sealer at work is no finding."""
    async with lone_transaction(pool, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY") as connection:
        check = _Check(connection, key, Chain(tenant_id), dict(heads))
        await check.seals()
        await check.strays(unsealed_seconds)
    return check.chain


class _Check:
    """The verification of one tenant, seal by seal."""

    def __init__(self, connection: Any, key: bytes, chain: Chain, heads: dict[int, str]) -> None:
        self._connection = connection
        self._key = key
        self.chain = chain
        self._heads = heads
        self._last = (0, NOTHING)
        self._newest_id = 0
        self._sealed_at: datetime | None = None

    async def seals(self) -> None:
        """Every seal with its entries, then what was known of the end."""
        while page := await self._connection.fetch(SEALS, self.chain.tenant_id, self._last[0], SEALS_A_PAGE):
            for row in page:
                await self._one(Seal(*row))
        for number, known in self._heads.items():
            self.chain.found("tail cut", f"seal {number}", f"it was seen with the MAC {known}, and is not there")

    async def strays(self, unsealed_seconds: float) -> None:
        """Entries that name a seal that is not there, and those that wait for one for too long."""
        chain = self.chain
        for key, seal in await self._connection.fetch(WITHOUT_SEAL, chain.tenant_id, NAMED):
            chain.found("entry of no seal", f"entry {key}", f"it names the seal {seal}, which is not there")
        chain.unsealed = await self._connection.fetchval(COUNT_UNSEALED, chain.tenant_id)
        now = await self._connection.fetchval("SELECT now()")
        bound = _id_at(now - timedelta(seconds=unsealed_seconds))
        for key, at in await self._connection.fetch(UNSEALED, chain.tenant_id, bound, NAMED):
            chain.found("entry unsealed", f"entry {key}", f"of {at:%Y-%m-%d %H:%M:%S}: no sealer has taken it")

    async def _one(self, seal: Seal) -> None:
        chain, where = self.chain, f"seal {seal.number}"
        number, mac = self._last
        if seal.number != number + 1:
            chain.found("seal removed", f"seals {number + 1} to {seal.number - 1}", "they are not there")
        elif not hmac.compare_digest(seal.previous, mac):
            chain.found("seal changed", where, f"it does not follow the seal {number} that is there")
        known = self._heads.pop(seal.number, None)
        if known is not None and known != seal.mac.hex():
            chain.found("tail cut", where, f"it was seen with the MAC {known}: the end was cut off and made anew")
        fits = root_of(seal.leaves) == seal.root and len(seal.leaves) == HASH_BYTES * len(seal.ids)
        if not fits or not hmac.compare_digest(seal.mac, mac_of(self._key, seal)):
            chain.found("seal changed", where, "its MAC is not that of what it says (or was made with another key)")
        await self._entries(seal)
        self._last = (seal.number, seal.mac)
        chain.seals, chain.head = chain.seals + 1, seal.head

    async def _entries(self, seal: Seal) -> None:
        rows = await self._connection.fetch(ENTRIES, self.chain.tenant_id, seal.number)
        self.chain.entries += len(rows)
        listed = dict(zip(seal.ids, split_leaves(seal.leaves), strict=False))
        for row in rows:
            leaf = listed.pop(row[ID], None)
            if leaf is None:
                self.chain.found("entry inserted", f"entry {row[ID]}", f"seal {seal.number} does not list it")
            elif not hmac.compare_digest(leaf, leaf_of(row)):
                self.chain.found("entry changed", f"entry {row[ID]}", f"it is not what seal {seal.number} lists")
        if listed:
            await self._missing(seal, list(listed))
        self._backdated(seal)

    async def _missing(self, seal: Seal, ids: Sequence[int]) -> None:
        elsewhere = dict(await self._connection.fetch(ELSEWHERE, self.chain.tenant_id, ids))
        for key in ids:
            if key in elsewhere:
                what = f"seal {seal.number} lists it, and it names the seal {elsewhere[key]}"
                self.chain.found("entry changed", f"entry {key}", what)
            else:
                self.chain.found("entry removed", f"entry {key}", f"seal {seal.number} lists it, and it is not there")

    def _backdated(self, seal: Seal) -> None:
        """A late commit brings an older id after a seal; one that is older than any transaction was put there."""
        if self._sealed_at is not None:
            bound = min(self._newest_id, _id_at(self._sealed_at - LATE))
            for key in seal.ids:
                if key < bound:
                    what = f"its id is from long before seal {seal.number - 1}, and only seal {seal.number} lists it"
                    self.chain.found("entry backdated", f"entry {key}", what)
        self._newest_id = max(self._newest_id, *seal.ids) if seal.ids else self._newest_id
        self._sealed_at = seal.sealed_at


def _id_at(moment: datetime) -> int:
    """The smallest id that an entry written at that moment can have (`outbox.time_ordered_id`)."""
    milliseconds = int(moment.astimezone(UTC).timestamp() * 1000)
    return (milliseconds - ID_EPOCH_MS) << ID_SHIFT
