"""Today's sales as they happen."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import AsyncExitStack, aclosing, asynccontextmanager
from dataclasses import replace
from typing import Any
from uuid import uuid4

import anyio.lowlevel
import asyncpg
import httpx
import orjson
import pytest
from starlette.requests import Request

from app.auth.streaming import Reader
from app.config import Settings
from app.db.uow import UnitOfWork
from app.exceptions import RateLimited, Unavailable
from app.extensions.access import AccessRule, Entry
from app.extensions.bells import Bells, bell_of
from app.extensions.context import SCOPE_KEY, RequestContext
from app.extensions.event_stream import HEARTBEAT, EventStream, Pace
from app.extensions.routing import ModularApp
from app.modules.analytics import routes
from app.modules.analytics.live import look_at_today
from app.modules.analytics.permissions import AnalyticsPermission
from app.modules.analytics.services import SALES
from tests.analytics.told import Sold, line
from tests.hostile.calls import Call, send
from tests.support.clock import MovableClock
from tests.support.recording import record, unit
from tests.support.shops import Person, Shops

pytestmark = pytest.mark.anyio  # at collection already: marked later, parametrised coroutines lose their parameters

ANY = {"If-Match": "*"}
RUNG = Pace(look_seconds=600.0)
"""Whoever looks so seldom sees a change because a bell rang, or not at all."""
LOOKED = Pace(look_seconds=0.05)


class Watcher:
    """Reads what the route makes of a person's request, as fast as it comes."""

    def __init__(self, parts: AsyncGenerator[bytes, None]) -> None:
        self._parts = parts
        self.told: asyncio.Queue[bytes | None] = asyncio.Queue()
        self.reading = asyncio.create_task(self._read())

    async def _read(self) -> None:
        async for part in self._parts:
            self.told.put_nowait(part)
        self.told.put_nowait(None)

    async def next(self) -> bytes | None:
        """What is told next; None behind the end."""
        async with asyncio.timeout(5):
            return await self.told.get()

    async def event(self) -> tuple[int, Any]:
        """The id and the data of the next event; what keeps the connection open is passed over."""
        part = await self.next()
        while part == HEARTBEAT:
            part = await self.next()
        assert isinstance(part, bytes), part
        key, name, data = part.decode().rstrip("\n").split("\n")
        assert name == "event: sales"
        return int(key.removeprefix("id: ")), orjson.loads(data.removeprefix("data: "))


def reader_of(app: ModularApp, person: Person) -> Reader:
    """What the route's dependency makes of a person's request."""
    rule = AccessRule(Entry.PERMISSION, permission=AnalyticsPermission.SALES_READ, module="analytics", stream=True)
    headers = [(name.lower().encode(), value.encode()) for name, value in person.headers.items()]
    context = RequestContext(uuid4(), "127.0.0.1", None, app.state.runtime.clock.now())
    scope = {"type": "http", "method": "GET", "headers": headers, "app": app, SCOPE_KEY: context}
    return Reader(Request(scope), rule, f"user:{person.user_id}")


@asynccontextmanager
async def watching(
    app: ModularApp, person: Person, *, pace: Pace = RUNG, after: int = 0, bells: Bells | None = None
) -> AsyncIterator[Watcher]:
    """Somebody who watches, behind what is sent first."""
    assert person.tenant_id is not None
    look = look_at_today(reader_of(app, person))
    given, bell = bells or app.state.runtime.bells, bell_of(person.tenant_id, SALES)
    stream = EventStream(look, given, bell, name="sales", after=after, is_over=lambda: False, pace=pace)
    watcher = Watcher(stream.parts())
    try:
        assert await watcher.next() == b"retry: 1000\n\n"
        yield watcher
    finally:
        watcher.reading.cancel()
        await asyncio.wait([watcher.reading])


async def today(person: Person) -> Any:
    """What the report says of the day."""
    day = (await person.get("/analytics/sales")).json()["last_day"]
    return (await person.get("/analytics/sales", params={"first_day": day, "last_day": day})).json()


class TestLive:
    """GET /analytics/live"""

    async def test_who_may(self, app: ModularApp, shops: Shops) -> None:
        """Nobody without signing in, no stranger, no plan without analytics; a viewer is told at once, and nothing is kept by caches."""
        shop, other, small = await shops.shop(), await shops.shop(), await shops.shop(plan="tight")

        async def asked(person: Person, **changed: str) -> httpx.Response:
            headers = {**person.headers, **{name.replace("_", "-"): value for name, value in changed.items()}}
            pairs = tuple((name.lower().encode(), value.encode()) for name, value in headers.items() if value)
            return await send(app, Call("GET", "/api/v1/analytics/live", headers=pairs))

        assert (await asked(shop.viewer, Authorization="")).status_code == 401
        assert (await asked(other.owner, X_Tenant_ID=str(shop.id))).status_code == 404
        assert (await asked(small.owner)).json()["details"]["code"] == "feature_not_in_plan"
        assert (await asked(shop.viewer, Last_Event_ID="x")).json()["details"]["code"] == "bad_header"
        answer = await asked(shop.viewer)
        assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
        assert answer.headers["Content-Type"].startswith("text/event-stream")
        assert orjson.loads(answer.text.partition("data: ")[2]) == await today(shop.viewer)

    async def test_as_it_happens(self, app: ModularApp, shops: Shops) -> None:
        """Each sale is told when it is counted, as the report counts it; whoever comes back is told what it has not seen; no other tenant is."""
        shop, other = await shops.shop(), await shops.shop()
        runtime = app.state.runtime
        sold, now = Sold(line(uuid4(), 2, 700)), runtime.clock.now()
        async with watching(app, shop.viewer) as watcher, watching(app, other.viewer) as theirs:
            first, empty = await watcher.event()
            assert (empty["series"], empty["first_day"]) == ([], empty["last_day"])
            assert await theirs.event() == (first, empty)
            await record(runtime, shop.id, sold.placed(now))
            second, placed = await watcher.event()
            await record(runtime, shop.id, sold.paid(now))
            third, paid = await watcher.event()
            totals = [each["series"][0]["totals"] for each in (placed, paid)]
            assert [(each["orders"], each["pieces"], each["revenue"]) for each in totals] == [(1, 0, 0), (1, 2, 700)]
            assert paid == await today(shop.viewer)
            assert len({first, second, third}) == 3
            assert theirs.told.empty()
        async with watching(app, shop.viewer, after=second) as watcher:
            assert await watcher.event() == (third, paid)
            await record(runtime, shop.id, sold.paid(now))  # is counted already
            assert (await shop.admin.post("/analytics/rebuilds")).status_code == 202
            assert (await today(shop.viewer)) == paid  # of another copy
            await record(runtime, shop.id, sold.refunded(now))
            _, refunded = await watcher.event()
            assert (refunded, watcher.told.empty()) == (await today(shop.viewer), True)

    async def test_healed(self, app: ModularApp, shops: Shops, owner: asyncpg.Connection) -> None:
        """What a delivery has left out is told when a rebuild has let its copy be read."""
        shop, runtime = await shops.shop(), app.state.runtime
        await record(runtime, shop.id, Sold(line(uuid4())).paid(runtime.clock.now()))
        whole = await today(shop.viewer)
        await owner.execute("DELETE FROM sales WHERE tenant_id = $1", shop.id)
        async with watching(app, shop.viewer) as watcher:
            assert (await watcher.event())[1]["series"] == []
            assert (await shop.admin.post("/analytics/rebuilds")).status_code == 202
            assert (await watcher.event())[1] == whole

    async def test_another_process(
        self, app: ModularApp, shops: Shops, monkeypatch: pytest.MonkeyPatch, settings: Settings
    ) -> None:
        """What a worker counts is heard over Redis; with no Redis it is seen by looking, and what is rolled back rings no bell."""
        shop, runtime = await shops.shop(), app.state.runtime
        now, bell, rung = runtime.clock.now(), bell_of(shop.id, SALES), list[object]()
        async with AsyncExitStack() as stack:
            worker, deaf = [
                await stack.enter_async_context(aclosing(Bells(url)))
                for url in (settings.redis.url, "redis://127.0.0.1:1/0")
            ]
            heard = await stack.enter_async_context(watching(app, shop.viewer))
            looked = await stack.enter_async_context(watching(app, shop.viewer, bells=deaf, pace=LOOKED))
            assert await heard.event() == await looked.event()
            monkeypatch.setattr(runtime.hub, "rang", worker.ring)
            told = asyncio.ensure_future(heard.event())
            async with asyncio.timeout(5):
                while not told.done():  # until the subscription stands
                    await record(runtime, shop.id, Sold(line(uuid4())).placed(now))
                    await asyncio.wait([told], timeout=0.1)
            assert (await told)[1]["series"][0]["totals"]["orders"] > 0
            assert (await looked.event())[1]["series"][0]["totals"]["orders"] > 0
        monkeypatch.setattr(runtime.hub, "rang", rung.append)
        for end in (UnitOfWork.rollback, UnitOfWork.commit):
            async with unit(runtime, shop.id) as uow:
                uow.bells.add(bell)
                await end(uow)
                assert rung == [bell] * (end is UnitOfWork.commit)

    async def test_the_tenants_day(self, app: ModularApp, shops: Shops, clock: MovableClock) -> None:
        """Midnight begins a new day, where the tenant has its midnight; and while nothing happens, something keeps the connection."""
        shop, runtime = await shops.shop(), app.state.runtime
        token = app.state.identity.tokens.access_token(shop.viewer.user_id, shop.viewer.session_id, seconds=2 * 86_400)
        await record(runtime, shop.id, Sold(line(uuid4())).paid(clock.now()))
        pace = Pace(look_seconds=0.05, heartbeat_seconds=0.1)
        async with watching(app, replace(shop.viewer, token=token), pace=pace) as watcher:
            _, before = await watcher.event()
            assert await watcher.next() == HEARTBEAT
            zone = {"time_zone": "Pacific/Kiritimati"}
            changed = await shop.admin.patch("/tenants/current/settings/analytics", json=zone, headers=ANY)
            assert changed.status_code == 200
            _, there = await watcher.event()
            assert (before["time_zone"], there["time_zone"]) == ("UTC", zone["time_zone"])
            clock.advance(days=1)
            _, after = await watcher.event()
            assert (after["first_day"] > there["first_day"], after["series"]) == (True, [])

    async def test_judged_afresh(self, app: ModularApp, shops: Shops, owner: asyncpg.Connection) -> None:
        """It ends with the permission and with the session; however many watch, between two looks none has a connection."""
        shop, runtime = await shops.shop(), app.state.runtime
        role = {"key": "buyer", "name": "Buyer", "permissions": ["catalog.products:read"]}
        assert (await shop.owner.post("/roles", json=role)).status_code == 201
        async with AsyncExitStack() as stack, asyncio.timeout(20):
            people = [shop.viewer, shop.member, *[shop.owner] * 2 * runtime.settings.database.pool_size]
            watchers = [await stack.enter_async_context(watching(app, person)) for person in people]
            for watcher in watchers:
                await watcher.event()
            await owner.execute("UPDATE memberships SET roles = '{buyer}' WHERE user_id = $1", shop.viewer.user_id)
            await owner.execute("UPDATE sessions SET ended_at = now() WHERE id = $1", shop.member.session_id)
            assert (await shop.owner.get("/tasks")).status_code == 200
            runtime.bells.ring(bell_of(shop.id, SALES))
            assert [await watcher.next() for watcher in watchers[:2]] == [None, None]
            assert not any(watcher.reading.done() for watcher in watchers[2:])

    async def test_ends(
        self,
        app: ModularApp,
        shops: Shops,
        owner: asyncpg.Connection,
        clock: MovableClock,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        """With the session, and with the access token, which may be renewed: without an error, so that the client asks anew."""
        shop, runtime = await shops.shop(), app.state.runtime
        bell = bell_of(shop.id, SALES)
        monkeypatch.setattr(routes, "PACE", RUNG)
        async with asyncio.timeout(20):
            for person in (shop.member, shop.viewer):
                answering = asyncio.create_task(person.get("/analytics/live"))
                while bell not in runtime.bells._listeners:
                    await anyio.lowlevel.checkpoint()
                if person is shop.member:
                    await owner.execute("UPDATE sessions SET ended_at = now() WHERE id = $1", person.session_id)
                else:
                    clock.advance(seconds=runtime.settings.auth.access_seconds + 1)
                runtime.bells.ring(bell)
                answer = await answering
                assert (answer.status_code, answer.text[:11]) == (200, "retry: 1000")
                assert (await person.get("/analytics/sales")).status_code == 401

    async def test_not_now(self, app: ModularApp, shops: Shops, monkeypatch: pytest.MonkeyPatch) -> None:
        """A window that is used up is no reason to wait unheard, and a connection that breaks is told as what it is."""
        shop = await shops.shop()
        reader = reader_of(app, shop.viewer)
        with pytest.raises(Unavailable):
            async with reader.look() as commons:
                await commons.uow.connection.execute("SELECT pg_terminate_backend(pg_backend_pid())")

        async def full(*_: object) -> None:
            raise RateLimited

        monkeypatch.setattr(app.state.platform.authenticator, "admit", full)
        with pytest.raises(RateLimited):
            async with asyncio.timeout(5), reader.look():
                pass
