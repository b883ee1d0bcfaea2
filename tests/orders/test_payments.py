"""Charges and refunds over REST: a task asks the gateway, once however often it is asked to."""

import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import orjson
import pytest

from app.config import Settings
from app.extensions.outside import InsideTransactionError
from app.extensions.routing import ModularApp
from app.modules.orders.adapters import LocalGateway, local_gateway
from app.modules.orders.interfaces import GatewayError
from app.modules.orders.models import Receipt
from app.modules.orders.money import Money
from app.modules.orders.services import payments as use_cases
from app.utils.ids import uuid7
from tests.operators.desk import operator
from tests.orders.test_carts import ANY, code
from tests.orders.test_orders import ACTS, EVENTS, place, stock
from tests.support.shops import Shop, Shops, cart, goods, order

pytestmark = pytest.mark.anyio  # at collection already: marked later, parametrised coroutines lose their parameters

Owner = asyncpg.Connection
OLDER = "UPDATE order_payments SET created_at = created_at - $2 * interval '1 minute' WHERE tenant_id = $1"


class Answering:
    """A gateway that answers the same to all, and keeps of what it was asked the sources."""

    def __init__(self, receipt: Receipt) -> None:
        self.receipt = receipt
        self.asked: list[str] = []

    async def charge(self, _key: UUID, _amount: Money, source: str) -> Receipt:
        """Charge a card."""
        self.asked.append(source)
        return self.receipt

    async def refund(self, _key: UUID, _amount: Money, reference: str) -> Receipt:
        """Refund a charge."""
        self.asked.append(reference)
        return self.receipt


async def die(*_arguments: object) -> None:
    """In the place of a step: what a kill does."""
    raise SystemExit


async def pay(shop: Shop, key: str, source: str = "card_accept") -> Any:
    """Pay for an order."""
    return await shop.member.post(f"/orders/{key}/pay", json={"source": source})


async def task(shop: Shop, answer: Any) -> Mapping[str, Any]:
    """The task that was started, as it stands now."""
    assert answer.status_code == 202, answer.text
    found: dict[str, Any] = (await shop.viewer.get(f"/tasks/{answer.json()['id']}")).json()
    return found


async def read(shop: Shop, key: str) -> Mapping[str, Any]:
    """An order."""
    found: dict[str, Any] = (await shop.viewer.get(f"/orders/{key}")).json()
    return found


@pytest.fixture
def ledger(settings: Settings) -> Any:
    """What the gateway did, by the payments of an order."""

    def read(found: Mapping[str, Any]) -> list[dict[str, Any]]:
        files = (Path(settings.payments.folder) / f"{each['id']}.json" for each in found["payments"])
        return [orjson.loads(file.read_bytes()) for file in files if file.exists()]

    return read


class TestPay:
    """POST /orders/{order_id}/pay"""

    async def test_anonymous(self, shops: Shops) -> None:
        """Nobody pays without signing in."""
        shop = await shops.shop()
        answer = await shop.member.post(f"/orders/{uuid4()}/pay", json={}, headers={"Authorization": None})
        assert answer.status_code == 401

    async def test_other_tenant(self, shops: Shops) -> None:
        """Another tenant's order cannot be paid."""
        shop, other = await shops.shop(), await shops.shop()
        assert code(await pay(other, await order(shop))) == (404, "not_found")

    async def test_paid(self, shops: Shops, owner: Owner, ledger: Any) -> None:
        """202 with the task; at its end the total is taken once, the pieces have left the stock, and it is told and noted."""
        shop = await shops.shop()
        key = await cart(shop.member, (tea := await goods(shop, price=450), 3))
        await place(shop.member, key)
        answer = await pay(shop, key)
        assert answer.headers["Location"] == f"/api/v1/tasks/{answer.json()['id']}"
        ended = await task(shop, answer)
        assert (ended["state"], ended["kind"]) == ("succeeded", "orders.settle")
        assert ended["result"] == {"order_state": "paid", "payment_state": "accepted", "reason": None}
        found = await read(shop, key)
        (payment,) = found["payments"]
        assert (found["state"], payment["kind"], payment["state"], payment["amount"]) == (
            "paid",
            "charge",
            "accepted",
            1350,
        )
        (taken,) = ledger(found)
        assert (taken["amount"], taken["currency"], taken["reference"]) == (1350, "EUR", payment["reference"])
        assert await stock(owner, tea) == (17, 0)
        assert [row["name"] for row in await owner.fetch(EVENTS, shop.id)] == [
            "orders.order_placed",
            "orders.order_paid",
        ]
        acts = await owner.fetch(
            "SELECT action FROM audit_entries WHERE tenant_id = $1 AND target = $2 AND actor = $3 ORDER BY id",
            shop.id,
            f"order:{key}",
            f"user:{shop.member.user_id}",
        )
        assert [row[0] for row in acts] == ["orders.order.placed", "orders.charge.started", "orders.charge.accepted"]

    async def test_declined(self, shops: Shops, owner: Owner) -> None:
        """A declined card leaves the order placed, with the reason; another card may be tried."""
        shop = await shops.shop()
        key = await order(shop)
        ended = await task(shop, await pay(shop, key, "card_decline"))
        assert ended["result"] == {
            "order_state": "placed",
            "payment_state": "declined",
            "reason": "insufficient_funds",
        }
        await pay(shop, key)
        found = await read(shop, key)
        assert (found["state"], [each["state"] for each in found["payments"]]) == ("paid", ["declined", "accepted"])
        assert [row["name"] for row in await owner.fetch(EVENTS, shop.id)][1:] == ["orders.order_paid"]

    async def test_answer_lost(self, shops: Shops, owner: Owner, ledger: Any) -> None:
        """Where the money is taken and nobody here learns of it, as by a kill, the next try learns of it: it is taken once."""
        shop = await shops.shop()
        key = await cart(shop.member, (tea := await goods(shop), 2))
        await place(shop.member, key)
        ended = await task(shop, await pay(shop, key, "card_lost"))
        assert ended["state"] != "succeeded"
        before = await read(shop, key)
        assert (before["state"], before["payments"][0]["state"], len(ledger(before))) == ("placed", "pending", 1)
        assert code(await shop.owner.post(f"/orders/{key}/cancel", headers=ANY)) == (409, "payment_pending")
        assert code(await pay(shop, key)) == (409, "payment_pending")
        await task(shop, await pay(shop, key, "card_lost"))
        after = await read(shop, key)
        assert (after["state"], len(after["payments"]), len(ledger(after))) == ("paid", 1, 1)
        assert await stock(owner, tea) == (18, 0)

    async def test_killed(self, shops: Shops, owner: Owner, ledger: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        """Who dies between the charge and the commit leaves it pending; the next one to try finds it charged, and charges nothing."""
        shop = await shops.shop()
        key = await order(shop)

        with monkeypatch.context() as patched:
            patched.setattr(use_cases.Settling, "settle", die)
            assert (await task(shop, await pay(shop, key)))["state"] != "succeeded"
        before = await read(shop, key)
        assert (before["state"], len(ledger(before))) == ("placed", 1)
        await task(shop, await pay(shop, key))
        after = await read(shop, key)
        assert (after["state"], ledger(after)) == ("paid", ledger(before))
        acts = await owner.fetch(ACTS, shop.id, f"order:{key}")
        assert [row["action"] for row in acts][1:] == [
            f"orders.charge.{act}" for act in ("started", "resumed", "accepted")
        ]

    async def test_taken_up(self, shops: Shops, owner: Owner, ledger: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        """Whoever does not know the card takes up what is under way, with the card that it has; else a card must be named."""
        shop = await shops.shop()
        key, plain = await order(shop), await order(shop)
        with monkeypatch.context() as patched:
            patched.setattr(use_cases.Settling, "wish", die)
            await pay(shop, key, "card_lost")
        await owner.execute("UPDATE tasks SET state = 'cancelled' WHERE tenant_id = $1", shop.id)
        assert code(await pay(shop, key)) == (409, "payment_pending")
        await shop.owner.post(f"/orders/{key}/pay", json={})
        await task(shop, await shop.owner.post(f"/orders/{key}/pay", json={}))
        found = await read(shop, key)
        (taken,) = ledger(found)
        assert (found["state"], taken["source"]) == ("paid", "card_lost")
        for each in (key, plain):
            answer = await shop.owner.post(f"/orders/{each}/pay", json={})
            assert (code(answer), answer.json()["details"]["errors"][0]["pointer"]) == (
                (422, "validation_failed"),
                "/source",
            )

    async def test_taken_up_by_itself(
        self, shops: Shops, owner: Owner, ledger: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """What has been pending for a quarter of an hour is settled with nobody's doing, be its task dead or cancelled."""
        shop, staff = await shops.shop(), await operator(shops, owner)
        keys = [await order(shop), await order(shop)]
        await pay(shop, keys[1])
        with monkeypatch.context() as patched:
            patched.setattr(use_cases.Settling, "wish", die)
            await pay(shop, keys[0])
            await shop.admin.post(f"/orders/{keys[1]}/refund")
        await owner.execute("UPDATE tasks SET state = 'cancelled' WHERE tenant_id = $1", shop.id)
        # The inline queue runs what a handler has started within the handler's own call; a worker does not.
        monkeypatch.setattr(local_gateway, "refuse_inside_transaction", lambda _what: None)
        states = []
        for minutes in (0, 14, 2):
            await owner.execute(OLDER, shop.id, minutes)
            ran = await staff.post("/operator/schedules/orders.take_up/run", json={"tenant_id": str(shop.id)})
            assert ran.status_code == 202, ran.text
            states.append([(await read(shop, key))["state"] for key in keys])
        assert states == [["placed", "paid"], ["placed", "paid"], ["paid", "refunded"]]
        assert [len(ledger(await read(shop, key))) for key in keys] == [1, 2]
        acts = await owner.fetch(ACTS, shop.id, f"order:{keys[0]}")
        assert [row["action"] for row in acts][2:] == ["orders.charge.resumed", "orders.charge.accepted"]

    async def test_nothing_to_pay(self, shops: Shops, owner: Owner, monkeypatch: pytest.MonkeyPatch) -> None:
        """Of an order that costs nothing no gateway is told, be there one or none; nor of its refund."""
        shop = await shops.shop()
        key = await cart(shop.member, (tea := await goods(shop, price=0), 2))
        await place(shop.member, key)
        monkeypatch.setattr(use_cases, "make_gateway", lambda _settings: None)
        assert (await task(shop, await pay(shop, key)))["result"]["order_state"] == "paid"
        assert await stock(owner, tea) == (18, 0)
        ended = await task(shop, await shop.admin.post(f"/orders/{key}/refund"))
        assert ended["result"]["order_state"] == "refunded"
        assert await stock(owner, tea) == (20, 0)

    async def test_no_answer(self, shops: Shops, ledger: Any) -> None:
        """A gateway that does not answer fails the attempt, and nothing is taken or lost."""
        shop = await shops.shop()
        key = await order(shop)
        ended = await task(shop, await pay(shop, key, "card_timeout"))
        assert ended["state"] != "succeeded"
        found = await read(shop, key)
        assert (found["state"], found["payments"][0]["state"], ledger(found)) == ("placed", "pending", [])

    async def test_twins(self, shops: Shops, owner: Owner, ledger: Any) -> None:
        """Of six that pay at once one charge comes, one event, and the stock moves once."""
        shop = await shops.shop()
        key = await cart(shop.member, (tea := await goods(shop), 2))
        await place(shop.member, key)
        answers = await asyncio.gather(*(pay(shop, key) for _ in range(6)))
        assert {answer.status_code for answer in answers} <= {202, 409}
        found = await read(shop, key)
        assert (found["state"], len(found["payments"]), len(ledger(found))) == ("paid", 1, 1)
        assert await stock(owner, tea) == (18, 0)
        assert [row["name"] for row in await owner.fetch(EVENTS, shop.id)].count("orders.order_paid") == 1

    async def test_only_what_is_placed(self, shops: Shops) -> None:
        """A cart is no order, and what is paid or cancelled is not paid."""
        shop = await shops.shop()
        paid, cancelled = await order(shop), await order(shop)
        await pay(shop, paid)
        await shop.owner.post(f"/orders/{cancelled}/cancel", headers=ANY)
        assert code(await pay(shop, await cart(shop.member))) == (404, "not_found")
        for key in (paid, cancelled):
            assert code(await pay(shop, key)) == (409, "order_move_refused")
        assert code(await shop.owner.post(f"/orders/{paid}/cancel", headers=ANY)) == (409, "order_move_refused")

    @pytest.mark.parametrize(
        "receipt",
        [
            Receipt(accepted=True, reference="ch_" + "x" * 250),
            Receipt(accepted=True, reference="ch\x00_1\ud800", reason="\x00"),
            Receipt(accepted=False, reason="no " * 100 + "\x00"),
        ],
        ids=["long", "unstorable", "declined"],
    )
    async def test_hostile_receipts(self, shops: Shops, monkeypatch: pytest.MonkeyPatch, receipt: Receipt) -> None:
        """Whatever a gateway answers is stored: the money has moved. A reference stays whole, for the refund names it."""
        shop = await shops.shop()
        key = await order(shop)
        gateway = Answering(receipt)
        monkeypatch.setattr(use_cases, "make_gateway", lambda _settings: gateway)
        assert (await task(shop, await pay(shop, key)))["state"] == "succeeded"
        found = await read(shop, key)
        (payment,) = found["payments"]
        assert payment["state"] == ("accepted" if receipt.accepted else "declined")
        if receipt.accepted:
            assert (await task(shop, await shop.admin.post(f"/orders/{key}/refund")))["state"] == "succeeded"
            assert gateway.asked == ["card_accept", payment["reference"]]

    @pytest.mark.parametrize(
        "source",
        ["", "4242424242424242", "card_4242424242424242", "x123456789012x", "4242-4242-4242-4242", "3782_822463_10005",
         "card 1", "cärd", "x" * 256, 7, None],
    )  # fmt: skip
    async def test_source(self, shops: Shops, source: object) -> None:
        """A card's number is none of ours to hear."""
        shop = await shops.shop()
        assert (await shop.member.post(f"/orders/{uuid4()}/pay", json={"source": source})).status_code == 422

    @pytest.mark.parametrize(
        "source", ["pm_1NXWPnLkdIwHu7ixaaaaaaaa", "tok-VISA-12345678901", "019ab3c4-0000-7000-8000-00000000000a"]
    )
    async def test_names_of_cards(self, shops: Shops, source: str) -> None:
        """What real gateways call cards is taken, and asked for as it is."""
        shop = await shops.shop()
        ended = await task(shop, await pay(shop, await order(shop), source))
        assert ended["result"]["reason"] == "unknown_source"

    async def test_off(self, shops: Shops, monkeypatch: pytest.MonkeyPatch) -> None:
        """Without a gateway nothing is begun."""
        shop = await shops.shop()
        key = await order(shop)
        monkeypatch.setattr(use_cases, "make_gateway", lambda _settings: None)
        assert code(await pay(shop, key)) == (409, "payments_off")
        assert (await read(shop, key))["payments"] == []


class TestRefund:
    """POST /orders/{order_id}/refund"""

    async def test_anonymous(self, shops: Shops) -> None:
        """Nobody gives money back without signing in."""
        shop = await shops.shop()
        answer = await shop.member.post(f"/orders/{uuid4()}/refund", headers={"Authorization": None})
        assert answer.status_code == 401

    async def test_member(self, shops: Shops) -> None:
        """Members take money and give none back."""
        shop = await shops.shop()
        answer = await shop.member.post(f"/orders/{uuid4()}/refund")
        assert answer.json()["details"]["decision"]["missing"] == ["orders.refunds:write"]

    async def test_refunded(self, shops: Shops, owner: Owner, ledger: Any) -> None:
        """The total goes back to the charge that it came from, the pieces into the stock; told, and done once."""
        shop = await shops.shop()
        key = await cart(shop.member, (tea := await goods(shop), 3))
        await place(shop.member, key)
        await pay(shop, key)
        ended = await task(shop, await shop.admin.post(f"/orders/{key}/refund"))
        assert ended["result"] == {"order_state": "refunded", "payment_state": "accepted", "reason": None}
        found = await read(shop, key)
        charge, refund = ledger(found)
        assert (refund["kind"], refund["amount"], refund["source"]) == ("refund", charge["amount"], charge["reference"])
        assert await stock(owner, tea) == (20, 0)
        assert [row["name"] for row in await owner.fetch(EVENTS, shop.id)][2:] == ["orders.order_refunded"]
        assert code(await shop.admin.post(f"/orders/{key}/refund")) == (409, "order_move_refused")

    async def test_nothing_paid(self, shops: Shops) -> None:
        """What is not paid is cancelled, not refunded."""
        shop = await shops.shop()
        answer = await shop.admin.post(f"/orders/{await order(shop)}/refund")
        assert (code(answer), "cancel it" in answer.json()["msg"]) == ((409, "order_move_refused"), True)


class TestLocalGateway:
    """The twin that keeps its deeds in files"""

    @pytest.fixture
    def gateway(self, settings: Settings, tmp_path: Path) -> LocalGateway:
        """With a folder of its own."""
        return LocalGateway(settings.payments.model_copy(update={"folder": str(tmp_path / "pay")}))

    async def test_once(self, gateway: LocalGateway) -> None:
        """Twenty askings of one key are one charge; each is told the same."""
        await gateway.ping()
        key, amount = uuid4(), Money(5, "EUR")
        found = await asyncio.gather(*(gateway.charge(key, amount, "card_accept") for _ in range(20)))
        assert len(set(found)) == 1
        assert found[0].accepted
        with pytest.raises(GatewayError, match="something else"):
            await gateway.charge(key, Money(6, "EUR"), "card_accept")

    async def test_cards(self, gateway: LocalGateway) -> None:
        """What is unknown is declined; what was lost is known the second time."""
        amount = Money(5, "EUR")
        assert (await gateway.charge(uuid4(), amount, "card_what")).reason == "unknown_source"
        key = uuid4()
        with pytest.raises(GatewayError):
            await gateway.charge(key, amount, "card_lost")
        assert (await gateway.charge(key, amount, "card_lost")).accepted

    async def test_never_in_a_transaction(self, gateway: LocalGateway, app: ModularApp, shops: Shops) -> None:
        """Whoever holds a connection does not ask it, whatever the card."""
        shop = await shops.shop()
        async with app.state.runtime.identity.tenant_unit(uuid7(), shop.id):
            for source in ("card_accept", "card_timeout"):
                with pytest.raises(InsideTransactionError):
                    await gateway.charge(uuid4(), Money(5, "EUR"), source)
            with pytest.raises(InsideTransactionError):
                await gateway.refund(uuid4(), Money(5, "EUR"), "ch_1")
