"""Products by the hundred: statements that take or give many rows each."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.db.uow import UnitOfWork

# Locked in the order of their ids, as everybody locks products.
KNOWN = """
SELECT id, sku, name, description, price, currency, status, stock, category_id, reserved, product_id, import_id
FROM products WHERE tenant_id = $1 AND sku = ANY($2::text[]) ORDER BY id FOR NO KEY UPDATE
"""
# Held, so that none is deleted before the products in it are written.
CATEGORIES = "SELECT id FROM categories WHERE tenant_id = $1 AND id = ANY($2::uuid[]) FOR KEY SHARE"
COLUMNS = """
unnest($4::uuid[], $5::text[], $6::text[], $7::text[], $8::bigint[], $9::text[], $10::text[], $11::bigint[], $12::uuid[])
  AS n (id, sku, name, description, price, currency, status, stock, category_id)
"""
CREATE = f"""
INSERT INTO products (tenant_id, id, sku, name, description, price, currency, status, stock, category_id, import_id,
  created_at, updated_at, version)
SELECT $1, n.id, n.sku, n.name, n.description, n.price, n.currency, n.status, n.stock, n.category_id, $2, $3, $3, 1
FROM {COLUMNS} ORDER BY n.sku
ON CONFLICT (tenant_id, sku) DO NOTHING RETURNING id
"""
CHANGE = f"""
UPDATE products AS p SET name = n.name, description = n.description, price = n.price, currency = n.currency,
  status = n.status, stock = n.stock, category_id = n.category_id, import_id = $2, updated_at = $3, version = p.version + 1,
  words_of = CASE WHEN p.name = n.name THEN p.words_of END
FROM {COLUMNS} WHERE p.tenant_id = $1 AND p.id = n.id
"""
MARK = "UPDATE products SET import_id = $2 WHERE tenant_id = $1 AND id = ANY($3::uuid[])"
EXPORTED = """
SELECT id, sku, name, description, price, currency, status, stock, category_id FROM products
WHERE tenant_id = $1 AND product_id IS NULL AND id > $2 AND id < $3 ORDER BY id LIMIT $4
"""
COUNT = "SELECT count(*) FROM products WHERE tenant_id = $1 AND product_id IS NULL AND id < $2"


@dataclass(frozen=True, slots=True)
class Written:
    """What a file says of a product, or what is to be written of it. `price` is in minor units of `currency`."""

    id: UUID
    sku: str
    name: str
    description: str | None
    price: int
    currency: str
    status: str
    stock: int
    category_id: UUID | None


@dataclass(frozen=True, slots=True)
class Known:
    """A product or a further variant as it is, held until the commit."""

    written: Written
    reserved: int
    product_id: UUID | None
    import_id: UUID | None


class ImportRepository:
    """Reads and writes many products of the bound tenant at once."""

    def __init__(self, uow: UnitOfWork) -> None:
        """`uow` has begun and is bound."""
        self.uow = uow

    async def known(self, skus: Collection[str]) -> Mapping[str, Known]:
        """What has these skus, by sku, held until the commit."""
        rows = await self.uow.connection.fetch(KNOWN, self.uow.tenant_id, list(skus))
        return {row[1]: Known(Written(*row[:9]), *row[9:]) for row in rows}

    async def categories(self, ids: Collection[UUID]) -> set[UUID]:
        """Those of them that there are; they stay until the commit."""
        return {row[0] for row in await self.uow.connection.fetch(CATEGORIES, self.uow.tenant_id, list(ids))}

    async def create(self, products: Sequence[Written], *, file_id: UUID, at: datetime) -> set[UUID]:
        """Insert new ones; the ids of those whose sku nobody else has taken meanwhile, and no others were inserted."""
        rows = await self.uow.connection.fetch(CREATE, self.uow.tenant_id, file_id, at, *_columns(products))
        return {row[0] for row in rows}

    async def change(self, products: Sequence[Written], *, file_id: UUID, at: datetime) -> None:
        """Let those that are held be so."""
        await self.uow.connection.execute(CHANGE, self.uow.tenant_id, file_id, at, *_columns(products))

    async def mark(self, ids: Sequence[UUID], *, file_id: UUID) -> None:
        """The file has said of them what is so already."""
        await self.uow.connection.execute(MARK, self.uow.tenant_id, file_id, list(ids))

    async def count(self, *, before: UUID) -> int:
        """How many products there are of those made before the id was."""
        return int(await self.uow.connection.fetchval(COUNT, self.uow.tenant_id, before))

    async def page(self, *, after: UUID, before: UUID, limit: int) -> list[Written]:
        """The next products in the order of their ids."""
        rows = await self.uow.connection.fetch(EXPORTED, self.uow.tenant_id, after, before, limit)
        return [Written(*row) for row in rows]


def _columns(products: Sequence[Written]) -> list[list[object]]:
    rows = [
        (p.id, p.sku, p.name, p.description, p.price, p.currency, p.status, p.stock, p.category_id) for p in products
    ]
    return [list(column) for column in zip(*rows, strict=True)]
