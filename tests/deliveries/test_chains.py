"""Handlers that record events of their own: how long a chain of them may be, and whose acts its links are."""

from typing import Any

import asyncpg
import pytest

from app.config import Settings
from app.extensions.events import MAX_GENERATION
from app.extensions.module import Handler
from app.extensions.priorities import Retries
from tests.deliveries.life import Followed, Happened, living
from tests.support.shops import Shops

pytestmark = pytest.mark.anyio

Owner = asyncpg.Connection
ONCE = Retries(max_attempts=1)


async def again(_event: Happened, commons: Any) -> None:
    """Records what it reacts to."""
    commons.uow.record(Happened())


async def to_other(_event: Happened, commons: Any) -> None:
    """One half of a circle."""
    commons.uow.record(Followed())


async def and_back(_event: Followed, commons: Any) -> None:
    """The other half."""
    commons.uow.record(Happened())


CIRCLES = {
    "of one": (Handler(Happened, again, alias="lives.again", retries=ONCE),),
    "of two": (
        Handler(Happened, to_other, alias="lives.to_other", retries=ONCE),
        Handler(Followed, and_back, alias="lives.and_back", retries=ONCE),
    ),
}


class TestCircle:
    """Handlers that bring about one another"""

    @pytest.mark.parametrize("circle", CIRCLES)
    async def test_ends(self, settings: Settings, shops: Shops, owner: Owner, circle: str) -> None:
        """The last that may be is dead with a reason that says so; nothing comes of it, and no other event is refused."""
        async with living(settings, owner, (await shops.shop()).id, *CIRCLES[circle]) as life:
            await life.record(Happened())
            for _ in range(MAX_GENERATION + 3):
                await life.turn()
            rows = await life.rows()
            await life.record(Happened())
        assert [row["state"] for row in rows] == ["done"] * MAX_GENERATION + ["dead"]
        assert f"comes after {MAX_GENERATION} handlers" in rows[-1]["error"]

    async def test_inline_mode(self, settings: Settings, shops: Shops, owner: Owner) -> None:
        """In the inline queue mode, where each runs within the commit of the one before, it ends the same."""
        async with living(
            settings, owner, (await shops.shop()).id, *CIRCLES["of one"], queue_mode="inline", max_attempts=1
        ) as life:
            await life.record(Happened())
            rows = await life.rows()
        assert [row["state"] for row in rows] == ["done"] * MAX_GENERATION + ["dead"]
