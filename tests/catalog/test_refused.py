"""What the catalog refuses of variants and categories, each once."""

from uuid import UUID

import pytest

from app.modules.catalog.api import Wanted
from app.utils.ids import uuid7
from tests.catalog.test_categories import changed, code
from tests.catalog.test_categories import made as category
from tests.catalog.test_stock import Open, api
from tests.catalog.test_variants import made
from tests.support.shops import Shops, product

__all__ = ["api"]
pytestmark = pytest.mark.anyio
ANY = {"If-Match": "*"}


async def test_variants(shops: Shops, api: Open) -> None:
    """A sku that is taken, a stock below what orders hold, a change of what is archived; a status that changes is told of."""
    shop = await shops.shop()
    path = await made(shop)
    body = product(stock=5, status="active")
    first = (await shop.member.post(path, json=body)).json()
    second = (await shop.member.post(path, json=product())).json()
    answer = await shop.member.patch(f"{path}/{second['id']}", json={"sku": body["sku"]}, headers=ANY)
    assert code(answer) == (409, "product_sku_taken")
    async with api(shop) as catalog:
        await catalog.reserve(uuid7(), [Wanted(UUID(first["id"]), 3)])
    answer = await shop.member.patch(f"{path}/{first['id']}", json={"stock": 1}, headers=ANY)
    assert code(answer) == (409, "stock_reserved")
    answer = await shop.member.patch(f"{path}/{second['id']}", json={"status": "active"}, headers=ANY)
    assert answer.status_code == 200
    assert (await shop.member.post(f"{path}/{second['id']}/archive", headers=ANY)).status_code == 200
    assert code(await shop.member.post(f"{path}/{second['id']}/archive", headers=ANY)) == (409, "variant_archived")


async def test_categories(shops: Shops) -> None:
    """A name that is taken beside it."""
    shop = await shops.shop()
    await category(shop, "Tea")
    other = await category(shop, "Coffee")
    assert code(await changed(shop, other, name="Tea")) == (409, "category_name_taken")
