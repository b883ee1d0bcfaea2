"""A shop's books as they stand in the database, and what the payment gateway has done for it: plain values, to be audited."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import asyncpg
import orjson

TENANT: Final = "SELECT id FROM tenants WHERE slug = $1"
ORDERS: Final = (
    "SELECT id::text, number, state, total FROM orders WHERE tenant_id = $1 AND state <> 'draft' ORDER BY number, id"
)
CARTS: Final = "SELECT count(*) FROM orders WHERE tenant_id = $1 AND state = 'draft'"
LAST: Final = "SELECT coalesce((SELECT last FROM order_counters WHERE tenant_id = $1), 0)"
LINES: Final = (
    "SELECT order_id::text AS order_id, variant_id::text AS item, quantity, price FROM order_lines WHERE tenant_id = $1"
)
PAYMENTS: Final = """
SELECT id::text, order_id::text AS order_id, kind, state, amount FROM order_payments WHERE tenant_id = $1
ORDER BY created_at, id
"""
RESERVATIONS: Final = "SELECT order_id::text AS order_id, state FROM reservations WHERE tenant_id = $1"
HELD: Final = """
SELECT order_id::text AS order_id, variant_id::text AS item, quantity FROM reservation_lines WHERE tenant_id = $1
"""
TOLD: Final = """
SELECT payload->>'order_id' AS order_id, split_part(name, '.order_', 2) AS name, at FROM events
WHERE tenant_id = $1 AND name LIKE 'orders.order\\_%' ORDER BY at, id
"""
NOTED: Final = """
SELECT split_part(target, ':', 2) AS order_id, count(*) FROM audit_entries
WHERE tenant_id = $1 AND action = 'orders.order.placed' GROUP BY 1
"""
PRODUCTS: Final = "SELECT id::text, stock, reserved FROM products WHERE tenant_id = $1"
RESTOCKS: Final = """
SELECT split_part(target, ':', 2) AS item, (after->>'stock')::bigint - (before->>'stock')::bigint AS more FROM audit_entries
WHERE tenant_id = $1 AND action = 'catalog.product.changed' AND after ? 'stock'
"""
SALES: Final = """
SELECT s.order_id::text AS order_id, s.kind, s.pieces, s.amount, coalesce(sum(l.pieces), 0)::bigint AS line_pieces,
  coalesce(sum(l.amount), 0)::bigint AS line_amount
FROM sales AS s LEFT JOIN sale_lines AS l USING (tenant_id, copy, order_id, kind)
WHERE s.tenant_id = $1 AND s.copy = (SELECT live FROM sales_copies WHERE tenant_id = $1) GROUP BY 1, 2, 3, 4
"""
SHIPMENTS: Final = """
SELECT s.id::text, s.order_id::text AS order_id, s.status, array_agg(p.status) FILTER (WHERE p.status IS NOT NULL) AS counted,
  cardinality(s.product_ids) AS products
FROM shipments AS s LEFT JOIN product_shipments AS p ON p.tenant_id = $1 AND p.shipment_id = s.id
  AND p.copy = (SELECT live FROM sales_copies WHERE tenant_id = $1)
WHERE s.tenant_id = $1 GROUP BY s.tenant_id, s.id
"""
UNDONE: Final = "SELECT handler, state, error FROM deliveries WHERE tenant_id = $1 AND state <> 'done' ORDER BY id"


@dataclass(frozen=True, slots=True)
class Payment:
    """A charge or a refund, and what the gateway knows of it: `deed` is what it did, None where it did nothing."""

    kind: str
    state: str
    amount: int
    deed: int | None


@dataclass(frozen=True, slots=True)
class Sale:
    """What analytics has noted of an order: of the whole, and of its lines together."""

    pieces: int
    amount: int
    line_pieces: int
    line_amount: int


@dataclass(frozen=True, slots=True)
class Shipment:
    """How far it has come, and what analytics says of that for each of its products."""

    id: str
    status: str
    counted: Sequence[str]
    products: int


@dataclass(slots=True)
class Order:
    """All that is known of an order, wherever it stands."""

    id: str
    number: int
    state: str
    total: int
    cost: int = 0
    """What its lines cost together."""
    pieces: Counter[str] = field(default_factory=Counter)
    payments: list[Payment] = field(default_factory=list)
    reservation: str | None = None
    held: Counter[str] = field(default_factory=Counter)
    told: list[str] = field(default_factory=list)
    """Its events, by the last word of their names."""
    noted: int = 0
    """Entries of the audit log that say that it was placed."""
    sales: dict[str, Sale] = field(default_factory=dict)
    shipments: list[Shipment] = field(default_factory=list)


@dataclass(slots=True)
class Product:
    """Pieces at the opening, what was bought in since, by single acts, and what there is."""

    opening: int
    stock: int
    reserved: int
    bought: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Books:
    """Those of one shop."""

    shop: str
    orders: dict[str, Order] = field(default_factory=dict)
    products: dict[str, Product] = field(default_factory=dict)
    carts: int = 0
    last_number: int = 0
    strays: list[str] = field(default_factory=list)
    """What speaks of an order that is not there."""
    undone: list[str] = field(default_factory=list)
    """Deliveries that are dead, or still under way."""
    answered_revenue: int | None = None
    """What `GET /analytics/sales` says that the shop has earned; None: it was not asked."""
    moments: list[tuple[Any, str, int]] = field(default_factory=list)
    """When what happened to an order, and its total."""


async def read_books(connection: asyncpg.Connection, shop: str, opening: Mapping[str, int], deeds: Path) -> Books:
    """The books of the tenant with that slug, of one moment. `deeds` is the folder of the local gateway."""
    books = Books(shop)
    async with connection.transaction(isolation="repeatable_read", readonly=True):
        tenant_id = await connection.fetchval(TENANT, shop)
        rows = {query: await connection.fetch(query, tenant_id) for query in QUERIES}
    books.carts, books.last_number = rows[CARTS][0][0], rows[LAST][0][0]
    books.orders = {row["id"]: Order(*row) for row in rows[ORDERS]}
    _read_orders(books, rows, deeds)
    _read_stock(books, rows, opening)
    books.undone = [f"{row['handler']} is {row['state']}: {row['error'] or 'no error'}" for row in rows[UNDONE]]
    return books


QUERIES: Final = (
    ORDERS, CARTS, LAST, LINES, PAYMENTS, RESERVATIONS, HELD, TOLD, NOTED, PRODUCTS, RESTOCKS, SALES, SHIPMENTS, UNDONE,
)  # fmt: skip


def _read_orders(books: Books, rows: Mapping[str, Sequence[Any]], deeds: Path) -> None:
    for row in rows[LINES]:
        if row["order_id"] in books.orders:  # else it is a cart's
            order = books.orders[row["order_id"]]
            order.pieces[row["item"]] += row["quantity"]
            order.cost += row["quantity"] * row["price"]
    for query, what in ((PAYMENTS, "a payment"), (RESERVATIONS, "a reservation"), (HELD, "a held piece"), (TOLD, "an event"),
                        (NOTED, "an audit entry"), (SALES, "a sale"), (SHIPMENTS, "a shipment")):  # fmt: skip
        for row in rows[query]:
            found = books.orders.get(row["order_id"])
            if found is None:
                books.strays.append(f"{what} of {row['order_id']}")
            else:
                _note(books, found, query, row, deeds)


def _note(books: Books, order: Order, query: str, row: Any, deeds: Path) -> None:
    """Put a row where it belongs."""
    if query == PAYMENTS:
        order.payments.append(Payment(row["kind"], row["state"], row["amount"], _deed(deeds, row["id"])))
    elif query == RESERVATIONS:
        order.reservation = row["state"]
    elif query == HELD:
        order.held[row["item"]] += row["quantity"]
    elif query == TOLD:
        order.told.append(row["name"])
        books.moments.append((row["at"], row["name"], order.total))
    elif query == NOTED:
        order.noted = row["count"]
    elif query == SALES:
        order.sales[row["kind"]] = Sale(row["pieces"], row["amount"], row["line_pieces"], row["line_amount"])
    else:
        order.shipments.append(Shipment(row["id"], row["status"], row["counted"] or (), row["products"]))


def _read_stock(books: Books, rows: Mapping[str, Sequence[Any]], opening: Mapping[str, int]) -> None:
    books.products = {
        key: Product(pieces, 0, 0) for key, pieces in opening.items()
    }  # also one that is gone: it is missed
    for row in rows[PRODUCTS]:
        product = books.products.setdefault(row["id"], Product(0, 0, 0))
        product.stock, product.reserved = row["stock"], row["reserved"]
    for row in rows[RESTOCKS]:
        books.products.setdefault(row["item"], Product(0, 0, 0)).bought.append(row["more"])


def _deed(folder: Path, payment_id: str) -> int | None:
    """What the gateway took or gave under that key; 0 where it refused, None where it did nothing."""
    file = folder / f"{payment_id}.json"
    if not file.exists():
        return None
    done = orjson.loads(file.read_bytes())
    return 0 if done["reason"] else int(done["amount"])
