"""The manifest of core."""

from app.core.handlers import beat
from app.core.permissions import PERMISSIONS
from app.core.routes import (
    activity_router,
    audit_router,
    deliveries_router,
    files_router,
    health_router,
    tasks_router,
)
from app.extensions.module import Module
from app.extensions.schedules import HEARTBEAT, Schedule, ScheduleDue
from app.extensions.tasks import TaskQueued

MODULE = Module(
    name="core",
    routers=(audit_router, deliveries_router, activity_router, tasks_router, files_router),
    root_routers=(health_router,),
    permissions=PERMISSIONS,
    events=(TaskQueued, ScheduleDue),
    schedules=(Schedule(HEARTBEAT, "* * * * *", beat, missed="skip"),),
    required=True,
)
