"""One trace from the request to everything that it leads to: W3C Trace Context, in the logs, the events and the mails."""

import json
import logging
import re
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID, uuid4

import asyncpg
import httpx
import pytest

from app.auth.commons import Commons
from app.config import Settings
from app.extensions.context import RequestContext, current_context
from app.extensions.events import Event
from app.extensions.module import Handler, Module
from app.installed import INSTALLED
from app.runtime import Runtime
from tests.api.test_canary import Lines
from tests.support.mailbox import Mailbox
from tests.support.recording import record
from tests.support.shops import API, Shops, product

TRACE = "0af7651916cd43dd8448eb211c80319c"
PARENT = "b7ad6b7169203331"
GIVEN = f"00-{TRACE}-{PARENT}-01"
OURS = re.compile(r"00-([0-9a-f]{32})-([0-9a-f]{16})-01")
ABSENT_OR_BROKEN: list[list[tuple[str, str]]] = [
    [],
    [("traceparent", "nothing")],
    [("traceparent", f"00-{'0' * 32}-{PARENT}-01")],
    [("traceparent", GIVEN), ("traceparent", GIVEN)],
]

logger = logging.getLogger("app.traces")


@dataclass(frozen=True, slots=True)
class Asked(Event):
    """A test asked for something."""

    name: ClassVar[str] = "traces.asked"


@dataclass(frozen=True, slots=True)
class Followed(Event):
    """It led to something else."""

    name: ClassVar[str] = "traces.followed"


async def follow(_event: Asked, commons: Commons) -> None:
    """Say so and let another event happen."""
    logger.warning("followed")
    commons.uow.record(Followed())


MODULES = (*INSTALLED, Module(name="traces", events=(Asked, Followed), handlers=(Handler(Asked, follow),)))


@pytest.fixture
def lines() -> Iterator[Lines]:
    """What the application logs, as it goes out."""
    handler, owner = Lines(), logging.getLogger("app")
    level = owner.level
    owner.addHandler(handler)
    owner.setLevel(logging.INFO)
    yield handler
    owner.setLevel(level)
    owner.removeHandler(handler)


@pytest.fixture
async def runtime(settings: Settings) -> AsyncIterator[Runtime]:
    """A process in the inline queue mode whose modules are one more."""
    made = Runtime(settings, modules=MODULES, connections=3)
    await made.open()
    yield made
    await made.close()


def logged(lines: Lines, message: str) -> list[dict[str, Any]]:
    """The lines of one message."""
    return [line for line in map(json.loads, lines.seen) if line["message"] == message]


async def stored(owner: "asyncpg.Connection", request_id: str) -> list[tuple[str, str]]:
    """Trace and parent of the events of a request."""
    rows = await owner.fetch("SELECT traceparent FROM events WHERE request_id = $1", UUID(request_id))
    found = [OURS.fullmatch(row[0]) for row in rows]
    return [(match[1], match[2]) for match in found if match is not None]


class TestRequest:
    """Requests"""

    async def test_given(self, shops: Shops, owner: "asyncpg.Connection", lines: Lines) -> None:
        """A well-formed `traceparent` is gone on with, in the access log and in the event, with a parent of our own."""
        shop = await shops.shop()
        answer = await shop.admin.post(
            "/products",
            headers={"traceparent": GIVEN},
            json=product(),
        )
        assert answer.status_code == 201, answer.text
        ((trace, parent),) = await stored(owner, answer.headers["X-Request-ID"])
        assert trace == TRACE
        assert parent != PARENT
        assert logged(lines, "request")[-1]["trace_id"] == TRACE

    @pytest.mark.parametrize("headers", ABSENT_OR_BROKEN)
    async def test_begun(self, client: httpx.AsyncClient, lines: Lines, headers: list[tuple[str, str]]) -> None:
        """Without one, with a broken one or with two a trace begins, whose id is the request's; nothing is refused."""
        answer = await client.get("/health/live", headers=headers)
        assert answer.status_code == 200
        line = logged(lines, "request")[-1]
        assert line["trace_id"] == UUID(answer.headers["X-Request-ID"]).hex
        assert "delivery_id" not in line

    async def test_begun_once(self, shops: Shops, owner: "asyncpg.Connection", lines: Lines) -> None:
        """The event of a request that brought no trace has the one that the access log tells."""
        shop = await shops.shop()
        answer = await shop.admin.post("/products", json=product())
        assert answer.status_code == 201, answer.text
        ((trace, _),) = await stored(owner, answer.headers["X-Request-ID"])
        assert trace == logged(lines, "request")[-1]["trace_id"] == UUID(answer.headers["X-Request-ID"]).hex


class TestConsequences:
    """What a request leads to"""

    async def test_handler(self, runtime: Runtime, shops: Shops, owner: "asyncpg.Connection", lines: Lines) -> None:
        """A handler's log line and the event that it records belong to the trace, the event as a consequence of the delivery."""
        tenant = (await shops.shop()).id
        context = RequestContext(uuid4(), "", None, runtime.clock.now(), traceparent=GIVEN)
        token = current_context.set(context)
        try:
            await record(runtime, tenant, Asked())
        finally:
            current_context.reset(token)
        (line,) = logged(lines, "followed")
        found = {
            row["name"]: row
            for row in await owner.fetch("SELECT name, traceparent, cause FROM events WHERE tenant_id = $1", tenant)
        }
        delivery = await owner.fetchval("SELECT id FROM deliveries WHERE tenant_id = $1", tenant)
        assert (line["trace_id"], line["delivery_id"]) == (TRACE, delivery)
        assert found["traces.asked"]["traceparent"] == GIVEN
        assert found["traces.followed"]["traceparent"][:36] == GIVEN[:36]
        assert found["traces.followed"]["traceparent"] != GIVEN
        assert (found["traces.asked"]["cause"], found["traces.followed"]["cause"]) == (None, delivery)

    async def test_mail(self, client: httpx.AsyncClient, mailbox: Mailbox) -> None:
        """A mail tells the request and the trace that led to it, and nothing of the parent."""
        email = f"{uuid4().hex[:12]}@traces.example"
        body = {"email": email, "password": uuid4().hex, "name": "Nora"}
        answer = await client.post(f"{API}/auth/register", json=body, headers={"traceparent": GIVEN})
        assert answer.status_code == 202, answer.text
        headers = mailbox.headers(email)
        assert headers["X-Request-ID"] == answer.headers["X-Request-ID"]
        assert headers["X-Trace-ID"] == TRACE
