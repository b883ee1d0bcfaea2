"""Parcels that are refunded: what is on its way is lost, what has come is returned."""

import asyncpg
import pytest

from app.modules.shipping.services import TrackingService
from tests.shipping.test_shipments import OLDER, Desk, desk, read, refund, state_of
from tests.support.shops import Shops, entrust, shipment

__all__ = ["desk"]
pytestmark = pytest.mark.anyio
STOCK = "SELECT sum(stock)::int FROM products WHERE tenant_id = $1"


@pytest.mark.parametrize(("looks", "state", "back"), [(1, "shipped", 0), (2, "delivered", 1)])
async def test_refunded(shops: Shops, owner: asyncpg.Connection, desk: Desk, looks: int, state: str, back: int) -> None:
    """The money goes back either way, the pieces only where the buyer had them; a lost parcel that turns up changes nothing more."""
    shop = await shops.shop()
    await entrust(shop)
    key = await shipment(shop)
    order_id = (await read(shop, key))["order_id"]

    async def look() -> None:
        await owner.execute(OLDER, shop.id, 61)
        await desk.run(shop, lambda commons: TrackingService(commons).look_after())

    for _ in range(looks):
        await look()
    (line,) = (await shop.viewer.get(f"/orders/{order_id}")).json()["lines"]
    before = await owner.fetchval(STOCK, shop.id)
    assert await state_of(shop, order_id) == state
    await refund(shop, order_id)
    await look()
    assert await state_of(shop, order_id) == "refunded"
    assert await owner.fetchval(STOCK, shop.id) == before + back * line["quantity"]
