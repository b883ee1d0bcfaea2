"""Orders in memory: the same promises without a server, for what is tested without one."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from app.exceptions import PreconditionFailed
from app.modules.orders.models import Order, OrderState, copy_of


@dataclass
class MemoryStore:
    """What has been committed, of all tenants."""

    orders: dict[tuple[UUID, UUID], Order] = field(default_factory=dict)
    numbers: dict[UUID, int] = field(default_factory=dict)

    @asynccontextmanager
    async def unit(self, tenant_id: UUID) -> AsyncIterator["MemoryOrders"]:
        """One unit of work of a tenant: what was changed in it is kept at its end, or nothing where something is raised."""
        work = MemoryOrders(self, tenant_id)
        yield work
        work.keep()


class MemoryOrders:
    """The orders of one tenant in one unit of work. Nothing waits here: who saves what another has changed is refused."""

    def __init__(self, store: MemoryStore, tenant_id: UUID) -> None:
        """`keep` brings what was changed into the store."""
        self._store = store
        self._tenant_id = tenant_id
        self._seen: dict[UUID, int] = {}
        self._changed: dict[UUID, Order | None] = {}
        self._number: int | None = None

    async def get(self, order_id: UUID) -> Order | None:
        """A copy of the order, or None; what this unit has changed, as it is now."""
        if order_id in self._changed:
            return self._changed[order_id]
        found = self._store.orders.get((self._tenant_id, order_id))
        if found is None:
            return None
        self._seen[order_id] = found.version
        return copy_of(found)

    async def hold(self, order_id: UUID) -> Order | None:
        """The same."""
        return await self.get(order_id)

    async def add(self, order: Order) -> None:
        """Keep a new one."""
        self._changed[order.id] = order

    async def save(self, order: Order) -> None:
        """Keep what has changed of it.

        Raises:
            PreconditionFailed: somebody else has changed it since it was got.
        """
        self._demand_seen(order)
        self._changed[order.id] = order

    async def remove(self, order: Order) -> None:
        """Take it out.

        Raises:
            PreconditionFailed: somebody else has changed it since it was got.
        """
        self._demand_seen(order)
        self._changed[order.id] = None

    async def remove_carts(self, buyer_id: UUID) -> int:
        """Take out all carts of that person, of what is committed."""
        found = [each.id for each in self._kept() if (each.state, each.buyer_id) == (OrderState.DRAFT, buyer_id)]
        self._changed.update(dict.fromkeys(found))
        return len(found)

    async def pending(self, before: datetime, limit: int) -> Sequence[Order]:
        """Orders with a payment that has been pending since before then, of what is committed."""
        begun = sorted((each.pending.created_at, each.id) for each in self._kept() if each.pending is not None)
        found = [await self.get(key) for at, key in begun if at < before]
        return [order for order in found if order is not None][:limit]

    async def with_payment(self, payment_id: UUID) -> Order | None:
        """The order that the payment is of, or None."""
        for key in [order.id for order in self._kept() if any(each.id == payment_id for each in order.payments)]:
            return await self.get(key)
        return None

    async def unpaid(self, before: datetime, limit: int) -> Sequence[UUID]:
        """Orders that were placed before then and that nobody pays for, of what is committed."""
        waiting = [each for each in self._kept() if each.state == OrderState.PLACED and each.pending is None]
        begun = sorted((each.placed_at, each.id) for each in waiting if each.placed_at and each.placed_at < before)
        return [key for _, key in begun][:limit]

    async def next_number(self) -> int:
        """The tenant's next number."""
        self._number = (self._number or self._store.numbers.get(self._tenant_id, 0)) + 1
        return self._number

    def keep(self) -> None:
        """Bring what was changed into the store."""
        for order_id, order in self._changed.items():
            if order is None:
                self._store.orders.pop((self._tenant_id, order_id), None)
            else:
                self._store.orders[self._tenant_id, order_id] = copy_of(order)
        if self._number is not None:
            self._store.numbers[self._tenant_id] = self._number

    def _kept(self) -> Sequence[Order]:
        """What is committed of the tenant."""
        return [order for (tenant_id, _), order in self._store.orders.items() if tenant_id == self._tenant_id]

    def _demand_seen(self, order: Order) -> None:
        if order.id in self._changed:
            return
        now = self._store.orders.get((self._tenant_id, order.id))
        if now is None or now.version != self._seen.get(order.id):
            raise PreconditionFailed("Somebody changed it at the same moment; read it again.")
