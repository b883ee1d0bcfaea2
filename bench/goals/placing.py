"""Goal 20: how many carts of three lines become orders a second."""

import asyncio
from collections.abc import Callable, Sequence
from statistics import median
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import orjson

from bench.apps import placing
from bench.apps.placing import AT_ONCE, Cart, Told
from bench.data import Size, tenants
from bench.line import Child
from bench.load import LoadError
from bench.rounds import Aim, Plan, Row, by_turns, row

DATABASE = "orders"
TENANTS, PRODUCTS, CARTS = 40, 50, 2_000
LINES = 3
CLEAR = """
TRUNCATE orders, order_counters, reservations, events, deliveries, audit_entries CASCADE;
UPDATE products SET stock = 1000000, reserved = 0, version = 1
"""
# Each cart has three products of its tenant, others than the carts beside it.
FILL = """
WITH made AS (
  INSERT INTO orders (tenant_id, id, number, buyer_id, state, currency, discount_percent, subtotal, discount, total,
    created_at, updated_at, version)
  SELECT tenant_id, id, 0, buyer_id, 'draft', 'EUR', 0, 0, 0, 0, now(), now(), 1
  FROM unnest($1::uuid[], $2::uuid[], $3::uuid[]) AS u (tenant_id, id, buyer_id)
), numbered AS (
  SELECT *, row_number() OVER (PARTITION BY tenant_id ORDER BY id) - 1 AS place FROM products
), wanted AS (
  SELECT u.tenant_id, u.id, (u.place * 3 + n) % $5 AS place, n
  FROM unnest($1::uuid[], $2::uuid[], $4::bigint[]) AS u (tenant_id, id, place), generate_series(0, 2) AS n
)
INSERT INTO order_lines (tenant_id, id, order_id, position, variant_id, product_id, sku, name, price, currency, quantity)
SELECT w.tenant_id, uuidv7(), w.id, w.n, p.id, p.id, p.sku, p.name, p.price, 'EUR', 2
FROM wanted AS w JOIN numbered AS p ON p.tenant_id = w.tenant_id AND p.place = w.place
"""
SUM = """
UPDATE orders AS o SET subtotal = s.total, total = s.total
FROM (SELECT order_id, sum(price * quantity) AS total FROM order_lines GROUP BY order_id) AS s WHERE s.order_id = o.id
"""
PLACED = """
SELECT count(*), count(DISTINCT (o.tenant_id, o.number)), (SELECT count(*) FROM events), (SELECT count(*) FROM deliveries),
  (SELECT count(*) FROM audit_entries), (SELECT sum(reserved) FROM products)
FROM orders AS o WHERE state = 'placed'
"""


def placed(plan: Plan) -> Sequence[Row]:
    """Stock, order, audit, event and delivery in one transaction each; both sides leave as many rows."""
    settings, admin_url = plan.stage.database(DATABASE, Size(TENANTS, PRODUCTS)), plan.stage.admin_url(DATABASE)

    def run(target: Callable[..., None], where: Any) -> Told:
        return _run(plan, admin_url, target, where)

    a, b = by_turns(plan, lambda: run(placing.ours, settings), lambda: run(placing.by_hand, admin_url))
    pairs = list(zip(a, b, strict=True))
    ratios = {
        "throughput": [y.seconds / x.seconds for x, y in pairs],
        "cpu": [y.cpu_seconds / x.cpu_seconds for x, y in pairs],
    }
    what = (
        f"orders of {LINES} lines placed by the use case, against its statements by hand on asyncpg, {AT_ONCE} at once"
    )
    note = "without HTTP on either side; by hand as superuser, unbound; fsync off"
    return [row("20", what, (_cell(a), _cell(b)), ratios, plan, Aim(0.35, 0.25), note=note)]


def _run(plan: Plan, admin_url: str, target: Callable[..., None], where: Any) -> Told:
    carts = asyncio.run(_fill(admin_url))
    name = uuid4().hex
    told = plan.stage.folder / f"{name}.json"
    Child(plan.stage.folder / f"placing-{name}.log", target, where, carts, told).finish()
    found = tuple(asyncio.run(_found(admin_url)))
    if found != (CARTS, CARTS, CARTS, CARTS, CARTS, CARTS * LINES * 2):
        raise LoadError(
            f"{CARTS} orders, numbers, events, deliveries, entries and their pieces were to be there: {found}"
        )
    return Told(**orjson.loads(told.read_bytes()))


async def _fill(url: str) -> list[Cart]:
    known = tenants(TENANTS)
    carts = [(known[number % TENANTS], UUID(int=uuid4().int)) for number in range(CARTS)]
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(CLEAR)
        owners, keys = [who.id for who, _ in carts], [key for _, key in carts]
        places = [number // TENANTS for number in range(CARTS)]
        await connection.execute(FILL, owners, keys, [who.user_id for who, _ in carts], places, PRODUCTS)
        await connection.execute(SUM)
        await connection.execute("VACUUM ANALYZE")
    finally:
        await connection.close()
    return carts


async def _found(url: str) -> Sequence[Any]:
    connection = await asyncpg.connect(url)
    try:
        return tuple(await connection.fetchrow(PLACED) or ())
    finally:
        await connection.close()


def _cell(found: Sequence[Told]) -> str:
    counted = CARTS - 5 * AT_ONCE
    pace, cost = median(counted / told.seconds for told in found), median(told.cpu_seconds for told in found)
    return f"{pace:,.0f}/s, {cost / counted * 1e6:,.0f} µs"
