"""Pieces that orders hold: what other modules get of the catalog."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from uuid import UUID, uuid4

import asyncpg
import pytest

from app.extensions.routing import ModularApp
from app.modules.catalog.api import CatalogApi, Offer, OutOfStock, ReservationOver, Wanted
from app.utils.ids import uuid7
from app.utils.schemas import SAFE_INTEGER
from tests.extensions.caching import within
from tests.support.shops import Shop, Shops, product

pytestmark = pytest.mark.anyio

Open = Callable[[Shop], AbstractAsyncContextManager[CatalogApi]]
BUYERS, PIECES = 200, 10
WAITING = """
SELECT count(DISTINCT w.pid) FROM pg_locks AS w JOIN pg_locks AS r ON r.pid = w.pid
WHERE NOT w.granted AND r.relation = 'products'::regclass
  AND r.database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""
STOCK = "SELECT stock, reserved FROM products WHERE id = $1"


@pytest.fixture
def api(app: ModularApp) -> Open:
    """The catalog as another module's handler has it, in a unit of work of its own that is committed at the end."""
    runtime = app.state.runtime

    @asynccontextmanager
    async def opened(shop: Shop) -> AsyncIterator[CatalogApi]:
        async with runtime.identity.tenant_unit(uuid7(), shop.id) as uow:
            yield CatalogApi(runtime.hub.commons(uow))

    return opened


async def made(shop: Shop, **values: object) -> UUID:
    """A product that is for sale."""
    body = product(status="active", **values)
    return UUID((await shop.member.post("/products", json=body)).json()["id"])


async def stock(owner: asyncpg.Connection, key: UUID) -> tuple[int, int]:
    """Pieces at hand, and how many of them are held."""
    at_hand, reserved = await owner.fetchrow(STOCK, key) or (0, 0)
    return at_hand, reserved


class TestLookUp:
    """CatalogApi.look_up"""

    async def test_offer(self, shops: Shops, api: Open) -> None:
        """What it is sold as, and what nobody holds of it; another tenant's is as absent as one that nobody has."""
        shop, other = await shops.shop(), await shops.shop()
        tea, theirs = await made(shop, sku="TEA", name="Tea", stock=5), await made(other)
        async with api(shop) as catalog:
            await catalog.reserve(uuid4(), [Wanted(tea, 2)])
            found = await catalog.look_up([tea, theirs, uuid4()])
        assert found == {tea: Offer(tea, tea, "TEA", "Tea", 450, "EUR", "active", 3)}


class TestReserve:
    """CatalogApi.reserve"""

    async def test_last_pieces(self, shops: Shops, api: Open, owner: asyncpg.Connection) -> None:
        """Of 200 buyers of the last ten pieces exactly ten get one, and the others are told."""
        shop = await shops.shop()
        tea = await made(shop, stock=PIECES)

        async def buy() -> bool:
            try:
                async with api(shop) as catalog:
                    await catalog.reserve(uuid4(), [Wanted(tea, 1)])
            except OutOfStock:
                return False
            return True

        assert sum(await asyncio.gather(*(buy() for _ in range(BUYERS)))) == PIECES
        assert await stock(owner, tea) == (PIECES, PIECES)

    async def test_crossed(self, shops: Shops, api: Open, owner: asyncpg.Connection) -> None:
        """Orders that name the same variants in opposite orders do not wait for each other in a circle."""
        shop = await shops.shop()
        keys = [await made(shop, stock=2) for _ in range(3)]

        async def buy(order: list[UUID]) -> None:
            async with api(shop) as catalog:
                await catalog.reserve(uuid4(), [Wanted(key, 1) for key in order])

        async def both_wait() -> bool:
            return bool(await owner.fetchval(WAITING) == 2)

        async with owner.transaction():  # holds the middle one until each has begun at its end
            await owner.execute("SELECT FROM products WHERE id = $1 FOR UPDATE", keys[1])
            buyers = [asyncio.create_task(buy(order)) for order in (keys, keys[::-1])]
            await within(both_wait)
        await asyncio.gather(*buyers)
        assert [await stock(owner, key) for key in keys] == [(2, 2)] * 3

    async def test_all_or_nothing(self, shops: Shops, api: Open, owner: asyncpg.Connection) -> None:
        """Each line that cannot be had is named, nothing is held, and the caller's transaction goes on."""
        shop, order = await shops.shop(), uuid4()
        tea, rare = await made(shop, stock=5), await made(shop, stock=1)
        draft = UUID((await shop.member.post("/products", json=product(stock=9))).json()["id"])
        lines = [Wanted(tea, 1), Wanted(rare, 1), Wanted(draft, 1), Wanted(rare, 1), Wanted(uuid4(), 1)]
        async with api(shop) as catalog:
            with pytest.raises(OutOfStock) as refused:
                await catalog.reserve(order, lines)
            told = {fault.pointer: fault.code for fault in refused.value.errors}
            assert told == {
                "/lines/1": "out_of_stock",
                "/lines/2": "not_for_sale",
                "/lines/3": "out_of_stock",
                "/lines/4": "not_for_sale",
            }
            await catalog.reserve(order, [Wanted(tea, 1)])
        assert [await stock(owner, key) for key in (tea, rare, draft)] == [(5, 1), (1, 0), (9, 0)]

    async def test_twice(self, shops: Shops, api: Open, owner: asyncpg.Connection) -> None:
        """A second call for the same order changes nothing, at the same moment too, though nothing is left."""
        shop, order = await shops.shop(), uuid4()
        tea = await made(shop, stock=1)

        async def buy() -> None:
            async with api(shop) as catalog:
                await catalog.reserve(order, [Wanted(tea, 1)])

        await asyncio.gather(*(buy() for _ in range(3)))
        assert await stock(owner, tea) == (1, 1)

    async def test_no_pieces(self, shops: Shops, api: Open) -> None:
        """A line of no pieces is the caller's mistake."""
        with pytest.raises(ValueError, match="at least one"):
            async with api(await shops.shop()) as catalog:
                await catalog.reserve(uuid4(), [Wanted(uuid4(), 0)])


class TestAfterwards:
    """CatalogApi.release, commit and take_back"""

    @pytest.mark.parametrize(
        ("steps", "left"),
        [
            (["release", "release"], (5, 0)),
            (["commit", "commit"], (3, 0)),
            (["commit", "take_back", "take_back"], (5, 0)),
        ],
    )
    async def test_ends(
        self, shops: Shops, api: Open, owner: asyncpg.Connection, steps: list[str], left: tuple[int, int]
    ) -> None:
        """Pieces come back, leave for good, or come back after that; each once, however often it is said."""
        shop, order = await shops.shop(), uuid4()
        tea = await made(shop, stock=5)
        async with api(shop) as catalog:
            await catalog.reserve(order, [Wanted(tea, 2)])
        for step in steps:
            async with api(shop) as catalog:
                await getattr(catalog, step)(order)
        assert await stock(owner, tea) == left

    @pytest.mark.parametrize(
        ("steps", "refused"),
        [
            ([], "commit"),
            ([], "take_back"),
            (["reserve"], "take_back"),
            (["reserve", "release"], "commit"),
            (["reserve", "release"], "reserve"),
            (["reserve", "commit"], "release"),
            (["reserve", "commit", "take_back"], "commit"),
        ],
    )
    async def test_over(
        self, shops: Shops, api: Open, owner: asyncpg.Connection, steps: list[str], refused: str
    ) -> None:
        """What cannot be done any more, or not yet, is refused and moves nothing."""
        shop, order = await shops.shop(), uuid4()
        tea = await made(shop, stock=5)

        async def take(step: str) -> None:
            async with api(shop) as catalog:
                await (catalog.reserve(order, [Wanted(tea, 2)]) if step == "reserve" else getattr(catalog, step)(order))

        for step in steps:
            await take(step)
        before = await stock(owner, tea)
        with pytest.raises(ReservationOver):
            await take(refused)
        assert await stock(owner, tea) == before

    async def test_no_number_of_ours(self, shops: Shops, api: Open, owner: asyncpg.Connection) -> None:
        """Pieces come back into a stock that is as large as one may be: it stays so, for their money has gone back already."""
        shop, order = await shops.shop(), uuid4()
        tea = await made(shop, stock=5)
        for step in ("reserve", "commit"):
            async with api(shop) as catalog:
                await (catalog.reserve(order, [Wanted(tea, 2)]) if step == "reserve" else catalog.commit(order))
        await shop.member.patch(f"/products/{tea}", json={"stock": SAFE_INTEGER}, headers={"If-Match": "*"})
        async with api(shop) as catalog:
            await catalog.take_back(order)
        assert await stock(owner, tea) == (SAFE_INTEGER, 0)
        with pytest.raises(asyncpg.CheckViolationError):
            await owner.execute("UPDATE products SET stock = stock + 1 WHERE id = $1", tea)

    async def test_nothing_held(self, shops: Shops, api: Open) -> None:
        """An order that holds nothing is released without a word."""
        async with api(await shops.shop()) as catalog:
            await catalog.release(uuid4())
            assert await catalog.look_up([]) == {}

    async def test_version(self, shops: Shops, api: Open) -> None:
        """Whoever edits a product is not disturbed by what is held, and sees a new version when the stock has changed."""
        shop, order = await shops.shop(), uuid4()
        tea = await made(shop, stock=5)
        seen = []
        for step in ("reserve", "commit", "take_back"):
            async with api(shop) as catalog:
                await (catalog.reserve(order, [Wanted(tea, 2)]) if step == "reserve" else getattr(catalog, step)(order))
            body = (await shop.viewer.get(f"/products/{tea}")).json()
            seen.append((body["version"], body["stock"]))
        assert seen == [(1, 5), (2, 3), (3, 5)]


class TestStock:
    """What else changes the stock"""

    async def test_below_what_is_held(self, shops: Shops, api: Open, owner: asyncpg.Connection) -> None:
        """The stock cannot be set below what orders hold: neither by the API nor in the database."""
        shop = await shops.shop()
        tea = await made(shop, stock=5)
        async with api(shop) as catalog:
            await catalog.reserve(uuid4(), [Wanted(tea, 3)])
        path, headers = f"/products/{tea}", {"If-Match": "*"}
        answer = await shop.member.patch(path, json={"stock": 2}, headers=headers)
        assert (answer.status_code, answer.json()["details"]["code"]) == (409, "stock_reserved")
        (fault,) = answer.json()["details"]["errors"]
        assert (fault["pointer"], "3 pieces" in fault["message"]) == ("/stock", True)
        assert (await shop.member.patch(path, json={"stock": 3}, headers=headers)).status_code == 200
        for wrong in ("stock = -1, reserved = -1", "reserved = stock + 1", "stock = 2"):
            with pytest.raises(asyncpg.CheckViolationError):
                await owner.execute(f"UPDATE products SET {wrong} WHERE id = $1", tea)

    async def test_shown(self, shops: Shops, api: Open) -> None:
        """What orders hold is shown beside what there is, of the product first and then of its variants; not below a variant."""
        shop = await shops.shop()
        tea = await made(shop, sku="TEA", stock=5)
        body = product(sku="TEA-L", stock=4)
        large = UUID(
            (await shop.member.post(f"/products/{tea}/variants", json={**body, "status": "active"})).json()["id"]
        )
        async with api(shop) as catalog:
            await catalog.reserve(uuid4(), [Wanted(large, 3), Wanted(tea, 1)])
        rows = (await shop.viewer.get(f"/products/{tea}/stock")).json()["data"]
        assert [tuple(row.values()) for row in rows] == [(str(tea), "TEA", 5, 1, 4), (str(large), "TEA-L", 4, 3, 1)]
        assert (await shop.viewer.get(f"/products/{large}/stock")).status_code == 404
