"""Requirements 24, 25, 26 and 27: whatever comes in, at every operation, is refused as it is documented, and its legal neighbour is served."""

import asyncpg
import pytest

from app.extensions.routing import ModularApp
from tests.hostile.corpus import Run
from tests.hostile.fuzz import length
from tests.hostile.surface import surfaces
from tests.hostile.world import World
from tests.support.clock import MovableClock
from tests.support.mailbox import Mailbox
from tests.support.shops import Shops

pytestmark = pytest.mark.anyio  # at collection already: marked later, parametrised coroutines lose their parameters

PARTS = 8
"""The operations are dealt out to so many tests, so that workers share them."""


@pytest.mark.parametrize("part", range(PARTS))
async def test_every_operation(
    app: ModularApp, shops: Shops, owner: asyncpg.Connection, mailbox: Mailbox, clock: MovableClock, part: int
) -> None:
    """Requirements 24, 25, 26, 27 and 31: no 5xx, nothing echoed or smuggled, the documented problem, nothing stored; unspoilt, it succeeds."""
    told: list[str] = []
    for number, surface in enumerate(surfaces(app)):
        if number % PARTS == part:
            world = await World.make(shops, owner, mailbox, clock)
            run = Run(app, world, surface, f"10.24.{number // 250}.{number % 250}", whole=length().whole)
            told += [f"{surface.name}: {fault}" for fault in await run.all()]
            clock.reset()
    assert told == []
