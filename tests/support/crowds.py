"""Many rows at once, for tests of lists: with equal values and with NULLs, so that an order has something to decide."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import asyncpg

from tests.support.shops import Person, Shop, product

MEMBERS = """
WITH people AS (
  INSERT INTO users (id, email, name, version)
  SELECT gen_random_uuid(), gen_random_uuid() || '@crowd.example', 'N' || i % 3, 1 FROM generate_series(1, $2::int) AS i
  RETURNING id, email, name
)
INSERT INTO memberships (tenant_id, user_id, roles, email, name, version)
SELECT $1, id, '{viewer}', email, name, 1 FROM people
"""
TENANTS = """
WITH made AS (
  INSERT INTO tenants (id, slug, name, version, deletion_due_at)
  SELECT gen_random_uuid(), 's' || substr(replace(gen_random_uuid()::text, '-', ''), 1, 16), 'N' || i % 3, 1,
    CASE WHEN i % 2 = 0 THEN now() + interval '1 year' END
  FROM generate_series(1, $2::int) AS i WHERE $1::uuid IS NOT NULL RETURNING id
)
INSERT INTO memberships (tenant_id, user_id, roles, email, name, version)
SELECT made.id, u.id, '{viewer}', u.email, u.name, 1 FROM made, users AS u WHERE u.id = $3
"""
PRODUCTS = """
INSERT INTO products (tenant_id, id, sku, name, price, currency, status, version, created_at, updated_at)
SELECT $1, gen_random_uuid(), gen_random_uuid(), 'N' || i % 3, i % 4, 'EUR', CASE WHEN i % 2 = 0 THEN 'draft' ELSE 'active' END,
  1, now() - i % 5 * interval '1 hour', now()
FROM generate_series(1, $2::int) AS i
"""
CARTS = """
INSERT INTO orders (tenant_id, id, number, buyer_id, state, currency, discount_percent, subtotal, discount, total, created_at,
  updated_at, version)
SELECT $1, gen_random_uuid(), 0, $3, 'draft', 'EUR', 0, i % 4, 0, i % 4, now() - i % 5 * interval '1 hour', now() - i % 3 * interval '1 hour', 1
FROM generate_series(1, $2::int) AS i
"""
ORDERS = """
INSERT INTO orders (tenant_id, id, number, placed_at, buyer_id, state, currency, discount_percent, subtotal, discount, total,
  created_at, updated_at, version)
SELECT $1, gen_random_uuid(), i + (SELECT count(*) FROM orders WHERE tenant_id = $1), now(), $3,
  CASE WHEN i % 2 = 0 THEN 'placed' ELSE 'paid' END, 'EUR', 0, i % 4, 0, i % 4, now() - i % 5 * interval '1 hour', now(), 1
FROM generate_series(1, $2::int) AS i
"""
CATEGORIES = """
INSERT INTO categories (tenant_id, id, name, version, created_at)
SELECT $1, gen_random_uuid(), gen_random_uuid(), 1, now() - i % 5 * interval '1 hour' FROM generate_series(1, $2::int) AS i
"""
PARENT = """
WITH parent AS (
  INSERT INTO products (tenant_id, id, sku, name, price, currency, version)
  SELECT $1::uuid, $1, $1::text, 'Parent', 1, 'EUR', 1 ON CONFLICT DO NOTHING
)
"""
"""A product whose id is the tenant's, for what stands below one."""
VARIANTS = f"""{PARENT}
INSERT INTO products (tenant_id, id, product_id, sku, name, price, currency, status, version, created_at, updated_at)
SELECT $1, gen_random_uuid(), $1, gen_random_uuid(), 'N' || i % 3, i % 4, 'EUR', 'active', 1,
  now() - i % 5 * interval '1 hour', now()
FROM generate_series(1, $2::int) AS i
"""
PRICES = f"""{PARENT}
INSERT INTO price_changes (tenant_id, id, product_id, variant_id, previous_price, previous_currency, price, currency,
  changed_by, changed_at)
SELECT $1, gen_random_uuid(), $1, $1, i, 'EUR', i + 1, 'EUR', 'user:x', now() FROM generate_series(1, $2::int) AS i
"""
KEYS = """
INSERT INTO api_keys (tenant_id, id, name, prefix, secret_hash, scopes, created_by, expires_at, last_used_at)
SELECT $1, gen_random_uuid(), 'N' || i % 3, 'atr_x', gen_random_uuid()::text::bytea, '{catalog.products:read}', $3,
  CASE WHEN i % 2 = 0 THEN now() + interval '1 year' END, CASE WHEN i % 3 = 0 THEN now() - i % 2 * interval '1 hour' END
FROM generate_series(1, $2::int) AS i
"""
ENTRIES = """
INSERT INTO audit_entries (tenant_id, at, actor, action, request_id)
SELECT $1, now(), 'user:x', 'crowd.entry.made', gen_random_uuid() FROM generate_series(1, $2::int)
"""
SESSIONS = """
INSERT INTO sessions (id, user_id, transport, created_at, refreshed_at)
SELECT gen_random_uuid(), $3, 'body', now(), now() FROM generate_series(1, $2::int) WHERE $1::uuid IS NOT NULL
"""
DELIVERIES = """
WITH facts AS (
  INSERT INTO events (tenant_id, id, name, version, payload, actor, request_id, at)
  SELECT $1, gen_random_uuid(), 'catalog.product_created', 1, '{}', 'user:x', gen_random_uuid(), now()
  FROM generate_series(1, $2::int) RETURNING id
)
INSERT INTO deliveries (tenant_id, event_id, handler, queue, state, finished_at)
SELECT $1, id, 'catalog.handlers.count_created', left('q' || id, 20), 'dead', now() FROM facts
"""
INVITATIONS = """
INSERT INTO invitations (tenant_id, id, email, roles, invited_by, expires_at)
SELECT $1, gen_random_uuid(), gen_random_uuid() || '@crowd.example', '{viewer}', $3, now() + i % 3 * interval '1 day'
FROM generate_series(1, $2::int) AS i
"""
ROLES = """
INSERT INTO roles (tenant_id, key, name, permissions, version)
SELECT $1, 'r' || substr(replace(gen_random_uuid()::text, '-', ''), 1, 16), 'N' || i % 3, '{catalog.products:read}', 1
FROM generate_series(1, $2::int) AS i
"""
SHIPMENTS = """
INSERT INTO shipments (tenant_id, id, order_id, order_number, product_ids, status, tries, created_at, version)
SELECT $1, gen_random_uuid(), gen_random_uuid(), i, '{}', CASE WHEN i % 2 = 0 THEN 'pending' ELSE 'delivered' END, 0,
  now() - i % 5 * interval '1 hour', 1
FROM generate_series(1, $2::int) AS i
"""
TASKS = """
INSERT INTO tasks (tenant_id, id, kind, state, payload, actor, request_id, created_at)
SELECT $1, gen_random_uuid(), 'k', 'failed', '{}', 'x', gen_random_uuid(), now() FROM generate_series(1, $2::int)
"""
IMPERSONATIONS = """
INSERT INTO sessions (id, user_id, transport, created_at, refreshed_at, operator_id, bound_tenant_id, ends_at, reason)
SELECT gen_random_uuid(), $3, 'body', now(), now(), $3, $1, now() + interval '1 hour', 'ticket' FROM generate_series(1, $2::int)
"""


@dataclass(frozen=True)
class Crowd:
    """A list that can be filled, and who reads it: somebody of the tenant, or an operator where it is over all tenants."""

    fill: Callable[[asyncpg.Connection, Shop, int], Awaitable[None]]
    path: Callable[[Shop], str]

    def reader(self, shop: Shop, operator: Person) -> Person:
        """Who may read it."""
        return operator if self.path(shop).startswith("/operator") else shop.owner


def by(statement: str, path: str) -> Crowd:
    """Filled by a statement; `$1` is the tenant, `$2` how many, `$3` its owner. The path may be narrowed to the tenant."""

    async def fill(rows: asyncpg.Connection, shop: Shop, count: int) -> None:
        given = (shop.id, count, shop.owner.user_id)
        await rows.execute(statement, *given[: 3 if "$3" in statement else 2])

    return Crowd(fill, lambda shop: path.format(tenant=shop.id))


async def mocked(_rows: asyncpg.Connection, shop: Shop, count: int) -> None:
    """Resources that no database has."""
    for _ in range(count):
        assert (await shop.owner.post(f"/mock/c{shop.slug}", json=product())).status_code == 201


async def nothing(_rows: asyncpg.Connection, _shop: Shop, _count: int) -> None:
    """What lives in code cannot be more; of schedules `tests/api/test_lists.py` installs some."""


CROWDS: dict[str, Crowd] = {
    "/api-keys": by(KEYS, "/api-keys"),
    "/audit-log": by(ENTRIES, "/audit-log"),
    "/auth/sessions": by(SESSIONS, "/auth/sessions"),
    "/carts": by(CARTS, "/carts"),
    "/categories": by(CATEGORIES, "/categories"),
    "/deliveries": by(DELIVERIES, "/deliveries"),
    "/invitations": by(INVITATIONS, "/invitations"),
    "/members": by(MEMBERS, "/members"),
    "/mock/{collection}": Crowd(mocked, lambda shop: f"/mock/c{shop.slug}"),
    "/operator/backlog": by(DELIVERIES, "/operator/backlog?tenant_id={tenant}"),
    "/operator/deliveries": by(DELIVERIES, "/operator/deliveries?tenant_id={tenant}"),
    "/operator/impersonations": by(IMPERSONATIONS, "/operator/impersonations"),
    "/operator/schedules": Crowd(nothing, lambda shop: f"/operator/schedules?tenant_id={shop.id}"),
    "/operator/tenants": by(TENANTS, "/operator/tenants?q=s"),
    "/orders": by(ORDERS, "/orders"),
    "/permissions": Crowd(nothing, lambda _shop: "/permissions"),
    "/products": by(PRODUCTS, "/products"),
    "/products/{product_id}/prices": by(PRICES, "/products/{tenant}/prices"),
    "/products/{product_id}/stock": by(VARIANTS, "/products/{tenant}/stock"),
    "/products/{product_id}/variants": by(VARIANTS, "/products/{tenant}/variants"),
    "/roles": by(ROLES, "/roles"),
    "/shipments": by(SHIPMENTS, "/shipments"),
    "/tasks": by(TASKS, "/tasks"),
    "/tenants": by(TENANTS, "/tenants"),
}
"""Every list of the platform, by its path; a list that is added is missed by `tests/api/test_lists.py`."""
ENDLESS = {"/operator/impersonations", "/operator/tenants"}
"""Lists over all tenants that no filter narrows: other tests fill them too."""
