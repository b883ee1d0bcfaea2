"""/operator: schedules."""

from typing import Annotated

from fastapi import Depends, Path, Query

from app.auth.commons import Commons
from app.auth.deps import commons_deps, system_deps
from app.auth.permissions import access_control
from app.auth.system import SystemUnits
from app.exceptions import TenantNotFound, TenantSuspended
from app.extensions.declared import declares
from app.extensions.schedules import ScheduleDue
from app.extensions.views import cbv
from app.operators.routes.base import router
from app.operators.schemas import ScheduleOut, ScheduleQuery, ScheduleStart, StartedRun
from app.operators.services import ScheduleDesk, by_operator
from app.utils.schemas import Page

ScheduleName = Annotated[
    str, Path(pattern=r"^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*$", max_length=100, description="the schedule's name")
]


@cbv(router)
class OperatedScheduleViews:
    """Schedules."""

    commons: Commons = Depends(commons_deps)
    system: SystemUnits = Depends(system_deps)

    @router.get("/schedules", summary="List the schedules that there are")
    @access_control(superuser=True)
    @declares(raises=(TenantNotFound,))
    async def list_schedules(self, query: Annotated[ScheduleQuery, Query()]) -> Page[ScheduleOut]:
        """When each comes next, and how its last run ended; of those that each tenant has, in the tenant that is asked for."""
        return await self._desk().page(query, self.commons.cursors)

    @router.post("/schedules/{name}/run", status_code=202, summary="Run a schedule now")
    @access_control(superuser=True)
    @declares(raises=(TenantNotFound, TenantSuspended), emits=(ScheduleDue,))
    async def run_schedule(self, name: ScheduleName, body: ScheduleStart) -> StartedRun:
        """Beside its times, which come as ever; what each tenant has, in one tenant."""
        return await self._desk().run(name, body.tenant_id)

    def _desk(self) -> ScheduleDesk:
        return ScheduleDesk(self.system, by_operator(self.commons), self.commons.settings)
