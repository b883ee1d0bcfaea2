"""Views of tenants, one class a file, each on the router of its noun."""

from app.tenants.routes.members import router as members_router
from app.tenants.routes.tenants import router

__all__ = ["members_router", "router"]
