"""The list of shipments."""

from typing import Annotated
from uuid import UUID

from pydantic import Field
from sqlalchemy import Uuid, bindparam, select

from app.auth.commons import Commons
from app.db.listing import Listing, among, equals
from app.extensions.pages import PageQuery, several, sorted_by
from app.modules.shipping.models import STATUSES, Shipment
from app.modules.shipping.schemas import ShipmentOut
from app.utils.schemas import Page

_tenant = bindparam("tenant_id", type_=Uuid)
# The table and not the class, which cannot be asked before the tables of all modules are there: orders map theirs from outside.
_row = Shipment.__table__.c


class ShipmentQuery(PageQuery):
    """Filters and sorts of the list."""

    status: Annotated[str | None, several(*STATUSES)] = None
    order_id: Annotated[UUID | None, Field(description="the one of that order")] = None
    sort: Annotated[str, sorted_by("created_at")] = "-created_at"


SHIPMENTS: Listing[ShipmentOut] = Listing(
    "shipments",
    ShipmentOut,
    select(
        _row.id,
        _row.order_id,
        _row.order_number,
        _row.status,
        _row.carrier,
        _row.reference,
        _row.tracking_number,
        _row.reason,
        _row.version,
        _row.created_at,
        _row.updated_at,
    ).where(_row.tenant_id == _tenant),
    ShipmentQuery,
    key={"id": _row.id},
    sorts={"created_at": _row.created_at},
    order="-created_at",
    filters={"status": among(_row.status), "order_id": equals(_row.order_id)},
)


async def shipment_page(commons: Commons, query: ShipmentQuery) -> Page[ShipmentOut]:
    """One page of the tenant's shipments.

    Raises:
        InvalidCursor.
    """
    return await SHIPMENTS.page(commons.uow, commons.cursors, query)
