"""The rows that are read: tenants with one member each and products, the same on every machine, written by COPY."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import asyncpg

START = datetime(2026, 1, 5, 8, tzinfo=UTC)
TEXT = "Hand-picked, from the first harvest of the year."
DEEP = 0
"""The number of the tenant that has enough rows to page 100,000 deep."""
BATCH = 20_000

PRODUCT = ("tenant_id", "id", "sku", "name", "description", "price", "currency", "status", "stock", "created_at", "updated_at", "version")  # fmt: skip
# The same columns, checks and indexes; no row-level security, no foreign key. In a schema of its own, since the
# application refuses to start on a table with tenant_id and without policies.
BARE = "CREATE SCHEMA bare; CREATE TABLE bare.products (LIKE public.products INCLUDING ALL)"


@dataclass(frozen=True)
class Size:
    """How much there is of everything; `deep` rows go to one tenant more. With a hash, everybody has that password."""

    tenants: int
    rows: int
    deep: int = 0
    password_hash: str = ""


@dataclass(frozen=True)
class Tenant:
    """A tenant and its one member's person and session."""

    id: UUID
    user_id: UUID
    session_id: UUID


def tenant(number: int) -> Tenant:
    """The tenant of that number."""
    return Tenant(_key(1, number), _key(2, number), _key(3, number))


def tenants(count: int) -> list[Tenant]:
    """The tenants of equal size, from number 1 on."""
    return [tenant(number) for number in range(1, count + 1)]


async def fill(url: str, size: Size) -> None:
    """Write everything as superuser, foreign keys unchecked, and bring the statistics up to date."""
    connection = await asyncpg.connect(url)
    try:
        await connection.execute("SET session_replication_role = replica")
        numbers = [*([DEEP] if size.deep else []), *range(1, size.tenants + 1)]
        await _people(connection, numbers)
        if size.password_hash:
            credentials = [(tenant(number).user_id, size.password_hash) for number in numbers]
            await connection.copy_records_to_table(
                "credentials", records=credentials, columns=["user_id", "password_hash"]
            )
        batch: list[tuple[Any, ...]] = []
        for number in numbers:
            batch.extend(_products(number, size.deep if number == DEEP else size.rows))
            if len(batch) >= BATCH:
                await connection.copy_records_to_table("products", records=batch, columns=PRODUCT)
                batch.clear()
        await connection.copy_records_to_table("products", records=batch, columns=PRODUCT)
        await connection.execute(BARE)
        await connection.execute("VACUUM ANALYZE")
    finally:
        await connection.close()


async def _people(connection: "asyncpg.Connection[asyncpg.Record]", numbers: Sequence[int]) -> None:
    known = [(number, tenant(number)) for number in numbers]
    tables: dict[str, tuple[tuple[str, ...], list[tuple[Any, ...]]]] = {
        "tenants": (("id", "slug", "name", "version"), [(t.id, f"t{n:05}", f"Tenant {n}", 1) for n, t in known]),
        "users": (("id", "email", "name", "version"), [(t.user_id, email(n), "Somebody", 1) for n, t in known]),
        "sessions": (
            ("id", "user_id", "transport", "created_at", "refreshed_at"),
            [(t.session_id, t.user_id, "body", START, START) for _, t in known],
        ),
        "memberships": (
            ("tenant_id", "user_id", "roles", "email", "name", "version"),
            [(t.id, t.user_id, ["member"], email(n), "Somebody", 1) for n, t in known],
        ),
    }
    for name, (columns, rows) in tables.items():
        await connection.copy_records_to_table(name, records=rows, columns=columns)


def _products(number: int, count: int) -> Iterator[tuple[Any, ...]]:
    owner = tenant(number).id
    for row in range(count):
        at = START + timedelta(minutes=row)
        price, stock = 199 + row * 7 % 5000, row * 13 % 100
        key = _key(4, number * 1_000_000 + row)
        yield owner, key, f"SKU-{row:06}", f"Tea no. {row}", TEXT, price, "EUR", "active", stock, at, at, 1


def email(number: int) -> str:
    """The address of the tenant's member."""
    return f"member{number}@bench.example"


def _key(kind: int, number: int) -> UUID:
    """A UUIDv7 in shape, in the order of the numbers."""
    milliseconds = int(START.timestamp() * 1000)
    return UUID(int=milliseconds << 80 | 7 << 76 | 2 << 62 | kind << 56 | number)
