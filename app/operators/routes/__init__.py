"""/operator: for the platform's own staff. Nothing here reads or writes a tenant's business."""

from app.operators.routes import hub, impersonation, letters, people, schedules, tenants
from app.operators.routes.base import router

__all__ = ["hub", "impersonation", "letters", "people", "router", "schedules", "tenants"]
