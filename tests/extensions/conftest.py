"""The cache and the queue on a Valkey that a test may empty, stop and kill."""

from collections.abc import AsyncIterator
from uuid import uuid4

import pytest

from app.extensions.cache import Cache, TenantCache
from tests.extensions.caching import SECRET, Unit
from tests.extensions.carrier import Server
from tests.support.clock import MovableClock


@pytest.fixture
async def cache(valkey: Server, clock: MovableClock) -> AsyncIterator[Cache]:
    """With more time than in earnest: the machine of the tests is slow."""
    valkey.redis.flushall()
    made = Cache(valkey.url, SECRET, clock=clock, timeout_seconds=2.0, rest_seconds=0.05)
    yield made
    await made.aclose()


@pytest.fixture
def tenant(cache: Cache) -> TenantCache:
    return cache.of(Unit(uuid4()))


@pytest.fixture
def server(valkey: Server) -> Server:
    """With nothing in it."""
    valkey.redis.flushall()
    return valkey
