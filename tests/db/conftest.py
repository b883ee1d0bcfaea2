"""What is promised of a pool is promised of both kinds."""

import pytest

from app.config import Settings
from app.runtime import POOLS


@pytest.fixture(params=POOLS)
def pooled(settings: Settings, request: pytest.FixtureRequest) -> Settings:
    """Settings that name each kind of pool in turn: slots, and SQLAlchemy's own."""
    return settings.model_copy(update={"database": settings.database.model_copy(update={"pool": request.param})})
