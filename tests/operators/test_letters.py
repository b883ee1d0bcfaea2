"""The deliveries of all tenants, as operators see, count and replay them."""

from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest

from app.utils.ids import uuid7
from tests.core import letters
from tests.operators.desk import operator
from tests.support.shops import Person, Shop, Shops
from tests.support.statements import counted

pytestmark = pytest.mark.anyio  # at collection already: marked later, parametrised coroutines lose their parameters

Owner = asyncpg.Connection
NOBODY = UUID(int=1)


@pytest.fixture
async def shop(shops: Shops) -> Shop:
    """A tenant with nothing in it."""
    return await shops.shop()


@pytest.fixture
async def staff(shops: Shops, owner: Owner) -> Person:
    """Somebody of the platform's staff."""
    return await operator(shops, owner)


async def state(owner: Owner, shop: Shop, key: str) -> str:
    """The delivery's state."""
    return str(await owner.fetchval("SELECT state FROM deliveries WHERE tenant_id = $1 AND id = $2", shop.id, int(key)))


async def entries(shop: Shop, action: str) -> list[dict[str, Any]]:
    """What the tenant's own log says of an operator's acts."""
    found: list[dict[str, Any]] = (await shop.admin.get(f"/audit-log?action={action}")).json()["data"]
    return found


class TestAccess:
    """/operator/deliveries, /operator/backlog"""

    @pytest.mark.parametrize(
        ("method", "path"),
        [
            ("GET", "/operator/deliveries"),
            ("GET", "/operator/backlog"),
            ("POST", "/operator/deliveries/replay"),
            ("POST", "/operator/deliveries/{tenant}/{key}/replay"),
        ],
    )
    async def test_others(self, shop: Shop, owner: Owner, method: str, path: str) -> None:
        """Nobody enters without a token, and the tenant's owner does not either."""
        key = await letters.letter(owner, shop.id)
        path = path.format(tenant=shop.id, key=key)
        assert (await shop.owner.call(method, path, headers={"Authorization": None})).status_code == 401
        assert (await shop.owner.call(method, path)).json()["details"]["code"] == "permission_denied"
        assert await state(owner, shop, key) == "dead"


class TestList:
    """GET /operator/deliveries"""

    async def test_filters(self, shop: Shop, shops: Shops, staff: Person, owner: Owner) -> None:
        """Of all tenants or of one; nothing of the payload is in it."""
        other, request = await shops.shop(), uuid7()
        mine, theirs = [await letters.letter(owner, item.id, request) for item in (shop, other)]
        answer = await staff.get(f"/operator/deliveries?state=dead&request_id={request}")
        assert [(item["tenant"], item["id"]) for item in answer.json()["data"]] == [
            (other.slug, theirs),
            (shop.slug, mine),
        ]
        assert "payload" not in answer.text
        assert "sku" not in answer.text
        for query, found in (
            (f"tenant_id={shop.id}", [mine]),
            (f"tenant_id={shop.id}&state=done", []),
            (f"tenant_id={shop.id}&handler={letters.HANDLER}&event={letters.EVENT}", [mine]),
            (f"tenant_id={uuid4()}", []),
        ):
            assert [item["id"] for item in (await staff.get(f"/operator/deliveries?{query}")).json()["data"]] == found

    async def test_pages(self, shop: Shop, shops: Shops, staff: Person, owner: Owner) -> None:
        """A cursor goes on over tenants, under its own filters only."""
        request = uuid7()
        keys = [await letters.letter(owner, item.id, request) for item in (shop, await shops.shop(), shop)]
        path, seen, cursor = f"/operator/deliveries?request_id={request}&limit=1", [], ""
        for _ in keys:
            page = (await staff.get(path + cursor)).json()
            seen += [item["id"] for item in page["data"]]
            cursor = f"&cursor={page['next_cursor']}"
            if page["has_more"]:
                last = cursor
        assert (seen, page["next_cursor"]) == (keys[::-1], None)
        for path in (f"/operator/deliveries?limit=1{last}", f"/operator/backlog?limit=1{last}"):
            assert (await staff.get(path)).json()["details"]["code"] == "invalid_cursor"

    @pytest.mark.parametrize("query", ["state=lost", "tenant_id=1", "slug=x", "limit=101", "created_at[lt]=x"])
    async def test_bad_input(self, staff: Person, query: str) -> None:
        """What is no filter, or no value of one, is 422."""
        assert (await staff.get(f"/operator/deliveries?{query}")).status_code == 422

    async def test_statements(self, shop: Shop, staff: Person, owner: Owner) -> None:
        """However many there are, one statement reads them."""
        path = f"/operator/deliveries?tenant_id={shop.id}"
        few = await counted(staff.get(path))
        for _ in range(5):
            await letters.letter(owner, shop.id)
        assert await counted(staff.get(path)) == few


class TestBacklog:
    """GET /operator/backlog"""

    async def test_counts(self, shop: Shop, staff: Person, owner: Owner) -> None:
        """By queue: what waits, runs, is set aside, is dead; what is done is in none, what is due later not late."""
        path = f"/operator/backlog?tenant_id={shop.id}"
        for name, count in (("pending", 2), ("leased", 1), ("parked", 1), ("dead", 3), ("done", 1)):
            for _ in range(count):
                await letters.delivery(owner, shop.id, await letters.event(owner, shop.id, uuid7()), state=name)
        set_due = "UPDATE deliveries SET due_at = now() + $3::int * interval '1 s' WHERE tenant_id = $1 AND state = $2"
        for name, seconds in (("pending", -600), ("parked", 300), ("leased", -9000), ("dead", -9000)):
            await owner.execute(set_due, shop.id, name, seconds)
        (found,) = (await staff.get(path)).json()["data"]
        late = found.pop("oldest_due_seconds")
        assert found == {
            "tenant_id": str(shop.id),
            "tenant": shop.slug,
            "queue": "default",
            "waiting": 2,
            "leased": 1,
            "parked": 1,
            "dead": 3,
        }
        assert 600 <= late < 700
        await owner.execute(set_due, shop.id, "pending", 300)
        assert (await staff.get(path)).json()["data"][0]["oldest_due_seconds"] == 0

    async def test_pages(self, shop: Shop, staff: Person, owner: Owner) -> None:
        """Queue by queue, tenant by tenant; none twice."""
        for queue in ("default", "mail"):
            key = await letters.letter(owner, shop.id)
            await owner.execute("UPDATE deliveries SET queue = $2 WHERE id = $1", int(key), queue)
        first = (await staff.get(f"/operator/backlog?tenant_id={shop.id}&limit=1")).json()
        path = f"/operator/backlog?tenant_id={shop.id}&limit=1&cursor={first['next_cursor']}"
        second = (await staff.get(path)).json()
        assert [page["data"][0]["queue"] for page in (first, second)] == ["default", "mail"]
        assert (first["has_more"], second["has_more"]) == (True, False)
        seen, following = set(), "/operator/backlog?limit=100"
        while following:
            page = (await staff.get(following)).json()
            seen |= {item["tenant"] for item in page["data"]}
            following = page["has_more"] and f"/operator/backlog?limit=100&cursor={page['next_cursor']}"
        assert shop.slug in seen


class TestReplay:
    """POST /operator/deliveries/{tenant_id}/{id}/replay"""

    async def test_runs(self, shop: Shop, staff: Person, owner: Owner) -> None:
        """It is done in its tenant, whose log names the operator; a second time there is nothing to replay."""
        key = await letters.letter(owner, shop.id)
        path = f"/operator/deliveries/{shop.id}/{key}/replay"
        assert (await staff.post(path)).status_code == 200
        assert await state(owner, shop, key) == "done"
        (entry,) = await entries(shop, "operators.delivery.replayed")
        assert (entry["actor"], entry["target"]) == (f"operator:{staff.user_id}", f"delivery:{key}")
        assert (await staff.post(path)).json()["details"]["code"] == "delivery_not_dead"

    async def test_task(self, shop: Shop, staff: Person, owner: Owner) -> None:
        """The task that it carried is queued again."""
        task_id = await letters.task(owner, shop.id, request := uuid7())
        key = await letters.task_letter(owner, shop.id, task_id, request)
        assert (await staff.post(f"/operator/deliveries/{shop.id}/{key}/replay")).status_code == 200
        assert await owner.fetchval("SELECT state FROM tasks WHERE id = $1", task_id) == "queued"

    async def test_no_such(self, shop: Shop, shops: Shops, staff: Person, owner: Owner) -> None:
        """A delivery of another tenant than the one that is named is not there."""
        key, other = await letters.letter(owner, shop.id), await shops.shop()
        for tenant_id, number in ((other.id, key), (NOBODY, key), (shop.id, "9" * 19)):
            assert (await staff.post(f"/operator/deliveries/{tenant_id}/{number}/replay")).status_code == 404
        assert (await staff.post(f"/operator/deliveries/{shop.id}/x/replay")).status_code == 422
        assert await state(owner, shop, key) == "dead"


class TestReplayMany:
    """POST /operator/deliveries/replay"""

    async def test_tenants(self, shop: Shop, shops: Shops, staff: Person, owner: Owner) -> None:
        """Tenant by tenant; each one's log tells of its own."""
        other, third, request = await shops.shop(), await shops.shop(), uuid7()
        keys = [(item, await letters.letter(owner, item.id, request)) for item in (shop, shop, other)]
        kept = await letters.letter(owner, third.id)
        answer = await staff.post("/operator/deliveries/replay", json={"request_id": str(request)})
        assert answer.json() == {"replayed": 3, "has_more": False}
        assert {await state(owner, item, key) for item, key in keys} == {"done"}
        assert await state(owner, third, kept) == "dead"
        for item, count in ((shop, 2), (other, 1)):
            (entry,) = await entries(item, "operators.deliveries.replayed")
            assert entry["after"] == {"request_id": str(request), "replayed": count}
        assert await entries(third, "operators.deliveries.replayed") == []

    async def test_limit(self, shop: Shop, shops: Shops, staff: Person, owner: Owner) -> None:
        """The limit counts over tenants, and it is said that more are left."""
        other, request = await shops.shop(), uuid7()
        keys = [(item, await letters.letter(owner, item.id, request)) for item in (shop, shop, other)]
        body = {"request_id": str(request), "limit": 2}
        answer = await staff.post("/operator/deliveries/replay", json=body)
        assert answer.json() == {"replayed": 2, "has_more": True}
        assert [await state(owner, item, key) for item, key in keys] == ["done", "done", "dead"]

    async def test_one_tenant(self, shop: Shop, shops: Shops, staff: Person, owner: Owner) -> None:
        """Only the named one's; one that is nobody's has none."""
        other = await shops.shop()
        keys = [await letters.letter(owner, item.id) for item in (shop, other)]
        answer = await staff.post("/operator/deliveries/replay", json={"tenant_id": str(shop.id)})
        assert answer.json() == {"replayed": 1, "has_more": False}
        assert [await state(owner, shop, keys[0]), await state(owner, other, keys[1])] == ["done", "dead"]
        answer = await staff.post("/operator/deliveries/replay", json={"tenant_id": str(NOBODY)})
        assert answer.json() == {"replayed": 0, "has_more": False}

    @pytest.mark.parametrize("body", [{"limit": 1001}, {"tenant_id": "x"}, {"state": "dead"}, {"id": "1"}])
    async def test_bad_input(self, staff: Person, body: Any) -> None:
        """What is no filter, or no value of one, is 422."""
        assert (await staff.post("/operator/deliveries/replay", json=body)).status_code == 422
