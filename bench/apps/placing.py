"""What runs in the processes that goal 20 measures: carts placed as orders, by the use case and by its statements written by hand."""

import asyncio
import gc
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import asyncpg
import orjson
import uvloop

from app.auth.commons import Principal
from app.config import Settings
from app.db.outbox import PLAIN
from app.extensions.conditional import IfMatch
from app.modules.catalog.repository.stock import AT_HAND, BEGIN, KEEP, OFFERS
from app.modules.orders.repository.sql import NEXT_NUMBER
from app.modules.orders.services import CartService
from app.runtime import Runtime
from app.utils.ids import uuid7
from bench.data import Tenant

AT_ONCE = 8
"""Carts that are being placed, and connections."""
ORDER = """
SELECT id, buyer_id, currency, version, subtotal, discount, total FROM orders WHERE tenant_id = $1 AND id = $2 FOR UPDATE
"""
LINES = """
SELECT id, variant_id, product_id, sku, name, price, quantity FROM order_lines WHERE tenant_id = $1 AND order_id = $2
ORDER BY position
"""
PAYMENTS = (
    "SELECT id, kind, state, amount FROM order_payments WHERE tenant_id = $1 AND order_id = $2 ORDER BY created_at"
)
PLACE = """
UPDATE orders SET number = $3, state = 'placed', placed_at = $4, updated_at = $4, version = version + 1
WHERE tenant_id = $1 AND id = $2 AND version = $5
"""
HANDLERS = ("analytics.handlers.count_placed",)
Cart = tuple[Tenant, UUID]


@dataclass(frozen=True)
class Told:
    """What one run came to."""

    seconds: float
    cpu_seconds: float


def ours(settings: Settings, carts: Sequence[Cart], told: Path) -> None:
    """The use case, each in a unit of work of its own."""
    told.write_bytes(orjson.dumps(asdict(uvloop.run(_ours(settings, carts)))))


def by_hand(url: str, carts: Sequence[Cart], told: Path) -> None:
    """The same rows read and written on asyncpg, as superuser: no binding, no policies, no objects."""
    told.write_bytes(orjson.dumps(asdict(uvloop.run(_by_hand(url, carts)))))


async def _ours(settings: Settings, carts: Sequence[Cart]) -> Told:
    runtime = Runtime(settings, connections=AT_ONCE)
    await runtime.open()

    async def place(cart: Cart) -> None:
        who, key = cart
        async with runtime.identity.tenant_unit(uuid7(), who.id, who.user_id) as uow:
            principal = Principal("user", user_id=who.user_id)
            uow.actor = principal.actor
            commons = replace(runtime.hub.commons(uow), principal=principal, if_match=IfMatch("*"))
            await CartService(commons).place(key)

    try:
        return await _timed(place, carts)
    finally:
        await runtime.close()


async def _by_hand(url: str, carts: Sequence[Cart]) -> Told:
    async with asyncpg.create_pool(url, min_size=AT_ONCE, max_size=AT_ONCE) as pool:

        async def place(cart: Cart) -> None:
            async with pool.acquire() as connection, connection.transaction():
                await _place(connection, *cart)

        return await _timed(place, carts)


async def _place(connection: "asyncpg.pool.PoolConnectionProxy[asyncpg.Record]", who: Tenant, key: UUID) -> None:
    at, event_id, request_id, actor = datetime.now(UTC), uuid7(), uuid7(), f"user:{who.user_id}"
    order = await connection.fetchrow(ORDER, who.id, key)
    lines = await connection.fetch(LINES, who.id, key)
    await connection.fetch(PAYMENTS, who.id, key)
    ids, quantities = [line["variant_id"] for line in lines], [line["quantity"] for line in lines]
    await connection.fetchval(BEGIN, who.id, key, at)
    at_hand = await connection.fetch(AT_HAND, who.id, ids)
    offers = {row[0]: row for row in await connection.fetch(OFFERS, who.id, ids)}
    if (
        order is None
        or len(at_hand) != len(ids)
        or any(offers[line["variant_id"]][4] != line["price"] for line in lines)
    ):
        raise RuntimeError("the cart cannot be placed")
    await connection.execute(KEEP, who.id, key, ids, quantities)
    number = await connection.fetchval(NEXT_NUMBER, who.id)
    await connection.execute(PLACE, who.id, key, number, at, order["version"])
    told = {"number": number, "total": order["total"], "currency": order["currency"]}
    sold = [
        {"product_id": str(line["product_id"]), "variant_id": str(line["variant_id"]), "sku": line["sku"],
         "quantity": line["quantity"], "total": line["price"] * line["quantity"]}
        for line in lines
    ]  # fmt: skip
    payload = orjson.dumps({**told, "order_id": str(key), "at": at.isoformat(), "lines": sold}).decode()
    await connection.fetch(
        PLAIN, who.id, [event_id], ["orders.order_placed"], [2], [payload], [actor], [request_id], [at], [None], [None],
        [0], *_deliveries(event_id), [at], [actor], ["orders.order.placed"], [f"order:{key}"], [None],
        [orjson.dumps(told).decode()], [None], [None], [request_id],
    )  # fmt: skip


def _deliveries(event_id: UUID) -> tuple[list[UUID], list[str], list[str], list[int], list[None], list[None]]:
    """As many as ours: one for each handler of the event."""
    count = len(HANDLERS)
    return [event_id] * count, list(HANDLERS), ["default"] * count, [0] * count, [None] * count, [None] * count


async def _timed(place: Callable[[Cart], Awaitable[None]], carts: Sequence[Cart]) -> Told:
    rest = iter(carts)

    async def work(count: int) -> None:
        for _ in range(count):
            await place(next(rest))

    async def all_at_work(count: int) -> None:
        async with asyncio.TaskGroup() as group:
            for _ in range(AT_ONCE):
                group.create_task(work(count))

    await all_at_work(5)  # statements are prepared on every connection
    gc.collect()
    gc.freeze()
    each = len(carts) // AT_ONCE - 5
    began, spent = time.monotonic(), time.process_time()
    await all_at_work(each)
    return Told(time.monotonic() - began, time.process_time() - spent)
