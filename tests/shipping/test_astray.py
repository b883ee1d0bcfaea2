"""What goes astray between the shop and its carriers: answers of the wrong one, tasks that never end, refunds meanwhile."""

from datetime import UTC, datetime
from typing import Any

import asyncpg
import pytest

from app.config import Settings
from app.extensions.routing import ModularApp
from app.modules.shipping import services as use_cases
from app.modules.shipping.adapters import LocalCarrier
from app.modules.shipping.interfaces import Booked, CarrierError, CarrierRefusedError, Heard, Parcel
from app.modules.shipping.services import TrackingService
from tests.shipping.test_shipments import OLDER, Desk, dispatch, parcels, read
from tests.shipping.test_webhooks import PENDING
from tests.support.shops import Shop, Shops, entrust, shipment

pytestmark = pytest.mark.anyio

Owner = asyncpg.Connection
ELSEWHERE = "UPDATE shipments SET carrier = 'http', tries = 0 WHERE tenant_id = $1"
ACTIONS = "SELECT action FROM audit_entries WHERE tenant_id = $1 AND target = $2"


@pytest.fixture
def desk(app: ModularApp) -> Desk:
    """Of the app under test."""
    return Desk(app)


@pytest.fixture
async def shop(shops: Shops) -> Shop:
    """A tenant."""
    return await shops.shop()


async def look_after(desk: Desk, shop: Shop) -> int:
    """What the schedule does."""
    found: int = await desk.run(shop, lambda commons: TrackingService(commons).look_after())
    return found


@pytest.mark.parametrize("refuses", [False, True])
async def test_another_was_chosen(refuses: bool, shop: Shop, owner: Owner, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a carrier answers when the shipment is with another by now is not the other's word; that it took it is noted."""
    key = await shipment(shop)
    await entrust(shop)

    async def late(_carrier: LocalCarrier, _parcel: Parcel) -> Booked:
        await owner.execute(ELSEWHERE, shop.id)
        if refuses:
            raise CarrierRefusedError("not by us")
        return Booked("P-late")

    monkeypatch.setattr(LocalCarrier, "book", late)
    await dispatch(shop, key)
    found = await read(shop, key)
    assert (found["status"], found["carrier"], found["reference"]) == ("pending", "http", None)
    acts = [row[0] for row in await owner.fetch(ACTIONS, shop.id, f"shipment:{key}")]
    assert ("shipping.booking.astray" in acts) is not refuses


async def test_taken_up(
    shop: Shop, desk: Desk, owner: Owner, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A shipment whose task was cancelled, or is dead, is taken up after an hour, and not before: it is paid for."""
    await entrust(shop)

    async def die(*_arguments: object) -> None:
        raise SystemExit

    with monkeypatch.context() as patched:
        patched.setattr(use_cases.BookingService, "booked", die)
        key = await shipment(shop)
    found = []
    for minutes in (59, 2, 61):
        await owner.execute(OLDER, shop.id, minutes)
        found.append((await look_after(desk, shop), (await read(shop, key))["reference"] is not None))
    assert (found, parcels(settings, key)) == ([(0, False), (1, True), (1, True)], 1)


async def test_none_chosen(shop: Shop, desk: Desk, owner: Owner) -> None:
    """Where no carrier was chosen nobody is asked, however long it takes."""
    await shipment(shop)
    await owner.execute(OLDER, shop.id, 10_000)
    assert await look_after(desk, shop) == 0


async def test_refund_under_way(shop: Shop, owner: Owner, settings: Settings, desk: Desk) -> None:
    """While the money is on its way back nobody is asked to take the goods; what comes of it decides."""
    key = await shipment(shop)
    await entrust(shop)
    order_id = (await read(shop, key))["order_id"]
    await owner.execute(PENDING, shop.id, order_id)
    await dispatch(shop, key)
    assert (parcels(settings, key), (await read(shop, key))["status"]) == (0, "pending")
    await owner.execute("DELETE FROM order_payments WHERE tenant_id = $1 AND kind = 'refund'", shop.id)
    await owner.execute(OLDER, shop.id, 61)
    await look_after(desk, shop)
    assert (parcels(settings, key), (await read(shop, key))["reference"] is not None) == (1, True)


async def test_one_of_many(shop: Shop, desk: Desk, owner: Owner, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a carrier says of one shipment, the others are asked for all the same."""
    await entrust(shop)
    keys = [await shipment(shop) for _ in range(2)]
    asked: list[str] = []

    async def odd(_carrier: LocalCarrier, reference: str) -> Heard:
        asked.append(reference)
        if len(asked) > 1:
            return Heard("inProgress", datetime.now(UTC))
        raise CarrierError("it does not say")

    monkeypatch.setattr(LocalCarrier, "track", odd)
    await owner.execute(OLDER, shop.id, 61)
    await look_after(desk, shop)
    told: list[Any] = [(await read(shop, key))["status"] for key in keys]
    assert (len(asked), "inProgress" in told) == (2, True)


async def test_credential_unreadable(shop: Shop, desk: Desk, owner: Owner) -> None:
    """A credential under a key that is gone fails nothing for good: entrusted anew, what waited for it goes on."""
    key = await shipment(shop)
    await entrust(shop)
    await owner.execute("UPDATE carrier_accounts SET credential = 'gone' WHERE tenant_id = $1", shop.id)
    await dispatch(shop, key)
    assert (await read(shop, key))["status"] == "pending"
    await entrust(shop)
    await owner.execute(OLDER, shop.id, 61)
    await look_after(desk, shop)
    assert (await read(shop, key))["reference"] is not None
