"""An operator begins to act as somebody at the very moment at which the operator goes."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import asyncpg
import httpx
import pytest

from app.config import Settings
from app.extensions.routing import ModularApp
from app.operators.services import PeopleDesk, by_command
from tests.faults.processes import until
from tests.operators.desk import operator
from tests.operators.test_impersonation import START
from tests.support.shops import Person, Shop, Shops

pytestmark = pytest.mark.anyio  # at collection already: marked later, parametrised coroutines lose their parameters

Owner = asyncpg.Connection
BY_ROW = "SELECT count(*) FROM pg_locks WHERE locktype = 'transactionid' AND NOT granted AND transactionid::text = $1"
BY_OPERATOR = """
SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""
End = Callable[[Person], Awaitable[Any]]


@pytest.fixture(params=["disabled", "erased"])
async def end(request: pytest.FixtureRequest, app: ModularApp) -> End:
    """What ends the operator."""
    if request.param == "erased":
        return lambda staff: staff.delete("/me", json={"confirm": staff.email})
    desk = PeopleDesk(app.state.system, app.state.identity, by_command(), app.state.runtime.settings)
    return lambda staff: desk.disable(staff.user_id)


@asynccontextmanager
async def held(settings: Settings, query: str, key: object) -> AsyncIterator[str]:
    """A row, locked as the query says; answers what names the transaction that holds it."""
    lock = await asyncpg.connect(settings.database.owner_url)
    try:
        async with lock.transaction():
            await lock.execute(query, key)
            yield await lock.fetchval("SELECT pg_current_xact_id()::xid::text")
    finally:
        await lock.close()


async def waits(owner: Owner, task: "asyncio.Task[Any]", query: str, *arguments: str) -> None:
    """Return once the task waits for that lock, or has gone past it."""

    async def there() -> bool:
        return task.done() or bool(await owner.fetchval(query, *arguments))

    await until(there, "the task waits")


def start(staff: Person, shop: Shop) -> "asyncio.Task[httpx.Response]":
    """The operator begins to act as a member."""
    body = {"tenant_id": str(shop.id), "user_id": str(shop.member.user_id), "reason": "ticket 7"}
    return asyncio.create_task(staff.post(START, json=body))


async def test_begun_before(shops: Shops, owner: Owner, settings: Settings, end: End) -> None:
    """Requirement 5: who goes while it begins waits for it, and ends it."""
    staff, shop = await operator(shops, owner), await shops.shop()
    async with held(settings, "SELECT 1 FROM tenants WHERE id = $1 FOR UPDATE", shop.id) as holder:
        starting = start(staff, shop)
        await waits(owner, starting, BY_ROW, holder)  # it is judged; its session is being written
        ending = asyncio.ensure_future(end(staff))
        await waits(owner, ending, BY_OPERATOR)
    answer = await starting
    await ending
    assert answer.status_code == 201, answer.text
    acting = replace(shop.member, token=answer.json()["access_token"])
    assert (await acting.get("/products")).status_code == 401


async def test_begun_after(shops: Shops, owner: Owner, settings: Settings, end: End) -> None:
    """Requirement 5: what begins while the operator goes waits for that, and is refused."""
    staff, shop = await operator(shops, owner), await shops.shop()
    async with held(settings, "SELECT 1 FROM users WHERE id = $1 FOR NO KEY UPDATE", staff.user_id) as holder:
        ending = asyncio.ensure_future(end(staff))
        await waits(owner, ending, BY_ROW, holder)
        starting = start(staff, shop)
        await waits(owner, starting, BY_OPERATOR)
    await ending
    answer = await starting
    assert (answer.status_code, answer.json()["details"]["code"]) == (403, "permission_denied")
    alive = "SELECT count(*) FROM sessions WHERE operator_id = $1 AND ended_at IS NULL"
    assert await owner.fetchval(alive, staff.user_id) == 0
