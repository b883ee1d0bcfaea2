"""/operator: what is routed."""

from fastapi import Depends

from app.auth.commons import Commons
from app.auth.deps import commons_deps
from app.auth.permissions import access_control
from app.extensions.hub_map import HubMap
from app.extensions.views import cbv
from app.operators.deps import hub_map_deps
from app.operators.routes.base import router


@cbv(router)
class HubViews:
    """The message hub."""

    commons: Commons = Depends(commons_deps)
    map: HubMap = Depends(hub_map_deps)

    @router.get("/hub", summary="See events, handlers, tasks and schedules")
    @access_control(superuser=True)
    async def get_hub(self) -> HubMap:
        """Of the modules that this installation uses: what each event holds, and who reacts to it how."""
        return self.map
