"""/deliveries."""

from typing import Annotated

from fastapi import Depends, Path, Query

from app.auth.commons import Commons
from app.auth.deps import commons_deps
from app.auth.permissions import access_control
from app.core.exceptions import DeliveryNotDead
from app.core.permissions import CorePermission
from app.core.schemas import (
    DeliveryDetail,
    DeliveryOut,
    DeliveryQuery,
    Replayed,
    ReplayWish,
)
from app.core.services import DeliveryService
from app.extensions.declared import declares
from app.extensions.responses import done
from app.extensions.routing import ModuleRouter
from app.extensions.views import cbv
from app.utils.schemas import DefaultResponse, Page

DeliveryId = Annotated[str, Path(pattern=r"^[0-9]{1,19}$", description="the delivery's id")]
deliveries_router = ModuleRouter(prefix="/deliveries", tag="deliveries")


@cbv(deliveries_router)
class DeliveryViews:
    """What became of events."""

    commons: Commons = Depends(commons_deps)

    @deliveries_router.get("", summary="List event deliveries")
    @access_control(permission=CorePermission.DELIVERIES_READ)
    async def list_deliveries(self, query: Annotated[DeliveryQuery, Query()]) -> Page[DeliveryOut]:
        """Newest first, with their states and errors. `state=dead` are the dead letters: given up, and waiting for a replay."""
        return await DeliveryService(self.commons).page(query)

    @deliveries_router.get("/{key}", summary="Get an event delivery")
    @access_control(permission=CorePermission.DELIVERIES_READ)
    async def get_delivery(self, key: DeliveryId) -> DeliveryDetail:
        """With its event, whose secret and personal fields are masked, and the attempts that failed."""
        return await DeliveryService(self.commons).get(key)

    @deliveries_router.post("/replay", summary="Replay dead event deliveries")
    @access_control(permission=CorePermission.DELIVERIES_REPLAY)
    async def replay_deliveries(self, body: ReplayWish) -> Replayed:
        """The oldest that pass the filters, at most 1,000 at once; ask again while `has_more`."""
        return await DeliveryService(self.commons).replay_all(body)

    @deliveries_router.post("/{key}/replay", summary="Replay a dead event delivery")
    @access_control(permission=CorePermission.DELIVERIES_REPLAY)
    @declares(raises=(DeliveryNotDead,))
    async def replay_delivery(self, key: DeliveryId) -> DefaultResponse:
        """Due at once, from its first try; the task that it carried is queued again. One that is not dead: 409 `delivery_not_dead`."""
        await DeliveryService(self.commons).replay(key)
        return done("The delivery is due again.")
