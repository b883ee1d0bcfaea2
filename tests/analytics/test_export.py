"""The reports as files."""

import csv
import io
from typing import Any
from uuid import UUID

import pytest

from app.extensions.routing import ModularApp
from tests.analytics.told import Sold, at, line
from tests.support.recording import record
from tests.support.shops import API, Shop, Shops, goods

pytestmark = pytest.mark.anyio  # at collection already: marked later, parametrised coroutines lose their parameters

JUNE = {"first_day": "2026-06-01", "last_day": "2026-06-30"}


async def table(shop: Shop, path: str, **asked: object) -> tuple[str, list[dict[str, Any]]]:
    """The name of the file and its lines; what is not quoted is a number."""
    answer = await shop.viewer.get(f"/analytics/{path}/export", params=asked)
    assert answer.status_code == 200, answer.text
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8; header=present"
    assert answer.headers["Cache-Control"] == "private, no-store"
    document = (await shop.viewer.get("/openapi.json")).json()["paths"][f"{API}/analytics/{path}/export"]["get"]
    assert answer.text.startswith(document["responses"]["200"]["content"]["text/csv"]["example"])
    rows = csv.DictReader(io.StringIO(answer.text, newline=""), quoting=csv.QUOTE_NONNUMERIC, strict=True)
    return answer.headers["Content-Disposition"], list(rows)


class TestExport:
    """GET /analytics/sales/export, /analytics/products/top/export"""

    async def test_sales(self, app: ModularApp, shops: Shops) -> None:
        """The points of the report, of each currency all, with numbers as numbers, below zero too; of a product alone, too."""
        shop, other = await shops.shop(), await shops.shop()
        tea, runtime = UUID(await goods(shop)), app.state.runtime
        mixed, yen = Sold(line(tea, 2, 700), line(UUID(await goods(shop)), 1, 50)), Sold(line(tea), currency="JPY")
        await record(runtime, shop.id, mixed.paid(at("2026-05-31 12:00")), mixed.refunded(at("2026-06-10 12:00")))
        await record(runtime, shop.id, yen.placed(at("2026-06-30 12:00")))
        name, rows = await table(shop, "sales", **JUNE, by="week")
        assert name == 'attachment; filename="sales-by-week-2026-06-01-to-2026-07-05.csv"'
        report = (await shop.viewer.get("/analytics/sales", params={**JUNE, "by": "week"})).json()
        points = [{"currency": each["currency"], **point} for each in report["series"] for point in each["points"]]
        assert rows == points
        assert [row["revenue"] for row in rows] == [0, -750, 0, 0, 0, 0, 0, 0, 0, 0]
        name, of_tea = await table(shop, "sales", **JUNE, by="month", product_id=tea)
        assert f"sales-of-{tea}-by-month-" in name
        assert [(row["currency"], row["revenue"], row["orders"]) for row in of_tea] == [("EUR", -700, 0), ("JPY", 0, 1)]
        assert (await table(other, "sales", **JUNE))[1] == []

    async def test_top(self, app: ModularApp, shops: Shops) -> None:
        """The list as the report has it. What would be a formula is none; what the catalog has no more has no name."""
        shop, gone = await shops.shop(), UUID(int=7)
        tea = UUID(await goods(shop, name='=HYPERLINK("x"), "tea"', sku="+1"))
        await record(app.state.runtime, shop.id, Sold(line(tea, 2, 700), line(gone)).paid(at("2026-06-10 12:00")))
        name, rows = await table(shop, "products/top", **JUNE)
        assert name == 'attachment; filename="top-products-2026-06-01-to-2026-06-30.csv"'
        known = {"sku": "'+1", "name": '\'=HYPERLINK("x"), "tea"'}
        assert rows == [
            {"currency": "EUR", "product_id": str(tea), **known, "orders": 1, "pieces": 2, "revenue": 700},
            {"currency": "EUR", "product_id": str(gone), "sku": "", "name": "", "orders": 1, "pieces": 1, "revenue": 100},
        ]  # fmt: skip
        assert len((await table(shop, "products/top", **JUNE, limit=1))[1]) == 1

    async def test_refused(self, shops: Shops) -> None:
        """As the reports: nobody, the plan, another tenant's product, a range too long."""
        shop, other, small = await shops.shop(), await shops.shop(), await shops.shop(plan="tight")
        sales, top = "/analytics/sales/export", "/analytics/products/top/export"
        product = await goods(other)
        for path in (sales, top):
            assert (await shop.viewer.get(path, headers={"Authorization": None})).status_code == 401
            assert (await small.owner.get(path)).json()["details"]["code"] == "feature_not_in_plan"
            refused = await shop.viewer.get(path, params={"first_day": "2020-01-01"})
            assert (refused.status_code, refused.headers["Content-Type"]) == (422, "application/json")
        assert (await shop.viewer.get(sales, params={"product_id": product})).status_code == 404
        assert (await shop.viewer.get(top, params={"by": "week"})).status_code == 422
