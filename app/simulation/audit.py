"""Whether a shop's books balance: every fault is a sentence that names the shop and what does not agree. Nothing is asked here."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final

from app.simulation.books import Books, Order
from app.simulation.journal import Act, Told

EARNED: Final = frozenset(("paid", "shipped", "delivered"))
LOST: Final = ("placed", "paid", "shipped", "refunded")
"""The way of an order that was refunded while its parcel was on its way: its pieces do not come back."""
RESERVED: Final[Mapping[tuple[str, ...], str]] = {
    ("placed",): "held",
    ("placed", "cancelled"): "released",
    ("placed", "paid", "refunded"): "returned",
    ("placed", "paid", "shipped", "delivered", "refunded"): "returned",
}
"""What an order's way makes of its pieces; on any other they have left."""
WAYS: Final[Mapping[str, tuple[tuple[str, ...], ...]]] = {
    "placed": (("placed",),),
    "cancelled": (("placed", "cancelled"),),
    "paid": (("placed", "paid"),),
    "shipped": (("placed", "paid", "shipped"),),
    "delivered": (("placed", "paid", "shipped", "delivered"),),
    "refunded": (("placed", "paid", "refunded"), ("placed", "paid", "shipped", "delivered", "refunded"), LOST),
}
"""The ways on which an order comes to its state: the events that it has told."""
STEPS: Final = ("placed", "cancelled", "paid", "shipped", "delivered", "refunded")
COUNTED: Final = frozenset(("placed", "cancelled", "paid", "refunded"))
"""Events that analytics counts."""
PARCELS: Final[Mapping[str, frozenset[str]]] = {
    "paid": frozenset(("pending", "failed")),
    "shipped": frozenset(("inProgress", "failed")),
    "delivered": frozenset(("delivered",)),
}
HEARD: Final[Mapping[str, frozenset[str]]] = {
    "inProgress": frozenset(("inProgress", "delivered", "failed")),
    "delivered": frozenset(("delivered",)),
}
"""What a carrier tells, and the statuses in which a shipment may be after that was heard."""
DEEDS: Final = {"charge": 1, "refund": -1}


def faults_of(books: Books) -> list[str]:
    """All that does not balance within one shop."""
    found = [*_money(books), *_numbers(books), *_stock(books)]
    for order in books.orders.values():
        found += _order(order)
    found += [f"{stray}, and there is no such order" for stray in books.strays]
    found += [f"work is left: {each}" for each in books.undone]
    return [f"{books.shop}: {fault}" for fault in found]


def faults_told(books: Books, acts: Mapping[Act, Counter[Told]]) -> list[str]:
    """What clients were told beside what is there: nothing acknowledged is lost, nothing refused is there, nothing is twice."""
    ours = {(act.kind, act.subject): told for act, told in acts.items() if act.shop == books.shop}
    found: list[str] = []
    for (kind, subject), told in ours.items():
        there = _traces(books, kind, subject)
        if there is not None:
            found += _compared(f"{kind} {subject}".strip(), told, there)
    unheard = [key for key in books.orders if ("place", key) not in ours]
    found += [f"phantom: order {key} was never placed by anybody" for key in unheard]
    return [f"{books.shop}: {fault}" for fault in found]


def ledgers(books: Books) -> dict[str, int]:
    """What is left of the money that came in, as each of the ledgers has it."""
    payments = [each for order in books.orders.values() for each in order.payments]
    sales = [(kind, sale.amount) for order in books.orders.values() for kind, sale in order.sales.items()]
    found = {
        "gateway": sum(DEEDS[each.kind] * (each.deed or 0) for each in payments),
        "payments": sum(DEEDS[each.kind] * each.amount for each in payments if each.state == "accepted"),
        "orders": sum(order.total for order in books.orders.values() if order.state in EARNED),
        "analytics": sum(
            amount if kind == "paid" else -amount for kind, amount in sales if kind in {"paid", "refunded"}
        ),
    }
    return found if books.answered_revenue is None else {**found, "GET /analytics/sales": books.answered_revenue}


def _money(books: Books) -> Iterator[str]:
    found = ledgers(books)
    if len(set(found.values())) > 1:
        yield f"money: {', '.join(f'{name} {amount}' for name, amount in found.items())}"


def _numbers(books: Books) -> Iterator[str]:
    numbers = sorted(order.number for order in books.orders.values())
    if numbers != list(range(1, len(numbers) + 1)):
        yield f"numbers: not 1 to {len(numbers)}"
    if books.last_number != len(numbers):
        yield f"numbers: the counter says {books.last_number} of {len(numbers)}"


def _stock(books: Books) -> Iterator[str]:
    held: Counter[str] = Counter()
    sold: Counter[str] = Counter()
    for order in books.orders.values():
        held.update(order.held if order.reservation == "held" else {})
        sold.update(order.held if order.reservation == "committed" else {})
    for key, product in books.products.items():
        if not 0 <= product.reserved <= product.stock:
            yield f"stock: of {key} there are {product.stock}, and {product.reserved} are held"
        if product.reserved != held[key]:
            yield f"stock: {product.reserved} of {key} are held, {held[key]} by orders"
        due = product.opening + sum(product.bought) - sold[key]
        if product.stock != due:
            yield f"stock: of {key} there are {product.stock}, and {due} should be there"


def _order(order: Order) -> Iterator[str]:
    name = f"order {order.number} ({order.state})"
    if order.total != order.cost:
        yield f"{name} costs {order.total}, its lines {order.cost}"
    way = tuple(sorted(order.told, key=STEPS.index))
    if way not in WAYS[order.state]:
        yield f"{name} has told {', '.join(order.told) or 'nothing'}"
    if order.noted != 1:
        yield f"{name} stands {order.noted} times in the audit log"
    if order.reservation != RESERVED.get(way, "committed"):
        yield f"{name} has its pieces {order.reservation}"
    if order.held != order.pieces:
        yield f"{name} holds other pieces than it has"
    yield from (f"{name}: {fault}" for fault in _payments(order))
    yield from (f"{name}: {fault}" for fault in _sales(order))
    yield from (f"{name}: {fault}" for fault in _parcels(order))


def _payments(order: Order) -> Iterator[str]:
    accepted = Counter(each.kind for each in order.payments if each.state == "accepted")
    wanted = {"charge": int("paid" in order.told), "refund": int("refunded" in order.told)}
    for kind, count in wanted.items():
        if accepted[kind] != count:
            yield f"{accepted[kind]} times a {kind}, and not {count}"
    for each in order.payments:
        if each.state == "pending":
            yield f"a {each.kind} is still under way"
        elif each.state == "accepted" and each.deed != order.total:
            yield f"a {each.kind} of {order.total} is accepted, and the gateway has moved {each.deed}"
        elif each.state == "declined" and each.deed:
            yield f"a {each.kind} is declined, and the gateway has moved {each.deed}"


def _sales(order: Order) -> Iterator[str]:
    expected = sorted(COUNTED & set(order.told))
    if sorted(order.sales) != expected:
        yield f"analytics has counted {', '.join(sorted(order.sales)) or 'nothing'} of {', '.join(expected)}"
    pieces = order.pieces.total()
    for kind, sale in order.sales.items():
        if {(sale.pieces, sale.amount), (sale.line_pieces, sale.line_amount)} != {(pieces, order.total)}:
            yield f"analytics has counted other pieces or money as {kind}"


def _parcels(order: Order) -> Iterator[str]:
    most, least = int("paid" in order.told), int(order.state in EARNED)
    if not least <= len(order.shipments) <= most:
        yield f"it has {len(order.shipments)} shipments"
    for parcel in order.shipments:
        if order.state in PARCELS and parcel.status not in PARCELS[order.state]:
            yield f"its shipment is {parcel.status}"
        if list(parcel.counted) != [parcel.status] * parcel.products:
            yield f"its shipment is {parcel.status}, for analytics {', '.join(parcel.counted) or 'nowhere'}"


def _traces(books: Books, kind: str, subject: str) -> int | None:
    """How often the act has left its trace; None for what leaves none that is counted."""
    order = books.orders.get(subject)
    if kind == "cart":
        return books.carts + len(books.orders)
    if kind == "place":
        return 0 if order is None else order.noted
    if kind in {"pay", "refund"}:
        wanted = "charge" if kind == "pay" else "refund"
        return 0 if order is None else sum(each.kind == wanted for each in order.payments)
    if kind == "cancel":
        return int(order is not None and "cancelled" in order.told)
    if kind == "restock":
        return len(books.products[subject].bought) if subject in books.products else 0
    if kind in HEARD:
        parcels = {parcel.id: parcel.status for each in books.orders.values() for parcel in each.shipments}
        return None if parcels.get(subject) in HEARD[kind] else 0
    return None


def _compared(what: str, told: Counter[Told], there: int) -> Iterator[str]:
    acknowledged, possible = told["ok"], told["ok"] + told["unknown"]
    if there < acknowledged:
        yield f"lost: {what} was acknowledged {acknowledged} times and is there {there} times"
    elif there > possible:
        kind = "duplicate" if acknowledged or told["unknown"] else "phantom"
        yield f"{kind}: {what} is there {there} times, and was acknowledged {acknowledged} times"
