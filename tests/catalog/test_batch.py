"""POST /products/batch: many at once, each as if it came alone."""

from typing import Any
from uuid import uuid4

import asyncpg
import pytest

from app.extensions.routing import API, ModularApp
from tests.support.routes import rules
from tests.support.shops import Shop, Shops, product
from tests.support.statements import SENT

PATH = "/products/batch"


async def left(owner: asyncpg.Connection, shop: Shop) -> dict[str, int]:
    """How many rows of each kind the tenant has."""
    return {
        table: await owner.fetchval(f"SELECT count(*) FROM {table} WHERE tenant_id = $1", shop.id)
        for table in ("products", "events", "audit_entries")
    }


def batch(*items: Any, **more: Any) -> dict[str, Any]:
    """A body."""
    return {"items": list(items), **more}


async def write(shop: Shop, times: int) -> list[int]:
    """The statuses of so many single writes. In five seconds one of `tight` flows back."""
    return [(await shop.member.post("/products", json=product())).status_code for _ in range(times)]


class TestAccess:
    """Who may"""

    async def test_anonymous(self, shops: Shops) -> None:
        """Nobody without signing in."""
        answer = await (await shops.shop()).owner.post(PATH, json=batch(product()), headers={"Authorization": None})
        assert answer.status_code == 401

    async def test_other_tenant(self, shops: Shops, owner: asyncpg.Connection) -> None:
        """No member of another tenant."""
        shop, other = await shops.shop(), await shops.shop()
        answer = await shop.owner.post(PATH, json=batch(product()), headers={"X-Tenant-ID": str(other.id)})
        assert answer.status_code == 404
        assert await left(owner, other) == {"products": 0, "events": 0, "audit_entries": 0}

    async def test_viewer(self, shops: Shops) -> None:
        """Nobody who may not make one."""
        answer = await (await shops.shop()).viewer.post(PATH, json=batch(product()))
        assert answer.json()["details"]["decision"]["missing"] == ["catalog.products:write"]

    async def test_rules(self, app: ModularApp) -> None:
        """Of every batch in the platform the rule is that of a single one."""
        found = rules(app)
        batches = {path for method, path in found if path.endswith("/batch") and method == "POST"}
        assert f"{API}{PATH}" in batches
        for path in batches:
            assert found["POST", path] == found["POST", path.removesuffix("/batch")], path


class TestEach:
    """Each item for itself"""

    async def test_all_made(self, shops: Shops, owner: asyncpg.Connection) -> None:
        """A result for each, in order; an event and an audit entry for each, as alone."""
        shop, bodies = await shops.shop(), [product() for _ in range(3)]
        answer = await shop.member.post(PATH, json=batch(*bodies))
        assert answer.status_code == 200
        out = answer.json()
        assert (out["succeeded"], out["failed"]) == (3, 0)
        assert [result["index"] for result in out["results"]] == [0, 1, 2]
        assert [result["status"] for result in out["results"]] == [201] * 3
        for body, result in zip(bodies, out["results"], strict=True):
            assert result["problem"] is None
            assert {name: result["resource"][name] for name in body} == body
            assert (await shop.viewer.get(f"/products/{result['resource']['id']}")).json() == result["resource"]
        assert await left(owner, shop) == {"products": 3, "events": 3, "audit_entries": 3}
        assert "ETag" not in answer.headers

    async def test_some_fail(self, shops: Shops, owner: asyncpg.Connection) -> None:
        """What is no product, and what contradicts another, fails alone and leaves nothing; pointers lead into the whole body."""
        shop, first = await shops.shop(), product()
        items = [first, {**product(), "price": -1, "tenant_id": str(uuid4())}, first, "no object", product()]
        out = (await shop.member.post(PATH, json=batch(*items))).json()
        assert (out["succeeded"], out["failed"]) == (2, 3)
        assert [result["status"] for result in out["results"]] == [201, 422, 409, 422, 201]
        assert [result["resource"] is None for result in out["results"]] == [False, True, True, True, False]
        bad, taken, odd = (out["results"][index]["problem"] for index in (1, 2, 3))
        assert (bad["code"], {fault["pointer"] for fault in bad["errors"]}) == (
            "validation_failed",
            {"/items/1/price", "/items/1/tenant_id"},
        )
        assert (taken["code"], [fault["pointer"] for fault in taken["errors"]]) == ("product_sku_taken", ["/items/2"])
        assert (odd["code"], [fault["pointer"] for fault in odd["errors"]]) == ("validation_failed", ["/items/3"])
        assert await left(owner, shop) == {"products": 2, "events": 2, "audit_entries": 2}

    async def test_nothing_is_echoed(self, shops: Shops) -> None:
        """A rejected value comes back nowhere."""
        answer = await (await shops.shop()).member.post(PATH, json=batch({**product(), "currency": "<canary>"}))
        assert "canary" not in answer.text

    async def test_again(self, shops: Shops, owner: asyncpg.Connection) -> None:
        """With an Idempotency-Key the whole happens once, and the first results come again, the failures too."""
        shop, body = await shops.shop(), batch(product(), {"sku": "x"})
        answers = [await shop.member.post(PATH, json=body, headers={"Idempotency-Key": "b-1"}) for _ in range(2)]
        assert answers[0].content == answers[1].content
        assert answers[1].headers["Idempotent-Replayed"] == "true"
        assert await left(owner, shop) == {"products": 1, "events": 1, "audit_entries": 1}


class TestAtomic:
    """All or nothing"""

    async def test_all_made(self, shops: Shops, owner: asyncpg.Connection) -> None:
        """All of them, with no savepoint."""
        shop, before = await shops.shop(), len(SENT)
        out = (await shop.member.post(PATH, json=batch(product(), product(), atomic=True))).json()
        assert (out["succeeded"], [result["status"] for result in out["results"]]) == (2, [201, 201])
        assert await left(owner, shop) == {"products": 2, "events": 2, "audit_entries": 2}
        assert not [statement for statement in SENT[before:] if "SAVEPOINT" in statement]

    @pytest.mark.parametrize("place", [0, 1, 2])
    async def test_one_fails(self, shops: Shops, owner: asyncpg.Connection, place: int) -> None:
        """One that contradicts what is there undoes all: its own problem, pointing at it."""
        shop, taken = await shops.shop(), product()
        assert (await shop.member.post("/products", json=taken)).status_code == 201
        items = [product() for _ in range(3)]
        items[place] = taken
        answer = await shop.member.post(PATH, json=batch(*items, atomic=True))
        problem = answer.json()["details"]
        assert (answer.status_code, problem["code"]) == (409, "product_sku_taken")
        assert [fault["pointer"] for fault in problem["errors"]] == [f"/items/{place}"]
        assert await left(owner, shop) == {"products": 1, "events": 1, "audit_entries": 1}

    async def test_invalid(self, shops: Shops, owner: asyncpg.Connection) -> None:
        """All items that are none are named at once."""
        shop = await shops.shop()
        answer = await shop.member.post(
            PATH, json=batch({**product(), "price": -1}, product(), {**product(), "stock": "1"}, atomic=True)
        )
        faults = answer.json()["details"]["errors"]
        assert (answer.status_code, [fault["pointer"] for fault in faults]) == (
            422,
            ["/items/0/price", "/items/2/stock"],
        )
        assert await left(owner, shop) == {"products": 0, "events": 0, "audit_entries": 0}


class TestRate:
    """What it counts: as many writes as it has items; `tight` has twelve for a person"""

    async def test_each_item(self, shops: Shops) -> None:
        """A batch takes what its items would take alone; one that is larger than the window takes all of it."""
        shop = await shops.shop(plan="tight")
        answer = await shop.member.post(PATH, json=batch(*(product() for _ in range(30))))
        assert (answer.status_code, answer.json()["succeeded"]) == (200, 30)
        assert answer.headers["RateLimit"].startswith('"person-write";r=0;')
        assert 429 in await write(shop, 3)

    @pytest.mark.parametrize("atomic", [False, True])
    async def test_all_or_none(self, shops: Shops, owner: asyncpg.Connection, atomic: bool) -> None:
        """One for which too few are left makes nothing and takes nothing; the problem tells what is left, and when it would pass."""
        shop = await shops.shop(plan="tight")
        bodies = [batch(*(product() for _ in range(number)), atomic=atomic) for number in (8, 10)]
        answers = [await shop.member.post(PATH, json=body) for body in bodies]
        assert [answer.status_code for answer in answers] == [200, 429]
        assert answers[1].json()["details"]["violated-policies"] == ["person-write"]
        assert answers[1].headers["RateLimit"].startswith(('"person-write";r=4;', '"person-write";r=5;'))
        assert 20 <= int(answers[1].headers["Retry-After"]) <= 30
        assert (await left(owner, shop))["products"] == 8
        assert (await shop.member.post("/products", json=product())).status_code == 201

    async def test_what_is_no_item(self, shops: Shops) -> None:
        """What is refused item by item counts too, as it does alone."""
        shop = await shops.shop(plan="tight")
        answer = await shop.member.post(PATH, json=batch(*({} for _ in range(12))))
        assert (answer.status_code, answer.json()["failed"]) == (200, 12)
        assert 429 in await write(shop, 3)


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"items": []},
        {"items": None},
        {"items": {}},
        {"items": [product()] * 101},
        {"items": [product()], "atomic": 1},
        {"items": [product()], "atomic": None},
        {"items": [product()], "more": 1},
        [],
    ],
    ids=str,
)
async def test_malformed(shops: Shops, body: Any) -> None:
    """No items, more than a hundred, something else beside them: the whole is refused."""
    answer = await (await shops.shop()).member.post(PATH, json=body)
    assert (answer.status_code, answer.json()["details"]["code"]) == (422, "validation_failed")


async def test_a_hundred(shops: Shops) -> None:
    """A hundred are none too many."""
    answer = await (await shops.shop()).member.post(PATH, json=batch(*(product() for _ in range(100))))
    assert answer.json()["succeeded"] == 100
