"""/operator: for the platform's own staff. Nothing here reads or writes a tenant's business."""

from app.operators.routes import impersonation, letters, people, tenants
from app.operators.routes.base import router

__all__ = ["impersonation", "letters", "people", "router", "tenants"]
