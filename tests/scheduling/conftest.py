"""What the tests of schedules share."""

from collections.abc import AsyncIterator

import asyncpg
import pytest

from app.config import Settings
from tests.scheduling.hall import Hall, opened
from tests.support.scratch import scratch_database


@pytest.fixture(scope="session")
async def halls(settings: Settings) -> AsyncIterator[tuple[Settings, "asyncpg.Connection"]]:
    """A database that only halls use, one after another, and its owner's connection: a scheduler looks at all tenants."""
    async with scratch_database(settings) as scratch:
        owner = await asyncpg.connect(scratch.database.owner_url)
        try:
            yield scratch, owner
        finally:
            await owner.close()


@pytest.fixture
async def hall(halls: tuple[Settings, "asyncpg.Connection"]) -> AsyncIterator[Hall]:
    """A hall."""
    async with opened(*halls) as made:
        yield made
