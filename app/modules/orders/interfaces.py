"""What orders need of the world: a store, a catalog and a gateway. Each has an adapter and a twin in memory or in files."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from app.modules.orders.models import Offer, Order, OrderLine, Receipt
from app.modules.orders.money import Money


class Orders(Protocol):
    """The orders of one tenant, in one unit of work."""

    async def get(self, order_id: UUID) -> Order | None:
        """The order with all that is in it, or None: another tenant's is not there."""

    async def hold(self, order_id: UUID) -> Order | None:
        """The same, kept from everybody else who holds it until the unit of work ends."""

    async def add(self, order: Order) -> None:
        """Keep a new one."""

    async def save(self, order: Order) -> None:
        """Keep what has changed of one that was got.

        Raises:
            PreconditionFailed: somebody else has changed it since it was got.
        """

    async def remove(self, order: Order) -> None:
        """Take one out that was got, with all that is in it.

        Raises:
            PreconditionFailed: somebody else has changed it since it was got.
        """

    async def remove_carts(self, buyer_id: UUID) -> int:
        """Take out all carts of that person; returns how many."""

    async def pending(self, before: datetime, limit: int) -> Sequence[Order]:
        """So many of the orders with a payment that is pending and was begun before then; those of the oldest first."""

    async def with_payment(self, payment_id: UUID) -> Order | None:
        """The order that the payment is of, held; or None."""

    async def unpaid(self, before: datetime, limit: int) -> Sequence[UUID]:
        """So many of the orders that were placed before then and that nobody pays for, the oldest first; none is held."""

    async def next_number(self) -> int:
        """The tenant's next number, from 1. It is given when the unit of work ends well, and else to the next who asks."""


class Catalog(Protocol):
    """What is sold, and the stock of it, in the same unit of work."""

    async def look_up(self, variant_ids: Sequence[UUID]) -> Mapping[UUID, Offer]:
        """What these variants are sold as now; unknown ones are absent."""

    async def reserve(self, order_id: UUID, lines: Sequence[OrderLine]) -> None:
        """Hold the pieces of all these lines for the order, or none.

        Raises:
            OutOfStock.
        """

    async def release(self, order_id: UUID) -> None:
        """Let what is held for the order go."""

    async def hand_out(self, order_id: UUID) -> None:
        """Let what is held for the order leave the stock."""

    async def take_back(self, order_id: UUID) -> None:
        """Put what has left the stock for the order back."""


class GatewayError(Exception):
    """The gateway did not answer: whether it was done is not known. The same key finds out."""


class PaymentGateway(Protocol):
    """Moves money. Never called while a transaction is open.

    What was asked under a key is done once: asked again it answers what it did then.
    """

    async def charge(self, key: UUID, amount: Money, source: str) -> Receipt:
        """Take the amount from the source.

        Raises:
            GatewayError.
        """

    async def refund(self, key: UUID, amount: Money, reference: str) -> Receipt:
        """Give the amount of that charge back.

        Raises:
            GatewayError.
        """

    async def ping(self) -> None:
        """Whether it could be asked now.

        Raises:
            GatewayError: no.
        """
