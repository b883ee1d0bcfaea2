"""Requirement 24: data that schemathesis makes from the document, right and wrong, for every operation and along its links."""

import asyncpg
import pytest

from app.extensions.routing import ModularApp
from tests.hostile.chains import walk
from tests.hostile.fuzz import length
from tests.hostile.generated import Draw, read_document
from tests.hostile.surface import surfaces
from tests.hostile.world import World
from tests.support.clock import MovableClock
from tests.support.mailbox import Mailbox
from tests.support.shops import Shops

pytestmark = pytest.mark.anyio  # at collection already: marked later, parametrised coroutines lose their parameters

PARTS = 8
STREAMS = {"/api/v1/tasks/{task_id}/events", "/api/v1/analytics/live"}
"""Which do not end before the task does, or at all; the corpus asks them."""


@pytest.mark.parametrize("part", range(PARTS))
async def test_every_operation(
    app: ModularApp, shops: Shops, owner: asyncpg.Connection, mailbox: Mailbox, clock: MovableClock, part: int
) -> None:
    """Requirement 24: answers are as the document says them, wrong data is refused and stored nowhere, right data is read."""
    run, document, told, answers = length(), read_document(app), [], 0
    for number, surface in enumerate(surfaces(app)):
        if number % PARTS == part and surface.path not in STREAMS:
            world = await World.make(shops, owner, mailbox, clock)
            operation = document[surface.path][surface.method]
            address = f"10.25.{number // 250}.{number % 250}"
            draw = Draw(app, world, surface, operation, address, run.examples, run.seed, shrinks=run.whole)
            told += [f"{surface.name}: {fault}" for fault in await draw.all()]
            answers += sum(draw.answers.values())
            clock.reset()
    assert told == []
    assert answers > 15, "hardly anything was drawn"


@pytest.mark.parametrize("role", ["owner", "viewer", "operator", "key"])
async def test_along_links(
    app: ModularApp, shops: Shops, owner: asyncpg.Connection, mailbox: Mailbox, clock: MovableClock, role: str
) -> None:
    """Requirement 24: what one answer names is sent to the next operation, by people of every kind: never a 5xx, never a surprise."""
    world = await World.make(shops, owner, mailbox, clock)
    run = length()
    steps = await walk(app, world, role, seed=run.seed, scenarios=run.examples)
    assert steps > 3, "hardly a step was taken"
