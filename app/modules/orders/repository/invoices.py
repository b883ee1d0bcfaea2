"""Which orders have an invoice."""

from uuid import UUID

from sqlalchemy import select

from app.db.repository import Repository
from app.modules.orders.orm import OrderInvoice


class InvoiceRepository(Repository[OrderInvoice]):
    """Reads and writes invoices of the bound tenant."""

    model = OrderInvoice

    async def of(self, order_id: UUID) -> OrderInvoice | None:
        """The order's invoice, if it has one."""
        found: OrderInvoice | None = await self.uow.session.scalar(
            select(OrderInvoice).where(OrderInvoice.order_id == order_id)
        )
        return found
