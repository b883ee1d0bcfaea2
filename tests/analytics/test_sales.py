"""What was sold, over REST."""

from itertools import permutations
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest

from app.extensions.routing import ModularApp
from app.modules.orders.events import UNTOLD
from app.utils.schemas import SAFE_INTEGER
from tests.analytics.told import Shipped, Sold, at, facts, line
from tests.support.recording import record, unit
from tests.support.shops import Shop, Shops, cart, goods

pytestmark = pytest.mark.anyio  # at collection already: marked later, parametrised coroutines lose their parameters

ANY = {"If-Match": "*"}
SETTINGS = "/tenants/current/settings/analytics"


async def read(shop: Shop, path: str, **asked: object) -> Any:
    """What a viewer is answered."""
    answer = await shop.viewer.get(f"/analytics/{path}", params=asked)
    assert answer.status_code == 200, answer.text
    return answer.json()


def row(sums: dict[str, Any]) -> tuple[int, ...]:
    """Orders placed, cancelled, paid, refunded; pieces; money in, out, and what is left."""
    names = ("orders", "cancelled", "paid", "refunded", "pieces", "gross", "refunds", "revenue")
    return tuple(sums[name] for name in names)


class TestSales:
    """GET /analytics/sales, /analytics/products/{product_id}/orders, /analytics/products/top"""

    async def test_who_may(self, shops: Shops) -> None:
        """Nobody without signing in; another tenant's product is not there, nor is a variant one; a viewer reads."""
        shop, other = await shops.shop(), await shops.shop()
        assert (await shop.owner.get("/analytics/sales", headers={"Authorization": None})).status_code == 401
        path = f"/analytics/products/{await goods(shop)}/orders"
        assert [(await each.viewer.get(path)).status_code for each in (shop, other)] == [200, 404]
        assert (await read(shop, "sales"))["series"] == []

    async def test_a_day(self, shops: Shops) -> None:
        """Orders that are placed, paid, refunded and cancelled are counted, down to each product's part without the discount."""
        shop = await shops.shop()
        tea, rice = await goods(shop, price=1000, name="Tea"), await goods(shop, price=500)
        large = {"sku": "L", "name": "Large", "price": 3000, "currency": "EUR", "status": "active", "stock": 9}
        pack = (await shop.member.post(f"/products/{tea}/variants", json=large)).json()["id"]
        keys = [
            await cart(shop.admin, (tea, 1), (pack, 1), (rice, 1)),
            await cart(shop.admin, (rice, 2)),
            await cart(shop.admin, (rice, 3)),
        ]
        await shop.admin.patch(f"/carts/{keys[0]}", json={"discount_percent": 33}, headers=ANY)
        for key in keys:
            assert (await shop.admin.post(f"/carts/{key}/place", headers=ANY)).status_code == 200
        for key in keys[:2]:
            await shop.member.post(f"/orders/{key}/pay", json={"source": "card_accept"})
        await shop.admin.post(f"/orders/{keys[1]}/refund")
        await shop.member.post(f"/orders/{keys[2]}/cancel", headers=ANY)
        (euros,) = (await read(shop, "sales"))["series"]
        assert (euros["currency"], len(euros["points"])) == ("EUR", 30)
        assert row(euros["totals"]) == (3, 1, 2, 1, 3, 3015 + 1000, 1000, 3015)
        (of_tea,), (of_rice,) = [(await read(shop, f"products/{each}/orders"))["series"] for each in (tea, rice)]
        assert row(of_tea["totals"]) == (1, 0, 1, 0, 2, 2680, 0, 2680)
        assert row(of_rice["totals"]) == (3, 1, 2, 1, 1, 335 + 1000, 1000, 335)
        assert (await read(shop, f"products/{tea}/orders"))["product_id"] == tea
        assert (await shop.viewer.get(f"/analytics/products/{pack}/orders")).status_code == 404
        names = {rice: (await shop.viewer.get(f"/products/{rice}")).json()["name"], tea: "Tea"}
        (top,) = (await read(shop, "products/top"))["series"]
        told = [(each["product_id"], each["name"], each["pieces"], each["revenue"]) for each in top["products"]]
        assert told == [(tea, names[tea], 2, 2680), (rice, names[rice], 1, 335)]

    async def test_time_zone(self, app: ModularApp, shops: Shops) -> None:
        """Days are the tenant's; with another zone the same moments are in other days, all the past at once; a refund is of its own day."""
        shop, other = await shops.shop(), await shops.shop()
        sold = Sold(line(uuid4(), 2, 700))
        late, back = at("2026-01-31 23:30"), at("2026-03-29 22:30")
        await record(app.state.runtime, shop.id, sold.placed(late), sold.paid(late), sold.refunded(back))
        asked = {"first_day": "2026-01-15", "last_day": "2026-03-31", "by": "month"}
        found = await read(shop, "sales", **asked)
        assert (found["time_zone"], found["first_day"], found["last_day"]) == ("UTC", "2026-01-01", "2026-03-31")
        assert [point["revenue"] for point in found["series"][0]["points"]] == [700, 0, -700]
        changed = await shop.admin.patch(SETTINGS, json={"time_zone": "Europe/Berlin"}, headers=ANY)
        assert changed.status_code == 200, changed.text
        assert (await shop.admin.patch(SETTINGS, json={"time_zone": "Mars/Base"}, headers=ANY)).status_code == 422
        found = await read(shop, "sales", **asked)
        assert [point["revenue"] for point in found["series"][0]["points"]] == [0, 700, -700]
        days = await read(shop, "sales", first_day="2026-03-29", last_day="2026-03-31")
        assert [point["revenue"] for point in days["series"][0]["points"]] == [0, -700, 0]
        weeks = await read(shop, "sales", first_day="2026-02-01", last_day="2026-02-02", by="week")
        assert [(point["start"], point["paid"]) for point in weeks["series"][0]["points"]] == [
            ("2026-01-26", 1),
            ("2026-02-02", 0),
        ]
        assert (await read(other, "sales", **asked))["time_zone"] == "UTC"

    async def test_any_order(self, app: ModularApp, shops: Shops, owner: asyncpg.Connection) -> None:
        """In whatever order the events arrive, and however often: the same facts, each once. What is too old to tell its moment is none."""
        shop, moment = await shops.shop(), at("2026-05-01 10:00")
        product = uuid4()
        sold = [Sold(line(product), line(product, 2, 300)) for _ in range(6)]
        orders = permutations(range(3))
        for each, order in zip(sold, orders, strict=True):
            events = [each.placed(moment), each.paid(moment), each.refunded(moment)]
            for place in (*order, order[0]):
                await record(app.state.runtime, shop.id, events[place])
        await record(app.state.runtime, shop.id, Sold(line(product)).placed(UNTOLD))
        found = await facts(owner, shop.id)
        assert len(found) == 18
        assert {item[1:] for item in found} == {
            (kind, moment, "EUR", 3, 400, product, moment, "EUR", 3, 400) for kind in ("placed", "paid", "refunded")
        }

    async def test_shipments(self, app: ModularApp, shops: Shops) -> None:
        """Where shipments with a product stand, by the latest that was told, in whatever order; one that fails may go on."""
        shop, other = await shops.shop(), await shops.shop()
        tea, rice = [UUID(await goods(shop)) for _ in range(2)]
        path, runtime = f"products/{tea}/shipping", app.state.runtime
        ways = [("pending", "inProgress", "failed", "inProgress"), ("pending", "delivered"), ("pending",)]
        for way in ways:
            for event in reversed(Shipped(tea, rice).moves(*way)):
                await record(runtime, shop.id, event)
        await record(runtime, shop.id, *Shipped(rice).moves("pending", "failed"))
        found = await read(shop, path)
        told = {each["status"]: each["shipments"] for each in found["statuses"]}
        assert (found["total"], told) == (3, {"pending": 1, "inProgress": 1, "delivered": 1, "failed": 0})
        assert await read(shop, path, status="inProgress") == {
            "product_id": str(tea),
            "total": 1,
            "statuses": [{"status": "inProgress", "shipments": 1}],
        }
        assert (await shop.viewer.get(f"/analytics/{path}?status=lost")).status_code == 422
        assert (await other.viewer.get(f"/analytics/{path}")).status_code == 404

    async def test_currencies(self, app: ModularApp, shops: Shops) -> None:
        """Each has a series of its own, ten at most; one may be asked for. Products are ranked within it, by what is asked for."""
        shop, day, runtime = await shops.shop(), "2026-05-01", app.state.runtime
        first, second = uuid4(), uuid4()
        names = [f"X{letter}X" for letter in "ABCDEFGHIJK"]
        async with unit(runtime, shop.id) as uow:
            for name in (*names, "EUR", "EUR"):
                sold = Sold(line(first, 1, SAFE_INTEGER), line(second, 5, 100), currency=name)
                uow.record(sold.paid(at(f"{day} 12:00")))
        asked = {"first_day": day, "last_day": day}
        series = (await read(shop, "sales", **asked))["series"]
        assert [each["currency"] for each in series] == ["EUR", *names[:9]]
        assert series[0]["totals"]["revenue"] == SAFE_INTEGER
        (only,) = (await read(shop, "sales", **asked, currency="XKX"))["series"]
        assert (only["currency"], only["totals"]["paid"]) == ("XKX", 1)
        best = {
            ranking: (await read(shop, "products/top", **asked, currency="EUR", sort=ranking, limit=1))["series"]
            for ranking in ("revenue", "pieces")
        }
        told = {ranking: [item["product_id"] for item in found[0]["products"]] for ranking, found in best.items()}
        assert told == {"revenue": [str(first)], "pieces": [str(second)]}
        assert best["revenue"][0]["products"][0]["name"] is None
        assert len((await read(shop, "products/top", **asked))["series"]) == 10

    async def test_refused(self, shops: Shops) -> None:
        """What is no day, no step, too long, the wrong way round or unknown is 422 and names its parameter."""
        shop = await shops.shop()
        for query, name in (
            ("first_day=2026-02-30", "first_day"),
            ("first_day=1767225600", "first_day"),
            ("first_day=1999-12-31", "first_day"),
            ("last_day=9999-12-31", "last_day"),
            ("first_day=2026-01-02&last_day=2026-01-01", "last_day"),
            ("first_day=2025-01-01&last_day=2026-12-31", "first_day"),
            ("by=hour", "by"),
            ("currency=eur", "currency"),
            ("zone=UTC", "zone"),
        ):
            answer = await shop.viewer.get(f"/analytics/sales?{query}")
            assert answer.status_code == 422, query
            assert [fault["parameter"] for fault in answer.json()["details"]["errors"]] == [name], query
        assert (await shop.viewer.get("/analytics/products/top?by=day")).status_code == 422

    async def test_plan(self, shops: Shops) -> None:
        """A plan without analytics: 403 with the reason and, for whoever may know, the plans that have it."""
        shop = await shops.shop(plan="tight")
        for answer in (await shop.owner.get("/analytics/sales"), await shop.owner.post("/analytics/rebuilds")):
            details = answer.json()["details"]
            assert (answer.status_code, details["code"]) == (403, "feature_not_in_plan")
            assert (details["decision"]["missing"], details["decision"]["reason"]) == (
                ["analytics"],
                "the plan tight does not include analytics",
            )
        assert "analytics" not in (await shop.owner.get("/me")).json()["features"]
