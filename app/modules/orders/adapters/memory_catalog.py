"""A catalog in memory, for what is tested without a server."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from app.modules.catalog.api import OutOfStock
from app.modules.orders.models import Offer, OrderLine


@dataclass
class MemoryCatalog:
    """Offers, and how many pieces of each there are; what was held for an order is known by it."""

    offers: dict[UUID, Offer] = field(default_factory=dict)
    stock: dict[UUID, int] = field(default_factory=dict)
    held: dict[UUID, dict[UUID, int]] = field(default_factory=dict)
    gone: dict[UUID, dict[UUID, int]] = field(default_factory=dict)

    async def look_up(self, variant_ids: Sequence[UUID]) -> Mapping[UUID, Offer]:
        """What these variants are sold as; unknown ones are absent."""
        return {key: self.offers[key] for key in variant_ids if key in self.offers}

    async def reserve(self, order_id: UUID, lines: Sequence[OrderLine]) -> None:
        """Hold the pieces of all these lines for the order, or none.

        Raises:
            OutOfStock.
        """
        wanted = {line.variant_id: line.quantity for line in lines}
        if any(self.stock.get(key, 0) < quantity for key, quantity in wanted.items()):
            raise OutOfStock
        self.held[order_id] = wanted
        self._add(wanted, -1)

    async def release(self, order_id: UUID) -> None:
        """Let what is held for the order go."""
        self._add(self.held.pop(order_id, {}), 1)

    async def hand_out(self, order_id: UUID) -> None:
        """Let what is held for the order leave the stock."""
        self.gone[order_id] = self.held.pop(order_id, {})

    async def take_back(self, order_id: UUID) -> None:
        """Put what has left the stock for the order back."""
        self._add(self.gone.pop(order_id, {}), 1)

    def _add(self, pieces: Mapping[UUID, int], sign: int) -> None:
        for key, quantity in pieces.items():
            self.stock[key] += sign * quantity
