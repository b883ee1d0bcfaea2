"""The history of prices."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.db.uow import UnitOfWork
from app.utils.ids import uuid7

NOTE = """
INSERT INTO price_changes (tenant_id, id, product_id, variant_id, previous_price, previous_currency, price, currency,
  changed_by, changed_at)
SELECT $1, c.id, c.product_id, c.variant_id, c.previous_price, c.previous_currency, c.price, c.currency, $2, $3
FROM unnest($4::uuid[], $5::uuid[], $6::uuid[], $7::bigint[], $8::text[], $9::bigint[], $10::text[])
  AS c (id, product_id, variant_id, previous_price, previous_currency, price, currency)
"""


@dataclass(frozen=True, slots=True)
class PriceChanged:
    """What a variant cost, and what it costs now; a product is its own first variant."""

    product_id: UUID
    variant_id: UUID
    previous_price: int
    previous_currency: str
    price: int
    currency: str


class PriceRepository:
    """Writes the history of the bound tenant's prices; nothing changes it afterwards."""

    def __init__(self, uow: UnitOfWork) -> None:
        """`uow` has begun and is bound."""
        self.uow = uow

    async def note(self, changes: Sequence[PriceChanged], *, by: str, at: datetime) -> None:
        """Keep who changed these prices, and when."""
        await self.uow.connection.execute(
            NOTE,
            self.uow.tenant_id,
            by,
            at,
            [uuid7() for _ in changes],
            [item.product_id for item in changes],
            [item.variant_id for item in changes],
            [item.previous_price for item in changes],
            [item.previous_currency for item in changes],
            [item.price for item in changes],
            [item.currency for item in changes],
        )
