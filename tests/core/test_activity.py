"""What one request caused, as one tree."""

from typing import Any
from uuid import UUID

import asyncpg
import httpx
import pytest

from app.core.services.activity import GENERATIONS, MOST_NODES
from app.extensions.tasks import TaskQueued
from app.utils.ids import uuid7
from tests.core import letters
from tests.support.answers import comparable
from tests.support.shops import API, Shop, Shops, product
from tests.support.statements import counted

pytestmark = pytest.mark.anyio

Owner = asyncpg.Connection
MANY = """
WITH e AS (
  INSERT INTO events (tenant_id, id, name, version, payload, actor, request_id, at)
  SELECT $1, gen_random_uuid(), 'catalog.product_created', 1, '{}', 'system', $2, now() FROM generate_series(1, $3)
  RETURNING id
)
INSERT INTO deliveries (tenant_id, event_id, handler, queue, state)
SELECT $1, e.id, 'catalog.handlers.count_created', 'default', 'done' FROM e
"""


@pytest.fixture
async def shop(shops: Shops) -> Shop:
    """A tenant with nothing in it."""
    return await shops.shop()


async def activity(shop: Shop, request_id: UUID | str) -> dict[str, Any]:
    """The tree, as an admin sees it."""
    answer = await shop.admin.get(f"/activity/{request_id}")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


class TestActivity:
    """GET /activity/{request_id}"""

    async def test_anonymous_and_others(self, shop: Shop, shops: Shops, client: httpx.AsyncClient) -> None:
        """401, 404 and 403; another tenant's request is answered as one that never was."""
        request = (await shop.member.post("/products", json=product())).headers["X-Request-ID"]
        other = await shops.shop()
        assert (await client.get(f"{API}/activity/{request}")).status_code == 401
        answers = [await other.admin.get(f"/activity/{key}") for key in (request, uuid7())]
        assert answers[0].status_code == 404
        assert comparable(answers[0]) == comparable(answers[1])
        assert (await shop.member.get(f"/activity/{request}")).status_code == 403

    @pytest.mark.parametrize("path", ["x", "1", "01a22477-5b02-796c-a64b-4d03fc4285bb?limit=1"])
    async def test_bad_input(self, shop: Shop, path: str) -> None:
        """What is no id of a request, and whatever is asked beside it, is 422."""
        assert (await shop.admin.get(f"/activity/{path}")).status_code == 422

    async def test_request(self, shop: Shop) -> None:
        """A live request: its event, who reacted and how that ended, its entry of the audit log."""
        request = (await shop.member.post("/products", json=product())).headers["X-Request-ID"]
        found = await activity(shop, request)
        (event,) = found["events"]
        (delivery,) = event["deliveries"]
        assert (event["name"], event["actor"]) == (letters.EVENT, f"user:{shop.member.user_id}")
        assert (delivery["handler"], delivery["state"], delivery["attempt"]) == (letters.HANDLER, "done", 1)
        assert (delivery["events"], delivery["task"], delivery["error"]) == ([], None, None)
        assert delivery["finished_at"] is not None
        assert [entry["action"] for entry in found["audit"]] == ["catalog.product.created"]
        assert (found["request_id"], found["tasks"], found["truncated"]) == (request, [], False)

    async def test_generations(self, shop: Shop, owner: Owner) -> None:
        """What a handler recorded hangs under its delivery, by time; a task under the delivery that carries it."""
        task_id = await letters.task(owner, shop.id, request := uuid7())
        waiting = await letters.task(owner, shop.id, request, state="queued")
        root = await letters.event(owner, shop.id, request)
        cause = await letters.delivery(owner, shop.id, root, state="done")
        children = [await letters.event(owner, shop.id, request, cause=cause) for _ in range(2)]
        fields = {"task_id": str(task_id), "kind": "catalog.none"}
        queued = await letters.event(owner, shop.id, request, name=TaskQueued.name, payload=fields, cause=cause)
        dead = await letters.delivery(owner, shop.id, queued, handler="task:catalog.none")
        found = await activity(shop, request)
        (event,) = found["events"]
        (first,) = event["deliveries"]
        assert [item["id"] for item in first["events"]] == [str(key) for key in (*children, queued)]
        (carrier,) = first["events"][-1]["deliveries"]
        assert (carrier["id"], carrier["state"], carrier["error"]) == (str(dead), "dead", "ValueError: no")
        assert (carrier["task"]["id"], carrier["task"]["state"]) == (str(task_id), "failed")
        assert [item["id"] for item in found["tasks"]] == [str(waiting)]

    async def test_lost_cause(self, shop: Shop, owner: Owner) -> None:
        """An event whose cause is kept no more stands at the top; nothing is left out."""
        key = await letters.event(owner, shop.id, request := uuid7(), cause=1)
        assert [event["id"] for event in (await activity(shop, request))["events"]] == [str(key)]

    async def test_without_the_audit_log(self, shop: Shop) -> None:
        """Who may see deliveries and not the audit log sees no entry of it."""
        body = {"key": "watcher", "name": "W", "permissions": ["core.deliveries:read"]}
        assert (await shop.owner.post("/roles", json=body)).status_code == 201
        path, held = f"/members/{shop.viewer.user_id}", {"roles": ["watcher"]}
        request = (await shop.owner.patch(path, json=held, headers={"If-Match": "*"})).headers["X-Request-ID"]
        assert (await activity(shop, request))["audit"]
        assert (await shop.viewer.get(f"/activity/{request}")).status_code == 404
        made = (await shop.member.post("/products", json=product())).headers["X-Request-ID"]
        answer = await shop.viewer.get(f"/activity/{made}")
        assert (len(answer.json()["events"]), answer.json()["audit"]) == (1, None)

    async def test_bound(self, shop: Shop, owner: Owner) -> None:
        """A request that caused more than the bound is cut off, and says so."""
        request = uuid7()
        await owner.execute(MANY, shop.id, request, MOST_NODES)
        found = await activity(shop, request)
        assert (len(found["events"]), found["truncated"]) == (MOST_NODES, True)

    async def test_depth(self, shop: Shop, owner: Owner) -> None:
        """A chain that is longer than the answer is deep is cut off, and says so."""
        request, cause = uuid7(), None
        for _ in range(GENERATIONS + 5):
            cause = await letters.delivery(
                owner, shop.id, await letters.event(owner, shop.id, request, cause=cause), state="done"
            )
        found = await activity(shop, request)
        depth, events = 0, found["events"]
        while events:
            depth, events = depth + 1, events[0]["deliveries"][0]["events"]
        assert (depth, found["truncated"]) == (GENERATIONS, True)

    async def test_statements(self, shop: Shop, owner: Owner) -> None:
        """A large tree costs as many statements as a small one: four, beside those of every request."""
        small = (await shop.member.post("/products", json=product())).headers["X-Request-ID"]
        large = uuid7()
        await owner.execute(MANY, shop.id, large, 300)
        few = await counted(shop.admin.get(f"/activity/{small}"))
        assert await counted(shop.admin.get(f"/activity/{large}")) == few
        assert few - await counted(shop.admin.get("/deliveries")) == 3
