"""What the tests of schedules share."""

from collections.abc import AsyncIterator

import pytest

from app.config import Settings
from tests.scheduling.hall import Hall, opened


@pytest.fixture
async def hall(settings: Settings) -> AsyncIterator[Hall]:
    """A hall."""
    async with opened(settings) as made:
        yield made
