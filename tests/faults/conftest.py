"""An installation that a test may break."""

from collections.abc import AsyncIterator
from pathlib import Path

import asyncpg
import pytest

from app.config import Settings
from tests.extensions.carrier import Server
from tests.faults.processes import Workshop, with_events, workshop


@pytest.fixture
async def shop(
    settings: Settings, owner: "asyncpg.Connection", valkey: Server, tmp_path: Path
) -> AsyncIterator[Workshop]:
    """With short leases and few attempts."""
    valkey.redis.flushall()
    async with workshop(with_events(settings, valkey.url), owner, tmp_path) as made:
        yield made
