"""What words are, in SQL: of the texts of products and of what is searched alike (ADR 0052).

The server alone makes them: NFKC, signs of ASCII as spaces, then the configuration `simple`. They are compared byte by byte, with
operators that are LEAKPROOF, so that an index is entered behind row-level security.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

SIGNS = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
"""Without them the server's parser makes of `TEA-1` a number below zero, of `red/blue` a path, and of addresses one word each."""
QUOTED_SIGNS = SIGNS.replace("'", "''")
TEXT = "sku || ' ' || name"
"""What the words of a product or variant are made of."""
FOLDED = f"normalize({TEXT}, NFKC)"
"""The same with full width, ligatures and accents as words have them."""
DUE = "words_of IS NULL"
"""A product or variant whose words are not written yet; no comparison, so that the planner knows how few they are."""
DUE_ITSELF = "coalesce(words_of, '') = ''"
"""The same of one row, said so that the index of all that are due is not entered for each row: after an import they are many."""


def words_in(text: str) -> str:
    """SQL: the words of a text, each once, as an array."""
    plain = f"translate(normalize({text}, NFKC), '{QUOTED_SIGNS}', repeat(' ', {len(SIGNS)}))"
    return f"tsvector_to_array(to_tsvector('simple', {plain}))"


def begins_with(word: str) -> str:
    """SQL: the written word begins with this one; behind all that do stands the last character that there is."""
    return f"word ~>=~ {word} AND word ~<~ ({word} || chr(1114111))"


def holds(text: str, word: str) -> str:
    """SQL: a folded text holds the word somewhere: a look that costs a tenth of making its words."""
    return f"{text} ILIKE '%' || {word} || '%'"


def has_words(product: str, words: str, tenant: str) -> str:
    """SQL: each of the words begins one of the product's, or of its variants'; what is not written yet is read of the texts."""
    late = " UNION ALL ".join(
        f"""
    SELECT unnest({words_in(TEXT)}) FROM products AS due WHERE tenant_id = {tenant} AND due.{column} = {product} AND {DUE_ITSELF}"""
        for column in ("id", "product_id")
    )
    # OFFSET 0 keeps the array where it is: made once for a product, and not once more for each word.
    return f"""
(SELECT NOT EXISTS (
    SELECT FROM unnest(CAST({words} AS text[])) AS w (wanted)
    WHERE NOT EXISTS (
      SELECT FROM product_words WHERE tenant_id = {tenant} AND product_id = {product} AND {begins_with("wanted")}
    ) AND NOT EXISTS (
      SELECT FROM unnest(late.words) AS t (word) WHERE {begins_with("wanted")}
    )
  ) FROM (SELECT ARRAY({late}) AS words OFFSET 0) AS late)"""


@dataclass(frozen=True, slots=True)
class Searched:
    """What became of a text that is searched: its words, and the products that have them all, or None where they are too many."""

    words: Sequence[str]
    found: Sequence[UUID] | None
