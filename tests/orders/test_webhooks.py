"""What the gateway tells by signed messages: the same payment is settled once, whoever brings the word first."""

import asyncio
from datetime import timedelta
from typing import Any
from uuid import uuid4

import asyncpg
import httpx
import orjson
import pytest

from app.config import Settings
from app.extensions.incoming import read_secret, signature
from app.modules.orders.services import payments as use_cases
from tests.operators.desk import operator
from tests.orders.test_carts import code
from tests.orders.test_orders import ACTS, place, stock
from tests.orders.test_payments import die, pay, read
from tests.support.answers import comparable
from tests.support.clock import MovableClock
from tests.support.shops import WEBHOOK_SECRET, Shop, Shops, cart, goods, listen, order

pytestmark = pytest.mark.anyio  # at collection already: marked later, parametrised coroutines lose their parameters

OTHER_SECRET = "whsec_" + "B" * 32
TOLD = "SELECT name FROM events WHERE tenant_id = $1 AND name IN ('orders.order_paid', 'orders.order_refunded') ORDER BY at"


class Gateway:
    """Sends messages to one endpoint."""

    def __init__(self, client: httpx.AsyncClient, path: str, clock: MovableClock) -> None:
        self.client, self.path, self.clock = client, path, clock

    async def tell(self, payment: Any, outcome: str = "accepted", *, key: str = "", **odd: Any) -> httpx.Response:
        """One message about a payment; `secret`, `seconds` ago, `path` and fields may be odd."""
        secret, seconds, path = odd.pop("secret", WEBHOOK_SECRET), odd.pop("seconds", 0), odd.pop("path", self.path)
        told = {
            "payment_id": payment["id"], "kind": payment["kind"], "outcome": outcome, "amount": payment["amount"],
            "currency": "EUR", "reference": f"ref_{payment['id']}", **odd,
        }  # fmt: skip
        body, at, key = orjson.dumps(told), str(int(self.clock.now().timestamp()) - seconds), key or uuid4().hex
        signed = {"id": key, "timestamp": at, "signature": signature(read_secret(secret), key, at, body)}
        headers = {f"webhook-{name}": value for name, value in signed.items()}
        return await self.client.post(path, content=body, headers={**headers, "content-type": "application/json"})


@pytest.fixture
async def shop(shops: Shops) -> Shop:
    """A tenant."""
    return await shops.shop()


@pytest.fixture
async def gateway(shop: Shop, client: httpx.AsyncClient, clock: MovableClock) -> Gateway:
    """Its gateway."""
    return Gateway(client, await listen(shop), clock)


async def silent(shop: Shop, key: str, act: str = "pay") -> Any:
    """The payment that was begun for an order, and that the gateway has not answered."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(use_cases.Settling, "wish", die)
        begun = await (pay(shop, key) if act == "pay" else shop.admin.post(f"/orders/{key}/refund"))
    assert begun.status_code == 202, begun.text
    return next(each for each in (await read(shop, key))["payments"] if each["state"] == "pending")


async def test_first(shop: Shop, gateway: Gateway, owner: asyncpg.Connection) -> None:
    """The message comes before the task's answer, as twins and again: paid once. Then the refund likewise; stock and money agree."""
    key = await cart(shop.member, (tea := await goods(shop, price=450), 3))
    await place(shop.member, key)
    charge = await silent(shop, key)
    answers = await asyncio.gather(*(gateway.tell(charge, key="twin") for _ in range(4)))
    answers += [
        await gateway.tell(charge),
        await gateway.tell(charge, kind="dispute"),
        await gateway.tell(charge, "held"),
    ]
    assert len({str(comparable(answer)) for answer in answers}) == 1
    assert answers[0].status_code == 200
    assert (await shop.member.post(f"/orders/{key}/pay", json={})).status_code == 422  # none is under way any more
    assert (await stock(owner, tea), (await read(shop, key))["state"]) == ((17, 0), "paid")
    refund = await silent(shop, key, "refund")
    await gateway.tell(refund)
    await gateway.tell(charge)  # late, and out of order
    found = await read(shop, key)
    assert (await stock(owner, tea), found["state"]) == ((20, 0), "refunded")
    assert [each["reference"] for each in found["payments"]] == [f"ref_{charge['id']}", f"ref_{refund['id']}"]
    assert [row["name"] for row in await owner.fetch(TOLD, shop.id)] == ["orders.order_paid", "orders.order_refunded"]
    actor = f"webhook:{gateway.path.rpartition('/')[2]}"
    noted = await owner.fetch(
        "SELECT action FROM audit_entries WHERE tenant_id = $1 AND actor = $2 AND action LIKE 'orders.%' ORDER BY id",
        shop.id,
        actor,
    )
    assert [row["action"] for row in noted] == ["orders.charge.accepted", "orders.refund.accepted"]


async def test_second(shop: Shop, gateway: Gateway, owner: asyncpg.Connection) -> None:
    """The task was first: the message changes nothing; one that contradicts is noted. A declined card frees the order."""
    await pay(shop, key := await order(shop))
    (charge,) = (await read(shop, key))["payments"]
    for outcome in ("accepted", "declined"):
        assert (await gateway.tell(charge, outcome)).status_code == 200
    assert (await read(shop, key))["payments"] == [charge]
    acts = [row["action"] for row in await owner.fetch(ACTS, shop.id, f"order:{key}")]
    assert acts[-2:] == ["orders.charge.accepted", "orders.charge.contradicted"]
    declined = await silent(shop, other := await order(shop))
    await gateway.tell(declined, "declined", reason="expired\nor not")
    found = await read(shop, other)
    assert (found["state"], found["payments"][0]["state"], found["payments"][0]["reason"][:7]) == (
        "placed",
        "declined",
        "expired",
    )


async def test_refused(shop: Shop, gateway: Gateway, shops: Shops, owner: asyncpg.Connection) -> None:
    """Too early, of another amount, old, wrongly signed, for another tenant: nothing is settled and nothing noted, so that it may come again."""
    charge = await silent(shop, key := await order(shop))
    other = await shops.shop()
    theirs = await listen(other, secret=OTHER_SECRET)
    unsigned = [
        await gateway.tell(charge, secret=OTHER_SECRET),
        await gateway.tell(charge, path=gateway.path.replace(str(shop.id), str(other.id))),
        await gateway.tell(charge, path=theirs),
        await gateway.tell(charge, seconds=302),
    ]
    assert len({str(comparable(answer)) for answer in unsigned}) == 1
    assert code(unsigned[0]) == (401, "webhook_refused")
    early = [
        await gateway.tell({**charge, "id": str(uuid4())}, key="m"),
        await gateway.tell(charge, path=theirs, secret=OTHER_SECRET),
    ]
    assert [(*code(answer), answer.json()["details"]["retryable"]) for answer in early] == [
        (409, "payment_unknown", True)
    ] * 2
    for odd in ({"amount": charge["amount"] + 1}, {"currency": "USD"}, {"kind": "refund"}):
        assert code(await gateway.tell(charge, key="m", **odd)) == (409, "payment_mismatch")
    assert (await read(shop, key))["state"] == "placed"
    assert await owner.fetchval("SELECT count(*) FROM incoming_messages WHERE tenant_id = $1", shop.id) == 0
    assert (await gateway.tell(charge, key="m")).status_code == 200
    assert (await read(shop, key))["state"] == "paid"


async def test_endpoint(shop: Shop, gateway: Gateway) -> None:
    """One endpoint, whatever its secret; only admins see it; the secret comes out nowhere."""
    seen = (await shop.admin.get("/payments/endpoint")).json()
    assert (seen["webhook_path"], seen["is_configured"]) == (gateway.path, True)
    assert "secret" not in str(seen)
    assert (await shop.member.get("/payments/endpoint")).status_code == 403
    assert await listen(shop, secret=OTHER_SECRET) == gateway.path
    assert (await gateway.tell({"id": str(uuid4()), "kind": "charge", "amount": 1})).status_code == 401
    for secret in ("whsec_!", "whsec_" + "A" * 33):
        wrong = {"webhook_secret": secret}
        assert (
            await shop.admin.call("PUT", "/payments/endpoint", json=wrong, headers={"If-Match": "*"})
        ).status_code == 422


async def test_unpaid(shop: Shop, shops: Shops, owner: asyncpg.Connection, settings: Settings) -> None:
    """What nobody has paid for a day is cancelled, told so with the reason, and its pieces are there again.

    Not what is younger, and not what a payment is under way for.
    """
    staff = await operator(shops, owner)
    key = await cart(shop.member, (tea := await goods(shop), 3))
    await place(shop.member, key)
    tried, paid, young = await order(shop), await order(shop), await order(shop)
    await silent(shop, tried)
    await pay(shop, paid)
    hours = settings.orders.unpaid_hours * timedelta(hours=1)
    older = "UPDATE orders SET placed_at = placed_at - $2::interval WHERE tenant_id = $1 AND id <> $3::text::uuid"
    await owner.execute(older, shop.id, hours, young)
    ran = await staff.post("/operator/schedules/orders.look_after_unpaid/run", json={"tenant_id": str(shop.id)})
    assert ran.status_code == 202, ran.text
    states = [(await read(shop, each))["state"] for each in (key, tried, paid, young)]
    assert states == ["cancelled", "placed", "paid", "placed"]
    assert await stock(owner, tea) == (20, 0)
    (event,) = await owner.fetch(
        "SELECT payload FROM events WHERE tenant_id = $1 AND name = 'orders.order_cancelled'", shop.id
    )
    assert orjson.loads(event["payload"])["reason"] == "unpaid"
    (act,) = [
        row for row in await owner.fetch(ACTS, shop.id, f"order:{key}") if row["action"] == "orders.order.cancelled"
    ]
    assert act is not None
