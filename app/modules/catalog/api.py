"""What other modules may call: what a variant is sold as, and holding pieces of it for an order."""

from collections import Counter
from collections.abc import Mapping, Sequence
from uuid import UUID

from app.auth.commons import Commons, Service
from app.exceptions import FieldFault, pointer_to
from app.modules.catalog.exceptions import OutOfStock, ReservationOver
from app.modules.catalog.repository import AtHand, Change, Offer, StockRepository, Wanted

__all__ = ["CatalogApi", "Offer", "OutOfStock", "ReservationOver", "Wanted"]
NOTHING = AtHand(0, is_for_sale=False)


class CatalogApi(Service):
    """Works in the caller's unit of work: what is held is held when the caller commits, and never if it does not.

    An order has one reservation. It is held, then either released or committed; committed pieces can be taken back once.
    Events and audit entries are the caller's, whose act it is.
    """

    def __init__(self, commons: Commons) -> None:
        """Bound to the tenant."""
        super().__init__(commons)
        self._stock = StockRepository(self.uow)

    async def look_up(self, variant_ids: Sequence[UUID]) -> Mapping[UUID, Offer]:
        """What these variants are sold as now, by id, in one statement; unknown ones are absent."""
        return await self._stock.offers(variant_ids)

    async def reserve(self, order_id: UUID, lines: Sequence[Wanted]) -> None:
        """Hold all these pieces for the order, or none of them; a second call for the same order changes nothing.

        The variants stay locked until the caller commits, so reserve late. Lines of one variant are added up.

        Raises:
            OutOfStock: naming each line that cannot be had; nothing is held, and the caller may go on.
            ReservationOver: the order's pieces were released or taken back.
            ValueError: a line of no pieces.
        """
        pieces: Counter[UUID] = Counter()
        for line in lines:
            if line.quantity < 1:
                raise ValueError("a line has at least one piece")
            pieces[line.variant_id] += line.quantity
        state = await self._stock.begin(order_id, at=self.commons.clock.now())
        if state is not None:
            _demand(state, "held", "committed")
            return
        at_hand = await self._stock.at_hand(list(pieces))
        faults = [fault for place, line in enumerate(lines) if (fault := _fault(place, line, pieces, at_hand))]
        if faults:
            await self._stock.forget(order_id)
            raise OutOfStock(errors=faults)
        await self._stock.keep(order_id, pieces)

    async def release(self, order_id: UUID) -> None:
        """Let the pieces of an order go: they are available again. Nothing happens where nothing is held.

        Raises:
            ReservationOver: they have left the stock already; see `take_back`.
        """
        if not await self._stock.change(order_id, Change.RELEASE, at=self.commons.clock.now()):
            _demand(await self._stock.state(order_id), None, "released")

    async def commit(self, order_id: UUID) -> None:
        """Let the pieces that are held for an order leave the stock for good; a second call changes nothing.

        Raises:
            ReservationOver: the order holds nothing any more, or never did.
        """
        if not await self._stock.change(order_id, Change.COMMIT, at=self.commons.clock.now()):
            _demand(await self._stock.state(order_id), "committed")

    async def take_back(self, order_id: UUID) -> None:
        """Put the pieces of a committed order back into the stock; a second call changes nothing.

        Raises:
            ReservationOver: the pieces have not left the stock.
        """
        if not await self._stock.change(order_id, Change.TAKE_BACK, at=self.commons.clock.now()):
            _demand(await self._stock.state(order_id), "returned")


def _demand(state: str | None, *allowed: str | None) -> None:
    if state not in allowed:
        raise ReservationOver(f"The order's pieces are {state or 'not held'}.")


def _fault(place: int, line: Wanted, pieces: Mapping[UUID, int], at_hand: Mapping[UUID, AtHand]) -> FieldFault | None:
    """What is wrong with a line, by what all lines of its variant want together."""
    found = at_hand.get(line.variant_id, NOTHING)
    if not found.is_for_sale:
        return FieldFault("not_for_sale", "It is not for sale.", pointer=pointer_to("lines", place))
    if pieces[line.variant_id] > found.available:
        return FieldFault("out_of_stock", f"{found.available} are left.", pointer=pointer_to("lines", place))
    return None
