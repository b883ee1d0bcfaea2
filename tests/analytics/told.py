"""What orders tell, made up for tests; and the facts that are stored of it."""

from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import orjson

from app.extensions.events import Event
from app.modules.analytics.facts import KINDS, fact_of, standing_of
from app.modules.analytics.services import EVENTS
from app.modules.orders.events import OrderCancelled, OrderPaid, OrderPlaced, OrderRefunded
from app.modules.shipping.events import ShipmentCreated, ShipmentMoved

FACTS = """
SELECT s.order_id, s.kind, s.at, s.currency, s.pieces, s.amount, l.product_id, l.at, l.currency, l.pieces, l.amount
FROM sales AS s LEFT JOIN sale_lines AS l USING (tenant_id, copy, order_id, kind)
WHERE s.tenant_id = $1 AND s.copy = $2 ORDER BY s.order_id, s.kind, l.product_id
"""
STANDINGS = """
SELECT shipment_id, product_id, status, revision FROM product_shipments WHERE tenant_id = $1 AND copy = $2 ORDER BY 1, 2
"""


def at(text: str) -> datetime:
    """A moment in UTC: "2026-03-01 10:00"."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def line(product_id: UUID, quantity: int = 1, total: int = 100) -> dict[str, Any]:
    """Pieces of a product's own variant."""
    return {
        "product_id": str(product_id),
        "variant_id": str(product_id),
        "sku": "TEA-01",
        "quantity": quantity,
        "total": total,
    }


class Sold:
    """An order, which tells what happens to it."""

    def __init__(self, *lines: dict[str, Any], currency: str = "EUR") -> None:
        """Its total is that of its lines."""
        self.id = uuid4()
        self.lines = list(lines)
        self.total = sum(each["total"] for each in lines)
        self.currency = currency

    def placed(self, moment: datetime) -> OrderPlaced:
        """It was placed."""
        return OrderPlaced(self.id, 1, self.total, self.currency, moment, self.lines)

    def cancelled(self, moment: datetime) -> OrderCancelled:
        """It was cancelled."""
        return OrderCancelled(self.id, 1, self.total, self.currency, moment, self.lines)

    def paid(self, moment: datetime) -> OrderPaid:
        """It was paid."""
        return OrderPaid(self.id, 1, uuid4(), self.total, self.currency, moment, self.lines)

    def refunded(self, moment: datetime) -> OrderRefunded:
        """Its money went back."""
        return OrderRefunded(self.id, 1, uuid4(), self.total, self.currency, moment, self.lines)


class Shipped:
    """A shipment, which tells where it stands."""

    def __init__(self, *products: UUID) -> None:
        """With these products in it."""
        self.id, self.order_id = uuid4(), uuid4()
        self.products = [str(each) for each in products]

    def moves(self, *statuses: str) -> list[Event]:
        """It was made, and went from one of these to the next."""
        made = ShipmentCreated(self.id, self.order_id, statuses[0], self.products, 1)
        steps = enumerate(pairwise(statuses), 2)
        return [made, *(ShipmentMoved(self.id, self.order_id, *step, self.products, place) for place, step in steps)]


async def facts(owner: asyncpg.Connection, tenant_id: UUID, copy: int = 1) -> Sequence[tuple[Any, ...]]:
    """Every fact of the copy, with its lines, in one order, and where shipments stand."""
    return [tuple(row) for query in (FACTS, STANDINGS) for row in await owner.fetch(query, tenant_id, copy)]


async def said(owner: asyncpg.Connection, tenant_id: UUID) -> Sequence[tuple[Any, ...]]:
    """The same rows, made of the stored events."""
    kinds: dict[str, type[Any]] = {kind.name: kind for kind in EVENTS}
    query = "SELECT name, version, payload::text, at FROM events WHERE tenant_id = $1 AND name = ANY($2)"
    rows = await owner.fetch(query, tenant_id, list(kinds))
    told = [(kinds[name].from_payload(orjson.loads(payload), version), at) for name, version, payload, at in rows]
    facts = [fact for event, at in told if type(event) in KINDS and (fact := fact_of(event, at))]
    moves = sorted(
        (standing_of(event) for event, _ in told if type(event) not in KINDS), key=lambda each: each.revision
    )
    latest = {each.shipment_id: each for each in moves}
    return [
        *sorted(
            (fact.order_id, fact.kind, fact.at, fact.currency, fact.pieces, fact.amount, part.product_id, fact.at,
             fact.currency, part.pieces, part.amount)
            for fact in facts for part in fact.parts
        ),
        *sorted(
            (each.shipment_id, key, each.status, each.revision)
            for each in latest.values() for key in each.product_ids
        ),
    ]  # fmt: skip
