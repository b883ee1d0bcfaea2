"""Use cases of carts."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from app.auth.judgement import denied
from app.exceptions import FieldFault, NotFound, Unauthenticated, pointer_to
from app.modules.catalog.api import OutOfStock
from app.modules.orders.builders import new_cart
from app.modules.orders.events import OrderPlaced
from app.modules.orders.exceptions import NotForSale
from app.modules.orders.models import Order, OrderLine, OrderState
from app.modules.orders.permissions import OrderPermission
from app.modules.orders.schemas import (
    CartCreate,
    CartListed,
    CartOut,
    CartUpdate,
    LineCreate,
    LineUpdate,
    OrderOut,
)
from app.modules.orders.services.base import OrderUseCases, cart_out, order_out, sold_lines
from app.modules.orders.views import CartQuery, cart_page
from app.utils.schemas import Page


class CartService(OrderUseCases):
    """The carts of whoever asks: a colleague's is not there."""

    async def page(self, query: CartQuery) -> Page[CartListed]:
        """One's own.

        Raises:
            InvalidCursor.
        """
        return await cart_page(self.commons, query, self._me)

    async def get(self, cart_id: UUID) -> CartOut:
        """One of them.

        Raises:
            NotFound.
        """
        return cart_out(self._own(await self.orders.get(cart_id)))

    async def create(self, body: CartCreate) -> CartOut:
        """An empty one."""
        cart = new_cart(self._me, body.currency, self.commons.clock.now())
        await self.orders.add(cart)
        self.track("orders.cart.created", f"cart:{cart.id}", after=body.model_dump())
        return cart_out(cart)

    async def update(self, cart_id: UUID, body: CartUpdate) -> CartOut:
        """Another discount.

        Raises:
            NotFound, PreconditionRequired, PreconditionFailed.
        """
        cart = await self._judged(cart_id)
        before = {"discount_percent": cart.discount_percent}
        if body.model_fields_set and body.discount_percent != cart.discount_percent:
            cart.give_discount(body.discount_percent, self.commons.clock.now())
            await self._keep(cart, "discounted", before=before, after=body.model_dump())
        return cart_out(cart)

    async def delete(self, cart_id: UUID) -> None:
        """Throw it away.

        Raises:
            NotFound, PreconditionRequired, PreconditionFailed.
        """
        cart = await self._judged(cart_id)
        await self.orders.remove(cart)
        self.track("orders.cart.deleted", f"cart:{cart.id}", before={"total": cart.total, "lines": len(cart.lines)})

    async def put(self, cart_id: UUID, body: LineCreate) -> CartOut:
        """So many pieces more of a variant. Needs no version: what two put in at once is both in it.

        Raises:
            NotFound, NotForSale, CurrencyMixed, CartFull, QuantityRefused, AmountTooLarge.
        """
        cart = self._own(await self.orders.hold(cart_id))
        offer = (await self.catalog.look_up([body.variant_id])).get(body.variant_id)
        if offer is None:
            told = "The catalog does not offer it."
            raise NotForSale(told, errors=[FieldFault("not_for_sale", told, pointer=pointer_to("variant_id"))])
        line = cart.put(offer, body.quantity, self.commons.clock.now())
        await self._keep(cart, "filled", after={"sku": line.sku, "quantity": line.quantity})
        return cart_out(cart)

    async def change(self, cart_id: UUID, line_id: UUID, body: LineUpdate) -> CartOut:
        """Another number of pieces.

        Raises:
            NotFound, PreconditionRequired, PreconditionFailed, AmountTooLarge.
        """
        cart, line = await self._judged_line(cart_id, line_id)
        before = {"sku": line.sku, "quantity": line.quantity}
        if body.model_fields_set and body.quantity != line.quantity:
            cart.set_quantity(line, body.quantity, self.commons.clock.now())
            await self._keep(cart, "changed", before=before, after={"sku": line.sku, "quantity": line.quantity})
        return cart_out(cart)

    async def drop(self, cart_id: UUID, line_id: UUID) -> CartOut:
        """Take a line out.

        Raises:
            NotFound, PreconditionRequired, PreconditionFailed.
        """
        cart, line = await self._judged_line(cart_id, line_id)
        cart.drop(line, self.commons.clock.now())
        await self._keep(cart, "emptied", before={"sku": line.sku, "quantity": line.quantity})
        return cart_out(cart)

    async def take_prices(self, cart_id: UUID) -> CartOut:
        """Give every line the price that the catalog asks now.

        Raises:
            NotFound, PreconditionRequired, PreconditionFailed, NotForSale, AmountTooLarge.
        """
        cart = await self._judged(cart_id)
        before = {"total": cart.total}
        offers = await self.catalog.look_up([line.variant_id for line in cart.lines])
        if cart.take_prices(offers, self.commons.clock.now()):
            await self._keep(cart, "repriced", before=before, after={"total": cart.total})
        return cart_out(cart)

    async def place(self, cart_id: UUID) -> OrderOut:
        """Make an order of it, at the prices that it has, and hold its pieces.

        Raises:
            NotFound, PreconditionRequired, PreconditionFailed, PermissionDenied, CartEmpty, NotForSale, PricesChanged,
            OutOfStock.
        """
        order = await self._judged(cart_id)
        self._demand_discount_allowed(order)
        await self._hold_pieces(order)
        # Last, for whoever places an order of the tenant from here on waits for this one.
        at = self.commons.clock.now()
        order.place(await self.orders.next_number(), at)
        await self.orders.save(order)
        placed = order_out(order)
        self.record(OrderPlaced(order.id, placed.number, order.total, order.currency, at, sold_lines(order)))
        told = {"number": order.number, "total": order.total, "currency": order.currency}
        self.track("orders.order.placed", f"order:{order.id}", after=told)
        return placed

    def _demand_discount_allowed(self, order: Order) -> None:
        """Of whoever places it: the right to give discounts may have been taken away since this one was given."""
        right = OrderPermission.DISCOUNTS_WRITE
        if order.discount_percent and right not in self.commons.permissions:
            raise denied("permission", f"the cart has a discount, and you do not hold {right}", [str(right)])

    async def _hold_pieces(self, order: Order) -> None:
        """Variants are locked first and judged then: a price that was being changed meanwhile is seen by who waited for it."""
        try:
            await self.catalog.reserve(order.id, order.lines)
        except OutOfStock:
            await self._demand_placeable(order)  # where it is not for sale, or not at that price, that is the reason
            raise
        await self._demand_placeable(order)

    async def _demand_placeable(self, order: Order) -> None:
        order.demand_placeable(await self.catalog.look_up([line.variant_id for line in order.lines]))

    @property
    def _me(self) -> UUID:
        """The person who asks, or who made the key that does."""
        person_id = self.commons.principal.person_id
        if person_id is None:
            raise Unauthenticated
        return person_id

    def _own(self, order: Order | None) -> Order:
        if order is None or order.state != OrderState.DRAFT or order.buyer_id != self._me:
            raise NotFound("There is no such cart.")
        return order

    async def _judged(self, cart_id: UUID) -> Order:
        cart = self._own(await self.orders.hold(cart_id))
        self.commons.if_match.require(cart.version)
        return cart

    async def _judged_line(self, cart_id: UUID, line_id: UUID) -> tuple[Order, OrderLine]:
        cart = self._own(await self.orders.hold(cart_id))
        line = cart.line(line_id)
        if line is None:
            raise NotFound("There is no such line.")
        self.commons.if_match.require(cart.version)
        return cart, line

    async def _keep(
        self, cart: Order, act: str, *, before: Mapping[str, Any] | None = None, after: Mapping[str, Any] | None = None
    ) -> None:
        await self.orders.save(cart)
        self.track(f"orders.cart.{act}", f"cart:{cart.id}", before=before, after=after)
