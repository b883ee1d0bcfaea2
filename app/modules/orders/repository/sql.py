"""Orders in PostgreSQL."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.orm.exc import StaleDataError

from app.db.uow import UnitOfWork
from app.exceptions import PreconditionFailed
from app.modules.orders.models import Order, OrderState
from app.modules.orders.orm import orders

# The row is locked until the commit: who comes next waits, and gets the number behind it, or this one where it came to nothing.
NEXT_NUMBER = """
INSERT INTO order_counters (tenant_id, last) VALUES ($1, 1)
ON CONFLICT (tenant_id) DO UPDATE SET last = order_counters.last + 1 WHERE order_counters.tenant_id = $1
RETURNING last
"""
LOCK = "SELECT state FROM orders WHERE tenant_id = $1 AND id = $2 FOR UPDATE"
PENDING = """
SELECT order_id FROM order_payments WHERE tenant_id = $1 AND state = 'pending' AND created_at < $2 ORDER BY created_at LIMIT $3
"""
REMOVE_CARTS = "DELETE FROM orders WHERE tenant_id = $1 AND buyer_id = $2 AND state = 'draft' RETURNING id"
OF_PAYMENT = "SELECT order_id FROM order_payments WHERE tenant_id = $1 AND id = $2"
UNPAID = """
SELECT id FROM orders WHERE tenant_id = $1 AND state = 'placed' AND placed_at < $2 AND NOT EXISTS (
  SELECT FROM order_payments AS p WHERE p.tenant_id = $1 AND p.order_id = orders.id AND p.state = 'pending'
) ORDER BY placed_at LIMIT $3
"""


class SqlOrders:
    """The orders of the bound tenant; the tenant is in every statement by the session."""

    def __init__(self, uow: UnitOfWork) -> None:
        """`uow` has begun and is bound."""
        self._uow = uow

    async def get(self, order_id: UUID) -> Order | None:
        """The order with all that is in it, or None."""
        return await self._find(select(Order).where(orders.c.id == order_id))

    async def hold(self, order_id: UUID) -> Order | None:
        """The same as it is now, its row locked: first, and by a statement of its own. What a statement joins to a row that it
        waits for is as old as its snapshot, and a line that was put in meanwhile would be missing.
        """
        state = await self._uow.connection.fetchval(LOCK, self._uow.tenant_id, order_id)
        found = select(Order).where(orders.c.id == order_id).execution_options(populate_existing=True)
        return None if state is None else await self._find(found, is_cart=state == OrderState.DRAFT)

    async def add(self, order: Order) -> None:
        """Insert a new one."""
        self._uow.session.add(order)
        await self._uow.session.flush()

    async def save(self, order: Order) -> None:
        """Update what has changed of it.

        Raises:
            PreconditionFailed: somebody else has changed it since it was got.
        """
        self._uow.session.add(order)
        await self._flush()

    async def remove(self, order: Order) -> None:
        """Delete it, its lines first.

        Raises:
            PreconditionFailed: somebody else has changed it since it was got.
        """
        await self._uow.session.delete(order)
        await self._flush()

    async def remove_carts(self, buyer_id: UUID) -> int:
        """Delete all carts of that person, by the index of carts."""
        return len(await self._uow.connection.fetch(REMOVE_CARTS, self._uow.tenant_id, buyer_id))

    async def pending(self, before: datetime, limit: int) -> Sequence[Order]:
        """Orders with a payment that has been pending since before then, by the index of what is pending."""
        rows = await self._uow.connection.fetch(PENDING, self._uow.tenant_id, before, limit)
        keys = [row[0] for row in rows]
        if not keys:
            return ()
        found = await self._uow.session.scalars(_whole(select(Order).where(orders.c.id.in_(keys))))
        return sorted(found.unique(), key=lambda order: keys.index(order.id))

    async def with_payment(self, payment_id: UUID) -> Order | None:
        """The order that the payment is of, its row locked."""
        order_id = await self._uow.connection.fetchval(OF_PAYMENT, self._uow.tenant_id, payment_id)
        return None if order_id is None else await self.hold(order_id)

    async def unpaid(self, before: datetime, limit: int) -> Sequence[UUID]:
        """Orders that were placed before then and that nobody pays for, by the index of what is placed."""
        rows = await self._uow.connection.fetch(UNPAID, self._uow.tenant_id, before, limit)
        return [row[0] for row in rows]

    async def next_number(self) -> int:
        """The tenant's next number; its row is held until the commit."""
        row: Any = await self._uow.connection.fetchrow(NEXT_NUMBER, self._uow.tenant_id)
        return int(row[0])

    async def _find(self, statement: Select[Order], *, is_cart: bool = False) -> Order | None:
        whole = _whole(statement, is_cart=is_cart)
        found: Order | None = (await self._uow.session.scalars(whole)).unique().one_or_none()
        return found

    async def _flush(self) -> None:
        try:
            await self._uow.session.flush()
        except StaleDataError as error:
            raise PreconditionFailed("Somebody changed it at the same moment; read it again.") from error


def _whole(statement: Select[Order], *, is_cart: bool = False) -> Select[Order]:
    """With all that is in an order: its lines by the same statement, its payments by one more.

    A cart has none, so that one statement is enough. Of an order there may be one for each card that was declined, and joined
    each of them would bring all lines once more.
    """
    loads = {"lines": joinedload, "payments": joinedload if is_cart else selectinload}
    return statement.options(*(load(getattr(Order, part)) for part, load in loads.items()))
