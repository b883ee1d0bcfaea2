"""What variants are sold as, and what orders hold of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from uuid import UUID

from app.db.uow import UnitOfWork

# A product is its own first variant; a further one is for sale while its product is.
OFFERS = """
SELECT v.id, p.id, v.sku, CASE WHEN v.id = p.id THEN p.name ELSE p.name || ', ' || v.name END, v.price, v.currency,
  CASE WHEN p.status = 'active' THEN v.status ELSE p.status END, v.stock - v.reserved
FROM products AS v JOIN products AS p ON p.tenant_id = $1 AND p.id = coalesce(v.product_id, v.id)
WHERE v.tenant_id = $1 AND v.id = ANY($2::uuid[])
"""
BEGIN = """
INSERT INTO reservations (tenant_id, order_id, state, created_at, updated_at) VALUES ($1, $2, 'held', $3, $3)
ON CONFLICT DO NOTHING RETURNING state
"""
STATE = "SELECT state FROM reservations WHERE tenant_id = $1 AND order_id = $2"
FORGET = "DELETE FROM reservations WHERE tenant_id = $1 AND order_id = $2"
TURN = """
UPDATE reservations SET state = $4, updated_at = $5 WHERE tenant_id = $1 AND order_id = $2 AND state = $3 RETURNING state
"""
# Everybody locks variants in the order of their ids, so that no two wait for each other. Not FOR UPDATE: keys do not change,
# and rows that point at a variant are written beside it.
AT_HAND = """
SELECT v.id, v.stock - v.reserved, v.status = 'active' AND p.status = 'active'
FROM products AS v JOIN products AS p ON p.tenant_id = $1 AND p.id = coalesce(v.product_id, v.id)
WHERE v.tenant_id = $1 AND v.id = ANY($2::uuid[]) ORDER BY v.id FOR NO KEY UPDATE OF v
"""
HELD = """
SELECT p.id, l.quantity FROM reservation_lines AS l JOIN products AS p ON p.tenant_id = $1 AND p.id = l.variant_id
WHERE l.tenant_id = $1 AND l.order_id = $2 ORDER BY p.id FOR NO KEY UPDATE OF p
"""
# What is held is not shown, so that the product's version stays.
KEEP = """
WITH wanted AS (
  SELECT * FROM unnest($3::uuid[], $4::bigint[]) AS u (id, quantity)
), kept AS (
  INSERT INTO reservation_lines (tenant_id, order_id, variant_id, quantity) SELECT $1, $2, id, quantity FROM wanted
)
UPDATE products AS p SET reserved = p.reserved + wanted.quantity FROM wanted WHERE p.tenant_id = $1 AND p.id = wanted.id
"""
# The version counts what is shown: the stock is, what is held of it is not. What comes back never makes the stock a number that
# is none of ours (2^53 - 1): it is not refused, since the money has gone back by then.
MOVE = """
UPDATE products AS p SET reserved = p.reserved + $4 * moved.quantity,
  stock = least(p.stock + $5 * moved.quantity, 9007199254740991),
  version = p.version + abs($5), updated_at = CASE WHEN $5 = 0 THEN p.updated_at ELSE $6 END
FROM unnest($2::uuid[], $3::bigint[]) AS moved (id, quantity) WHERE p.tenant_id = $1 AND p.id = moved.id
"""


@dataclass(frozen=True, slots=True)
class Offer:
    """What a variant is sold as now. `price` is in minor units of `currency`; `available` are the pieces that nobody holds."""

    variant_id: UUID
    product_id: UUID
    sku: str
    name: str
    price: int
    currency: str
    status: str
    """`active`: for sale."""
    available: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """Pieces of a variant, at least one."""

    variant_id: UUID
    quantity: int


@dataclass(frozen=True, slots=True)
class AtHand:
    """What there is of a variant, its row being locked until the commit."""

    available: int
    is_for_sale: bool


class Change(Enum):
    """What becomes of a reservation: its state before and after, and by what sign its pieces are added to what is held and to the stock."""

    RELEASE = ("held", "released", -1, 0)
    COMMIT = ("held", "committed", -1, -1)
    TAKE_BACK = ("committed", "returned", 0, 1)

    def __init__(self, before: str, after: str, reserved: int, stock: int) -> None:
        """As the members say."""
        self.before, self.after, self.reserved, self.stock = before, after, reserved, stock


class StockRepository:
    """Offers and reservations of the bound tenant."""

    def __init__(self, uow: UnitOfWork) -> None:
        """`uow` has begun and is bound."""
        self.uow = uow

    async def offers(self, variant_ids: Sequence[UUID]) -> dict[UUID, Offer]:
        """By id; what the tenant does not have is absent."""
        rows = await self.uow.connection.fetch(OFFERS, self.uow.tenant_id, list(variant_ids))
        return {row[0]: Offer(*row) for row in rows}

    async def begin(self, order_id: UUID, *, at: datetime) -> str | None:
        """Open a reservation, or answer the state of the one that the order has; waits for whoever is opening it."""
        connection = self.uow.connection
        if await connection.fetchval(BEGIN, self.uow.tenant_id, order_id, at):
            return None
        return await self.state(order_id)

    async def state(self, order_id: UUID) -> str | None:
        """The state of the order's reservation, or None where there is none."""
        state: str | None = await self.uow.connection.fetchval(STATE, self.uow.tenant_id, order_id)
        return state

    async def forget(self, order_id: UUID) -> None:
        """As if the reservation had never been opened."""
        await self.uow.connection.execute(FORGET, self.uow.tenant_id, order_id)

    async def at_hand(self, variant_ids: Sequence[UUID]) -> dict[UUID, AtHand]:
        """What there is of these variants, by id; nobody else changes them until the commit."""
        rows = await self.uow.connection.fetch(AT_HAND, self.uow.tenant_id, list(variant_ids))
        return {row[0]: AtHand(row[1], row[2]) for row in rows}

    async def keep(self, order_id: UUID, pieces: Mapping[UUID, int]) -> None:
        """Hold pieces of variants that are locked for the order's reservation."""
        ids, quantities = list(pieces), list(pieces.values())
        await self.uow.connection.execute(KEEP, self.uow.tenant_id, order_id, ids, quantities)

    async def change(self, order_id: UUID, change: Change, *, at: datetime) -> bool:
        """Whether the reservation was in the state for it; then its pieces have moved."""
        connection, tenant_id = self.uow.connection, self.uow.tenant_id
        if not await connection.fetchval(TURN, tenant_id, order_id, change.before, change.after, at):
            return False
        rows = await connection.fetch(HELD, tenant_id, order_id)
        ids, quantities = [row[0] for row in rows], [row[1] for row in rows]
        await connection.execute(MOVE, tenant_id, ids, quantities, change.reserved, change.stock, at)
        return True
