"""A shop's books: a Python model of its orders, stock and money, and what is really stored of them."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg
import orjson

PRICES = {"tea": 450, "mate": 199, "cup": 1250}
PIECES = 6
"""Of each, so that they run out."""
CARDS = ("card_accept", "card_accept", "card_lost", "card_decline", "card_timeout")
OUTCOMES = {"card_accept": "accepted", "card_lost": "accepted", "card_decline": "declined", "refund": "accepted"}
"""What becomes of a payment, by what pays it. `card_timeout` is never answered."""
WAY = ("paid", "shipped", "delivered")
MONEY_IN = frozenset(WAY)

ORDERS = "SELECT id, number, state, total FROM orders WHERE tenant_id = $1 AND state <> 'draft' ORDER BY number"
PAYMENTS = "SELECT id, order_id, kind, state, amount FROM order_payments WHERE tenant_id = $1 ORDER BY created_at, id"
EVENTS = """
SELECT split_part(name, '_', 2) AS name, payload->>'order_id' AS order_id FROM events
WHERE tenant_id = $1 AND name LIKE 'orders.order_%' ORDER BY id
"""
STOCK = "SELECT id, stock, reserved FROM products WHERE tenant_id = $1"
COUNTED = """
SELECT coalesce(sum(CASE kind WHEN 'paid' THEN amount ELSE -amount END), 0) FROM sales
WHERE tenant_id = $1 AND kind IN ('paid', 'refunded')
"""
SHIPMENTS = "SELECT order_id, reference FROM shipments WHERE tenant_id = $1"


@dataclass
class Known:
    """An order as the model knows it; `pending` is what pays while a payment is under way, `told` the events."""

    key: str
    wanted: Mapping[str, int]
    state: str = "placed"
    told: list[str] = field(default_factory=lambda: ["placed"])
    pending: str | None = None
    settled: list[tuple[str, str]] = field(default_factory=list)

    @property
    def total(self) -> int:
        """In minor units."""
        return sum(PRICES[name] * quantity for name, quantity in self.wanted.items())

    def may(self, act: str, card: str = "") -> bool:
        """Whether the act does something; what is under way already is taken up again."""
        if act == "pay" and self.pending == card:
            return True
        if act == "refund":
            return self.pending == "refund" or (self.pending is None and self.state in MONEY_IN)
        if act == "hear":
            return self.pending is not None
        if act == "carry":
            return self.state in {"paid", "shipped"}
        return self.pending is None and self.state == "placed"


class Model:
    """What there must be: pieces, those that are held, and orders in the order of placing."""

    def __init__(self) -> None:
        """Nothing is ordered yet."""
        self.stock = Counter(dict.fromkeys(PRICES, PIECES))
        self.held: Counter[str] = Counter()
        self.orders: list[Known] = []

    def has(self, wanted: Mapping[str, int]) -> bool:
        """Whether nobody holds that many."""
        return all(self.stock[name] - self.held[name] >= quantity for name, quantity in wanted.items())

    def place(self, key: str, wanted: Mapping[str, int]) -> None:
        """A new order holds its pieces."""
        self.orders.append(Known(key, wanted))
        self.held.update(wanted)

    def cancel(self, order: Known) -> None:
        """Its pieces are held no more."""
        self.held.subtract(order.wanted)
        self._tell(order, "cancelled")

    def settle(self, order: Known, outcome: str) -> None:
        """The payment that is under way has come to an end."""
        assert order.pending is not None
        assert outcome == OUTCOMES.get(order.pending), "not what that card does"
        kind = "refund" if order.pending == "refund" else "charge"
        order.pending = None
        order.settled.append((kind, outcome))
        if outcome == "accepted" and kind == "charge":
            self.held.subtract(order.wanted)
            self.stock.subtract(order.wanted)
            self._tell(order, "paid")
        elif outcome == "accepted":
            if order.state != "shipped":  # a parcel that is refunded on its way is lost
                self.stock.update(order.wanted)
            self._tell(order, "refunded")

    def advance(self, order: Known, state: str) -> None:
        """A carrier tells how far it has come: every step between is made, and none twice."""
        if order.state in WAY:
            for step in WAY[WAY.index(order.state) + 1 : WAY.index(state) + 1]:
                self._tell(order, step)

    @staticmethod
    def _tell(order: Known, state: str) -> None:
        order.state = state
        order.told.append(state)


class Books:
    """What is stored of one tenant, and what the gateway has done for it."""

    def __init__(self, owner: asyncpg.Connection, tenant_id: UUID, gateway: Path, names: Mapping[str, str]) -> None:
        """`names` are those of the variants, by id."""
        self._owner, self._tenant, self._gateway, self._names = owner, tenant_id, gateway, names

    async def fetch(self, query: str) -> list[Any]:
        """Rows of the tenant."""
        return list(await self._owner.fetch(query, self._tenant))

    async def payments(self) -> dict[str, list[Any]]:
        """By order, the oldest first."""
        found: dict[str, list[Any]] = {}
        for row in await self.fetch(PAYMENTS):
            found.setdefault(str(row["order_id"]), []).append(row)
        return found

    def done(self, payment_id: UUID) -> Mapping[str, Any] | None:
        """What the gateway has noted under that payment."""
        file = self._gateway / f"{payment_id}.json"
        return orjson.loads(file.read_bytes()) if file.exists() else None

    async def catch_up(self, model: Model) -> None:
        """What was under way may have been settled meanwhile, by a kill's survivors too: as its card does and not otherwise."""
        payments = await self.payments()
        for order in model.orders:
            if order.pending is not None and (last := payments[order.key][-1])["state"] != "pending":
                model.settle(order, last["state"])

    async def compare(self, model: Model) -> None:
        """All of it is as the model has it: orders, numbers, stock, events, payments, and the gateway's word on each."""
        orders = await self.fetch(ORDERS)
        assert [(str(row["id"]), row["number"], row["state"], row["total"]) for row in orders] == [
            (order.key, number, order.state, order.total) for number, order in enumerate(model.orders, 1)
        ]
        for row in await self.fetch(STOCK):
            name = self._names[str(row["id"])]
            assert (row["stock"], row["reserved"]) == (model.stock[name], model.held[name]), name
            assert row["stock"] >= row["reserved"] >= 0
        told: dict[str, list[str]] = {}
        for row in await self.fetch(EVENTS):
            told.setdefault(row["order_id"], []).append(row["name"])
        assert told == {order.key: order.told for order in model.orders}
        payments = await self.payments()
        for order in model.orders:
            self._compare_payments(order, payments.get(order.key, []))

    async def money(self) -> tuple[int, int, int]:
        """What is left of the money that came in: by the gateway, by the payments and by the orders."""
        payments = [row for rows in (await self.payments()).values() for row in rows]
        deeds = [done for row in payments if (done := self.done(row["id"])) is not None and done["reason"] is None]
        by_gateway = sum(_signed(done["kind"], done["amount"]) for done in deeds)
        by_payments = sum(_signed(row["kind"], row["amount"]) for row in payments if row["state"] == "accepted")
        orders = await self.fetch(ORDERS)
        return by_gateway, by_payments, sum(row["total"] for row in orders if row["state"] in MONEY_IN)

    async def counted(self) -> int:
        """What is left of it by the facts of analytics."""
        return int(await self._owner.fetchval(COUNTED, self._tenant))

    def _compare_payments(self, order: Known, rows: list[Any]) -> None:
        under_way = [] if order.pending is None else [("refund" if order.pending == "refund" else "charge", "pending")]
        assert [(row["kind"], row["state"]) for row in rows] == [*order.settled, *under_way]
        for row in rows:
            done = self.done(row["id"])
            if row["state"] != "pending":
                assert done is not None, "settled, and the gateway knows nothing of it"
                assert row["state"] == ("declined" if done["reason"] else "accepted")
            assert done is None or (done["kind"], done["amount"]) == (row["kind"], row["amount"]) == (
                row["kind"],
                order.total,
            )


def _signed(kind: str, amount: int) -> int:
    return amount if kind == "charge" else -amount
