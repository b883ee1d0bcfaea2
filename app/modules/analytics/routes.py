"""/analytics."""

from collections.abc import Sequence
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Query
from starlette.responses import Response, StreamingResponse

from app.auth.commons import Commons
from app.auth.deps import commons_deps
from app.auth.permissions import access_control
from app.core.event_streams import EventStreams, event_streams_deps
from app.core.schemas import TaskOut
from app.core.services import accepted
from app.exceptions import NotFound, TooManyTasks
from app.extensions.access import RouteClass
from app.extensions.bells import bell_of
from app.extensions.declared import declares
from app.extensions.event_stream import LAST_EVENT_ID, streamed
from app.extensions.responses import attachment
from app.extensions.routing import ModuleRouter
from app.extensions.tasks import TaskQueued
from app.extensions.views import cbv
from app.modules.analytics import tables
from app.modules.analytics.live import PACE, look_at_today
from app.modules.analytics.permissions import AnalyticsPermission
from app.modules.analytics.schemas import (
    ProductSalesOut,
    ProductShippingOut,
    SalesExportQuery,
    SalesOut,
    SalesQuery,
    ShippingQuery,
    TopOut,
    TopQuery,
)
from app.modules.analytics.services import SALES, AnalyticsService
from app.modules.analytics.tables import Table
from app.utils.spreadsheets import csv_lines

WATCHED = streamed(
    "Events named `sales`, each with a body as that of `GET /analytics/sales` for today as data.",
    'id: 81985529216486895\nevent: sales\ndata: {"time_zone":"UTC","by":"day",...}\n\n',
)


def _described(words: str, columns: Sequence[str]) -> dict[int | str, dict[str, Any]]:
    content = {"text/csv": {"schema": {"type": "string"}, "example": csv_lines([columns]).decode()}}
    return {200: {"description": words, "content": content}}


SALES_FILE = _described("The sales, as an attachment.", tables.SALES)
TOP_FILE = _described("The products, as an attachment.", tables.TOP)
router = ModuleRouter(prefix="/analytics", tag="analytics")


@cbv(router)
class LiveViews:
    """What the chosen tenant sells at this moment."""

    commons: Commons = Depends(commons_deps)
    streams: EventStreams = Depends(event_streams_deps)

    @router.get(
        "/live",
        summary="Watch the sales of today",
        response_class=StreamingResponse,
        responses=WATCHED,
        openapi_extra=LAST_EVENT_ID,
    )
    @access_control(permission=AnalyticsPermission.SALES_READ, module="analytics", stream=True)
    async def watch_sales(self) -> StreamingResponse:
        """Server-sent events: the sums of the tenant's day whenever they are others, at most once a second.

        The stream ends with the access token or when the server does, and is opened again with the id of the last event.
        They are what `GET /analytics/sales` says of that day. At most five streams a caller in each process; a comment every 15 s keeps it open.
        """
        look = look_at_today(self.streams.reader)
        return self.streams.of(look, bell_of(self.commons.tenant_id, SALES), name="sales", pace=PACE)


@cbv(router)
class AnalyticsViews:
    """What the chosen tenant sold."""

    commons: Commons = Depends(commons_deps)

    @router.get("/sales", summary="Get the sales")
    @access_control(permission=AnalyticsPermission.SALES_READ, module="analytics")
    async def get_sales(self, query: Annotated[SalesQuery, Query()]) -> SalesOut:
        """By day, week or month in the tenant's time zone (its setting), with zeros where nothing happened. It follows the orders within moments.

        Periods are whole: the range is widened to the weeks or months that hold its first and its last day.
        """
        return await AnalyticsService(self.commons).sales(query)

    @router.get("/products/top", summary="Get the products that sold best")
    @access_control(permission=AnalyticsPermission.SALES_READ, module="analytics")
    async def get_top_products(self, query: Annotated[TopQuery, Query()]) -> TopOut:
        """Of each currency so many, by what was paid and not given back, at most 400 days."""
        return await AnalyticsService(self.commons).top(query)

    @router.get("/products/{product_id}/orders", summary="Get the sales of a product")
    @access_control(permission=AnalyticsPermission.SALES_READ, module="analytics")
    async def get_product_orders(self, product_id: UUID, query: Annotated[SalesQuery, Query()]) -> ProductSalesOut:
        """As the sales, of orders with the product, its variants together; money is the product's part of them, without the discount."""
        return await AnalyticsService(self.commons).product_sales(product_id, query)

    @router.get("/products/{product_id}/shipping", summary="Count the shipments of a product")
    @access_control(permission=AnalyticsPermission.SALES_READ, module="analytics")
    async def get_product_shipping(
        self, product_id: UUID, query: Annotated[ShippingQuery, Query()]
    ) -> ProductShippingOut:
        """By where they stand now; `status` narrows, by comma. It follows the shipments within moments."""
        return await AnalyticsService(self.commons).product_shipping(product_id, query)

    @router.get("/sales/export", summary="Download the sales", response_class=Response, responses=SALES_FILE)
    @access_control(permission=AnalyticsPermission.SALES_READ, module="analytics")
    @declares(raises=(NotFound,), headers=("Content-Disposition",))
    async def export_sales(self, query: Annotated[SalesExportQuery, Query()]) -> Response:
        """The sales, or those of a product, as CSV: a line for each period and currency, money in minor units."""
        return _file(await AnalyticsService(self.commons).sales_table(query))

    @router.get(
        "/products/top/export",
        summary="Download the products that sold best",
        response_class=Response,
        responses=TOP_FILE,
    )
    @access_control(permission=AnalyticsPermission.SALES_READ, module="analytics")
    @declares(headers=("Content-Disposition",))
    async def export_top_products(self, query: Annotated[TopQuery, Query()]) -> Response:
        """The same list as CSV. What a spreadsheet would take for a formula has an apostrophe in front."""
        return _file(await AnalyticsService(self.commons).top_table(query))

    @router.post("/rebuilds", status_code=202, summary="Count the sales anew")
    @access_control(permission=AnalyticsPermission.REBUILDS_WRITE, module="analytics", rate=RouteClass.HEAVY)
    @declares(raises=(TooManyTasks,), emits=(TaskQueued,), headers=("Location",))
    async def create_rebuild(self) -> TaskOut:
        """A task, one at a time: from the stored events, beside what is read, which it replaces at its end in one step."""
        return accepted(self.commons, AnalyticsService(self.commons).rebuild())


def _file(table: Table) -> Response:
    return attachment(table.content, media_type=tables.MEDIA_TYPE, filename=table.filename)
