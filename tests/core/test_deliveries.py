"""Dead letters, as a tenant sees them and lets them be tried again."""

import asyncio
from typing import Any
from uuid import uuid4

import asyncpg
import httpx
import pytest

from app.utils.ids import uuid7
from tests.core import letters
from tests.support.shops import API, Person, Shop, Shops, product
from tests.support.statements import counted

pytestmark = pytest.mark.anyio

Owner = asyncpg.Connection


async def ids(person: Person, query: str = "") -> list[str]:
    """The deliveries that a filter lets through, newest first."""
    answer = await person.get(f"/deliveries?{query}")
    assert answer.status_code == 200, answer.text
    return [item["id"] for item in answer.json()["data"]]


async def row(owner: Owner, shop: Shop, key: str) -> Any:
    """The delivery as it is stored."""
    return await owner.fetchrow("SELECT * FROM deliveries WHERE tenant_id = $1 AND id = $2", shop.id, int(key))


async def entries(shop: Shop, action: str) -> list[dict[str, Any]]:
    """The audit log's entries of an action, newest first."""
    found: list[dict[str, Any]] = (await shop.admin.get(f"/audit-log?action={action}")).json()["data"]
    return found


@pytest.fixture
async def shop(shops: Shops) -> Shop:
    """A tenant with nothing in it."""
    return await shops.shop()


class TestAccess:
    """/deliveries"""

    @pytest.mark.parametrize(
        ("method", "path"),
        [
            ("GET", "/deliveries"),
            ("GET", "/deliveries/{key}"),
            ("POST", "/deliveries/{key}/replay"),
            ("POST", "/deliveries/replay"),
        ],
    )
    async def test_others(
        self, shop: Shop, shops: Shops, owner: Owner, client: httpx.AsyncClient, method: str, path: str
    ) -> None:
        """401, 404 and 403: letters are their tenant's, and an admin's."""
        key = await letters.letter(owner, shop.id)
        path, stranger = path.format(key=key), await shops.person()
        assert (await client.request(method, API + path)).status_code == 401
        answer = await stranger.call(method, path, headers={"X-Tenant-ID": str(shop.id)}, json={})
        assert answer.json()["details"]["code"] == "tenant_not_found"
        assert (await shop.member.call(method, path)).json()["details"]["code"] == "permission_denied"
        assert (await row(owner, shop, key))["state"] == "dead"

    async def test_key_without_the_scope(self, shop: Shop, owner: Owner) -> None:
        """An API key that may read letters may not replay them."""
        key = await letters.letter(owner, shop.id)
        body = {"name": "k", "scopes": ["core.deliveries:read"]}
        secret = (await shop.admin.post("/api-keys", json=body)).json()["secret"]
        headers = {"Authorization": f"Bearer {secret}"}
        assert (await shop.admin.get(f"/deliveries/{key}", headers=headers)).status_code == 200
        assert (await shop.admin.post(f"/deliveries/{key}/replay", headers=headers)).status_code == 403


class TestList:
    """GET /deliveries"""

    async def test_filters(self, shop: Shop, owner: Owner) -> None:
        """Newest first; state, handler, event, request and time narrow each other."""
        request = uuid7()
        first, second = await letters.letter(owner, shop.id, request), await letters.letter(owner, shop.id)
        made = await shop.member.post("/products", json=product())
        (done,) = await ids(shop.admin, f"request_id={made.headers['X-Request-ID']}")
        assert await ids(shop.admin) == [done, second, first]
        assert await ids(shop.admin, "state=dead") == [second, first]
        assert await ids(shop.admin, f"request_id={request}&state=dead") == [first]
        assert await ids(shop.admin, f"request_id={request}&state=done") == []
        assert await ids(shop.admin, f"event={letters.EVENT}&handler={letters.HANDLER}") == [done, second, first]
        assert await ids(shop.admin, "handler=count_created") == []
        assert await ids(shop.admin, "event=catalog") == []
        at = (await row(owner, shop, second))["created_at"].isoformat().replace("+00:00", "Z")
        assert await ids(shop.admin, f"created_at[gte]={at}") == [done, second]
        assert await ids(shop.admin, f"created_at[lt]={at}") == [first]

    async def test_pages(self, shop: Shop, owner: Owner) -> None:
        """A cursor goes on where its page ended, under its own filters only."""
        keys = [await letters.letter(owner, shop.id) for _ in range(3)]
        page = (await shop.admin.get("/deliveries?state=dead&limit=2")).json()
        assert [item["id"] for item in page["data"]] == keys[:0:-1]
        rest = (await shop.admin.get(f"/deliveries?state=dead&limit=2&cursor={page['next_cursor']}")).json()
        assert ([item["id"] for item in rest["data"]], rest["has_more"]) == ([keys[0]], False)
        answer = await shop.admin.get(f"/deliveries?state=done&cursor={page['next_cursor']}")
        assert answer.json()["details"]["code"] == "invalid_cursor"

    @pytest.mark.parametrize(
        "query", ["state=lost", "request_id=1", "created_at[gte]=yesterday", "created_at=1", "limit=0", "handler="]
    )
    async def test_bad_input(self, shop: Shop, query: str) -> None:
        """What is no filter, or no value of one, is 422."""
        assert (await shop.admin.get(f"/deliveries?{query}")).status_code == 422

    async def test_statements(self, shop: Shop, owner: Owner) -> None:
        """However many there are, one statement reads them."""
        few = await counted(shop.admin.get("/deliveries"))
        for _ in range(5):
            await letters.letter(owner, shop.id)
        assert await counted(shop.admin.get("/deliveries")) == few


class TestGet:
    """GET /deliveries/{id}"""

    async def test_whole(self, shop: Shop, owner: Owner) -> None:
        """Error, failures, times, event and who caused it."""
        request = uuid7()
        found = (await shop.admin.get(f"/deliveries/{await letters.letter(owner, shop.id, request)}")).json()
        assert (found["state"], found["attempt"], found["tries"], found["replays"]) == ("dead", 4, 4, 0)
        assert (found["error"], found["failures"]) == ("ValueError: no", letters.FAILURES)
        assert (found["request_id"], found["actor"], found["event_version"]) == (str(request), "user:x", 1)
        assert found["payload"].keys() == {"product_id", "sku", "status"}
        assert found["finished_at"] is not None

    async def test_masked(self, shop: Shop, owner: Owner) -> None:
        """Of an event's fields secret and personal ones are not shown, however deep."""
        fields = {"email": "a@b.example", "inner": {"reset_token": "t0k", "kept": 1}, "number": 7}
        event_id = await letters.event(owner, shop.id, uuid7(), payload=fields)
        answer = await shop.admin.get(f"/deliveries/{await letters.delivery(owner, shop.id, event_id)}")
        assert answer.json()["payload"] == {
            "email": "***",
            "inner": {"reset_token": "***", "kept": 1},
            "number": 7,
        }
        assert "t0k" not in answer.text

    @pytest.mark.parametrize(("key", "status"), [("9" * 18, 404), ("9" * 19, 404), ("9" * 20, 422), ("x", 422)])
    async def test_no_such(self, shop: Shop, key: str, status: int) -> None:
        """An id that nothing has is 404, what is no id 422."""
        assert (await shop.admin.get(f"/deliveries/{key}")).status_code == status
        assert (await shop.admin.post(f"/deliveries/{key}/replay")).status_code == status


class TestReplay:
    """POST /deliveries/{id}/replay"""

    async def test_runs(self, shop: Shop, owner: Owner) -> None:
        """What was dead is carried again and done; attempts go on counting, the log says who let it."""
        key = await letters.letter(owner, shop.id)
        assert (await shop.admin.post(f"/deliveries/{key}/replay")).status_code == 200
        found = (await shop.admin.get(f"/deliveries/{key}")).json()
        assert (found["state"], found["attempt"], found["replays"]) == ("done", 5, 1)
        assert (await shop.admin.get("/products/summary")).json()["by_status"]["draft"] == 1
        (entry,) = await entries(shop, "core.delivery.replayed")
        assert (entry["actor"], entry["target"]) == (f"user:{shop.admin.user_id}", f"delivery:{key}")
        assert entry["before"] == {"state": "dead", "tries": 4, "error": "ValueError: no"}
        assert entry["after"]["replays"] == 1

    async def test_fails_again(self, shop: Shop, owner: Owner) -> None:
        """One that fails again has all its tries before it, and keeps what it failed of before."""
        event_id = await letters.event(owner, shop.id, uuid7(), payload={})
        key = str(await letters.delivery(owner, shop.id, event_id))
        assert (await shop.admin.post(f"/deliveries/{key}/replay")).status_code == 200
        found = await row(owner, shop, key)
        assert (found["state"], found["tries"], found["attempt"]) == ("pending", 1, 5)
        assert found["error"].startswith("PayloadError")

    @pytest.mark.parametrize("state", ["pending", "leased", "done", "parked"])
    async def test_not_dead(self, shop: Shop, owner: Owner, state: str) -> None:
        """Only what was given up: one that waits, runs or is done is 409 and stays as it is."""
        event_id = await letters.event(owner, shop.id, uuid7())
        key = str(await letters.delivery(owner, shop.id, event_id, state=state))
        before = await row(owner, shop, key)
        answer = await shop.admin.post(f"/deliveries/{key}/replay")
        assert (answer.status_code, answer.json()["details"]["code"]) == (409, "delivery_not_dead")
        assert await row(owner, shop, key) == before
        assert await entries(shop, "core.delivery.replayed") == []

    async def test_two_at_once(self, shop: Shop, owner: Owner) -> None:
        """Of many who replay one letter at once one does, all others are told that it is dead no more."""
        key = await letters.letter(owner, shop.id)
        answers = await asyncio.gather(*(shop.admin.post(f"/deliveries/{key}/replay") for _ in range(4)))
        assert sorted(answer.status_code for answer in answers) == [200, 409, 409, 409]
        assert (await row(owner, shop, key))["replays"] == 1
        assert len(await entries(shop, "core.delivery.replayed")) == 1

    async def test_task(self, shop: Shop, owner: Owner) -> None:
        """The task that a dead delivery carried is queued again, and watchers see a change; one that ended well is not."""
        request = uuid7()
        for state, expected in (("failed", ("queued", 2)), ("succeeded", ("succeeded", 1))):
            task_id = await letters.task(owner, shop.id, request, state=state)
            key = await letters.task_letter(owner, shop.id, task_id, request)
            assert (await shop.admin.post(f"/deliveries/{key}/replay")).status_code == 200
            found = await owner.fetchrow(
                "SELECT state, revision FROM tasks WHERE tenant_id = $1 AND id = $2", shop.id, task_id
            )
            assert found is not None
            assert tuple(found) == expected


class TestReplayMany:
    """POST /deliveries/replay"""

    async def test_filters(self, shop: Shop, owner: Owner) -> None:
        """Those that pass, and no other; one entry of the log tells how many."""
        request = uuid7()
        chosen = [await letters.letter(owner, shop.id, request) for _ in range(3)]
        other = await letters.letter(owner, shop.id)
        answer = await shop.admin.post(
            "/deliveries/replay", json={"request_id": str(request), "handler": letters.HANDLER}
        )
        assert answer.json() == {"replayed": 3, "has_more": False}
        assert {(await row(owner, shop, key))["state"] for key in chosen} == {"done"}
        assert (await row(owner, shop, other))["state"] == "dead"
        (entry,) = await entries(shop, "core.deliveries.replayed")
        assert entry["after"] == {"request_id": str(request), "handler": letters.HANDLER, "replayed": 3}

    async def test_limit(self, shop: Shop, owner: Owner) -> None:
        """The oldest first, and whether more are left."""
        first, second = [await letters.letter(owner, shop.id) for _ in range(2)]
        answer = await shop.admin.post("/deliveries/replay", json={"limit": 1, "event": letters.EVENT})
        assert answer.json() == {"replayed": 1, "has_more": True}
        assert [(await row(owner, shop, key))["state"] for key in (first, second)] == ["done", "dead"]

    async def test_times(self, shop: Shop, owner: Owner) -> None:
        """Between two times, the second not among them."""
        keys = [await letters.letter(owner, shop.id) for _ in range(3)]
        begin, end = [(await row(owner, shop, key))["created_at"].isoformat() for key in keys[1:]]
        answer = await shop.admin.post("/deliveries/replay", json={"created_at[gte]": begin, "created_at[lt]": end})
        assert answer.json()["replayed"] == 1
        assert [(await row(owner, shop, key))["state"] for key in keys] == ["dead", "done", "dead"]

    async def test_none(self, shop: Shop) -> None:
        """Nothing to replay is no act, and no entry."""
        assert (await shop.admin.post("/deliveries/replay", json={})).json() == {"replayed": 0, "has_more": False}
        assert await entries(shop, "core.deliveries.replayed") == []

    @pytest.mark.parametrize(
        "body",
        [{"limit": 0}, {"limit": 1001}, {"limit": True}, {"state": "done"}, {"handler": ""}, {"request_id": "x"}, []],
    )
    async def test_bad_input(self, shop: Shop, owner: Owner, body: Any) -> None:
        """What is no filter, or no value of one, is 422, and nothing is replayed."""
        key = await letters.letter(owner, shop.id)
        assert (await shop.admin.post("/deliveries/replay", json=body)).status_code == 422
        assert (await row(owner, shop, key))["state"] == "dead"

    async def test_other_tenants(self, shops: Shops, shop: Shop, owner: Owner) -> None:
        """Another tenant's letters are as none, whatever the filter names."""
        other = await shops.shop()
        key = await letters.letter(owner, other.id, request := uuid4())
        answer = await shop.admin.post("/deliveries/replay", json={"request_id": str(request)})
        assert answer.json() == {"replayed": 0, "has_more": False}
        assert (await row(owner, other, key))["state"] == "dead"
