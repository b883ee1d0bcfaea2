"""The audit of a shop's books: those that balance are passed, and whatever is wrong with them is named."""

from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any

from app.simulation.audit import WAYS, faults_of, faults_told
from app.simulation.books import (
    CARTS,
    LAST,
    PRODUCTS,
    RESTOCKS,
    Books,
    Order,
    Payment,
    Product,
    Sale,
    Shipment,
    read_books,
)
from app.simulation.journal import Act, Told

PRICE, PIECES, OPENING, BOUGHT = 450, 2, 9, 20
STATES = ("placed", "cancelled", "paid", "shipped", "delivered", "refunded")
RESERVATIONS = ("held", "released", "committed", "committed", "committed", "returned")
PARCELS = {"paid": "pending", "shipped": "inProgress", "delivered": "delivered", "refunded": "failed"}
Wrong = Callable[[Books], object]


def order(number: int, state: str, reservation: str) -> Order:
    """One that has come as far as that, and all that has to be there then."""
    told = list(WAYS[state][0])
    kinds = {"paid": "charge", "refunded": "refund"}
    total, pieces = PRICE * PIECES, Counter({"tea": PIECES})
    sale = Sale(PIECES, total, PIECES, total)
    status = PARCELS.get(state)
    return Order(
        id=state, number=number, state=state, total=total, cost=total, pieces=pieces, held=pieces.copy(),
        payments=[Payment(kinds[step], "accepted", total, total) for step in told if step in kinds],
        reservation=reservation, told=told, noted=1,
        sales={step: sale for step in told if step not in {"shipped", "delivered"}},
        shipments=[Shipment(f"parcel-{state}", status, [status], 1)] if status else [],
    )  # fmt: skip


def balanced() -> Books:
    """A shop with an order in each state, an empty cart, and a card that was declined."""
    orders = [order(*each) for each in zip(range(1, 7), STATES, RESERVATIONS, strict=True)]
    orders[0].payments.append(Payment("charge", "declined", PRICE * PIECES, 0))
    sold = 3 * PIECES
    tea = Product(OPENING, stock=OPENING + BOUGHT - sold, reserved=PIECES, bought=[BOUGHT])
    return Books(
        "acme", {each.id: each for each in orders}, {"tea": tea}, carts=1, last_number=6,
        answered_revenue=3 * PIECES * PRICE,
    )  # fmt: skip


def parcel(books: Books, state: str) -> Shipment:
    """The one of the order in that state."""
    return books.orders[state].shipments[0]


def settle(books: Books, key: str, **changes: object) -> None:
    """Change the first payment of that order."""
    payments = books.orders[key].payments
    payments[0] = replace(payments[0], **changes)  # type: ignore[arg-type]  # of a payment


def count(books: Books, kind: str, **changes: object) -> None:
    """Change what analytics has noted of the order that is paid."""
    sales = books.orders["paid"].sales
    sales[kind] = replace(sales[kind], **changes)  # type: ignore[arg-type]  # of a sale


WRONG: Mapping[str, tuple[Wrong, str]] = {
    "the gateway took more": (lambda b: settle(b, "paid", deed=901), "the gateway has moved 901"),
    "the gateway took nothing": (lambda b: settle(b, "paid", deed=None), "the gateway has moved None"),
    "a ledger alone": (lambda b: settle(b, "paid", deed=901), "money: gateway 2701, payments 2700, orders 2700"),
    "the route counts less": (lambda b: setattr(b, "answered_revenue", 2), "GET /analytics/sales 2"),
    "declined and taken": (lambda b: settle(b, "placed", deed=900), "is declined, and the gateway has moved 900"),
    "still under way": (lambda b: settle(b, "placed", state="pending"), "a charge is still under way"),
    "paid without a charge": (lambda b: b.orders["paid"].payments.clear(), "0 times a charge, and not 1"),
    "charged twice": (lambda b: b.orders["paid"].payments.append(b.orders["paid"].payments[0]), "2 times a charge"),
    "refunded twice": (
        lambda b: b.orders["refunded"].payments.append(b.orders["refunded"].payments[1]),
        "2 times a refund",
    ),
    "lines cost more": (lambda b: setattr(b.orders["paid"], "cost", 1), "costs 900, its lines 1"),
    "a gap": (lambda b: setattr(b.orders["refunded"], "number", 8), "numbers: not 1 to 6"),
    "a number twice": (lambda b: setattr(b.orders["refunded"], "number", 1), "numbers: not 1 to 6"),
    "the counter is ahead": (lambda b: setattr(b, "last_number", 7), "the counter says 7 of 6"),
    "below zero": (lambda b: setattr(b.products["tea"], "stock", -1), "there are -1, and 2 are held"),
    "more held than there is": (lambda b: setattr(b.products["tea"], "stock", 1), "there are 1, and 2 are held"),
    "a piece is gone": (lambda b: setattr(b.products["tea"], "stock", 22), "there are 22, and 23 should be there"),
    "held for nobody": (lambda b: setattr(b.products["tea"], "reserved", 3), "3 of tea are held, 2 by orders"),
    "bought in, not there": (lambda b: b.products["tea"].bought.append(1), "23, and 24 should be there"),
    "not let go": (lambda b: setattr(b.orders["cancelled"], "reservation", "held"), "has its pieces held"),
    "nothing held": (lambda b: setattr(b.orders["placed"], "reservation", None), "has its pieces None"),
    "other pieces held": (lambda b: b.orders["paid"].held.update(tea=1), "holds other pieces than it has"),
    "no event": (lambda b: b.orders["paid"].told.remove("paid"), "order 3 (paid) has told placed"),
    "an event twice": (lambda b: b.orders["paid"].told.append("paid"), "has told placed, paid, paid"),
    "delivered, not shipped": (lambda b: b.orders["delivered"].told.remove("shipped"), "has told placed, paid, delivered"),
    "not in the audit log": (lambda b: setattr(b.orders["paid"], "noted", 0), "stands 0 times in the audit log"),
    "not counted": (lambda b: b.orders["paid"].sales.pop("paid"), "analytics has counted placed of paid, placed"),
    "counted otherwise": (lambda b: count(b, "placed", amount=1), "counted other pieces or money as placed"),
    "lines counted otherwise": (lambda b: count(b, "paid", line_pieces=1), "counted other pieces or money as paid"),
    "no shipment": (lambda b: b.orders["paid"].shipments.clear(), "it has 0 shipments"),
    "two shipments": (lambda b: b.orders["paid"].shipments.append(parcel(b, "paid")), "it has 2 shipments"),
    "a shipment too early": (lambda b: b.orders["placed"].shipments.append(parcel(b, "paid")), "it has 1 shipments"),
    "not on its way": (lambda b: setattr(b.orders["shipped"], "shipments", [parcel(b, "paid")]), "its shipment is pending"),
    "analytics sees it elsewhere": (
        lambda b: setattr(b.orders["paid"], "shipments", [replace(parcel(b, "paid"), counted=["failed"])]),
        "its shipment is pending, for analytics failed",
    ),
    "an orphan": (lambda b: b.strays.append("an event of x"), "an event of x, and there is no such order"),
    "a dead delivery": (lambda b: b.undone.append("x.y is dead: E"), "work is left: x.y is dead: E"),
}  # fmt: skip


def test_balanced() -> None:
    """Books in which all agrees have no fault, and neither has a shop in which nothing has happened."""
    assert faults_of(balanced()) == []
    assert faults_of(Books("new")) == []
    assert faults_told(balanced(), TOLD) == []


def test_lost() -> None:
    """An order that was refunded while its parcel was on its way balances without its pieces, and not with them."""
    books = balanced()
    lost = books.orders["refunded"]
    lost.told.insert(2, "shipped")
    lost.reservation = "committed"
    books.products["tea"].stock -= PIECES
    assert faults_of(books) == []
    lost.reservation = "returned"
    assert any("order 6 (refunded) has its pieces returned" in fault for fault in faults_of(books))


def test_imbalance() -> None:
    """Each thing that is wrong is named, with the shop; books that are right but for it are not passed."""
    missed = {}
    for name, (wrong, sentence) in WRONG.items():
        books = balanced()
        wrong(books)
        found = faults_of(books)
        if not any(fault.startswith("acme: ") and sentence in fault for fault in found):
            missed[name] = found
    assert not missed


def acts(**told: Mapping[str, int]) -> dict[Act, Counter[Told]]:
    """What clients were told, by `kind__subject`."""
    found: dict[Act, Counter[Told]] = {}
    for name, counts in told.items():
        kind, _, subject = name.partition("__")
        said: Counter[Any] = Counter(counts)
        found[Act(kind, "acme", subject)] = said
    return found


TOLD: dict[Act, Counter[Told]] = {
    **acts(cart__={"ok": 6, "unknown": 2}, cancel__cancelled={"ok": 1}, cancel__paid={"refused": 1}),
    **acts(**{f"place__{state}": {"ok": 1} for state in STATES}, place__other={"refused": 1}),
    **acts(pay__placed={"ok": 1}, pay__paid={"unknown": 1}, refund__refunded={"ok": 1}, restock__tea={"ok": 1}),
    Act("inProgress", "acme", "parcel-delivered"): Counter({"ok": 1}),
    Act("delivered", "acme", "parcel-delivered"): Counter({"ok": 1}),
    Act("place", "globex", "elsewhere"): Counter({"ok": 1}),
}  # fmt: skip


OTHERWISE: tuple[tuple[dict[Act, Counter[Told]], str], ...] = (
    (acts(place__gone={"ok": 1}), "lost: place gone was acknowledged 1 times and is there 0 times"),
    (acts(place__paid={"refused": 1}), "phantom: place paid is there 1 times"),
    (acts(cart__={"ok": 8}), "lost: cart was acknowledged 8 times and is there 7 times"),
    (acts(cart__={"ok": 5, "unknown": 1}), "duplicate: cart is there 7 times, and was acknowledged 5 times"),
    (acts(pay__placed={"ok": 2}), "lost: pay placed"),
    (acts(pay__paid={"refused": 2}), "phantom: pay paid"),
    (acts(cancel__placed={"ok": 1}), "lost: cancel placed"),
    (acts(cancel__cancelled={"refused": 1}), "phantom: cancel cancelled"),
    (acts(refund__paid={"ok": 1}), "lost: refund paid"),
    (acts(restock__tea={"ok": 2}), "lost: restock tea"),
    (acts(restock__tea={"refused": 1}), "phantom: restock tea"),
    ({Act("delivered", "acme", "parcel-shipped"): Counter({"ok": 1})}, "lost: delivered parcel-shipped"),
)  # fmt: skip


def test_told_otherwise() -> None:
    """What was acknowledged and is not there is lost; what was refused and is there a phantom; what is there too often twice."""
    for told, sentence in OTHERWISE:
        found = faults_told(balanced(), {**TOLD, **told})
        assert any(sentence in fault for fault in found), (sentence, found)


def test_twice() -> None:
    """An order that was placed twice, and one that nobody has placed."""
    books = balanced()
    books.orders["paid"].noted = 2
    assert any("duplicate: place paid" in fault for fault in faults_told(books, TOLD))
    unheard = {act: told for act, told in TOLD.items() if act != Act("place", "acme", "paid")}
    assert "acme: phantom: order paid was never placed by anybody" in faults_told(balanced(), unheard)


async def test_product_gone() -> None:
    """A product that was there at the opening and is gone is missed, with all its pieces, also what was bought in of it."""
    tables: dict[str, list[Any]] = {
        PRODUCTS: [],
        RESTOCKS: [{"item": "tea", "more": BOUGHT}],
        CARTS: [[0]],
        LAST: [[0]],
    }

    class Emptied:
        """A connection to a shop without products."""

        def transaction(self, **_options: object) -> AbstractAsyncContextManager[None]:
            """Nothing: all is of one moment."""
            return nullcontext()

        async def fetchval(self, _query: str, *_args: object) -> str:
            """The tenant."""
            return "acme"

        async def fetch(self, query: str, *_args: object) -> Any:
            """What stands in a table."""
            return tables.get(query, [])

    books = await read_books(Emptied(), "acme", {"tea": OPENING}, Path())  # type: ignore[arg-type]  # as far as it is asked
    assert faults_of(books) == [f"acme: stock: of tea there are 0, and {OPENING + BOUGHT} should be there"]
