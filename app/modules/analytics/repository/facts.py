"""Writing facts, into the copy that is read and the one that is being made anew."""

from collections.abc import Sequence

from app.db.uow import UnitOfWork
from app.modules.analytics.facts import Fact

# Without a lock. What a handler is told of is committed before it begins: where it does not see a copy that is being opened, the event
# was there before that, and the rebuild reads it.
COPIES = "SELECT live, shadow FROM sales_copies WHERE tenant_id = $1"
OPEN = "INSERT INTO sales_copies (tenant_id, live) VALUES ($1, 1) ON CONFLICT DO NOTHING"
BEGIN = """
INSERT INTO sales_copies AS c (tenant_id, live, shadow) VALUES ($1, 1, 2)
ON CONFLICT (tenant_id) DO UPDATE SET shadow = greatest(c.live, c.shadow) + 1 WHERE c.tenant_id = $1 RETURNING shadow
"""
SWAP = "UPDATE sales_copies SET live = shadow, shadow = NULL WHERE tenant_id = $1 AND shadow = $2 RETURNING live"
NOTE = """
WITH noted AS (
  INSERT INTO sales (tenant_id, copy, order_id, kind, at, currency, pieces, amount)
  SELECT $1, c.copy, f.order_id, f.kind, f.at, f.currency, f.pieces, f.amount
  FROM unnest($3::uuid[], $4::text[], $5::timestamptz[], $6::text[], $7::bigint[], $8::bigint[])
    AS f (order_id, kind, at, currency, pieces, amount)
  CROSS JOIN unnest($2::int[]) AS c (copy)
  ON CONFLICT DO NOTHING
)
INSERT INTO sale_lines (tenant_id, copy, order_id, kind, product_id, at, currency, pieces, amount)
SELECT $1, c.copy, f.order_id, f.kind, f.product_id, f.at, f.currency, f.pieces, f.amount
FROM unnest($9::uuid[], $10::text[], $11::uuid[], $12::timestamptz[], $13::text[], $14::bigint[], $15::bigint[])
  AS f (order_id, kind, product_id, at, currency, pieces, amount)
CROSS JOIN unnest($2::int[]) AS c (copy)
ON CONFLICT DO NOTHING
"""
REMOVE = """
WITH old AS (SELECT copy, order_id, kind FROM sales WHERE tenant_id = $1 AND copy < $2 ORDER BY copy, order_id, kind LIMIT $3)
DELETE FROM sales AS s USING old
WHERE s.tenant_id = $1 AND (s.copy, s.order_id, s.kind) = (old.copy, old.order_id, old.kind)
"""


class FactRepository:
    """The facts of the bound tenant. A fact that is there already is not written again."""

    def __init__(self, uow: UnitOfWork) -> None:
        """`uow` has begun and is bound."""
        self.uow = uow

    async def copies(self) -> list[int]:
        """Those that are to be written."""
        row = await self.uow.connection.fetchrow(COPIES, self.uow.tenant_id)
        if row is None:
            await self.uow.connection.execute(OPEN, self.uow.tenant_id)
            row = await self.uow.connection.fetchrow(COPIES, self.uow.tenant_id)
        return [copy for copy in row if copy is not None]

    async def note(self, facts: Sequence[Fact], copies: Sequence[int]) -> None:
        """Write what is not there yet."""
        lines = [(fact, part) for fact in facts for part in fact.parts]
        await self.uow.connection.execute(
            NOTE,
            self.uow.tenant_id,
            list(copies),
            [fact.order_id for fact in facts],
            [fact.kind for fact in facts],
            [fact.at for fact in facts],
            [fact.currency for fact in facts],
            [fact.pieces for fact in facts],
            [fact.amount for fact in facts],
            [fact.order_id for fact, _ in lines],
            [fact.kind for fact, _ in lines],
            [part.product_id for _, part in lines],
            [fact.at for fact, _ in lines],
            [fact.currency for fact, _ in lines],
            [part.pieces for _, part in lines],
            [part.amount for _, part in lines],
        )

    async def begin(self) -> int:
        """Open a copy that nobody has written yet, to be written beside the one that is read; returns its number."""
        return int(await self.uow.connection.fetchval(BEGIN, self.uow.tenant_id))

    async def swap(self, copy: int) -> bool:
        """Let that copy be the one that is read; whether it was the one being made."""
        return await self.uow.connection.fetchval(SWAP, self.uow.tenant_id, copy) is not None

    async def remove(self, before: int, limit: int) -> int:
        """Remove facts of older copies, at most so many; returns how many there were."""
        tag = await self.uow.connection.execute(REMOVE, self.uow.tenant_id, before, limit)
        return int(tag.removeprefix("DELETE "))
