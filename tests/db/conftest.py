"""What is promised of a pool is promised of both kinds."""

from collections.abc import AsyncIterator
from uuid import UUID

import asyncpg
import pytest

from app.config import Settings
from app.db import pool as pools
from app.runtime import POOLS
from tests.db.units import Bench, bench
from tests.db.wire import Wire, wired
from tests.support.scratch import admin_url
from tests.support.shops import Shops


@pytest.fixture(params=POOLS)
def pooled(settings: Settings, request: pytest.FixtureRequest) -> Settings:
    """Settings that name each kind of pool in turn, slots and SQLAlchemy's own; all that it holds is made at start."""
    changes = {"pool": request.param, "pool_at_start": 0}
    return settings.model_copy(update={"database": settings.database.model_copy(update=changes)})


@pytest.fixture
async def one(pooled: Settings) -> AsyncIterator[Bench]:
    """A bench with a pool of one: what is not given back stops the test."""
    async with bench(pooled, wait_seconds=2.0) as made:
        yield made


@pytest.fixture
async def admin() -> AsyncIterator["asyncpg.Connection"]:
    """The superuser, who sees and ends others' backends."""
    connection = await asyncpg.connect(admin_url())
    yield connection
    await connection.close()


@pytest.fixture
async def tenant(shops: Shops) -> UUID:
    """A tenant's id."""
    return (await shops.shop()).id


@pytest.fixture
async def held(pooled: Settings, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[tuple[Wire, Bench]]:
    """A pool of one on a wire that can be held up; cleaning is given little time."""
    monkeypatch.setattr(pools, "CLEAN_SECONDS", 0.1)
    async with wired(pooled) as (wire, through), bench(through) as made:
        yield wire, made
