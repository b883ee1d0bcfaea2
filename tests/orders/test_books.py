"""A shop and a model of it: whatever is bought, paid, sent, given back, told twice and killed, its books agree after every step."""

import asyncio
from collections import Counter
from collections.abc import Collection, Coroutine, Mapping
from pathlib import Path
from typing import Any

import asyncpg
import httpx
import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from app.extensions.routing import ModularApp
from tests.hostile.fuzz import length
from tests.isolation.test_fuzz import World
from tests.orders.books import CARDS, OUTCOMES, PIECES, PRICES, SHIPMENTS, Books, Known, Model
from tests.orders.killing import Kill, KilledError, Killer, Worker
from tests.orders.test_carts import ANY, code
from tests.orders.test_webhooks import Gateway
from tests.shipping.test_webhooks import Carrier
from tests.support.clock import MovableClock
from tests.support.shops import Shop, Shops, cart, entrust, goods, listen

WALKS, STEPS, TURNS = 6, 20, 12
WANTED = st.dictionaries(st.sampled_from(sorted(PRICES)), st.integers(1, 3), min_size=1)
PICKS = st.integers(0, 9)
ABLE = 8
"""Below it a pick is one that can do what is asked for."""
AT_COMMIT = st.sampled_from([None, None, Kill(0, after=False), Kill(0, after=True)])
"""Of a request: before it is done, or before anybody learns of it."""
AT_WORK = st.none() | st.builds(Kill, st.integers(0, 7), after=st.booleans())
DONE: Counter[str] = Counter()
"""What the walks came by."""


class Site:
    """What all walks share; it belongs to the app's loop."""

    def __init__(self, world: World, worker: Worker, killer: Killer, owner: asyncpg.Connection, gateway: Path) -> None:
        self.world, self.worker, self.killer, self.owner, self.gateway = world, worker, killer, owner, gateway

    async def open(
        self, clock: MovableClock, client: httpx.AsyncClient
    ) -> tuple[Shop, Carrier, Gateway, dict[str, str]]:
        """A tenant with a carrier, a gateway that tells, and few pieces of three things, by name."""
        shop = await self.world.shops.shop()
        carrier, teller = Carrier(client, await entrust(shop), clock), Gateway(client, await listen(shop), clock)
        return (
            shop,
            carrier,
            teller,
            {name: await goods(shop, price=price, stock=PIECES) for name, price in PRICES.items()},
        )


class ShopMachine(RuleBasedStateMachine):
    """Each rule is one request, one message or one turn of a worker; any of them may be killed at a commit."""

    def __init__(self, site: Site, clock: MovableClock, client: httpx.AsyncClient) -> None:
        super().__init__()
        self.site, self.model = site, Model()
        self.shop, self.carrier, self.teller, self.variants = site.world.run(site.open(clock, client))
        names = {key: name for name, key in self.variants.items()}
        self.books = Books(site.owner, self.shop.id, site.gateway, names)

    @initialize()
    def begin_the_day(self) -> None:
        """Two orders, of which one is paid and on its way to the carrier: from here on there is something to be done with."""
        for _ in range(2):
            self.place({"tea": 1, "cup": 2}, None)
        self.pay(1, "card_accept", None)
        for _ in range(2):
            self.work(None, backwards=False, again=False)

    @rule(wanted=WANTED, kill=AT_COMMIT)
    def place(self, wanted: Mapping[str, int], kill: Kill | None) -> None:
        """All the pieces are there, or it is refused and takes no number."""
        lines = [(self.variants[name], quantity) for name, quantity in wanted.items()]
        key = self.run(cart(self.shop.owner, *lines))
        answer, is_done = self.act(f"/carts/{key}/place", kill, headers=ANY)
        assert (answer is None or answer.status_code == 200) == self.model.has(wanted)
        assert is_done or answer is None or code(answer) == (409, "out_of_stock")
        if is_done:
            self.model.place(key, wanted)

    @precondition(lambda self: self.model.orders)
    @rule(pick=PICKS, card=st.sampled_from(CARDS), kill=AT_COMMIT)
    def pay(self, pick: int, card: str, kill: Kill | None) -> None:
        """A charge begins, or the same one is taken up."""
        self.begin(self.pick(pick, "pay"), "pay", card, kill, json={"source": card})

    @precondition(lambda self: self.model.orders)
    @rule(pick=PICKS, kill=AT_COMMIT)
    def refund(self, pick: int, kill: Kill | None) -> None:
        """A refund begins, or is taken up."""
        self.begin(self.pick(pick, "refund"), "refund", "refund", kill)

    @precondition(lambda self: self.model.orders)
    @rule(pick=PICKS, kill=AT_COMMIT)
    def cancel(self, pick: int, kill: Kill | None) -> None:
        """What nobody pays for."""
        order = self.pick(pick, "cancel")
        answer, is_done = self.act(f"/orders/{order.key}/cancel", kill, headers=ANY)
        assert (answer is None or answer.status_code == 200) == order.may("cancel")
        if is_done:
            self.model.cancel(order)

    @precondition(lambda self: self.model.orders)
    @rule(pick=PICKS, status=st.sampled_from(["shipped", "delivered"]), times=st.integers(1, 2))
    def carry(self, pick: int, status: str, times: int) -> None:
        """The carrier tells of a parcel that it has; while a refund is under way it is to tell it again."""
        rows = self.run(self.books.fetch(SHIPMENTS))
        references = {str(row["order_id"]): row["reference"] for row in rows if row["reference"]}
        if references:
            order = self.pick(pick, "carry", {*references})
            reference = references[order.key]
            said = "inProgress" if status == "shipped" else status
            for _ in range(times):
                answer = self.run(self.carrier.tell(reference, said, key=f"{order.key}-{status}-{len(order.told)}"))
                DONE[f"told {answer.status_code}"] += 1
            if answer.status_code == 200:
                self.model.advance(order, status)
            else:
                assert (code(answer), order.pending) == ((409, "payment_pending"), "refund")

    @precondition(lambda self: any(order.pending for order in self.model.orders))
    @rule(pick=PICKS)
    def hear(self, pick: int) -> None:
        """The gateway tells of what it did, before the task has written it."""
        order = self.pick(pick, "hear")
        if order.pending is not None:
            payment = self.run(self.books.payments())[order.key][-1]
            done = self.books.done(payment["id"])
            if done is not None:
                outcome = "declined" if done["reason"] else "accepted"
                about = {"id": str(payment["id"]), "kind": payment["kind"], "amount": payment["amount"]}
                assert self.run(self.teller.tell(about, outcome)).status_code == 200
                self.model.settle(order, outcome)
                DONE["told by the gateway first"] += 1

    @rule(kill=AT_WORK, backwards=st.booleans(), again=st.booleans())
    def work(self, kill: Kill | None, *, backwards: bool, again: bool) -> None:
        """What is due is run, in either order, and with `again` all that was done once more.

        A worker that dies leaves the rest leased, to whoever comes after it.
        """
        if again:
            self.run(self.site.worker.again(self.shop.id))
        self.site.killer.arm(kill)
        try:
            self.run(self.site.worker.turn(self.shop.id, backwards=backwards))
        except KilledError:
            DONE["workers killed"] += 1
        finally:
            self.site.killer.arm(None)
        self.run(self.books.catch_up(self.model))

    @invariant()
    def books_agree(self) -> None:
        """After every step."""
        self.run(self.books.compare(self.model))
        DONE["steps"] += 1

    def teardown(self) -> None:
        """At the end of the day, when nobody is killed any more: all comes to its end, and all ledgers say the same."""
        for _ in range(TURNS):
            for order in self.model.orders:
                if order.pending == "refund":
                    self.begin(order, "refund", "refund", None)
                elif order.pending in OUTCOMES:
                    self.begin(order, "pay", order.pending, None, json={})
            self.work(None, backwards=False, again=False)
            if not self.run(self.site.worker.waiting(self.shop.id)):
                break
        self.books_agree()
        assert not [order for order in self.model.orders if order.pending in OUTCOMES]
        money = self.run(self.books.money())
        assert len(set(money)) == 1, money
        assert self.run(self.books.counted()) == money[0]
        paid = [order.key for order in self.model.orders if "paid" in order.told]
        assert sorted(str(row["order_id"]) for row in self.run(self.books.fetch(SHIPMENTS))) == sorted(paid)
        DONE["money that stays"] += money[0]

    def begin(self, order: Known, act: str, card: str, kill: Kill | None, **options: Any) -> None:
        """Ask for a payment; the model knows whether it is begun."""
        answer, is_done = self.act(f"/orders/{order.key}/{act}", kill, **options)
        assert (answer is None or answer.status_code == 202) == order.may(act, card), answer and answer.text
        if is_done:
            order.pending = card

    def act(self, path: str, kill: Kill | None, **options: Any) -> tuple[httpx.Response | None, bool]:
        """The answer of a request, None where it was killed; and whether it was done."""
        self.site.killer.arm(kill, acts_only=True)
        try:
            answer = self.run(self.shop.owner.post(path, **options))
        except KilledError:
            assert kill is not None
            DONE["requests killed"] += 1
            return None, kill.after
        finally:
            self.site.killer.arm(None)
        assert answer.status_code < 500, answer.text
        DONE[f"{path.rpartition('/')[2]} {answer.status_code}"] += 1
        return answer, answer.status_code < 400

    def pick(self, number: int, act: str, keys: Collection[str] = ()) -> Known:
        """One of the orders: mostly one for which the act is possible; of those with these keys, where some are given."""
        orders = [order for order in self.model.orders if not keys or order.key in keys]
        able = [order for order in orders if order.may(act)] if number < ABLE else []
        return (able or orders)[number % len(able or orders)]

    def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        """Wait for it."""
        return self.site.world.run(work)


async def test_books(
    app: ModularApp, shops: Shops, owner: asyncpg.Connection, client: httpx.AsyncClient, clock: MovableClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """Money in is money out, the stock is the model's, each order has its events, numbers have no gaps; longer by `make fuzz`."""
    asked = length()
    worker, killer = Worker(app.state.runtime, owner, monkeypatch), Killer(monkeypatch)
    site = Site(World(app, shops), worker, killer, owner, Path(app.state.runtime.settings.payments.folder))
    budget = settings(
        max_examples=asked.examples if asked.whole else WALKS,
        stateful_step_count=STEPS,
        derandomize=not asked.whole,
        database=None,
        deadline=None,
        print_blob=True,
        phases=[Phase.explicit, Phase.generate, Phase.shrink] if asked.whole else [Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    machine: Any = lambda: ShopMachine(site, clock, client)  # noqa: E731 - whatever makes a machine will do, though it is typed as a class
    if asked.whole:
        machine = seed(asked.seed)(machine)
    await asyncio.to_thread(run_state_machine_as_test, machine, settings=budget)
    walked = (
        "place 200",
        "place 409",
        "pay 202",
        "cancel 200",
        "refund 202",
        "told 200",
        "requests killed",
        "workers killed",
    )
    assert all(DONE[name] for name in walked), f"a walk that tries nothing proves nothing: {DONE}"
