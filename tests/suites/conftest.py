"""The world that the suites ask."""

import asyncpg
import pytest

from tests.hostile.world import World
from tests.support.clock import MovableClock
from tests.support.mailbox import Mailbox
from tests.support.shops import Shops


@pytest.fixture
async def world(shops: Shops, owner: asyncpg.Connection, mailbox: Mailbox, clock: MovableClock) -> World:
    """A tenant and its people."""
    return await World.make(shops, owner, mailbox, clock)
