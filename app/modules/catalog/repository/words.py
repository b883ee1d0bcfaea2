"""The words of products: reads what a search finds, and writes them behind whoever has written products."""

from app.db.turns import hold_turn
from app.db.uow import UnitOfWork
from app.modules.catalog.words import DUE, FOLDED, Searched, begins_with, has_words, holds, words_in

# So many entries each word has, up to the most, and so many texts hold it of those that are due; of very many, of the first.
READ = f"""
WITH late AS MATERIALIZED (
  SELECT {FOLDED} AS text FROM products WHERE tenant_id = $1 AND {DUE} LIMIT $3
)
SELECT wanted, entries FROM (
  SELECT wanted, (
    SELECT count(*) FROM (SELECT FROM product_words WHERE tenant_id = $1 AND {begins_with("wanted")} LIMIT $3) AS counted
  ) + (
    SELECT count(*) FROM late WHERE {holds("text", "wanted")}
  ) AS entries
  FROM unnest({words_in("$2::text")}) AS w (wanted)
) AS known ORDER BY entries, wanted
"""
# No DISTINCT: it would judge all before the first is told, and where there are too many the rest is none of anybody's business.
FIND = f"""
SELECT id FROM (
  SELECT product_id AS id FROM product_words WHERE tenant_id = $1 AND {begins_with("($2::text[])[1]")}
  UNION ALL
  SELECT coalesce(product_id, id) FROM products WHERE tenant_id = $1 AND {DUE} AND {holds(FOLDED, "($2::text[])[1]")}
) AS seen WHERE {has_words("seen.id", "$2::text[]", "$1")} LIMIT $3
"""

# What somebody changes at this moment is passed over, and so is a variant whose product is held so that no word can point at it:
# who changes it makes it due again, and nobody is waited for while hundreds of rows are held.
TAKE = f"""
SELECT v.id, p.id FROM products AS v JOIN products AS p ON p.tenant_id = $1 AND p.id = coalesce(v.product_id, v.id)
WHERE v.tenant_id = $1 AND v.{DUE} ORDER BY v.id LIMIT $2
FOR NO KEY UPDATE OF v SKIP LOCKED FOR KEY SHARE OF p SKIP LOCKED
"""
CLEAR = "DELETE FROM product_words WHERE tenant_id = $1 AND product_id = ANY($2::uuid[])"
WRITE = f"""
INSERT INTO product_words (tenant_id, product_id, word)
SELECT DISTINCT p.tenant_id, coalesce(p.product_id, p.id), w.word
FROM products AS p, unnest({words_in("p.sku || ' ' || p.name")}) AS w (word)
WHERE p.tenant_id = $1 AND (p.id = ANY($2::uuid[]) OR p.product_id = ANY($2::uuid[]))
"""
MARK = "UPDATE products SET words_of = sku || ' ' || name WHERE tenant_id = $1 AND id = ANY($2::uuid[])"
CHECK = """
UPDATE products SET words_of = NULL WHERE tenant_id = $1 AND id IN (
  SELECT id FROM products WHERE tenant_id = $1 AND words_of <> sku || ' ' || name FOR NO KEY UPDATE SKIP LOCKED
)
"""


class WordRepository:
    """Reads and writes the words of the bound tenant's products."""

    def __init__(self, uow: UnitOfWork) -> None:
        """`uow` has begun and is bound."""
        self.uow = uow

    async def search(self, text: str, *, most: int) -> Searched:
        """The products that have all the words of a text; where they are more than `most` they are not told.

        The rarest word leads; where it is the only one, nobody collects what it has too many of.
        """
        connection, tenant_id = self.uow.connection, self.uow.tenant_id
        rows = await connection.fetch(READ, tenant_id, text, most + 1)
        words = [row[0] for row in rows]
        if not words:
            return Searched(words, ())
        if len(words) == 1 and rows[0][1] > most:
            return Searched(words, None)
        found = await connection.fetch(FIND, tenant_id, words, most + 1)
        return Searched(words, list({row[0] for row in found}) if len(found) <= most else None)

    async def write(self, *, limit: int) -> int:
        """Write the words of so many products and variants that have none, or others than they had; how many there were."""
        connection, tenant_id = self.uow.connection, self.uow.tenant_id
        await hold_turn(connection, f"words:{tenant_id}")
        rows = await connection.fetch(TAKE, tenant_id, limit)
        if rows:
            products = list({row[1] for row in rows})
            await connection.execute(CLEAR, tenant_id, products)
            await connection.execute(WRITE, tenant_id, products)
            await connection.execute(MARK, tenant_id, [row[0] for row in rows])
        return len(rows)

    async def check(self) -> None:
        """Let words be due where a text is another by now, and whoever changed it did not say so: a release before words."""
        await self.uow.connection.execute(CHECK, self.uow.tenant_id)
