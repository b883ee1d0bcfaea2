"""Changing many prices: a task over REST."""

import asyncio
from typing import Any

import asyncpg
import pytest

from app.modules.catalog.services import changed_price
from app.utils.schemas import SAFE_INTEGER
from tests.support.shops import Shop, Shops, product

pytestmark = pytest.mark.anyio


async def prices(shop: Shop) -> dict[str, int]:
    """Every product's, by sku."""
    found = (await shop.owner.get("/products?limit=100")).json()["data"]
    return {item["sku"]: item["price"] for item in found}


async def furnish(shop: Shop, **wanted: dict[str, Any]) -> None:
    """Products by their sku."""
    for sku, values in wanted.items():
        assert (await shop.member.post("/products", json=product(sku=sku, **values))).status_code == 201


class TestReprice:
    """POST /products/reprice"""

    async def test_accepted(self, shops: Shops) -> None:
        """202 with the task and where to find it; at its end every price of the tenant has changed, and no other's."""
        shop, other = await shops.shop(), await shops.shop()
        await furnish(shop, a={"price": 450}, b={"price": 1000, "status": "active"}, c={"price": 0})
        await furnish(other, a={"price": 450})
        answer = await shop.member.post("/products/reprice", json={"percent": 10})
        body = answer.json()
        assert (answer.status_code, body["state"], body["cancellable"]) == (202, "queued", True)
        assert answer.headers["Location"] == f"/api/v1/tasks/{body['id']}"
        task = (await shop.viewer.get(f"/tasks/{body['id']}")).json()
        assert (task["state"], task["kind"], task["actor"]) == (
            "succeeded",
            "catalog.reprice",
            f"user:{shop.member.user_id}",
        )
        assert task["progress"] == {"done": 3, "total": 3, "unit": "products", "message": None, "partial": None}
        assert task["result"] == {"seen": 3, "changed": 2, "refused": 0}
        assert task["request_id"] == answer.headers["X-Request-ID"]
        assert {name: task[name] for name in ("id", "created_at", "kind", "after")} == {
            name: body[name] for name in ("id", "created_at", "kind", "after")
        }
        assert await prices(shop) == {"a": 495, "b": 1100, "c": 0}
        assert await prices(other) == {"a": 450}

    async def test_status(self, shops: Shops) -> None:
        """Those of one status, if it is named; archived ones never change."""
        shop = await shops.shop()
        await furnish(shop, a={"price": 100}, b={"price": 100, "status": "active"}, c={"price": 100})
        key = next(item["id"] for item in (await shop.owner.get("/products?q=c")).json()["data"] if item["sku"] == "c")
        await shop.owner.post(f"/products/{key}/archive", headers={"If-Match": "*"})
        await shop.owner.post("/products/reprice", json={"percent": 100, "status": "active"})
        assert await prices(shop) == {"a": 100, "b": 200, "c": 100}
        await shop.owner.post("/products/reprice", json={"percent": -50})
        assert await prices(shop) == {"a": 50, "b": 100, "c": 100}

    async def test_variants_of_the_archived(self, shops: Shops) -> None:
        """A further variant of an archived product is as archived as it is, whatever its own status."""
        shop = await shops.shop()
        await furnish(shop, gone={"price": 100}, kept={"price": 100})
        keys = {item["sku"]: item["id"] for item in (await shop.owner.get("/products")).json()["data"]}
        paths = {sku: f"/products/{key}/variants" for sku, key in keys.items()}
        made = {
            sku: (await shop.member.post(path, json=product(sku=f"{sku}-l", price=100))).json()["id"]
            for sku, path in paths.items()
        }
        await shop.owner.post(f"/products/{keys['gone']}/archive", headers={"If-Match": "*"})
        key = (await shop.owner.post("/products/reprice", json={"percent": 100})).json()["id"]
        assert (await shop.owner.get(f"/tasks/{key}")).json()["result"] == {"seen": 2, "changed": 2, "refused": 0}
        found = [(await shop.owner.get(f"{paths[sku]}/{made[sku]}")).json()["price"] for sku in ("gone", "kept")]
        assert found == [100, 200]

    async def test_overflow(self, shops: Shops) -> None:
        """A price that would be too large stays, and is counted; the others change."""
        shop = await shops.shop()
        await furnish(shop, a={"price": SAFE_INTEGER}, b={"price": 100})
        key = (await shop.owner.post("/products/reprice", json={"percent": 1})).json()["id"]
        assert (await shop.owner.get(f"/tasks/{key}")).json()["result"] == {"seen": 2, "changed": 1, "refused": 1}
        assert await prices(shop) == {"a": SAFE_INTEGER, "b": 101}

    async def test_audited(self, shops: Shops, owner: asyncpg.Connection) -> None:
        """An entry when it is started and one with the counts when it is over, both in the name of who started it."""
        shop = await shops.shop()
        await furnish(shop, a={"price": 100})
        key = (await shop.member.post("/products/reprice", json={"percent": 5})).json()["id"]
        rows = await owner.fetch(
            "SELECT action, actor, after->>'changed' AS changed FROM audit_entries WHERE tenant_id = $1 AND target = $2 ORDER BY id",
            shop.id,
            f"task:{key}",
        )
        by = f"user:{shop.member.user_id}"
        assert [tuple(row) for row in rows] == [
            ("catalog.repricing.started", by, None),
            ("catalog.repricing.finished", by, "1"),
        ]

    async def test_versions(self, shops: Shops) -> None:
        """A changed product has another ETag: who read it before is refused."""
        shop = await shops.shop()
        made = await shop.owner.post("/products", json=product(price=100))
        await shop.owner.post("/products/reprice", json={"percent": 5})
        path = f"/products/{made.json()['id']}"
        late = await shop.owner.patch(path, json={"price": 1}, headers={"If-Match": made.headers["ETag"]})
        assert late.status_code == 412

    @pytest.mark.parametrize(
        "body", [{}, {"percent": -91}, {"percent": 1001}, {"percent": 1.5}, {"percent": "5"}, {"percent": True},
                 {"percent": 5, "status": "archived"}, {"percent": 5, "id": 1}],
    )  # fmt: skip
    async def test_refused(self, shops: Shops, body: dict[str, Any]) -> None:
        """What is no percentage or no status is 422, and starts nothing."""
        shop = await shops.shop()
        assert (await shop.member.post("/products/reprice", json=body)).status_code == 422
        assert (await shop.viewer.get("/tasks")).json()["data"] == []

    async def test_who_may(self, shops: Shops) -> None:
        """Who may change products; a viewer may not."""
        shop = await shops.shop()
        assert (await shop.viewer.post("/products/reprice", json={"percent": 5})).status_code == 403

    async def test_one_at_a_time(self, shops: Shops, owner: asyncpg.Connection) -> None:
        """While one is unfinished another is 409, also of ten at once."""
        shop = await shops.shop()
        key = (await shop.member.post("/products/reprice", json={"percent": 5})).json()["id"]
        await owner.execute("UPDATE tasks SET state = 'running', finished_at = NULL WHERE id = $1", key)
        answers = await asyncio.gather(*(shop.member.post("/products/reprice", json={"percent": 5}) for _ in range(10)))
        assert {(answer.status_code, answer.json()["details"]["code"]) for answer in answers} == {
            (409, "too_many_tasks")
        }


@pytest.mark.parametrize(
    ("price", "percent", "changed"),
    [(10, 5, 10), (30, 5, 32), (50, 5, 52), (70, 5, 74), (1, 50, 2), (3, 50, 4), (1, -90, 0), (15, -90, 2), (0, 1000, 0),
     (SAFE_INTEGER, -90, 900719925474099), (5, 0, 5), (200, 1000, 2200)],
)  # fmt: skip
def test_rounding(price: int, percent: int, changed: int) -> None:
    """Half a minor unit goes to the even one; all else to the nearest."""
    assert changed_price(price, percent) == changed
