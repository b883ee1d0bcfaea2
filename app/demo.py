"""The demo: three tenants, eight people, products in categories, variants, orders and sales. Deterministic; refuses to run in production."""

import asyncio
import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID

import asyncpg

from app.auth.passwords import PasswordVault
from app.config import Settings
from app.extensions.clock import SystemClock
from app.utils.faults import InstallationFault

PASSWORD = "atrium-demo-2026"  # noqa: S105 - the demo's, printed on the first screen
START = datetime(2026, 1, 5, 8, tzinfo=UTC)
TENANTS = (("acme", "Acme", 8), ("globex", "Globex", 200), ("initech", "Initech", 2000))
PEOPLE: tuple[tuple[str, str, Sequence[tuple[str, str]]], ...] = (
    ("owner@acme.example", "Olga Acme", (("acme", "owner"),)),
    ("admin@acme.example", "Adam Acme", (("acme", "admin"),)),
    ("member@acme.example", "Mia Acme", (("acme", "member"),)),
    ("viewer@acme.example", "Vito Acme", (("acme", "viewer"),)),
    ("owner@globex.example", "Gina Globex", (("globex", "owner"),)),
    ("owner@initech.example", "Ivo Initech", (("initech", "owner"),)),
    ("both@example.com", "Bea Both", (("acme", "member"), ("globex", "admin"))),
    ("operator@atrium.example", "Oskar Operator", ()),
)
OPERATOR = "operator@atrium.example"
GOODS = ("Tea", "Coffee", "Cocoa", "Honey", "Olive oil", "Salt", "Rice", "Pasta")
CATEGORIES = (("Groceries", None), ("Drinks", "Groceries"), ("Pantry", "Groceries"))
DRINKS = {"Tea", "Coffee", "Cocoa"}
STATUSES = ("active", "active", "active", "draft", "archived")
ORDERS = (("placed", 1), ("paid", 2), ("cancelled", 5), ("paid", 6), ("placed", 7))
"""The orders of each tenant by their numbers: the state of each, and which of the products was bought; all are for sale."""
PIECES = 2
RESERVED = {"placed": "held", "paid": "committed", "cancelled": "released"}


class DemoRefusedError(InstallationFault):
    """Demo accounts have a public password: there are none in production."""


def demo_id(kind: str, name: str) -> UUID:
    """A UUIDv7-shaped id that is the same on every machine."""
    digest = int.from_bytes(hashlib.sha256(f"{kind}:{name}".encode()).digest()[:16])
    milliseconds = int(START.timestamp() * 1000)
    return UUID(int=milliseconds << 80 | 7 << 76 | (digest >> 64 & 0xFFF) << 64 | 2 << 62 | digest & (1 << 62) - 1)


def seed(settings: Settings) -> bool:
    """Write the demo unless it is there; returns whether it was written.

    Raises:
        DemoRefusedError: in production.
    """
    if settings.env == "production":
        raise DemoRefusedError("The demo has public passwords and is not for production.")
    return asyncio.run(_seed(settings))


async def _seed(settings: Settings) -> bool:
    connection = await asyncpg.connect(settings.database.owner_url)
    vault = PasswordVault(settings.auth.argon2)
    try:
        if await connection.fetchval("SELECT true FROM tenants WHERE slug = 'acme'"):
            return False
        hashes = {email: await vault.hash(PASSWORD) for email, *_ in PEOPLE}
        async with connection.transaction():
            await write_people(connection, [(slug, name) for slug, name, _ in TENANTS], PEOPLE, hashes)
            await connection.execute("INSERT INTO operators (user_id) VALUES ($1)", demo_id("user", OPERATOR))
            for slug, _, count in TENANTS:
                await _write_categories(connection, slug)
                await _write_products(connection, slug, count)
                await _write_variants(connection, slug, count)
                await _write_orders(connection, slug)
    finally:
        vault.close()
        await connection.close()
    return True


async def write_people(
    connection: asyncpg.Connection,
    tenants: Sequence[tuple[str, str]],
    people: Sequence[tuple[str, str, Sequence[tuple[str, str]]]],
    hashes: Mapping[str, str],
) -> None:
    """Tenants by slug and name, and people by address, name and where they are what, with the hashes of their passwords."""
    await connection.executemany(
        "INSERT INTO tenants (id, slug, name, created_at, version) VALUES ($1, $2, $3, $4, 1)",
        [(demo_id("tenant", slug), slug, name, START) for slug, name in tenants],
    )
    await connection.executemany(
        "INSERT INTO users (id, email, name, version) VALUES ($1, $2, $3, 1)",
        [(demo_id("user", email), email, name) for email, name, _ in people],
    )
    await connection.executemany(
        "INSERT INTO credentials (user_id, password_hash) VALUES ($1, $2)",
        [(demo_id("user", email), password_hash) for email, password_hash in hashes.items()],
    )
    await connection.executemany(
        "INSERT INTO memberships (tenant_id, user_id, roles, email, name, joined_at, version) VALUES ($1, $2, $3, $4, $5, $6, 1)",
        [
            (demo_id("tenant", slug), demo_id("user", email), [role], email, name, START)
            for email, name, places in people
            for slug, role in places
        ],
    )


async def _write_categories(connection: asyncpg.Connection, slug: str) -> None:
    tenant_id = demo_id("tenant", slug)
    await connection.executemany(
        "INSERT INTO categories (tenant_id, id, name, parent_id, created_at, updated_at, version)"
        " VALUES ($1, $2, $3, $4, $5, $5, 1)",
        [
            (tenant_id, _category(slug, name), name, None if above is None else _category(slug, above), START)
            for name, above in CATEGORIES
        ],
    )


async def _write_variants(connection: asyncpg.Connection, slug: str, count: int) -> None:
    """Coffee comes in a large pack too."""
    large = [number for number in range(1, count + 1) if GOODS[number % len(GOODS)] == "Coffee"]
    await connection.executemany(
        "INSERT INTO products (tenant_id, id, product_id, sku, name, price, currency, status, stock, created_at, updated_at, version)"
        " SELECT tenant_id, $3, id, sku || '-L', 'Large pack', price * 3, currency, 'active', stock, created_at, created_at, 1"
        " FROM products WHERE tenant_id = $1 AND id = $2",
        [
            (
                demo_id("tenant", slug),
                demo_id("product", f"{slug}:{number}"),
                demo_id("variant", f"{slug}:{number}"),
            )
            for number in large
        ],
    )


def _category(slug: str, name: str) -> UUID:
    return demo_id("category", f"{slug}:{name}")


async def _write_products(connection: asyncpg.Connection, slug: str, count: int) -> None:
    tenant_id = demo_id("tenant", slug)
    rows = [
        (
            tenant_id,
            demo_id("product", f"{slug}:{number}"),
            f"{slug.upper()}-{number:04}",
            f"{GOODS[number % len(GOODS)]} no. {number}",
            199 + number * 7 % 5000,
            STATUSES[number % len(STATUSES)],
            number * 13 % 100,
            START + timedelta(minutes=number),
            _category(slug, "Drinks" if GOODS[number % len(GOODS)] in DRINKS else "Pantry"),
        )
        for number in range(1, count + 1)
    ]
    await connection.executemany(
        "INSERT INTO products (tenant_id, id, sku, name, price, currency, status, stock, created_at, updated_at, category_id, version)"
        " VALUES ($1, $2, $3, $4, $5, 'EUR', $6, $7, $8, $8, $9, 1)",
        rows,
    )
    await connection.execute(
        "INSERT INTO product_summaries (tenant_id, draft, active, archived, updated_at)"
        " SELECT $1, count(*) FILTER (WHERE status = 'draft'), count(*) FILTER (WHERE status = 'active'),"
        " count(*) FILTER (WHERE status = 'archived'), $2 FROM products WHERE tenant_id = $1",
        tenant_id,
        START,
    )


async def _write_orders(connection: asyncpg.Connection, slug: str) -> None:
    """What the API would have left behind: orders with their lines, payments, pieces and shipments, and the number of the last."""
    tenant_id, buyer_id = demo_id("tenant", slug), demo_id("user", f"owner@{slug}.example")
    for number, (state, product) in enumerate(ORDERS, 1):
        order_id, variant_id = demo_id("order", f"{slug}:{number}"), demo_id("product", f"{slug}:{product}")
        # What waits for its payment is of today: what has waited longer is cancelled by itself.
        at = SystemClock().now() if state == "placed" else START + timedelta(days=1, minutes=number)
        await connection.execute(
            "INSERT INTO orders (tenant_id, id, number, buyer_id, state, currency, discount_percent, subtotal, discount, total,"
            " placed_at, created_at, updated_at, version)"
            " SELECT $1, $2, $3, $4, $5, currency, 0, price * $6, 0, price * $6, $7, $7, $7, 2"
            " FROM products WHERE tenant_id = $1 AND id = $8",
            tenant_id, order_id, number, buyer_id, state, PIECES, at, variant_id,
        )  # fmt: skip
        await connection.execute(
            "INSERT INTO order_lines (tenant_id, id, order_id, position, variant_id, product_id, sku, name, price, currency,"
            " quantity) SELECT $1, $2, $3, 1, id, id, sku, name, price, currency, $4 FROM products WHERE tenant_id = $1 AND id = $5",
            tenant_id, demo_id("line", f"{slug}:{number}"), order_id, PIECES, variant_id,
        )  # fmt: skip
        await _write_pieces(connection, tenant_id, order_id, variant_id, state)
        if state == "paid":
            await connection.execute(
                "INSERT INTO order_payments (tenant_id, id, order_id, kind, state, amount, currency, source, reference,"
                " created_at, settled_at) SELECT $1, $2, id, 'charge', 'accepted', total, currency, 'card_accept', $4, $5, $5"
                " FROM orders WHERE tenant_id = $1 AND id = $3",
                tenant_id, demo_id("payment", f"{slug}:{number}"), order_id, f"ch_demo_{number}", at,
            )  # fmt: skip
            await _ship(connection, slug, number, variant_id, at)
        for kind in ("placed", *({state} - {"placed"})):
            await _tell(connection, slug, number, kind, at)
    await connection.execute("INSERT INTO order_counters (tenant_id, last) VALUES ($1, $2)", tenant_id, len(ORDERS))
    await connection.execute("INSERT INTO sales_copies (tenant_id, live) VALUES ($1, 1)", tenant_id)


async def _ship(connection: asyncpg.Connection, slug: str, number: int, product_id: UUID, at: datetime) -> None:
    """The shipment of an order that is paid, what it told, and what analytics made of that."""
    tenant_id, order_id = demo_id("tenant", slug), demo_id("order", f"{slug}:{number}")
    shipment_id = demo_id("shipment", f"{slug}:{number}")
    await connection.execute(
        "INSERT INTO shipments (tenant_id, id, order_id, order_number, product_ids, status, tries, created_at,"
        " updated_at, version) VALUES ($1, $2, $3, $4, ARRAY[$5::uuid], 'pending', 0, $6, $6, 1)",
        tenant_id, shipment_id, order_id, number, product_id, at,
    )  # fmt: skip
    await connection.execute(
        "INSERT INTO events (tenant_id, id, name, version, payload, actor, request_id, at)"
        " SELECT tenant_id, $2, 'shipping.shipment_created', 1, jsonb_build_object('shipment_id', id, 'order_id', order_id,"
        " 'status', status, 'product_ids', to_jsonb(product_ids), 'revision', version), 'system', $2, created_at"
        " FROM shipments WHERE tenant_id = $1 AND id = $3",
        tenant_id, demo_id("event", f"{slug}:{number}:shipped"), shipment_id,
    )  # fmt: skip
    await connection.execute(
        "INSERT INTO product_shipments (tenant_id, copy, product_id, shipment_id, status, revision)"
        " VALUES ($1, 1, $2, $3, 'pending', 1)",
        tenant_id, product_id, shipment_id,
    )  # fmt: skip


async def _tell(connection: asyncpg.Connection, slug: str, number: int, kind: str, at: datetime) -> None:
    """What an order told, and what analytics made of it: counted anew it is the same."""
    tenant_id, order_id = demo_id("tenant", slug), demo_id("order", f"{slug}:{number}")
    event_id = demo_id("event", f"{slug}:{number}:{kind}")
    payment = {"payment_id": str(demo_id("payment", f"{slug}:{number}"))} if kind == "paid" else {}
    await connection.execute(
        "INSERT INTO events (tenant_id, id, name, version, payload, actor, request_id, at)"
        " SELECT $1, $2, 'orders.order_' || $4::text, 2, $7::jsonb || jsonb_build_object('order_id', o.id, 'number', o.number,"
        " CASE $4 WHEN 'paid' THEN 'amount' ELSE 'total' END, o.total, 'currency', o.currency, 'at', $6::text, 'lines',"
        " jsonb_build_array(jsonb_build_object('product_id', l.product_id, 'variant_id', l.variant_id, 'sku', l.sku,"
        " 'quantity', l.quantity, 'total', o.total))), 'user:' || o.buyer_id, $2, $5"
        " FROM orders AS o JOIN order_lines AS l ON l.tenant_id = $1 AND l.order_id = o.id WHERE o.tenant_id = $1 AND o.id = $3",
        tenant_id, event_id, order_id, kind, at, at.isoformat(), json.dumps(payment),
    )  # fmt: skip
    await connection.execute(
        "INSERT INTO sales (tenant_id, copy, order_id, kind, at, currency, pieces, amount)"
        " SELECT $1, 1, id, $3, $4, currency, $5, total FROM orders WHERE tenant_id = $1 AND id = $2",
        tenant_id, order_id, kind, at, PIECES,
    )  # fmt: skip
    await connection.execute(
        "INSERT INTO sale_lines (tenant_id, copy, order_id, kind, product_id, at, currency, pieces, amount)"
        " SELECT $1, 1, s.order_id, s.kind, l.product_id, s.at, s.currency, s.pieces, s.amount"
        " FROM sales AS s JOIN order_lines AS l ON l.tenant_id = $1 AND l.order_id = s.order_id"
        " WHERE s.tenant_id = $1 AND s.order_id = $2 AND s.kind = $3",
        tenant_id, order_id, kind,
    )  # fmt: skip


async def _write_pieces(
    connection: asyncpg.Connection, tenant_id: UUID, order_id: UUID, variant_id: UUID, state: str
) -> None:
    await connection.execute(
        "INSERT INTO reservations (tenant_id, order_id, state) VALUES ($1, $2, $3)",
        tenant_id,
        order_id,
        RESERVED[state],
    )
    await connection.execute(
        "INSERT INTO reservation_lines (tenant_id, order_id, variant_id, quantity) VALUES ($1, $2, $3, $4)",
        tenant_id, order_id, variant_id, PIECES,
    )  # fmt: skip
    held = PIECES if state == "placed" else 0
    await connection.execute(
        "UPDATE products SET reserved = reserved + $3 WHERE tenant_id = $1 AND id = $2", tenant_id, variant_id, held
    )
