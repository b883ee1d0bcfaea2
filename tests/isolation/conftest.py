"""Two tenants that have everything, and somebody with SQL of their own."""

from collections.abc import AsyncIterator

import asyncpg
import pytest

from app.config import Settings
from tests.isolation.amounts import DONE, IS_LONG
from tests.isolation.attacker import ROWS, TABLES, Connection
from tests.support.shops import Shop, Shops


@pytest.fixture
async def sql(settings: Settings) -> AsyncIterator[Connection]:
    """A connection of the app role, as an injection would have it."""
    connection = await asyncpg.connect(settings.database.url)
    yield connection
    await connection.close()


async def furnished(shops: Shops, owner: Connection) -> tuple[Shop, Shop]:
    """Two tenants with a row in every table, except the products' summary of the second."""
    both = await shops.shop(), await shops.shop()
    for table in (name for name in TABLES if name not in {"memberships", "product_summaries"}):
        await owner.executemany(ROWS[table], [(shop.id, shop.owner.user_id) for shop in both])
    await owner.execute(ROWS["product_summaries"], both[0].id, both[0].id)
    return both


@pytest.fixture
async def pair(shops: Shops, owner: Connection) -> tuple[Shop, Shop]:
    """Two furnished tenants of the test's own."""
    return await furnished(shops, owner)


@pytest.fixture(scope="module")
async def lasting_pair(lasting_shops: Shops, owner: Connection) -> tuple[Shop, Shop]:
    """The same for a module whose tests undo whatever they do: furnishing takes longer than such a test."""
    return await furnished(lasting_shops, owner)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What `make isolation` has tried, counted."""
    if IS_LONG:
        for name, count in sorted(DONE.items()):
            terminalreporter.write_line(f"{count:>9,}  {name}")
