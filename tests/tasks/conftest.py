"""A bench for tasks."""

from collections.abc import AsyncIterator

import asyncpg
import pytest

from app.config import Settings
from tests.tasks.workshop import Bench, before_step, in_step


@pytest.fixture
async def bench(settings: Settings, owner: asyncpg.Connection) -> AsyncIterator[Bench]:
    """Open, and closed afterwards; what the test hooked into is forgotten."""
    made = Bench(settings, owner)
    await made.runtime.open()
    try:
        yield made
    finally:
        before_step.clear()
        in_step.clear()
        await made.runtime.close()
