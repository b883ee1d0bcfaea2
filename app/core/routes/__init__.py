"""What core answers: one view class a resource."""

from app.core.routes.activity import activity_router
from app.core.routes.audit import audit_router
from app.core.routes.deliveries import deliveries_router
from app.core.routes.files import files_router
from app.core.routes.health import health_router
from app.core.routes.tasks import tasks_router

__all__ = ["activity_router", "audit_router", "deliveries_router", "files_router", "health_router", "tasks_router"]
