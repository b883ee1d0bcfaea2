"""Labels over REST: there once a carrier has booked the shipment, fetched later where they do not come at once."""

from typing import Any
from uuid import UUID

import asyncpg
import pytest

from app.extensions.routing import ModularApp
from app.modules.shipping.adapters import LocalCarrier
from app.modules.shipping.interfaces import CarrierError
from app.modules.shipping.labels import ZPL
from app.modules.shipping.services import TrackingService
from app.services.filesystem import FileKey
from tests.orders.test_carts import code
from tests.shipping.test_shipments import OLDER, Desk, desk, dispatch, read
from tests.support.shops import Shops, entrust, shipment

__all__ = ["desk"]
pytestmark = pytest.mark.anyio


async def silent(*_: Any) -> Any:
    """In the place of a question to the carrier."""
    raise CarrierError("the carrier did not answer in time")


async def test_story(shops: Shops) -> None:
    """409 before it is booked; then a link to what the carrier wants on the parcel, the tenant's alone, which goes with the tenant."""
    shop, other = await shops.shop(), await shops.shop()
    key = await shipment(shop)
    path = f"/shipments/{key}/label"
    assert code(await shop.viewer.get(path)) == (409, "label_missing")
    await entrust(shop)
    await dispatch(shop, key)
    label = (await shop.viewer.get(path)).json()
    assert label["media_type"] == ZPL
    got = await shop.viewer.client.get(label["href"])
    assert got.headers["Content-Disposition"] == 'attachment; filename="label-1.zpl"'
    assert (got.content[:3], (await read(shop, key))["reference"].encode() in got.content) == (b"^XA", True)
    assert (await other.owner.get(path)).status_code == 404
    assert (await shop.viewer.get(path, headers={"Authorization": None})).status_code == 401
    assert [file.name for file in (shops.files / str(shop.id) / "shipping").iterdir() if file.is_file()] == [key]


async def test_later(
    app: ModularApp, shops: Shops, owner: asyncpg.Connection, monkeypatch: pytest.MonkeyPatch, desk: Desk
) -> None:
    """A label that does not come leaves the booking as it is, and is asked for again with the parcel; a file that lies there already counts."""
    shop = await shops.shop()
    await entrust(shop)

    with monkeypatch.context() as patch:
        patch.setattr(LocalCarrier, "label", silent)
        key = await shipment(shop)
    found = await read(shop, key)
    assert (found["status"], found["reference"]) == ("pending", f"P-{UUID(key).hex}")
    assert code(await shop.viewer.get(f"/shipments/{key}/label")) == (409, "label_missing")

    async def lies_there() -> Any:
        yield b"%PDF-1.7 %%EOF"

    await app.state.runtime.files.write(FileKey(shop.id, "shipping", UUID(key)), lies_there())
    await owner.execute(OLDER, shop.id, 61)
    await desk.run(shop, lambda commons: TrackingService(commons).look_after())
    label = (await shop.viewer.get(f"/shipments/{key}/label")).json()
    assert (label["media_type"], (await shop.viewer.client.get(label["href"])).content) == (
        "application/pdf",
        b"%PDF-1.7 %%EOF",
    )


async def test_spoilt(
    app: ModularApp, shops: Shops, owner: asyncpg.Connection, monkeypatch: pytest.MonkeyPatch, desk: Desk
) -> None:
    """A file that lies there and is no label any more keeps nobody from hearing of this parcel and the next, and makes room."""
    shop = await shops.shop()
    await entrust(shop)

    async def spoilt() -> Any:
        yield b"%PDF-1.7"

    with monkeypatch.context() as patch:
        patch.setattr(LocalCarrier, "label", silent)
        keys = [await shipment(shop), await shipment(shop)]
    await app.state.runtime.files.write(FileKey(shop.id, "shipping", UUID(keys[0])), spoilt())
    for status, labels in (("inProgress", [409, 200]), ("delivered", [200, 200])):
        await owner.execute(OLDER, shop.id, 61)
        await desk.run(shop, lambda commons: TrackingService(commons).look_after())
        assert [(await read(shop, key))["status"] for key in keys] == [status, status]
        assert [(await shop.viewer.get(f"/shipments/{key}/label")).status_code for key in keys] == labels
