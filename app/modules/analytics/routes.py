"""/analytics."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query

from app.auth.commons import Commons
from app.auth.deps import commons_deps
from app.auth.permissions import access_control
from app.core.schemas import TaskOut
from app.core.services import accepted
from app.exceptions import TooManyTasks
from app.extensions.access import RouteClass
from app.extensions.declared import declares
from app.extensions.routing import ModuleRouter
from app.extensions.tasks import TaskQueued
from app.extensions.views import cbv
from app.modules.analytics.permissions import AnalyticsPermission
from app.modules.analytics.schemas import (
    ProductSalesOut,
    ProductShippingOut,
    SalesOut,
    SalesQuery,
    ShippingQuery,
    TopOut,
    TopQuery,
)
from app.modules.analytics.services import AnalyticsService

router = ModuleRouter(prefix="/analytics", tag="analytics")


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

    @router.post("/rebuilds", status_code=202, summary="Count the sales anew")
    @access_control(permission=AnalyticsPermission.REBUILDS_WRITE, module="analytics", rate=RouteClass.HEAVY)
    @declares(raises=(TooManyTasks,), emits=(TaskQueued,), headers=("Location",))
    async def create_rebuild(self) -> TaskOut:
        """A task, one at a time: from the stored events, beside what is read, which it replaces at its end in one step."""
        return accepted(self.commons, AnalyticsService(self.commons).rebuild())
