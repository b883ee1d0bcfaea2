"""/activity."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Path

from app.auth.commons import Commons
from app.auth.deps import commons_deps
from app.auth.permissions import access_control
from app.core.permissions import CorePermission
from app.core.schemas import (
    Activity,
)
from app.core.services import ActivityService
from app.extensions.routing import ModuleRouter
from app.extensions.views import cbv

RequestId = Annotated[UUID, Path(description="`X-Request-ID` of the answer")]
activity_router = ModuleRouter(prefix="/activity", tag="activity")


@cbv(activity_router)
class ActivityViews:
    """What became of requests."""

    commons: Commons = Depends(commons_deps)

    @activity_router.get("/{request_id}", summary="See all that a request caused")
    @access_control(permission=CorePermission.DELIVERIES_READ)
    async def get_activity(self, request_id: RequestId) -> Activity:
        """One tree: its events, who reacted to them and how that went, what those recorded in turn, tasks, audit entries."""
        return await ActivityService(self.commons).of_request(request_id)
