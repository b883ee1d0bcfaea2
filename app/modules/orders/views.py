"""Lists of carts and of orders."""

from typing import Annotated
from uuid import UUID

from pydantic import Field
from sqlalchemy import ColumnClause, String, Uuid, bindparam, func, literal_column, select

from app.auth.commons import Commons
from app.db.listing import Listing, among, at_least, at_most, below, equals
from app.extensions.pages import Amount, PageQuery, several, sorted_by
from app.modules.orders.orm import STATES, orders
from app.modules.orders.schemas import CartListed, OrderListed
from app.utils.schemas import Moment, Page

_tenant = bindparam("tenant_id", type_=Uuid)
# Written into the text and no parameter, so that PostgreSQL can tell that the indexes of orders, or of carts, suffice.
_draft: ColumnClause[str] = literal_column("'draft'", String)


class CartQuery(PageQuery):
    """Sorts of the list of carts."""

    sort: Annotated[str, sorted_by("created_at", "updated_at")] = "-created_at"


class OrderQuery(PageQuery):
    """Filters and sorts of the list of orders."""

    state: Annotated[str | None, several(*STATES[1:])] = None
    number: Annotated[Amount | None, Field(description="the one with that number")] = None
    total_from: Annotated[Amount | None, Field(alias="total[gte]", description="at least")] = None
    total_to: Annotated[Amount | None, Field(alias="total[lte]", description="at most")] = None
    placed_since: Annotated[Moment | None, Field(alias="placed_at[gte]", description="placed at or after")] = None
    placed_before: Annotated[Moment | None, Field(alias="placed_at[lt]", description="placed before")] = None
    sort: Annotated[str, sorted_by("number", "total")] = "-number"


CARTS: Listing[CartListed] = Listing(
    "carts",
    CartListed,
    select(
        orders.c.id,
        orders.c.currency,
        orders.c.discount_percent,
        orders.c.subtotal,
        orders.c.discount,
        orders.c.total,
        orders.c.version,
        orders.c.created_at,
        orders.c.updated_at,
    ).where(
        orders.c.tenant_id == _tenant, orders.c.buyer_id == bindparam("buyer_id", type_=Uuid), orders.c.state == _draft
    ),
    CartQuery,
    key={"id": orders.c.id},
    sorts={"created_at": orders.c.created_at, "updated_at": orders.c.updated_at},
    order="-created_at",
)

ORDERS: Listing[OrderListed] = Listing(
    "orders",
    OrderListed,
    select(
        orders.c.id,
        orders.c.number,
        orders.c.state,
        orders.c.buyer_id,
        orders.c.currency,
        orders.c.discount_percent,
        orders.c.subtotal,
        orders.c.discount,
        orders.c.total,
        func.coalesce(orders.c.placed_at, orders.c.created_at).label("placed_at"),  # a cart alone has none
        orders.c.version,
        orders.c.created_at,
        orders.c.updated_at,
    ).where(orders.c.tenant_id == _tenant, orders.c.state != _draft),
    OrderQuery,
    key={"id": orders.c.id},
    sorts={"number": orders.c.number, "total": orders.c.total},
    order="-number",
    filters={
        "state": among(orders.c.state),
        "number": equals(orders.c.number),
        "total_from": at_least(orders.c.total),
        "total_to": at_most(orders.c.total),
        "placed_since": at_least(orders.c.placed_at),
        "placed_before": below(orders.c.placed_at),
    },
)


async def cart_page(commons: Commons, query: CartQuery, buyer_id: UUID) -> Page[CartListed]:
    """One page of a person's carts.

    Raises:
        InvalidCursor.
    """
    return await CARTS.page(commons.uow, commons.cursors, query, scope=(str(buyer_id),), fixed={"buyer_id": buyer_id})


async def order_page(commons: Commons, query: OrderQuery) -> Page[OrderListed]:
    """One page of the tenant's orders.

    Raises:
        InvalidCursor.
    """
    return await ORDERS.page(commons.uow, commons.cursors, query)
