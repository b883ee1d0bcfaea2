"""Use cases of payments: the intent is written, the gateway is asked by a task, and its answer is written."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from app.config import Settings
from app.db.errors import storable
from app.exceptions import FieldFault, ValidationFailed, pointer_to
from app.modules.orders.adapters import make_gateway
from app.modules.orders.events import OrderPaid, OrderRefunded
from app.modules.orders.exceptions import PaymentsOff
from app.modules.orders.interfaces import PaymentGateway
from app.modules.orders.limits import MAX_REASON, MAX_REFERENCE
from app.modules.orders.models import Order, OrderState, Payment, Receipt
from app.modules.orders.money import Money
from app.modules.orders.schemas import PaymentCreate, Settlement
from app.modules.orders.services.base import OrderUseCases, sold_lines
from app.modules.orders.services.orders import placed

SETTLE = "orders.settle"
LONG_PENDING = timedelta(minutes=15)
"""How old a payment is before it is taken up by itself; until then its first task is at it."""
MOST_AT_ONCE = 100
NO_SOURCE = FieldFault("missing", "is missing: no charge is under way that could be taken up", pointer_to("source"))


@dataclass(frozen=True, slots=True)
class Wish:
    """What the gateway is to be asked."""

    key: UUID
    kind: str
    amount: Money
    source: str

    async def ask(self, settings: Settings) -> Receipt:
        """Ask it; under the same key as ever, so that it is done once. Nothing is asked where nothing is to be paid.

        Raises:
            GatewayError: it did not answer.
            PaymentsOff: there is none.
        """
        if self.amount.amount == 0:
            return Receipt(accepted=True)
        gateway = gateway_of(settings)
        move = gateway.charge if self.kind == "charge" else gateway.refund
        return await move(self.key, self.amount, self.source)


class PaymentService(OrderUseCases):
    """Charges for orders, and refunds. What is under way is taken up again, never begun twice."""

    async def pay(self, order_id: UUID, body: PaymentCreate) -> UUID:
        """Begin to charge the total; returns the task that asks the gateway. Without a source: take up the charge under way.

        Raises:
            NotFound, PaymentsOff, MoveRefused, PaymentPending, ValidationFailed.
        """
        order = placed(await self.orders.hold(order_id))
        if "source" in body.model_fields_set:
            return await self._begin(order, "charge", body.source)
        pending = order.pending
        if pending is None or pending.kind != "charge":
            raise ValidationFailed(errors=[NO_SOURCE])
        return await self._begin(order, "charge", pending.source)

    async def refund(self, order_id: UUID) -> UUID:
        """Begin to give the total back; returns the task that asks the gateway.

        Raises:
            NotFound, PaymentsOff, MoveRefused.
        """
        order = placed(await self.orders.hold(order_id))
        charge = next((each for each in order.payments if (each.kind, each.state) == ("charge", "accepted")), None)
        return await self._begin(order, "refund", "" if charge is None else charge.reference or "")

    async def take_up(self) -> int:
        """Have the gateway asked again for what it has not answered for long; returns for how many payments.

        Whatever became of their tasks: cancelled, dead or still trying. Each is asked for under the key that it has ever had.
        """
        if make_gateway(self.commons.settings.payments) is None:
            return 0
        before = self.commons.clock.now() - LONG_PENDING
        found = await self.orders.pending(before, MOST_AT_ONCE)
        for order in found:
            if order.pending is not None:
                self._settle(order, order.pending, "resumed")
        return len(found)

    async def _begin(self, order: Order, kind: str, source: str) -> UUID:
        if order.total:
            gateway_of(self.commons.settings)
        known = order.pending
        payment = order.begin(kind, source, self.commons.clock.now())
        await self.orders.save(order)
        return self._settle(order, payment, "resumed" if payment is known else "started")

    def _settle(self, order: Order, payment: Payment, act: str) -> UUID:
        """Have the gateway asked; returns the task that does."""
        task_id = self.start(SETTLE, Settlement(order_id=order.id, payment_id=payment.id))
        told = {"payment_id": str(payment.id), "amount": payment.amount.amount, "currency": payment.amount.currency}
        self.track(f"orders.{payment.kind}.{act}", f"order:{order.id}", after=told)
        return task_id


class Settling(OrderUseCases):
    """The steps of the task: what is to be asked, and what was answered."""

    async def wish(self, about: Settlement) -> Wish | None:
        """What the gateway is to be asked; None where it has answered already."""
        _, payment = await self._find(about)
        if payment.state != "pending":
            return None
        return Wish(payment.id, payment.kind, payment.amount, payment.source)

    async def settle(self, about: Settlement, receipt: Receipt, actor: str) -> None:
        """Write what the gateway answered, once, and let the pieces go where they belong; in the name of who began it."""
        await self.apply(*await self._find(about), receipt, actor)

    async def apply(self, order: Order, payment: Payment, receipt: Receipt, actor: str) -> None:
        """The same of an order that is held, whoever brings the gateway's word: who comes second changes nothing."""
        receipt, at, was = _kept(receipt), self.commons.clock.now(), order.state
        if not order.settle(payment, receipt, at):
            return
        await self.orders.save(order)
        if receipt.accepted:
            await self._move_pieces(order, payment, at, was)
        outcome = "accepted" if receipt.accepted else "declined"
        after = {"payment_id": str(payment.id), "state": order.state, "reason": receipt.reason}
        self.track(f"orders.{payment.kind}.{outcome}", f"order:{order.id}", after=after, actor=actor)

    async def result(self, about: Settlement) -> Mapping[str, Any]:
        """What the task tells at its end."""
        order, payment = await self._find(about)
        return {"order_state": order.state, "payment_state": payment.state, "reason": payment.reason}

    async def _move_pieces(self, order: Order, payment: Payment, at: datetime, was: str) -> None:
        """Out of the stock for a charge, back for a refund; and it is told. What is refunded on its way is lost, and not back."""
        money = payment.amount
        about = (order.id, order.number, payment.id, money.amount, money.currency, at, sold_lines(order))
        if payment.kind == "charge":
            await self.catalog.hand_out(order.id)
            self.record(OrderPaid(*about))
        else:
            if was != OrderState.SHIPPED:
                await self.catalog.take_back(order.id)
            self.record(OrderRefunded(*about))

    async def _find(self, about: Settlement) -> tuple[Order, Payment]:
        order = placed(await self.orders.hold(about.order_id))
        return order, next(each for each in order.payments if each.id == about.payment_id)


def _kept(receipt: Receipt) -> Receipt:
    """What is stored of an answer. The money has moved by now, so that nothing in it may be refused."""
    reference = None if receipt.reference is None else storable(receipt.reference, MAX_REFERENCE)
    reason = None if receipt.reason is None else storable(receipt.reason, MAX_REASON)
    return Receipt(receipt.accepted, reference, reason)


def gateway_of(settings: Settings) -> PaymentGateway:
    """The gateway of the installation.

    Raises:
        PaymentsOff: it has none.
    """
    gateway = make_gateway(settings.payments)
    if gateway is None:
        raise PaymentsOff("No payment gateway is configured here.")
    return gateway
