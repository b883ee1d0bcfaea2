"""What a handler or a task logs says because of what it was done."""

import json
import logging
from typing import Any
from uuid import uuid4

import asyncpg
import pytest

from app.config import Settings
from app.extensions.context import RequestContext
from app.extensions.module import Handler
from tests.deliveries.life import Followed, Happened, living
from tests.deliveries.test_retries import Kept
from tests.support.shops import Shops

pytestmark = pytest.mark.anyio

Owner = asyncpg.Connection
TRACEPARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
TRACE = "0af7651916cd43dd8448eb211c80319c"
ACTOR = "user:somebody"
logger = logging.getLogger("app.tests.log_lines")


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch) -> Kept:
    """The lines of this module's handlers, as they would be written."""
    made = Kept()
    monkeypatch.setattr(logger, "handlers", [made])
    monkeypatch.setattr(logger, "level", logging.INFO)
    return made


async def say(_event: Any, _given: Any) -> None:
    """In the loop."""
    logger.info("said")


def say_in_a_thread(_event: Any, _given: Any) -> None:
    """In a thread of its own."""
    logger.info("said")


async def pass_on(_event: Happened, commons: Any) -> None:
    """One link further."""
    commons.uow.record(Followed())


WAYS = {
    "in the transaction": (Handler(Happened, say, alias="lives.say"),),
    "outside": (Handler(Happened, say, alias="lives.say", outside=True),),
    "in a thread": (Handler(Happened, say_in_a_thread, alias="lives.say"),),
    "two links on": (
        Handler(Happened, pass_on, alias="lives.pass_on"),
        Handler(Followed, say, alias="lives.say"),
    ),
}


@pytest.mark.parametrize("queue_mode", ["rq", "inline"])
@pytest.mark.parametrize("way", WAYS)
async def test_handler(settings: Settings, shops: Shops, owner: Owner, kept: Kept, way: str, queue_mode: str) -> None:
    """Request, delivery, actor, tenant and trace stand in every line, however the handler is run and wherever."""
    tenant_id = (await shops.shop()).id
    async with living(settings, owner, tenant_id, *WAYS[way], queue_mode=queue_mode) as life:
        context = RequestContext(uuid4(), "", None, life.runtime.clock.now(), traceparent=TRACEPARENT)
        await life.record(Happened(), actor=ACTOR, context=context)
        for _ in range(0 if queue_mode == "inline" else 2):
            await life.turn()
        row = await life.row("lives.say")
    (line,) = [json.loads(line) for line in kept.lines]
    assert {name: line[name] for name in ("request_id", "delivery_id", "actor", "tenant_id", "trace_id")} == {
        "request_id": str(context.request_id),
        "delivery_id": row["id"],
        "actor": ACTOR,
        "tenant_id": str(tenant_id),
        "trace_id": TRACE,
    }
