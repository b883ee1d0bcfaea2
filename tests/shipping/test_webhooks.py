"""What carriers tell by signed messages: from the tenant's own carrier alone, and each message once."""

import asyncio
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import asyncpg
import httpx
import orjson
import pytest

from app.config import Settings
from app.extensions.incoming import read_secret, signature
from app.extensions.sealing import Sealed
from tests.orders.test_carts import code
from tests.shipping.test_shipments import EVENTS, read, refund, state_of
from tests.support.answers import comparable
from tests.support.clock import MovableClock
from tests.support.shops import WEBHOOK_SECRET, Shop, Shops, entrust, shipment

pytestmark = pytest.mark.anyio

OTHER_SECRET = "whsec_" + "B" * 32
PENDING = """
INSERT INTO order_payments (tenant_id, id, order_id, kind, state, amount, currency, source, created_at)
VALUES ($1, gen_random_uuid(), $2::text::uuid, 'refund', 'pending', 1, 'EUR', 'ch', now())
"""


class Carrier:
    """Sends messages to one webhook."""

    def __init__(self, client: httpx.AsyncClient, path: str, clock: MovableClock) -> None:
        self.client, self.path, self.clock = client, path, clock

    async def tell(self, reference: str, status: str, *, key: str = "", **odd: Any) -> httpx.Response:
        """One message: `secret`, `seconds` ago, `path`, `without` a header and further fields may be odd."""
        secret, seconds = odd.pop("secret", WEBHOOK_SECRET), odd.pop("seconds", 0)
        path, without = odd.pop("path", self.path), odd.pop("without", None)
        told = {"reference": reference, "status": status, "occurred_at": datetime.now(UTC).isoformat(), **odd}
        body, at = orjson.dumps(told), str(int(self.clock.now().timestamp()) - seconds)
        key = key or uuid4().hex
        headers = {
            "webhook-id": key,
            "webhook-timestamp": at,
            "webhook-signature": signature(read_secret(secret), key, at, body),
            "content-type": "application/json",
        }
        kept = {name: value for name, value in headers.items() if name != without}
        return await self.client.post(path, content=body, headers=kept)


@pytest.fixture
async def shop(shops: Shops) -> Shop:
    """A tenant."""
    return await shops.shop()


@pytest.fixture
async def carrier(shop: Shop, client: httpx.AsyncClient, clock: MovableClock) -> Carrier:
    """Its carrier."""
    return Carrier(client, await entrust(shop), clock)


async def booked(shop: Shop) -> tuple[str, str, str]:
    """A shipment that the carrier has: its id, its reference and its order's id."""
    found = await read(shop, await shipment(shop))
    return found["id"], found["reference"], found["order_id"]


async def test_told(shop: Shop, carrier: Carrier, owner: asyncpg.Connection) -> None:
    """The shipment and its order come further; the same message again, and one that concerns nobody, is answered alike and does nothing."""
    key, reference, order_id = await booked(shop)
    await owner.execute(
        "UPDATE shipments SET reference = $2 WHERE tenant_id = $1", shop.id, reference := f" {reference} "
    )
    await carrier.tell(reference, "inProgress", key="m-1")
    assert ((await read(shop, key))["status"], await state_of(shop, order_id)) == ("inProgress", "shipped")
    answers = [
        await carrier.tell(reference, "delivered", key="m-1"),
        await carrier.tell(reference, "at customs"),
        await carrier.tell(reference, "inProgress"),
    ]
    assert (await read(shop, key))["status"] == "inProgress"
    answers.append(await carrier.tell(reference, "delivered", more={"of": ["theirs"]}))
    assert len({str(comparable(answer)) for answer in answers}) == 1
    assert answers[0].status_code == 200
    assert ((await read(shop, key))["status"], await state_of(shop, order_id)) == ("delivered", "delivered")
    assert len(await owner.fetch(EVENTS, shop.id)) == 3
    names = await owner.fetch(
        "SELECT name, actor FROM events WHERE tenant_id = $1 AND name LIKE 'orders.order_%ed'", shop.id
    )
    assert {row["actor"] for row in names if "ship" in row["name"] or "deliv" in row["name"]} == {
        f"webhook:{carrier.path.rpartition('/')[2]}"
    }


async def test_delivered_first(shop: Shop, carrier: Carrier) -> None:
    """Out of order: delivered before it was ever on its way; then failed, which is too late. Twins: one of six counts."""
    key, reference, order_id = await booked(shop)
    answers = await asyncio.gather(*(carrier.tell(reference, "delivered", key="twin") for _ in range(6)))
    assert [answer.status_code for answer in answers] == [200] * 6
    await carrier.tell(reference, "failed", reason="lost")
    await carrier.tell(reference, "inProgress")
    found = await read(shop, key)
    assert (found["status"], found["reason"], await state_of(shop, order_id)) == ("delivered", None, "delivered")


async def test_refused(shop: Shop, carrier: Carrier, shops: Shops, owner: asyncpg.Connection) -> None:
    """Another tenant's secret or endpoint, one that nobody has, a suspended tenant, an old message, a missing header: one and the same 401."""
    key, reference, _ = await booked(shop)
    other = await shops.shop()
    theirs = await entrust(other, secret=OTHER_SECRET)
    endpoint, mine = carrier.path.rpartition("/")[2], carrier.path
    answers = [
        await carrier.tell(reference, "delivered", secret=OTHER_SECRET),
        await carrier.tell(reference, "delivered", path=theirs),
        await carrier.tell(reference, "delivered", path=mine.replace(str(shop.id), str(other.id))),
        await carrier.tell(reference, "delivered", path=mine.replace(str(shop.id), str(uuid4()))),
        await carrier.tell(reference, "delivered", path=mine.replace(endpoint, str(uuid4()))),
        await carrier.tell(reference, "delivered", seconds=400),
        await carrier.tell(reference, "delivered", seconds=-400),
        *[
            await carrier.tell(reference, "delivered", without=f"webhook-{name}")
            for name in ("id", "timestamp", "signature")
        ],
    ]
    await owner.execute("UPDATE tenants SET state = 'suspended' WHERE id = $1", shop.id)
    answers.append(await carrier.tell(reference, "delivered"))
    await owner.execute("UPDATE tenants SET state = 'active' WHERE id = $1", shop.id)
    assert {code(answer) for answer in answers} == {(401, "webhook_refused")}
    assert len({str(comparable(answer)) for answer in answers}) == 1
    assert (await read(shop, key))["status"] == "pending"
    assert await owner.fetchval("SELECT count(*) FROM incoming_messages WHERE tenant_id = $1", shop.id) == 0
    # Their own carrier names our shipment: it is none of theirs.
    assert code(await carrier.tell(reference, "delivered", path=theirs, secret=OTHER_SECRET)) == (
        409,
        "shipment_unknown",
    )


async def test_secret_unreadable(shop: Shop, carrier: Carrier, owner: asyncpg.Connection) -> None:
    """An endpoint whose secret is under a key that is gone believes nobody, and is no fault: the sender sends it again."""
    await owner.execute("UPDATE incoming_endpoints SET secret = 'gone' WHERE tenant_id = $1", shop.id)
    assert code(await carrier.tell("P-1", "delivered")) == (401, "webhook_refused")


async def test_too_early(shop: Shop, carrier: Carrier, owner: asyncpg.Connection) -> None:
    """Before the shipment has its reference the message is refused and not noted: the same one counts when it comes again.

    So it is while a refund is under way; and an order that was refunded stays so.
    """
    key, reference, order_id = await booked(shop)
    await owner.execute("UPDATE shipments SET reference = NULL WHERE tenant_id = $1", shop.id)
    early = await carrier.tell(reference, "inProgress", key="early")
    assert (code(early), early.json()["details"]["retryable"]) == ((409, "shipment_unknown"), True)
    await owner.execute("UPDATE shipments SET reference = $2 WHERE tenant_id = $1", shop.id, reference)
    await owner.execute(PENDING, shop.id, order_id)
    assert code(await carrier.tell(reference, "inProgress", key="early")) == (409, "payment_pending")
    await owner.execute("DELETE FROM order_payments WHERE tenant_id = $1 AND kind = 'refund'", shop.id)
    await refund(shop, order_id)
    found = await read(shop, key)
    assert found["status"] == "failed"
    assert (await carrier.tell(reference, "inProgress", key="early")).status_code == 200
    assert ((await read(shop, key))["status"], await state_of(shop, order_id)) == ("inProgress", "refunded")


async def test_forgotten_and_changed(
    shop: Shop, carrier: Carrier, owner: asyncpg.Connection, settings: Settings
) -> None:
    """Messages are remembered for a day; under another secret the one before counts no more; a moved secret opens nothing."""
    await owner.execute(
        "INSERT INTO incoming_messages (tenant_id, endpoint_id, message_id, received_at)"
        " SELECT tenant_id, id, 'old', now() - interval '25 hours' FROM incoming_endpoints WHERE tenant_id = $1",
        shop.id,
    )
    assert (await carrier.tell("P-none", "at customs", key="new")).status_code == 200
    kept = await owner.fetch("SELECT message_id FROM incoming_messages WHERE tenant_id = $1", shop.id)
    assert [row[0] for row in kept] == ["new"]
    await entrust(shop, secret=OTHER_SECRET)
    assert (await carrier.tell("P-none", "at customs")).status_code == 401
    assert (await carrier.tell("P-none", "at customs", secret=OTHER_SECRET)).status_code == 200
    sealed = Sealed.of(settings.secrets, "core.incoming")
    stored = await owner.fetchval("SELECT secret FROM incoming_endpoints WHERE tenant_id = $1", shop.id)
    with pytest.raises(ValueError, match="no longer name"):
        sealed.open(stored, uuid4().bytes + uuid4().bytes)


@pytest.mark.parametrize(
    "wrong",
    [{"occurred_at": 7}, {"occurred_at": "9999-12-31T23:59:59-01:00"}, {"reference": ""}, {"reference": "a\x00b"}],
)
async def test_malformed(shop: Shop, carrier: Carrier, wrong: dict[str, Any]) -> None:
    """What is no message is 422, signed or not."""
    answer = (
        await carrier.tell("P-1", "delivered", **wrong)
        if "reference" not in wrong
        else await carrier.tell(wrong["reference"], "delivered")
    )
    assert answer.status_code == 422


async def test_another_carrier(shop: Shop, carrier: Carrier, owner: asyncpg.Connection) -> None:
    """What another carrier of the tenant's calls so is none of this one's."""
    key, reference, _ = await booked(shop)
    await owner.execute("UPDATE shipments SET carrier = 'http' WHERE tenant_id = $1", shop.id)
    assert code(await carrier.tell(reference, "delivered")) == (409, "shipment_unknown")
    assert (await read(shop, key))["status"] == "pending"
