"""Shipments over REST: made once by what is paid, booked once however often a carrier is asked."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest

from app.auth.commons import Commons
from app.config import Settings
from app.db.uow import UnitOfWork
from app.extensions.routing import ModularApp
from app.modules.shipping import services as use_cases
from app.modules.shipping.adapters import LocalCarrier
from app.modules.shipping.interfaces import Booked, Parcel
from app.modules.shipping.limits import MAX_TRIES
from app.modules.shipping.services import ShipmentService, TrackingService
from app.utils.ids import uuid7
from tests.orders.test_carts import code
from tests.orders.test_payments import pay
from tests.orders.test_refused import no_room
from tests.shipping.test_adapters import carrier
from tests.support.failing_server import serving
from tests.support.shops import WEBHOOK_SECRET, Shop, Shops, entrust, order, shipment

pytestmark = pytest.mark.anyio  # at collection already: marked later, parametrised coroutines lose their parameters

Owner = asyncpg.Connection
EVENTS = "SELECT name, payload FROM events WHERE tenant_id = $1 AND name LIKE 'shipping.%' ORDER BY id"
OLDER = "UPDATE shipments SET heard_at = heard_at - $2 * interval '1 minute' WHERE tenant_id = $1"
ACTS = "SELECT action, actor FROM audit_entries WHERE tenant_id = $1 AND target = $2 ORDER BY id"


async def read(shop: Shop, key: str) -> Mapping[str, Any]:
    """A shipment."""
    found: dict[str, Any] = (await shop.viewer.get(f"/shipments/{key}")).json()
    return found


async def dispatch(shop: Shop, key: str) -> Any:
    """Have it booked."""
    return await shop.member.post(f"/shipments/{key}/dispatch")


async def state_of(shop: Shop, key: object) -> str:
    """An order's."""
    return str((await shop.viewer.get(f"/orders/{key}")).json()["state"])


async def refund(shop: Shop, key: object) -> None:
    """Give the money back."""
    assert (await shop.admin.post(f"/orders/{key}/refund")).status_code == 202


def parcels(settings: Settings, key: str) -> int:
    """How many parcels the local carrier has of a shipment."""
    return len([*Path(settings.shipping.folder).glob(f"P-{UUID(key).hex}.json")])


class Desk:
    """Use cases as handlers have them, in a transaction of a tenant's."""

    def __init__(self, app: ModularApp) -> None:
        self._runtime = app.state.runtime

    async def run(self, shop: Shop, use: Any) -> Any:
        """What comes of `use(commons)`, committed."""
        uow: UnitOfWork
        async with self._runtime.identity.tenant_unit(uuid7(), shop.id) as uow:
            commons: Commons = self._runtime.hub.commons(uow)
            return await use(commons)


@pytest.fixture
def desk(app: ModularApp) -> Desk:
    """Of the app under test."""
    return Desk(app)


class TestMade:
    """What OrderPaid makes"""

    async def test_booked(self, shops: Shops, owner: Owner, settings: Settings, desk: Desk) -> None:
        """One shipment, booked at the chosen carrier, told and noted in the buyer's name; seen by the tenant alone."""
        shop, other = await shops.shop(), await shops.shop()
        await entrust(shop)
        key = await shipment(shop)
        found = await read(shop, key)
        assert (found["status"], found["carrier"], found["order_number"]) == ("pending", "local", 1)
        assert (found["reference"], parcels(settings, key)) == (f"P-{UUID(key).hex}", 1)
        assert (await other.owner.get(f"/shipments/{key}")).status_code == 404
        assert (await shop.viewer.get("/shipments", headers={"Authorization": None})).status_code == 401
        order_id = UUID(found["order_id"])
        await desk.run(shop, lambda commons: ShipmentService(commons).create(order_id))
        (made,) = await owner.fetch(EVENTS, shop.id)
        assert made["name"] == "shipping.shipment_created"
        assert [f'"{each["product_id"]}"' in made["payload"] for each in (await self.lines(shop, order_id))] == [True]
        acts = [(row["action"], row["actor"]) for row in await owner.fetch(ACTS, shop.id, f"shipment:{key}")]
        assert acts == [
            (f"shipping.shipment.{act}", f"user:{shop.owner.user_id}") for act in ("created", "booked", "labelled")
        ]
        assert code(await dispatch(shop, key)) == (409, "shipment_move_refused")
        assert await state_of(shop, order_id) == "paid"

    async def lines(self, shop: Shop, key: UUID) -> list[Any]:
        """Of an order."""
        found: list[Any] = (await shop.viewer.get(f"/orders/{key}")).json()["lines"]
        return found

    async def test_refunded(self, shops: Shops, owner: Owner, desk: Desk) -> None:
        """What is refunded before it has left is not to leave; a shipment is made of nothing that is not paid."""
        shop = await shops.shop()
        key = await shipment(shop)
        order_id = (await read(shop, key))["order_id"]
        await refund(shop, order_id)
        found = await read(shop, key)
        assert (found["status"], found["reason"]) == ("failed", "its order was refunded")
        await entrust(shop)
        assert (await dispatch(shop, key)).status_code == 202
        found = await read(shop, key)
        assert (found["status"], found["reason"], found["reference"]) == (
            "failed",
            "its order is not paid any more",
            None,
        )
        for each in (UUID(await order(shop)), uuid4()):
            await desk.run(shop, lambda commons, each=each: ShipmentService(commons).create(each))
            await desk.run(shop, lambda commons, each=each: ShipmentService(commons).drop(each))
        assert len((await shop.viewer.get("/shipments")).json()["data"]) == 1
        assert [row["name"] for row in await owner.fetch(EVENTS, shop.id)][1:] == ["shipping.shipment_moved"] * 3


class TestDispatch:
    """POST /shipments/{shipment_id}/dispatch"""

    async def test_by_hand(self, shops: Shops, monkeypatch: pytest.MonkeyPatch) -> None:
        """Without a carrier nothing is booked until one is chosen; viewers book nothing, nor does who has no room for tasks."""
        shop = await shops.shop()
        key = await shipment(shop)
        assert (await read(shop, key))["carrier"] is None
        assert code(await dispatch(shop, key)) == (409, "carrier_missing")
        assert (await shop.viewer.post(f"/shipments/{key}/dispatch")).status_code == 403
        await entrust(shop)
        with monkeypatch.context() as patched:
            no_room(patched)
            assert code(await dispatch(shop, key)) == (409, "too_many_tasks")
        answer = await dispatch(shop, key)
        assert answer.headers["Location"] == f"/api/v1/tasks/{answer.json()['id']}"
        ended = (await shop.viewer.get(f"/tasks/{answer.json()['id']}")).json()
        assert (ended["state"], ended["result"]["status"]) == ("succeeded", "pending")
        assert (await read(shop, key))["reference"] == ended["result"]["reference"]

    async def test_lost(self, shops: Shops, settings: Settings, owner: Owner) -> None:
        """The parcel is taken and nobody here learns of it: the next who asks does, and there is one parcel."""
        shop = await shops.shop()
        await entrust(shop, "carrier_lost")
        key = await shipment(shop)
        assert ((await read(shop, key))["reference"], parcels(settings, key)) == (None, 1)
        await dispatch(shop, key)
        assert ((await read(shop, key))["reference"], parcels(settings, key)) == (f"P-{UUID(key).hex}", 1)

    async def test_killed(self, shops: Shops, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
        """Who dies between the carrier's answer and the commit leaves it to the next, who finds it booked."""
        shop = await shops.shop()
        await entrust(shop)

        async def die(*_arguments: object) -> None:
            raise SystemExit

        with monkeypatch.context() as patched:
            patched.setattr(use_cases.BookingService, "booked", die)
            key = await shipment(shop)
        assert ((await read(shop, key))["reference"], parcels(settings, key)) == (None, 1)
        await dispatch(shop, key)
        assert ((await read(shop, key))["reference"], parcels(settings, key)) == (f"P-{UUID(key).hex}", 1)

    async def test_failed(self, shops: Shops, owner: Owner) -> None:
        """A carrier that refuses fails it at once, one that is silent at the last try; dispatched again, it is pending first."""
        shop = await shops.shop()
        await entrust(shop, "carrier_silent")
        key = await shipment(shop)
        assert (await read(shop, key))["status"] == "pending"
        tries = "UPDATE shipments SET tries = $2 WHERE tenant_id = $1"
        # Dispatched again the tries begin anew; those of one task are told apart by its own attempts.
        await entrust(shop, "carrier_refuse")
        await dispatch(shop, key)
        found = await read(shop, key)
        assert (found["status"], found["reason"]) == ("failed", "the carrier takes nothing from here")
        await entrust(shop, "carrier_accept")
        assert (await dispatch(shop, key)).status_code == 202
        assert (await read(shop, key))["status"] == "pending"
        moves = [row["payload"] for row in await owner.fetch(EVENTS, shop.id)][1:]
        assert ['"after": "failed"' in each for each in moves] == [True, False]
        silent = await self.silent_to_the_end(shops, owner, tries)
        assert (silent["status"], silent["reason"]) == ("failed", "the carrier did not answer in time")

    async def silent_to_the_end(self, shops: Shops, owner: Owner, tries: str) -> Mapping[str, Any]:
        """A shipment whose carrier is silent at the last try."""
        shop = await shops.shop()
        key = await shipment(shop)
        await entrust(shop, "carrier_silent")
        wish = use_cases.BookingService.wish

        async def last(service: use_cases.BookingService, shipment_id: UUID) -> Any:
            await service.uow.connection.execute(
                f"{tries} AND id = $3", service.uow.tenant_id, MAX_TRIES - 1, shipment_id
            )
            return await wish(service, shipment_id)

        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(use_cases.BookingService, "wish", last)
            await dispatch(shop, key)
        return await read(shop, key)

    async def test_same_reference(self, shops: Shops, monkeypatch: pytest.MonkeyPatch) -> None:
        """A carrier that calls two parcels alike has failed with the second, and the first stays what it is."""
        shop = await shops.shop()
        await entrust(shop)

        async def alike(_carrier: LocalCarrier, _parcel: Parcel) -> Booked:
            return Booked("P-same")

        monkeypatch.setattr(LocalCarrier, "book", alike)
        first, second = await read(shop, await shipment(shop)), await read(shop, await shipment(shop))
        assert (first["status"], first["reference"]) == ("pending", "P-same")
        assert (second["status"], second["reference"]) == ("failed", None)


class TestFollow:
    """The schedule that asks for what is silent"""

    async def test_followed(self, shops: Shops, desk: Desk, owner: Owner) -> None:
        """After an hour without a word the carrier is asked, and the order comes further by what it answers; no sooner."""
        shop = await shops.shop()
        await entrust(shop)
        key = await shipment(shop)
        order_id = (await read(shop, key))["order_id"]
        found = []
        for minutes in (59, 2, 61, 61):
            await owner.execute(OLDER, shop.id, minutes)
            asked = await desk.run(shop, lambda commons: TrackingService(commons).look_after())
            found.append((asked, (await read(shop, key))["status"], await state_of(shop, order_id)))
        assert found == [
            (0, "pending", "paid"),
            (1, "inProgress", "shipped"),
            (1, "delivered", "delivered"),
            (0, "delivered", "delivered"),
        ]

    async def test_silent(self, shops: Shops, desk: Desk, owner: Owner) -> None:
        """A carrier that does not answer is asked again an hour later, and not before."""
        shop = await shops.shop()
        await entrust(shop)
        key = await shipment(shop)
        await entrust(shop, "carrier_silent")
        found = []
        for minutes in (61, 59, 2):
            await owner.execute(OLDER, shop.id, minutes)
            found.append(await desk.run(shop, lambda commons: TrackingService(commons).look_after()))
        assert (found, (await read(shop, key))["status"]) == ([1, 0, 1], "pending")

    async def test_over_http(
        self, shops: Shops, desk: Desk, owner: Owner, settings: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The same with a carrier behind HTTP: booked with the tenant's credential, followed, and the order is shipped."""
        shop = await shops.shop()
        async with serving(carrier) as server:
            monkeypatch.setitem(vars(settings.shipping), "url", f"http://127.0.0.1:{server.port}/v1")
            body = {"credential": "token-1234", "webhook_secret": WEBHOOK_SECRET, "is_chosen": True}
            await entrust(shop)  # and then another is chosen
            put = await shop.admin.call("PUT", "/shipping/carriers/http", json=body, headers={"If-Match": '"0"'})
            assert (put.status_code, (await shop.admin.get("/shipping/carriers/local")).json()["is_chosen"]) == (
                200,
                False,
            )
            key = await shipment(shop)
            assert ((await read(shop, key))["carrier"], (await read(shop, key))["reference"]) == ("http", "P-1")
            await owner.execute(OLDER, shop.id, 61)
            assert await desk.run(shop, lambda commons: TrackingService(commons).look_after()) == 1
        found = await read(shop, key)
        assert (found["status"], await state_of(shop, found["order_id"])) == ("inProgress", "shipped")
        asked = [(exchange.head.split(" HTTP")[0], exchange.headers["authorization"]) for exchange in server.seen]
        calls = ("POST /v1/shipments", "GET /v1/shipments/P-1/label", "GET /v1/shipments/P-1")
        assert asked == [(each, "Bearer token-1234") for each in calls]


class TestCarriers:
    """GET and PUT /shipping/carriers/{carrier}"""

    async def test_entrusted(self, shops: Shops, owner: Owner) -> None:
        """Neither secret is stored, shown or noted in the clear; members see nothing of it; what is not offered is not there."""
        shop, path = await shops.shop(), "/shipping/carriers/local"
        body = {"credential": "carrier_geheim", "webhook_secret": WEBHOOK_SECRET, "is_chosen": True}
        assert (await shop.member.get(path)).status_code == 403
        assert (await shop.member.call("PUT", path, json=body, headers={"If-Match": "*"})).status_code == 403
        before = (await shop.admin.get(path)).json()
        assert (before["is_configured"], before["version"], before["webhook_path"]) == (False, 0, None)
        made = await shop.admin.call("PUT", path, json=body, headers={"If-Match": '"0"'})
        assert (made.status_code, made.headers["ETag"], made.json()["is_chosen"]) == (200, '"1"', True)
        assert code(await shop.admin.call("PUT", path, json=body, headers={"If-Match": '"0"'}))[0] == 412
        again = await shop.admin.call("PUT", path, json={**body, "is_chosen": False}, headers={"If-Match": '"1"'})
        assert (again.json()["version"], again.json()["is_chosen"]) == (2, False)
        assert again.json()["webhook_path"] == made.json()["webhook_path"]
        for missing in ("http", "owl"):
            assert (await shop.admin.get(f"/shipping/carriers/{missing}")).status_code == 404
        stored = await owner.fetch(
            "SELECT a::text || e::text FROM carrier_accounts AS a JOIN incoming_endpoints AS e USING (tenant_id) WHERE tenant_id = $1"
            " UNION ALL SELECT t::text FROM audit_entries AS t WHERE tenant_id = $1",
            shop.id,
        )
        words = (b"carrier_geheim", WEBHOOK_SECRET.encode(), WEBHOOK_SECRET[6:].encode())
        shown = "".join(row[0] for row in stored) + made.text + again.text
        assert len(stored) > 2
        assert not any(word.decode() in shown or word.hex() in shown for word in words)

    @pytest.mark.parametrize(
        "wrong",
        [
            {"credential": "short"},
            {"credential": "with a blank"},
            {"credential": "line\r\nX-Evil: 1"},
            {"webhook_secret": "whsec_" + "A" * 31},
            {"webhook_secret": WEBHOOK_SECRET[6:]},
            {"is_chosen": 1},
            {"endpoint_id": str(uuid4())},
        ],
    )
    async def test_refused(self, shops: Shops, wrong: dict[str, Any]) -> None:
        """What is no credential and no secret is not kept."""
        shop = await shops.shop()
        body = {"credential": "carrier_accept", "webhook_secret": WEBHOOK_SECRET, "is_chosen": True, **wrong}
        answer = await shop.admin.call("PUT", "/shipping/carriers/local", json=body, headers={"If-Match": "*"})
        assert answer.status_code == 422

    async def test_not_in_plan(self, shops: Shops, owner: Owner) -> None:
        """A plan without shipping shows none of it, and says so."""
        shop = await shops.shop(plan="odd")
        answer = await shop.owner.get("/shipments")
        assert code(answer) == (403, "feature_not_in_plan")


async def test_paid_twice_ships_once(shops: Shops, owner: Owner) -> None:
    """However often the payment is asked for, and settled, there is one shipment."""
    shop = await shops.shop()
    key = await order(shop)
    for _ in range(2):
        await pay(shop, key)
    assert await owner.fetchval("SELECT count(*) FROM shipments WHERE tenant_id = $1", shop.id) == 1
