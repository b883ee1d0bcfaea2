"""/carts."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query

from app.auth.commons import Commons
from app.auth.deps import commons_deps
from app.auth.permissions import access_control
from app.extensions.declared import declares
from app.extensions.responses import done
from app.extensions.routing import ModuleRouter
from app.extensions.views import cbv
from app.modules.catalog.api import OutOfStock
from app.modules.orders.events import OrderPlaced
from app.modules.orders.exceptions import (
    AmountTooLarge,
    CartEmpty,
    CartFull,
    CurrencyMixed,
    NotForSale,
    PricesChanged,
    QuantityRefused,
)
from app.modules.orders.permissions import OrderPermission
from app.modules.orders.schemas import CartCreate, CartListed, CartOut, CartUpdate, LineCreate, LineUpdate, OrderOut
from app.modules.orders.services import CartService
from app.modules.orders.views import CartQuery
from app.utils.schemas import DefaultResponse, Page

router = ModuleRouter(prefix="/carts", tag="carts")


@cbv(router)
class CartViews:
    """The caller's own carts."""

    commons: Commons = Depends(commons_deps)

    @router.get("", summary="List my carts")
    @access_control(permission=OrderPermission.CARTS_READ, module="orders")
    async def list_carts(self, query: Annotated[CartQuery, Query()]) -> Page[CartListed]:
        """A colleague's are theirs alone. Of an API key: those of its maker."""
        return await CartService(self.commons).page(query)

    @router.post("", status_code=201, summary="Create a cart")
    @access_control(permission=OrderPermission.CARTS_WRITE, module="orders")
    async def create_cart(self, body: CartCreate) -> CartOut:
        """Empty, in one currency."""
        return await CartService(self.commons).create(body)

    @router.get("/{cart_id}", summary="Get a cart")
    @access_control(permission=OrderPermission.CARTS_READ, module="orders")
    async def get_cart(self, cart_id: UUID) -> CartOut:
        """With its lines and its ETag. Once it is placed it is an order and no cart."""
        return await CartService(self.commons).get(cart_id)

    @router.patch("/{cart_id}", summary="Give a discount")
    @access_control(permission=OrderPermission.DISCOUNTS_WRITE, module="orders")
    async def update_cart(self, cart_id: UUID, body: CartUpdate) -> CartOut:
        """Per cent off the whole; needs If-Match."""
        return await CartService(self.commons).update(cart_id, body)

    @router.delete("/{cart_id}", summary="Delete a cart")
    @access_control(permission=OrderPermission.CARTS_WRITE, module="orders")
    async def delete_cart(self, cart_id: UUID) -> DefaultResponse:
        """Needs If-Match."""
        await CartService(self.commons).delete(cart_id)
        return done("The cart is gone.")

    @router.post("/{cart_id}/lines", summary="Put something into a cart")
    @access_control(permission=OrderPermission.CARTS_WRITE, module="orders")
    @declares(raises=(NotForSale, CurrencyMixed, CartFull, QuantityRefused, AmountTooLarge))
    async def create_line(self, cart_id: UUID, body: LineCreate) -> CartOut:
        """At the price of now. The same variant again is more of the same line."""
        return await CartService(self.commons).put(cart_id, body)

    @router.patch("/{cart_id}/lines/{line_id}", summary="Change a quantity")
    @access_control(permission=OrderPermission.CARTS_WRITE, module="orders")
    @declares(raises=(AmountTooLarge,))
    async def update_line(self, cart_id: UUID, line_id: UUID, body: LineUpdate) -> CartOut:
        """Needs If-Match with the cart's ETag."""
        return await CartService(self.commons).change(cart_id, line_id, body)

    @router.delete("/{cart_id}/lines/{line_id}", summary="Take something out of a cart")
    @access_control(permission=OrderPermission.CARTS_WRITE, module="orders")
    async def delete_line(self, cart_id: UUID, line_id: UUID) -> CartOut:
        """Needs If-Match with the cart's ETag; answers the cart."""
        return await CartService(self.commons).drop(cart_id, line_id)

    @router.post("/{cart_id}/prices", summary="Take the catalog's prices")
    @access_control(permission=OrderPermission.CARTS_WRITE, module="orders", if_match=True)
    @declares(raises=(NotForSale, AmountTooLarge))
    async def reprice_cart(self, cart_id: UUID) -> CartOut:
        """Every line gets the price of now; needs If-Match."""
        return await CartService(self.commons).take_prices(cart_id)

    @router.post("/{cart_id}/place", summary="Place an order")
    @access_control(permission=OrderPermission.ORDERS_WRITE, module="orders", if_match=True)
    @declares(raises=(CartEmpty, NotForSale, PricesChanged, OutOfStock), emits=(OrderPlaced,))
    async def place_cart(self, cart_id: UUID) -> OrderOut:
        """At the cart's prices: where the catalog asks others by now, 409 says which. Its pieces are held; needs If-Match."""
        return await CartService(self.commons).place(cart_id)
