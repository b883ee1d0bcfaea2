"""Views of tenants, one noun a file, each on its own router."""

from app.tenants.routes.access import router as access_router
from app.tenants.routes.invitations import router as invitations_router
from app.tenants.routes.members import router as members_router
from app.tenants.routes.roles import permissions_router
from app.tenants.routes.roles import router as roles_router
from app.tenants.routes.tenants import router

__all__ = ["access_router", "invitations_router", "members_router", "permissions_router", "roles_router", "router"]
