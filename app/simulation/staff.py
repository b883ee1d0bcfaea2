"""What a shop's owner does all day, and what the carrier tells meanwhile; and how the day is closed."""

import asyncio
import random
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, Final

from app.simulation.journal import Journal
from app.simulation.outside import Outside
from app.simulation.shops import Shop
from app.simulation.visits import SILENT

SHORTEST_ROUND, LONGEST_ROUND = 1.0, 5.0
"""Seconds between two rounds: an hour of the day, within these bounds."""
LOW, MORE = 3, 20
"""Below so many pieces some are bought in; how many."""
REFUNDS, REPRICES, CARRIES = 0.08, 0.1, 0.6
CLOSING_SECONDS: Final = 60.0
LOOK_SECONDS = 1.0
ASK_EVERY: Final = 10
"""Looks between two questions to the gateway: its answer takes a while."""


class Staff:
    """One shop's: in rounds, from the opening to the end."""

    def __init__(self, shop: Shop, outside: Outside, journal: Journal, seed: str, hour_seconds: float) -> None:
        """`seed` draws what is refunded, carried and dearer."""
        self._pause = min(max(SHORTEST_ROUND, hour_seconds), LONGEST_ROUND)
        self._shop = shop
        self._outside = outside
        self._journal = journal
        self._random = random.Random(seed)
        self._looked_at: set[str] = set()
        self._number = 0

    async def work(self, closed: asyncio.Event) -> None:
        """Until the shop is closed: what was begun by then comes to its end."""
        pause = self._random.uniform(0, self._pause)
        while not await _heard(closed, pause):
            await self.round()
            pause = self._pause

    async def round(self) -> None:
        """Look after the shelves, the parcels, and those who want their money back."""
        await self._look_after_stock()
        await self._look_after_parcels()
        await self._look_after_refunds()

    async def close(self) -> None:
        """A last round; then every payment is settled that somebody has begun: told of by the gateway, or asked for again.

        Bounded in time: what is left is found by the audit.
        """
        await self.round()
        open_orders = self._journal.unsettled[self._shop.slug]
        for attempt in range(int(CLOSING_SECONDS / LOOK_SECONDS)):
            for order_id, card in list(open_orders.items()):
                if await self._is_settled(order_id, card, ask=attempt % ASK_EVERY == 0):
                    del open_orders[order_id]
            if not open_orders:
                return
            await asyncio.sleep(LOOK_SECONDS)

    async def _is_settled(self, order_id: str, card: str, *, ask: bool) -> bool:
        found = await self._shop.owner.get(f"/orders/{order_id}")
        if found.told != "ok":
            return False
        last = found.body["payments"][-1] if found.body["payments"] else None
        if last is None or last["state"] != "pending":
            return True
        if card == SILENT:
            await self._outside.settle(self._shop, last)
        elif ask:
            act, body = ("pay", dict[str, str]()) if last["kind"] == "charge" else ("refund", None)
            await self._shop.owner.write("POST", f"/orders/{order_id}/{act}", body)
        return False

    async def _look_after_stock(self) -> None:
        found = await self._shop.owner.get("/products?status=active&limit=20")
        for item in found.body["data"] if found.told == "ok" else []:
            if item["stock"] < LOW:
                await self._change(item, "restock", {"stock": item["stock"] + MORE})
            elif self._random.random() < REPRICES / len(self._shop.opening):
                await self._change(item, "reprice", {"price": item["price"] + 50})

    async def _change(self, item: Mapping[str, Any], kind: str, values: Mapping[str, int]) -> None:
        """Of what was seen: who sold a piece meanwhile is not overwritten, and the next round looks again."""
        self._number += 1
        once = f"{self._shop.slug}-{kind}-{self._number}"
        path = f"/products/{item['id']}"
        reply = await self._shop.owner.write("PATCH", path, values, once=once, version=item["version"])
        self._journal.note(kind, self._shop.slug, str(item["id"]), reply.told)

    async def _look_after_parcels(self) -> None:
        found = await self._shop.owner.get("/shipments?status=pending,inProgress&limit=50")
        for parcel in found.body["data"] if found.told == "ok" else []:
            if parcel["reference"] and self._random.random() < CARRIES:
                step = "inProgress" if parcel["status"] == "pending" else "delivered"
                reply = await self._outside.carry(self._shop, parcel["reference"], step)
                self._journal.note(step, self._shop.slug, str(parcel["id"]), reply.told)

    async def _look_after_refunds(self) -> None:
        found = await self._shop.owner.get("/orders?state=paid,delivered&limit=50")
        for order in found.body["data"] if found.told == "ok" else []:
            order_id = str(order["id"])
            if order_id in self._looked_at:
                continue
            self._looked_at.add(order_id)
            if self._random.random() < REFUNDS:
                reply = await self._shop.owner.write("POST", f"/orders/{order_id}/refund", once=f"refund-{order_id}")
                self._journal.note("refund", self._shop.slug, order_id, reply.told)
                if reply.told != "refused":
                    self._journal.unsettled[self._shop.slug][order_id] = "refund"


async def _heard(event: asyncio.Event, seconds: float) -> bool:
    """Wait so long for it; whether it came."""
    with suppress(TimeoutError):
        await asyncio.wait_for(event.wait(), seconds)
    return event.is_set()
