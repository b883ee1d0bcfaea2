"""Use cases of invoices: one for each order, whose words are kept when it is first asked for; a task prints it."""

from dataclasses import dataclass
from uuid import UUID

from app.auth.commons import Commons
from app.modules.orders.exceptions import InvoiceMade, MoveRefused
from app.modules.orders.invoices import Invoice, InvoiceLine
from app.modules.orders.models import Order
from app.modules.orders.orm import OrderInvoice
from app.modules.orders.repository import InvoiceRepository
from app.modules.orders.schemas import InvoiceCreate, Invoicing, OrderRules
from app.modules.orders.services.base import OrderUseCases
from app.modules.orders.services.orders import placed
from app.services.filesystem import FileKey
from app.tenants.services.settings import settings_of
from app.utils.ids import uuid7

INVOICE = "orders.invoice"
FILES = "orders"
LINK_SECONDS = 900


@dataclass(frozen=True, slots=True)
class Printable:
    """An invoice, and where its file lies."""

    invoice: Invoice
    key: FileKey


class InvoiceService(OrderUseCases):
    """Invoices of orders that are paid, or were."""

    def __init__(self, commons: Commons) -> None:
        """Bound to the tenant."""
        super().__init__(commons)
        self._invoices = InvoiceRepository(self.uow)

    async def ask(self, order_id: UUID, body: InvoiceCreate) -> UUID:
        """Have the invoice printed, or looked up where it is; returns the task that does.

        Raises:
            NotFound, MoveRefused. InvoiceMade: it is there, for another recipient.
        """
        order = placed(await self.orders.hold(order_id))
        if not any((each.kind, each.state) == ("charge", "accepted") for each in order.payments):
            raise MoveRefused(f"The order is {order.state}: an invoice is made of what is paid.")
        known = await self._invoices.of(order.id)
        if known is None:
            await self._issue(order, body.recipient)
        elif body.recipient not in {"", known.recipient}:
            raise InvoiceMade("The order has its invoice already, for another recipient.")
        act = "issued" if known is None else "asked"
        self.track(f"orders.invoice.{act}", f"order:{order.id}", after={"number": order.number})
        return self.start(INVOICE, Invoicing(order_id=order.id))

    async def printable(self, order_id: UUID) -> Printable:
        """What the task prints.

        Raises:
            NotFound.
        """
        order = placed(await self.orders.get(order_id))
        kept = await self._invoices.of(order.id)
        if kept is None:
            raise LookupError(f"the order {order_id} has no invoice")
        lines = [
            InvoiceLine(line.sku, line.name, line.quantity, line.price.amount, line.total.amount)
            for line in order.lines
        ]
        invoice = Invoice(
            order.number, kept.locale, kept.seller, kept.recipient, kept.issued_at, order.currency, lines,
            order.subtotal, order.discount_percent, order.discount, order.total,
        )  # fmt: skip
        return Printable(invoice, FileKey(self.commons.tenant_id, FILES, kept.file_id))

    async def _issue(self, order: Order, recipient: str) -> None:
        """Keep what may change until it is printed, or asked for again."""
        rules = await settings_of(self.commons, "orders", OrderRules)
        tenant = self.commons.tenant
        await self._invoices.add(
            OrderInvoice(
                order_id=order.id,
                file_id=uuid7(),
                locale=rules.invoice_locale,
                seller="" if tenant is None else tenant.name,
                recipient=recipient,
                issued_at=self.commons.clock.now(),
            )
        )
