"""A commit whose answer is lost: the client is told that nobody knows, and the same key finds out."""

import asyncpg
import httpx
import pytest

from app.config import Settings
from tests.db.test_crowd import small
from tests.db.wire import wired
from tests.support.shops import Shop, Shops, product

pytestmark = pytest.mark.anyio

KEY = {"Idempotency-Key": "once"}


async def count(owner: "asyncpg.Connection", shop: Shop) -> int:
    """How many products the tenant has."""
    found: int = await owner.fetchval("SELECT count(*) FROM products WHERE tenant_id = $1", shop.id)
    return found


def problem(answer: httpx.Response) -> tuple[int, str]:
    """Status and code."""
    return answer.status_code, answer.json()["details"]["code"]


async def test_same_key(settings: Settings, shops: Shops, owner: "asyncpg.Connection") -> None:
    """It was done, and sent again it is not done twice: the answer that was lost comes again."""
    shop, body = await shops.shop(), product()
    async with wired(settings) as (wire, through), small(through, shop.owner) as made:
        wire.word = b"COMMIT"
        answer = await made.post(body, KEY)
        assert problem(answer) == (503, "outcome_unknown")
        assert answer.json()["details"]["retryable"] is True
        assert int(answer.headers["Retry-After"]) > 0
        assert await count(owner, shop) == 1
        again = await made.post(body, KEY)
    assert (again.status_code, again.headers["Idempotent-Replayed"]) == (201, "true")
    assert await count(owner, shop) == 1


async def test_no_key(settings: Settings, shops: Shops, owner: "asyncpg.Connection") -> None:
    """Without a key nobody is told to try again: it may be done twice then."""
    shop = await shops.shop()
    async with wired(settings) as (wire, through), small(through, shop.owner) as made:
        wire.word = b"COMMIT"
        answer = await made.post()
    assert problem(answer) == (503, "outcome_unknown")
    assert answer.json()["details"]["retryable"] is False
    assert "Idempotency-Key" not in answer.json()["msg"]
    assert await count(owner, shop) == 1


async def test_reading(settings: Settings, shops: Shops) -> None:
    """What only reads has no outcome that anybody would have to find out."""
    shop = await shops.shop()
    async with wired(settings) as (wire, through), small(through, shop.owner) as made:
        wire.word = b"COMMIT"
        answer = await made.get()
    assert problem(answer) == (503, "unavailable")
