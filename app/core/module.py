"""The manifest of core."""

from app.core.permissions import PERMISSIONS
from app.core.routes import audit_router, deliveries_router, health_router, tasks_router
from app.extensions.module import Module
from app.extensions.schedules import ScheduleDue
from app.extensions.tasks import TaskQueued

MODULE = Module(
    name="core",
    routers=(audit_router, deliveries_router, tasks_router),
    root_routers=(health_router,),
    permissions=PERMISSIONS,
    events=(TaskQueued, ScheduleDue),
    required=True,
)
