"""Lists against a model in Python: any filter, any order, any size of page, NULLs and equal values, rows that come between pages."""

from functools import cmp_to_key
from itertools import pairwise
from typing import Any

import asyncpg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.api.test_lists import walk
from tests.support.crowds import KEYS, PRODUCTS
from tests.support.shops import Shop, Shops

ROWS = 23
RUNS = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
Row = dict[str, Any]


def orders(*names: str) -> st.SearchStrategy[str]:
    """One to three of the names, each rising or falling."""
    several = st.lists(st.sampled_from(names), min_size=1, max_size=3, unique=True)
    signs = st.lists(st.sampled_from(["", "-"]), min_size=3, max_size=3)
    return st.builds(lambda found, marks: ",".join(m + n for m, n in zip(marks, found, strict=False)), several, signs)


def compared(order: str) -> Any:
    """The key of an order: null is the largest, and the id goes as the last name does."""
    terms = [(name.removeprefix("-"), name.startswith("-")) for name in order.split(",")]
    terms.append(("id", terms[-1][1]))

    def compare(one: Row, other: Row) -> int:
        for name, falls in terms:
            a, b = (
                (row[name] is None, row[name] or 0) if row[name] is None else (False, row[name]) for row in (one, other)
            )
            if a != b:
                return (-1 if a < b else 1) * (-1 if falls else 1)
        return 0

    return cmp_to_key(compare)


@pytest.fixture
async def stocked(shops: Shops, owner: asyncpg.Connection) -> Shop:
    """A tenant with products and API keys, and another with more of both, of which nothing may be seen."""
    shop, other = await shops.shop(), await shops.shop()
    for each in (shop, other):
        await owner.execute(PRODUCTS, each.id, ROWS)
        await owner.execute(KEYS, each.id, ROWS, each.owner.user_id)
    return shop


PRODUCT_FILTERS = st.fixed_dictionaries(
    {},
    optional={
        "status": st.sampled_from(["draft", "active", "draft,active", "archived,draft", "archived"]),
        "price[gte]": st.integers(0, 4),
        "price[lte]": st.integers(0, 4),
        "q": st.sampled_from(["N", "n1", "1", "2", "n 1", "%", "_"]),
    },
)


def lets_through(asked: Row, row: Row) -> bool:
    """What the filters of products mean."""
    wanted = asked["q"].lower().replace("%", " ").replace("_", " ").split() if "q" in asked else [""]
    words = f"{row['name']} {row['sku']}".lower().replace("-", " ").split()
    return (
        (row["status"] in asked.get("status", "draft,active,archived").split(","))
        and row["price"] >= asked.get("price[gte]", 0)
        and row["price"] <= asked.get("price[lte]", 4)
        and wanted != []
        and all(any(word.startswith(part) for word in words) for part in wanted)
    )


@RUNS
@given(order=orders("created_at", "name", "price"), asked=PRODUCT_FILTERS, limit=st.integers(1, ROWS + 1))
async def test_products(stocked: Shop, order: str, asked: Row, limit: int) -> None:
    """Walking all pages gives exactly the model's rows, once each, in the model's order, and the total is their number."""
    rows = await walk(stocked.viewer, "/products", limit=100)
    assert len(rows) == ROWS
    expected = sorted((row for row in rows if lets_through(asked, row)), key=compared(order))
    assert await walk(stocked.viewer, "/products", limit=limit, sort=order, **asked) == expected
    page = (await stocked.viewer.get("/products", params={**asked, "include": "total", "limit": 1})).json()
    assert (page["total"], page["total_capped"]) == (len(expected), False)


@RUNS
@given(order=orders("name", "created_at", "last_used_at", "expires_at"), limit=st.integers(1, ROWS + 1))
async def test_nulls(stocked: Shop, order: str, limit: int) -> None:
    """Keys that were never used, or never end, come last where values rise and first where they fall, page by page."""
    rows = await walk(stocked.owner, "/api-keys", limit=100)
    assert {row["last_used_at"] is None for row in rows} == {row["expires_at"] is None for row in rows} == {True, False}
    found = await walk(stocked.owner, "/api-keys", limit=limit, sort=order)
    assert found == sorted(rows, key=compared(order))


async def test_rows_between_pages(stocked: Shop, owner: asyncpg.Connection) -> None:
    """What is written or goes between pages neither repeats nor hides what was there all the time."""
    before = {row["id"] for row in await walk(stocked.viewer, "/products", limit=100)}
    gone = await owner.fetchval("SELECT id FROM products WHERE tenant_id = $1 ORDER BY price DESC LIMIT 1", stocked.id)
    seen: list[Row] = []
    cursor: dict[str, str] = {}
    for number in range(100):
        page = (await stocked.viewer.get("/products", params={"sort": "price", "limit": 3, **cursor})).json()
        seen += page["data"]
        if not page["has_more"]:
            break
        cursor = {"cursor": page["next_cursor"]}
        await owner.execute(PRODUCTS, stocked.id, 1)
        if number == 1:
            await owner.execute("DELETE FROM products WHERE tenant_id = $1 AND id = $2", stocked.id, gone)
    ids = [row["id"] for row in seen]
    assert len(set(ids)) == len(ids)
    assert before - {str(gone)} <= set(ids)
    assert all((one["price"], one["id"]) < (other["price"], other["id"]) for one, other in pairwise(seen))


async def test_capped(shops: Shops, owner: asyncpg.Connection) -> None:
    """A total counts to 10,000 and says that there are more."""
    shop = await shops.shop()
    await owner.execute(PRODUCTS, shop.id, 10_001)
    page = (await shop.viewer.get("/products?limit=1&include=total")).json()
    assert (page["total"], page["total_capped"]) == (10_000, True)
    await owner.execute("DELETE FROM products WHERE tenant_id = $1 AND sku = $2", shop.id, page["data"][0]["sku"])
    page = (await shop.viewer.get("/products?limit=1&include=total")).json()
    assert (page["total"], page["total_capped"]) == (10_000, False)


@pytest.mark.parametrize(
    "query",
    ["sort=", "sort=-", "sort=name,", "sort=name,-name", "sort=id", "sort=name,price,created_at,name", "sort=NAME",
     "include=", "include=count", "include=total&include=total", "status=draft,", "status=,", "price[gte]=-1", "price[gte]=x",
     "price[gte]=9007199254740992", "price[lt]=1", "created_at[gte]=yesterday", "created_at=2020-01-01T00:00:00Z", "expand=owner"],
)  # fmt: skip
async def test_refused(shops: Shops, query: str) -> None:
    """Requirement 21: a filter, sort or addition that is not declared, or not of its type, is 422 and never ignored."""
    answer = await (await shops.shop()).viewer.get(f"/products?{query}")
    assert (answer.status_code, answer.json()["details"]["code"]) == (422, "validation_failed")
    assert all("parameter" in fault for fault in answer.json()["details"]["errors"])


async def test_cursor_is_bound(stocked: Shop) -> None:
    """A cursor is of one list with one sort and one set of filters, and of the person's where that counts."""
    person = stocked.owner
    page = (await person.get("/products?limit=2&sort=name&status=draft")).json()
    cursor = page["next_cursor"]
    good = await person.get(f"/products?limit=5&sort=name&status=draft&include=total&cursor={cursor}")
    assert good.status_code == 200
    for other in ("/products?sort=-name&status=draft", "/products?sort=name", "/products?sort=name&status=active",
                  "/products?sort=name&status=draft&q=N", "/api-keys?sort=name", "/members?limit=1"):  # fmt: skip
        mark = "&" if "?" in other else "?"
        answer = await person.get(f"{other}{mark}cursor={cursor}")
        assert (answer.status_code, answer.json()["details"]["code"]) == (400, "invalid_cursor"), other
