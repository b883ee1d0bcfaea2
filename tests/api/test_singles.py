"""What is one thing costs as many statements however much there is of everything else; lists are judged by `test_lists.py`."""

from collections.abc import Iterator

import asyncpg
import pytest

from app.extensions.routing import ModularApp
from app.tenants.repository import RoleRepository
from tests.api.test_lists import lists
from tests.hostile.calls import send
from tests.hostile.legal import legal
from tests.hostile.surface import Surface, surfaces
from tests.hostile.world import World, call, short
from tests.support.clock import MovableClock
from tests.support.crowds import CROWDS, nothing
from tests.support.mailbox import Mailbox
from tests.support.shops import API, Shops
from tests.support.statements import counting

FEW, MANY = 2, 48
UNFILLED = {"/mock/{collection}"}
"""What no database has."""


def singles(app: ModularApp) -> Iterator[Surface]:
    """Every GET that answers no page and no stream."""
    pages = {API + path for path, _ in lists(app)}
    for surface in surfaces(app):
        if surface.method == "GET" and surface.path not in pages and not surface.rule.stream:
            yield surface


async def costs(app: ModularApp, world: World) -> dict[str, int]:
    """How many statements each of them costs, by its name: the least of two times, since the process also has work of its own."""
    found: dict[str, int] = {}
    for surface in singles(app):
        asked = await legal(world, surface)
        if short(surface) == "GET /operator/tenants/{tenant_id}":
            asked = call(surface, world.staff, tenant_id=world.shop.id)  # the one that grows
        for _ in range(2):
            with counting() as sent:
                answer = await send(app, asked)
            assert answer.is_success, (surface.name, answer.text)
            found[short(surface)] = min(len(sent), found.get(short(surface), len(sent)))
    return found


@pytest.fixture
async def world(
    app: ModularApp, shops: Shops, owner: asyncpg.Connection, mailbox: Mailbox, clock: MovableClock
) -> World:
    """A tenant and its people; what a process keeps is kept by now."""
    made = await World.make(shops, owner, mailbox, clock)
    await costs(app, made)
    return made


async def grown(app: ModularApp, world: World) -> dict[str, tuple[int, int]]:
    """Those that cost more with fifty rows of everything in their tenant than with two: both costs."""
    seen = []
    for count in (FEW, MANY):
        for path, crowd in CROWDS.items():
            if path not in UNFILLED and crowd.fill is not nothing:
                await crowd.fill(world.rows, world.shop, count)
        seen.append(await costs(app, world))
    return {name: (few, seen[1][name]) for name, few in seen[0].items() if seen[1][name] > few}


async def test_statements(app: ModularApp, world: World) -> None:
    """None grows."""
    assert await grown(app, world) == {}


async def test_statements_go_red(app: ModularApp, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that asks for each row anew is seen."""
    get = RoleRepository.get

    async def one_by_one(self: RoleRepository, key: str) -> object:
        for each in await self.uow.connection.fetch("SELECT key FROM roles WHERE tenant_id = $1", self.uow.tenant_id):
            await get(self, each[0])
        return await get(self, key)

    monkeypatch.setattr(RoleRepository, "get", one_by_one)
    assert (await grown(app, world)).keys() == {"GET /roles/{key}"}
