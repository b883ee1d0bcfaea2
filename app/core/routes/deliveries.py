"""/deliveries."""

from typing import Annotated

from fastapi import Depends, Query

from app.auth.commons import Commons
from app.auth.deps import commons_deps
from app.auth.permissions import access_control
from app.core.permissions import CorePermission
from app.core.schemas import (
    DeliveryOut,
    DeliveryQuery,
)
from app.core.services import DeliveryService
from app.extensions.routing import ModuleRouter
from app.extensions.views import cbv
from app.utils.schemas import Page

deliveries_router = ModuleRouter(prefix="/deliveries", tag="deliveries")


@cbv(deliveries_router)
class DeliveryViews:
    """What became of events."""

    commons: Commons = Depends(commons_deps)

    @deliveries_router.get("", summary="List event deliveries")
    @access_control(permission=CorePermission.DELIVERIES_READ)
    async def list_deliveries(self, query: Annotated[DeliveryQuery, Query()]) -> Page[DeliveryOut]:
        """Newest first, with their states and errors."""
        return await DeliveryService(self.commons).page(query)
