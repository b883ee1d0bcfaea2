"""The manifest of tenants."""

from app.extensions.module import Module
from app.tenants.events import MemberRemoved, TenantCreated
from app.tenants.permissions import PERMISSIONS
from app.tenants.routes import members_router, router

MODULE = Module(
    name="tenants",
    routers=(router, members_router),
    permissions=PERMISSIONS,
    events=(TenantCreated, MemberRemoved),
    required=True,
)
