"""Sums over facts, from the copy that is read. Where periods begin is told as moments: the database knows no time zone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from app.db.uow import UnitOfWork
from app.modules.analytics.models import Sale, SaleLine
from app.modules.analytics.schemas import Ranking

MOST_CURRENCIES: Final = 10
"""What is not asked for by its currency has no more of them, those with the most facts first."""
# An answer is as long as there are currencies, which a tenant may make up: hence the limit. The copy is no join: PostgreSQL would take it
# for one of many, expect few facts of it, and sort them all on disk.
COUNTED = """
WITH counted AS (
  SELECT width_bucket(s.at, $2::timestamptz[]) AS period, s.currency, s.kind, count(*) AS orders, sum(s.pieces) AS pieces,
    sum(s.amount) AS amount
  FROM {table} AS s WHERE s.tenant_id = $1 AND s.copy = (SELECT live FROM sales_copies WHERE tenant_id = $1)
    AND s.at >= $3 AND s.at < $4 AND ($5::text IS NULL OR s.currency = $5){further}
  GROUP BY 1, 2, 3
), chosen AS (SELECT currency FROM counted GROUP BY currency ORDER BY sum(orders) DESC, currency LIMIT $6)
SELECT period, currency, kind, orders, pieces, amount FROM counted WHERE currency IN (SELECT currency FROM chosen)
"""
OF_ALL = COUNTED.format(table=Sale.__tablename__, further="")
OF_PRODUCT = COUNTED.format(table=SaleLine.__tablename__, further=" AND s.product_id = $7")
BEST = """
WITH sold AS (
  SELECT s.currency, s.product_id, count(*) AS facts, count(*) FILTER (WHERE s.kind = 'paid') AS orders,
    sum(CASE s.kind WHEN 'paid' THEN s.pieces ELSE -s.pieces END) AS pieces,
    sum(CASE s.kind WHEN 'paid' THEN s.amount ELSE -s.amount END) AS revenue
  FROM sale_lines AS s WHERE s.tenant_id = $1 AND s.copy = (SELECT live FROM sales_copies WHERE tenant_id = $1)
    AND s.kind IN ('paid', 'refunded') AND s.at >= $2 AND s.at < $3
    AND ($4::text IS NULL OR s.currency = $4)
  GROUP BY s.currency, s.product_id
), chosen AS (SELECT currency FROM sold GROUP BY currency ORDER BY sum(facts) DESC, currency LIMIT $5), ranked AS (
  SELECT currency, product_id, orders, pieces, revenue,
    row_number() OVER (PARTITION BY currency ORDER BY
      CASE $6::text WHEN 'revenue' THEN revenue WHEN 'pieces' THEN pieces ELSE orders END DESC, product_id) AS place
  FROM sold WHERE currency IN (SELECT currency FROM chosen)
)
SELECT currency, product_id, orders, pieces, revenue FROM ranked WHERE place <= $7 ORDER BY currency, place
"""


@dataclass(frozen=True, slots=True)
class Sum:
    """How many orders of one kind in one period, counted from 1, their pieces and their money."""

    period: int
    currency: str
    kind: str
    orders: int
    pieces: int
    amount: int


@dataclass(frozen=True, slots=True)
class Best:
    """What was paid for a product, less what was given back."""

    currency: str
    product_id: UUID
    orders: int
    pieces: int
    revenue: int


class SumRepository:
    """What was sold by the bound tenant."""

    def __init__(self, uow: UnitOfWork) -> None:
        """`uow` has begun and is bound."""
        self.uow = uow

    async def sums(self, edges: Sequence[datetime], currency: str | None, product_id: UUID | None = None) -> list[Sum]:
        """Of the periods between these moments, or of one product in them; where there was nothing there is none."""
        further = () if product_id is None else (product_id,)
        rows = await self.uow.connection.fetch(
            OF_PRODUCT if further else OF_ALL,
            self.uow.tenant_id,
            list(edges[:-1]),
            edges[0],
            edges[-1],
            currency,
            MOST_CURRENCIES,
            *further,
        )
        return [Sum(row[0], row[1], row[2], row[3], int(row[4]), int(row[5])) for row in rows]

    async def best(
        self, since: datetime, before: datetime, currency: str | None, ranking: Ranking, limit: int
    ) -> list[Best]:
        """The products that sold best in that time, so many of each currency."""
        rows = await self.uow.connection.fetch(
            BEST, self.uow.tenant_id, since, before, currency, MOST_CURRENCIES, ranking, limit
        )
        return [Best(row[0], row[1], row[2], int(row[3]), int(row[4])) for row in rows]
