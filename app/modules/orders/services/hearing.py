"""What the gateway tells of payments in signed messages, beside what it answers."""

from uuid import UUID

from app.auth.commons import Commons, Service
from app.core.services import IncomingService
from app.extensions.incoming import SignedMessage
from app.modules.orders.exceptions import PaymentMismatch, PaymentUnknown
from app.modules.orders.models import Receipt
from app.modules.orders.money import Money
from app.modules.orders.schemas import GatewayMessage
from app.modules.orders.services.payments import Settling

CONSUMER = "orders"
KINDS = ("charge", "refund")
OUTCOMES = ("accepted", "declined")


class HearingService(Service):
    """The gateway's word, told once. It settles the same payment as the task does, whichever comes first."""

    def __init__(self, commons: Commons) -> None:
        """The unit of work has not begun: `receive` begins it, as the tenant's."""
        super().__init__(commons)
        self._settling = Settling(commons)

    async def receive(self, tenant_id: UUID, endpoint_id: UUID, signed: SignedMessage, body: GatewayMessage) -> None:
        """A message of the gateway's.

        What contradicts the answer that was written first changes nothing, and is noted: somebody has to look.

        Raises:
            WebhookRefused: it is not signed as the tenant's gateway signs.
            PaymentUnknown: there is no such payment yet; nothing is kept of the message, so that it may come again.
            PaymentMismatch: not what was asked for under that id; likewise.
        """
        is_new = await IncomingService(self.commons, CONSUMER).admit(tenant_id, endpoint_id, signed)
        if not is_new or body.kind not in KINDS or body.outcome not in OUTCOMES:
            return
        order = await self._settling.orders.with_payment(body.payment_id)
        if order is None:
            raise PaymentUnknown("No payment was begun under that id. Send it again later.")
        payment = next(each for each in order.payments if each.id == body.payment_id)
        if (payment.kind, payment.amount) != (body.kind, Money(body.amount, body.currency)):
            raise PaymentMismatch("Another amount, currency or kind was asked for under that id.")
        if payment.state == "pending":
            receipt = Receipt(body.outcome == "accepted", body.reference, body.reason)
            await self._settling.apply(order, payment, receipt, self.uow.actor)
        elif payment.state != body.outcome:
            after = {"payment_id": str(payment.id), "state": payment.state, "told": body.outcome}
            self.track(f"orders.{payment.kind}.contradicted", f"order:{order.id}", after=after, actor=self.uow.actor)
