"""What a customer does: looks round, fills a cart, places it, pays or thinks better of it. Drawn from the visit's own seed."""

import asyncio
import random
from collections.abc import Mapping
from typing import Any, Final

from app.simulation.caller import PATIENCE_SECONDS, Caller, Reply
from app.simulation.journal import Journal
from app.simulation.outside import Outside
from app.simulation.shops import Shop

CARDS: Final = ("card_accept", "card_accept", "card_accept", "card_accept", "card_lost", "card_decline", "card_timeout")
SILENT: Final = "card_timeout"
STUBBORN: Final = 0.7
"""How many come again after a failure until they know; the others take the first answer, or none, and go."""
ONLY_LOOKS, LEAVES_CART, LEAVES_UNPAID, CANCELS, TRIES_AGAIN = 0.2, 0.1, 0.05, 0.1, 0.7
WAIT_SECONDS, LOOK_SECONDS = 6.0, 0.5
"""How long somebody waits for a payment, and between two looks."""


class Visit:
    """One customer in one shop."""

    def __init__(self, shop: Shop, outside: Outside, journal: Journal, seed: str) -> None:
        """`seed` draws who it is, what is bought, and how it ends."""
        self._shop = shop
        self._outside = outside
        self._journal = journal
        self._random = random.Random(seed)
        self._key = seed.replace(" ", "-")
        self._caller: Caller = self._random.choice(shop.members)
        self._patience = PATIENCE_SECONDS if self._random.random() < STUBBORN else 0.0

    async def run(self) -> None:
        """From coming in to going out."""
        self._journal.hour.visits += 1
        shelf = await self._caller.get("/products?status=active&limit=20")
        if shelf.told != "ok" or self._by_chance(ONLY_LOOKS):
            return
        cart = await self._fill(shelf.body["data"])
        if cart is None or self._by_chance(LEAVES_CART) or not await self._place(cart):
            return
        order_id = str(cart["id"])
        if self._by_chance(LEAVES_UNPAID):
            return
        if self._by_chance(CANCELS):
            await self._cancel(order_id)
        else:
            await self._pay_until_paid(order_id)

    async def _fill(self, goods: list[Mapping[str, Any]]) -> Mapping[str, Any] | None:
        made = await self._write("/carts", {"currency": "EUR"}, "cart")
        self._journal.note("cart", self._shop.slug, "", made.told)
        if made.told != "ok":
            return None
        cart: Mapping[str, Any] = made.body
        for number, item in enumerate(self._random.sample(goods, min(len(goods), self._random.randint(1, 3)))):
            body = {"variant_id": item["id"], "quantity": self._random.randint(1, 3)}
            put = await self._write(f"/carts/{cart['id']}/lines", body, f"line{number}")
            if put.told != "ok":
                return None
            cart = put.body
        return cart

    async def _place(self, cart: Mapping[str, Any]) -> bool:
        """Whether the customer knows that it is placed; prices that have changed meanwhile are taken as they are."""
        order_id, version = str(cart["id"]), cart["version"]
        reply = await self._write(f"/carts/{order_id}/place", None, "place", version)
        if reply.code == "prices_changed":
            taken = await self._write(f"/carts/{order_id}/prices", None, "prices", version)
            if taken.told == "ok":
                reply = await self._write(f"/carts/{order_id}/place", None, "place", taken.body["version"])
        self._journal.note("place", self._shop.slug, order_id, reply.told)
        return reply.told == "ok"

    async def _cancel(self, order_id: str) -> None:
        """As it stands: nobody else pays for it."""
        reply = await self._write(f"/orders/{order_id}/cancel", None, "cancel", "*")
        self._journal.note("cancel", self._shop.slug, order_id, reply.told)

    async def _pay_until_paid(self, order_id: str) -> None:
        """With one card after another, as long as they are declined and the customer likes."""
        for number in range(len(CARDS)):
            card = self._random.choice(CARDS)
            reply = await self._write(f"/orders/{order_id}/pay", {"source": card}, f"pay{number}")
            self._journal.note("pay", self._shop.slug, order_id, reply.told)
            if reply.told != "refused":
                self._journal.unsettled[self._shop.slug][order_id] = card
            if reply.told != "ok":
                return
            if await self._settled(order_id, card) != "declined" or not self._by_chance(TRIES_AGAIN):
                return

    async def _settled(self, order_id: str, card: str) -> str:
        """What became of the last payment, `pending` where that is not known after a while.

        Of a card that is silent the gateway tells in the end that nothing was taken.
        """
        for _ in range(int(WAIT_SECONDS / LOOK_SECONDS)):
            found = await self._caller.get(f"/orders/{order_id}")
            payments = found.body["payments"] if found.told == "ok" else []
            if payments and payments[-1]["state"] != "pending":
                self._journal.unsettled[self._shop.slug].pop(order_id, None)
                return str(payments[-1]["state"])
            if payments and card == SILENT:
                await self._outside.settle(self._shop, payments[-1])
            await asyncio.sleep(LOOK_SECONDS)
        return "pending"

    async def _write(self, path: str, body: Any, what: str, version: int | str | None = None) -> Reply:
        once = f"{self._key}-{what}"
        return await self._caller.write("POST", path, body, once=once, version=version, patience=self._patience)

    def _by_chance(self, share: float) -> bool:
        return self._random.random() < share
