"""Tasks over REST: lists, one task, its cancellation, and its events."""

import asyncio
from contextlib import suppress
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import httpx
import pytest
from starlette.requests import Request

from app.auth.streaming import MAX_STREAMS, Reader
from app.core.permissions import CorePermission
from app.core.task_events import look_at_task
from app.extensions.access import AccessRule, Entry
from app.extensions.bells import Bells
from app.extensions.context import SCOPE_KEY, RequestContext
from app.extensions.event_stream import HEARTBEAT, EventStream, Pace
from app.extensions.routing import ModularApp
from app.utils.ids import uuid7
from tests.support.answers import comparable
from tests.support.shops import Person, Shop, Shops

pytestmark = pytest.mark.anyio

Owner = asyncpg.Connection
INSERT = """
INSERT INTO tasks (tenant_id, id, kind, payload, actor, request_id, created_at, state, finished_at, started_at)
VALUES ($1, $2, $3, '{}', 'user:x', $2, now(), $4::text, CASE WHEN $4::text IN ('queued', 'running') THEN NULL ELSE now() END, now())
"""


async def make(owner: Owner, shop: Shop, state: str = "running", kind: str = "tests.kind") -> UUID:
    """A task in that state, which nobody carries."""
    key = uuid7()
    await owner.execute(INSERT, shop.id, key, kind, state)
    return key


async def change(owner: Owner, key: UUID, words: str = "done = done + 1") -> None:
    """What a step does."""
    await owner.execute(f"UPDATE tasks SET {words}, revision = revision + 1 WHERE id = $1", key)


class TestList:
    """GET /tasks"""

    async def test_pages(self, shops: Shops, owner: Owner) -> None:
        """Newest first, by cursor, and none of another tenant's."""
        shop, other = await shops.shop(), await shops.shop()
        keys = [await make(owner, shop) for _ in range(5)]
        await make(owner, other)
        found, path = [], "/tasks?limit=2"
        while path:
            page = (await shop.viewer.get(path)).json()
            found += [item["id"] for item in page["data"]]
            path = f"/tasks?limit=2&cursor={page['next_cursor']}" if page["has_more"] else ""
        assert found == [str(key) for key in reversed(keys)]

    async def test_filters(self, shops: Shops, owner: Owner) -> None:
        """By state and by kind; a cursor belongs to its filters."""
        shop = await shops.shop()
        for state in ("queued", "running", "failed", "failed"):
            await make(owner, shop, state)
        await make(owner, shop, "failed", kind="tests.other")
        page = (await shop.viewer.get("/tasks?state=failed&kind=tests.kind&limit=1")).json()
        assert [item["state"] for item in page["data"]] == ["failed"]
        cursor = page["next_cursor"]
        assert (await shop.viewer.get(f"/tasks?state=failed&kind=tests.kind&cursor={cursor}")).status_code == 200
        assert (await shop.viewer.get(f"/tasks?state=failed&cursor={cursor}")).status_code == 400
        assert len((await shop.viewer.get("/tasks?state=failed")).json()["data"]) == 3

    @pytest.mark.parametrize(
        "query", ["state=done", "state=", "kind=", "kind=A", "kind=%00", "state=failed&state=failed"]
    )
    async def test_bad_filters(self, shops: Shops, query: str) -> None:
        """What is no state or no kind is 422."""
        assert (await (await shops.shop()).viewer.get(f"/tasks?{query}")).status_code == 422

    async def test_who_may(self, shops: Shops, owner: Owner, client: httpx.AsyncClient) -> None:
        """Nobody without a session and no other tenant; a viewer sees, and may not cancel."""
        shop, other = await shops.shop(), await shops.shop()
        key = await make(owner, shop)
        assert (await client.get("/api/v1/tasks")).status_code == 401
        assert (await other.owner.get("/tasks", headers={"X-Tenant-ID": str(shop.id)})).status_code == 404
        assert (await shop.viewer.get(f"/tasks/{key}")).status_code == 200
        refused = await shop.viewer.post(f"/tasks/{key}/cancel")
        assert (refused.status_code, refused.json()["details"]["decision"]["missing"]) == (403, ["core.tasks:write"])


class TestCancel:
    """POST /tasks/{id}/cancel"""

    async def test_queued(self, shops: Shops, owner: Owner) -> None:
        """It is cancelled at once; the same again, also by two at once, is answered the same, and noted once."""
        shop = await shops.shop()
        key = await make(owner, shop, "queued")
        answers = await asyncio.gather(*(shop.member.post(f"/tasks/{key}/cancel") for _ in range(2)))
        assert [answer.status_code for answer in answers] == [200, 200]
        assert answers[0].json() == answers[1].json()
        body = answers[0].json()
        assert (body["state"], body["cancellable"]) == ("cancelled", False)
        assert None not in {body["finished_at"], body["cancel_requested_at"]}
        entries = "SELECT count(*) FROM audit_entries WHERE tenant_id = $1 AND action = 'core.task.cancelled'"
        assert await owner.fetchval(entries, shop.id) == 1

    async def test_running(self, shops: Shops, owner: Owner) -> None:
        """What runs is asked to end, once: it says so, and two who ask get one answer."""
        shop = await shops.shop()
        key = await make(owner, shop, "running")
        answers = await asyncio.gather(*(shop.member.post(f"/tasks/{key}/cancel") for _ in range(2)))
        assert answers[0].json() == answers[1].json()
        body = answers[0].json()
        assert (body["state"], body["cancellable"]) == ("running", False)
        assert body["cancel_requested_at"] is not None

    @pytest.mark.parametrize("state", ["succeeded", "failed"])
    async def test_finished(self, shops: Shops, owner: Owner, state: str) -> None:
        """What has ended is 409, and stays as it is."""
        shop = await shops.shop()
        key = await make(owner, shop, state)
        answer = await shop.member.post(f"/tasks/{key}/cancel")
        assert (answer.status_code, answer.json()["details"]["code"]) == (409, "task_finished")
        assert (await shop.viewer.get(f"/tasks/{key}")).json()["cancel_requested_at"] is None

    @pytest.mark.parametrize("key", ["x", "1", "%00", "00000000-0000-0000-0000-000000000000" * 2])
    async def test_no_id(self, shops: Shops, key: str) -> None:
        """What is no id is 422 or 404, for every verb."""
        shop = await shops.shop()
        for answer in (
            await shop.member.get(f"/tasks/{key}"),
            await shop.member.post(f"/tasks/{key}/cancel"),
            await shop.member.get(f"/tasks/{key}/events"),
        ):
            assert answer.status_code in {404, 422}


def events_of(
    app: ModularApp,
    person: Person,
    key: UUID,
    *,
    bells: Bells | None = None,
    after: int = 0,
    heartbeat: float = 15.0,
) -> EventStream:
    """What the route makes of a person's request."""
    rule = AccessRule(Entry.PERMISSION, permission=CorePermission.TASKS_READ, stream=True)
    headers = [(name.lower().encode(), value.encode()) for name, value in person.headers.items()]
    context = RequestContext(uuid4(), "127.0.0.1", None, app.state.runtime.clock.now())
    scope = {"type": "http", "method": "GET", "headers": headers, "app": app, SCOPE_KEY: context}
    reader = Reader(Request(scope), rule, f"user:{person.user_id}")
    given = bells or app.state.runtime.bells
    look, pace = look_at_task(reader, key), Pace(heartbeat_seconds=heartbeat)
    return EventStream(look, given, key, name="progress", after=after, is_over=lambda: False, pace=pace)


def ids(parts: list[bytes]) -> list[int]:
    """The ids of the events among the parts."""
    return [int(part.split(b"\n")[0].removeprefix(b"id: ")) for part in parts if part.startswith(b"id: ")]


class TestEvents:
    """GET /tasks/{id}/events"""

    async def test_finished(self, shops: Shops, owner: Owner) -> None:
        """Of a task that has ended there is one event with all of it, and the stream ends; also to whom has seen it."""
        shop = await shops.shop()
        key = await make(owner, shop, "succeeded")
        for headers in ({}, {"Last-Event-ID": "1"}, {"Last-Event-ID": "9" * 18}):
            answer = await shop.viewer.get(f"/tasks/{key}/events", headers=headers)
            assert answer.headers["Content-Type"].startswith("text/event-stream")
            assert answer.headers["Cache-Control"] == "no-store"
            assert "Content-Disposition" not in answer.headers
            assert answer.text.count("event: progress\n") == 1
            body = (await shop.viewer.get(f"/tasks/{key}")).text
            assert f"id: 1\nevent: progress\ndata: {body}\n\n" in answer.text

    async def test_nobodys(self, shops: Shops, owner: Owner) -> None:
        """Another tenant's is 404, as a random one, before the first byte."""
        shop, other = await shops.shop(), await shops.shop()
        key = await make(owner, other)
        answers = [await shop.owner.get(f"/tasks/{each}/events") for each in (key, uuid7())]
        assert answers[0].status_code == 404
        assert comparable(answers[0]) == comparable(answers[1])

    @pytest.mark.parametrize("value", ["", "x", "-1", "1.0", "9" * 19, " ", "1,2", "\u0661"])
    async def test_bad_last_event(self, shops: Shops, owner: Owner, value: str) -> None:
        """A Last-Event-ID that is none of ours is 400."""
        shop = await shops.shop()
        key = await make(owner, shop, "succeeded")
        headers: Any = {"Last-Event-ID": value.encode()}
        answer = await shop.owner.get(f"/tasks/{key}/events", headers=headers)
        assert (answer.status_code, answer.json()["details"]["code"]) == (400, "bad_header")

    async def test_at_most_five(self, app: ModularApp, shops: Shops, owner: Owner) -> None:
        """One caller has five streams at once; the sixth is 429."""
        shop = await shops.shop()
        key = await make(owner, shop, "succeeded")
        held = [app.state.streams.one_of(f"user:{shop.viewer.user_id}") for _ in range(MAX_STREAMS)]
        for each in held:
            each.__enter__()
        assert (await shop.viewer.get(f"/tasks/{key}/events")).status_code == 429
        for each in held:
            each.__exit__(None, None, None)
        assert (await shop.viewer.get(f"/tasks/{key}/events")).status_code == 200

    async def test_progress(self, app: ModularApp, shops: Shops, owner: Owner) -> None:
        """Each change is told as it happens, and the end ends the stream; whoever resumes is told what came after."""
        shop = await shops.shop()
        key = await make(owner, shop)
        stream = events_of(app, shop.viewer, key).parts()
        parts = [await anext(stream), await anext(stream)]
        await change(owner, key)
        app.state.runtime.bells.ring(key)
        parts.append(await anext(stream))
        resumed = events_of(app, shop.viewer, key, after=1).parts()
        assert ids([await anext(resumed), await anext(resumed)]) == [2]
        await resumed.aclose()
        await change(owner, key, "state = 'failed', finished_at = now()")
        app.state.runtime.bells.ring(key)
        parts += [part async for part in stream]
        assert ids(parts) == [1, 2, 3]
        assert b'"state":"failed"' in parts[-1]

    async def test_by_redis(self, app: ModularApp, shops: Shops, owner: Owner) -> None:
        """A ring of another process is heard over Redis by whoever watches that task, and by nobody else."""
        shop = await shops.shop()
        key, other = await make(owner, shop), await make(owner, shop)
        theirs = Bells(app.state.runtime.settings.redis.url)
        bells = app.state.runtime.bells
        with bells.listening(key) as rung, bells.listening(other) as silent, suppress(TimeoutError):
            async with asyncio.timeout(5):
                while not rung.is_set():  # until the subscription stands
                    theirs.ring(key)
                    await asyncio.wait([asyncio.ensure_future(rung.wait())], timeout=0.05)
            assert rung.is_set()
        await theirs.aclose()
        assert (rung.is_set(), silent.is_set()) == (True, False)

    async def test_without_redis(self, app: ModularApp, shops: Shops, owner: Owner) -> None:
        """With no Redis at all the changes come by looking."""
        shop = await shops.shop()
        key = await make(owner, shop)
        deaf = Bells("redis://127.0.0.1:1/0")
        stream = events_of(app, shop.viewer, key, bells=deaf).parts()
        parts = [await anext(stream), await anext(stream)]
        await change(owner, key, "state = 'succeeded', finished_at = now()")
        async with asyncio.timeout(5):
            parts += [part async for part in stream]
        assert ids(parts) == [1, 2]
        await deaf.aclose()

    async def test_heartbeat(self, app: ModularApp, shops: Shops, owner: Owner) -> None:
        """Where nothing changes a comment keeps the connection open."""
        shop = await shops.shop()
        stream = events_of(app, shop.viewer, await make(owner, shop), heartbeat=0.1).parts()
        assert [await anext(stream) for _ in range(3)][2] == HEARTBEAT
        await stream.aclose()

    async def test_judged_afresh(self, app: ModularApp, shops: Shops, owner: Owner) -> None:
        """Who may not see tasks any more is told nothing more."""
        shop = await shops.shop()
        stream = events_of(app, shop.viewer, await make(owner, shop)).parts()
        _ = await anext(stream), await anext(stream)
        role = {"key": "buyer", "name": "Buyer", "permissions": ["catalog.products:read"]}
        await shop.owner.post("/roles", json=role)
        await owner.execute("UPDATE memberships SET roles = '{buyer}' WHERE user_id = $1", shop.viewer.user_id)
        assert [part async for part in stream] == []

    async def test_holds_no_connection(self, app: ModularApp, shops: Shops, owner: Owner) -> None:
        """However many watch, requests go on: between two looks none has a connection."""
        shop = await shops.shop()
        key = await make(owner, shop)
        size = 3 * app.state.runtime.settings.database.pool_size
        streams = [events_of(app, shop.viewer, key).parts() for _ in range(size)]
        for stream in streams:
            _ = await anext(stream), await anext(stream)
        async with asyncio.timeout(5):
            assert (await shop.viewer.get("/tasks")).status_code == 200
        for stream in streams:
            await stream.aclose()
