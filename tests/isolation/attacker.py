"""Whoever has SQL of their own as the app role, as an injection would: no filter, no unit of work, no ORM."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID

import asyncpg
import pytest

from app.db.base import is_tenant_table
from app.installed import metadata

Connection = asyncpg.Connection
TABLES = {table.name: table for table in metadata().sorted_tables if is_tenant_table(table)}
"""In the order in which rows can be made: what others point at comes first."""
CART = (
    "INSERT INTO orders (tenant_id, id, number, buyer_id, state, currency, discount_percent, subtotal, discount, total, created_at,"
    " updated_at, version) VALUES ($1, gen_random_uuid(), 0, $2, 'draft', 'EUR', 0, 0, 0, 0, now(), now(), 1)"
)
SALE = (
    "INSERT INTO sales (tenant_id, copy, order_id, kind, at, currency, pieces, amount)"
    " SELECT $1, 1, gen_random_uuid(), 'paid', now(), 'EUR', 1, 1 WHERE $2::uuid IS NOT NULL"
)
ENDPOINT = (
    "INSERT INTO incoming_endpoints (tenant_id, id, consumer, secret)"
    " SELECT $1, gen_random_uuid(), 'x', 'x' WHERE $2::uuid IS NOT NULL"
)
FILE = (
    "INSERT INTO product_files (tenant_id, id, kind, format, created_at, expires_at)"
    " SELECT $1, gen_random_uuid(), 'import', 'csv', now(), now() WHERE $2::uuid IS NOT NULL"
)
ROWS = {
    "api_keys": "INSERT INTO api_keys (tenant_id, id, name, prefix, secret_hash, scopes, created_by)"
    " VALUES ($1, gen_random_uuid(), 'x', 'x', 'x', '{x}', $2)",
    "audit_entries": "INSERT INTO audit_entries (tenant_id, at, actor, action, request_id) VALUES ($1, now(), 'x', 'x', $2)",
    "audit_seals": "INSERT INTO audit_seals (tenant_id, number, ids, leaves, root, previous, mac, sealed_at)"
    " SELECT $1, 1, '{1}', 'x', 'x', 'x', 'x', now() WHERE $2::uuid IS NOT NULL",
    "carrier_accounts": f"WITH made AS ({ENDPOINT} RETURNING id) INSERT INTO carrier_accounts (tenant_id, carrier, credential,"
    " endpoint_id, is_chosen, version) SELECT $1, left(id::text, 20), 'x', id, false, 1 FROM made",
    "categories": "INSERT INTO categories (tenant_id, id, name, version) VALUES ($1, $2, 'x', 1)",
    "deliveries": "INSERT INTO deliveries (tenant_id, event_id, handler, queue) VALUES ($1, $2, 'x', 'x')",
    "events": "INSERT INTO events (tenant_id, id, name, version, payload, actor, request_id, at)"
    " VALUES ($1, $2, 'x', 1, '{}', 'x', $2, now())",
    "idempotency_keys": "INSERT INTO idempotency_keys (tenant_id, scope, request_hash, status, expires_at)"
    " SELECT $1, 'x', 'x', 200, now() WHERE $2::uuid IS NOT NULL",
    "incoming_endpoints": ENDPOINT,
    "incoming_messages": f"WITH made AS ({ENDPOINT} RETURNING id) INSERT INTO incoming_messages (tenant_id, endpoint_id,"
    " message_id, received_at) SELECT $1, id, 'x', now() FROM made",
    "import_refusals": f"WITH made AS ({FILE} RETURNING id) INSERT INTO import_refusals (tenant_id, file_id, line, sku, field, code,"
    " reason) SELECT $1, id, 1, 'x', 'x', 'x', 'x' FROM made",
    "invitations": "INSERT INTO invitations (tenant_id, id, email, roles, invited_by, expires_at)"
    " VALUES ($1, gen_random_uuid(), gen_random_uuid(), '{viewer}', $2, now())",
    "memberships": "INSERT INTO memberships (tenant_id, user_id, roles, email, name, version)"
    " VALUES ($1, $2, '{viewer}', 'x', 'x', 1)",
    "order_counters": "INSERT INTO order_counters (tenant_id, last) SELECT $1, 1 WHERE $2::uuid IS NOT NULL",
    "order_invoices": f"WITH made AS ({CART} RETURNING id) INSERT INTO order_invoices (tenant_id, order_id, file_id, locale,"
    " seller, recipient, issued_at) SELECT $1, id, id, 'en', 'x', 'x', now() FROM made",
    "order_lines": f"WITH made AS ({CART} RETURNING id) INSERT INTO order_lines (tenant_id, id, order_id, position, variant_id,"
    " product_id, sku, name, price, currency, quantity) SELECT $1, id, id, 1, id, id, 'x', 'x', 1, 'EUR', 1 FROM made",
    "order_payments": f"WITH made AS ({CART} RETURNING id) INSERT INTO order_payments (tenant_id, id, order_id, kind, state,"
    " amount, currency, source, created_at) SELECT $1, id, id, 'charge', 'pending', 1, 'EUR', 'x', now() FROM made",
    "orders": CART,
    "payment_endpoints": f"WITH made AS ({ENDPOINT} RETURNING id) INSERT INTO payment_endpoints (tenant_id, endpoint_id, version)"
    " SELECT $1, id, 1 FROM made",
    "price_changes": "INSERT INTO price_changes (tenant_id, id, product_id, variant_id, previous_price, previous_currency, price,"
    " currency, changed_by, changed_at) VALUES ($1, gen_random_uuid(), $2, $2, 1, 'EUR', 2, 'EUR', 'x', now())",
    "product_files": FILE,
    "product_images": "INSERT INTO product_images (tenant_id, id, product_id, state, alt, media_type, max_bytes, upload_id, upload_until)"
    " VALUES ($1, gen_random_uuid(), $2, 'pending', 'x', 'x', 1, $2, now())",
    "product_summaries": "INSERT INTO product_summaries (tenant_id) SELECT $1 WHERE $2::uuid IS NOT NULL",
    "product_words": "INSERT INTO product_words (tenant_id, product_id, word) VALUES ($1, $2, 'x')",
    "product_shipments": "INSERT INTO product_shipments (tenant_id, copy, product_id, shipment_id, status, revision)"
    " VALUES ($1, 1, gen_random_uuid(), $2, 'pending', 1)",
    "products": "INSERT INTO products (tenant_id, id, sku, name, price, currency, version)"
    " VALUES ($1, $2, $2::uuid::text, 'x', 1, 'EUR', 1)",
    "reservation_lines": "INSERT INTO reservation_lines (tenant_id, order_id, variant_id, quantity) VALUES ($1, $2, $2, 1)",
    "reservations": "INSERT INTO reservations (tenant_id, order_id, state) VALUES ($1, $2, 'held')",
    "roles": "INSERT INTO roles (tenant_id, key, name, permissions, version) SELECT $1, $2::uuid::text, 'x', '{x}', 1",
    "sale_lines": f"WITH made AS ({SALE} RETURNING order_id) INSERT INTO sale_lines (tenant_id, copy, order_id, kind, product_id, at,"
    " currency, pieces, amount) SELECT $1, 1, order_id, 'paid', order_id, now(), 'EUR', 1, 1 FROM made",
    "sales": SALE,
    "sales_copies": "INSERT INTO sales_copies (tenant_id, live) SELECT $1, 1 WHERE $2::uuid IS NOT NULL",
    "schedule_runs": "INSERT INTO schedule_runs (tenant_id, name, due_at, outcome, actor, at)"
    " SELECT $1, $2::uuid::text, now(), 'fired', 'x', now()",
    "shipments": "INSERT INTO shipments (tenant_id, id, order_id, order_number, product_ids, status, tries, version)"
    " VALUES ($1, gen_random_uuid(), gen_random_uuid(), 1, ARRAY[$2::uuid], 'pending', 0, 1)",
    "tasks": "INSERT INTO tasks (tenant_id, id, kind, payload, actor, request_id, created_at)"
    " VALUES ($1, gen_random_uuid(), 'x', '{}', 'x', $2, now())",
    "tenant_settings": "INSERT INTO tenant_settings (tenant_id, module, values, version)"
    " SELECT $1, $2::uuid::text, '{}', 1",
}
"""How to put a row into a tenant's table: $1 the tenant, $2 an id. A table that is missing here fails its tests."""


@asynccontextmanager
async def bound(sql: Connection, tenant_id: UUID | None = None, user_id: UUID | None = None) -> AsyncIterator[None]:
    """A transaction with the binding, undone at its end."""
    transaction = sql.transaction()
    await transaction.start()
    for name, value in (("tenant_id", tenant_id), ("user_id", user_id)):
        if value is not None:
            await sql.execute(f"SET LOCAL app.{name} = '{value}'")
    try:
        yield
    finally:
        await transaction.rollback()


async def refused(sql: Connection, statement: str, *arguments: object) -> bool:
    """Whether the database says that the role may not (SQLSTATE 42501)."""
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await sql.fetch(statement, *arguments)
    return True
