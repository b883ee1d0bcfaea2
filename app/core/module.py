"""The manifest of core."""

from app.core.permissions import PERMISSIONS
from app.core.routes import audit_router, deliveries_router, health_router
from app.extensions.module import Module

MODULE = Module(
    name="core",
    routers=(audit_router, deliveries_router),
    root_routers=(health_router,),
    permissions=PERMISSIONS,
    required=True,
)
